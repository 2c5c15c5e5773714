//! Village consolidation: villages merge where enough non-farm jobs exist; idle homesteads are re-cultivated.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// Village consolidation: villages merge where enough non-farm jobs exist; idle homesteads are re-cultivated.
    pub struct VillageConsolidation = "village_consolidation" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Non-farm share of the place's rural registered people (town jobs, and people who work away) below which the
        /// place is refused.
        non_farm_share_min: f64 = 0.5, "share of rural registered people", 0.0..=1.0, Assumed("half of the people live off other work");
        /// Homesteads merged in a year, as a share of all in the place.
        share_per_year: f64 = 0.0, "share per year", 0.0..=1.0, Assumed("changes nothing unless given");
        /// Share of a merged homestead's land that is saved.
        land_saved: f64 = 0.5, "share", 0.0..=1.0, Assumed("flats take about half the land of courtyards");
        /// Cost per household.
        cost_per_household: f64 = 0.0, "yuan", 0.0..=100000000.0, Assumed("free unless given");
        /// Gain in rural service output where it is done (added to the index).
        rural_services: f64 = 0.0, "index", 0.0..=5.0, Assumed("changes nothing unless given");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless given");
    }
}
