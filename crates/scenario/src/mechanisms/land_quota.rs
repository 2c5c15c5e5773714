//! Land quota: re-cultivated homesteads become quota for urban land; arable land never shrinks.

use crate::choice::choices;
use crate::parameters::parameters;

choices! {
    /// How far a quota may travel, and over which land the arable floor holds.
    pub enum TransferScope {
        /// No transfer: released homesteads are not re-cultivated for cities.
        None,
        /// Inside the same place.
        Local,
        /// Among all places of the same province.
        Province,
        /// Among all places.
        National,
    }
}

parameters! {
    /// Land quota: re-cultivated homesteads become quota for urban land; arable land never shrinks.
    pub struct LandQuota = "land_quota" {
        /// How far a quota may travel.
        scope: TransferScope = TransferScope::None, "", Assumed("before reform: no transfer beyond the plan");
        /// Growth of construction land by plan, offset from reserve land.
        plan_growth: f64 = 0.002, "share of construction land per quarter", 0.0..=0.1, Assumed("value of docs/reference/mean_field.py");
        /// Reserve land that can be reclaimed in a quarter.
        reserve_use_max: f64 = 0.02, "share of the reserve per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Released homestead land that becomes arable; the rest stays waste.
        recultivation: f64 = 0.85, "share", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Quota in the pool that cities draw in a quarter.
        draw_share: f64 = 0.25, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest growth of a city's land by quota.
        draw_max: f64 = 0.01, "share of construction land per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest part of a city's own arable land that is built over in a quarter.
        arable_draw_max: f64 = 0.02, "share of arable land per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Exponent of the rent in a city's claim on quota; the claim is in proportion to its construction land.
        rent_exponent: f64 = 2.0, "exponent", 0.0..=10.0, Assumed("value of docs/reference/mean_field.py");
        /// Price of a quota.
        price_quarters: f64 = 8.0, "quarters of the city's rent", 0.0..=400.0, Assumed("value of docs/reference/mean_field.py");
    }
}
