//! Transport: multiplies the distance cost of goods and people between the places named.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// Transport: multiplies the distance cost of goods and people between the places named.
    pub struct Transport = "transport" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Places at one end.
        between: Where = Where::All, "", Assumed("every place unless given");
        /// Places at the other end.
        and: Where = Where::All, "", Assumed("every place unless given");
        /// Multiple of the distance cost of goods; 1 changes nothing.
        goods_cost: f64 = 1.0, "multiple of the distance cost of goods", 0.0..=10.0, Assumed("changes nothing unless given");
        /// Multiple of the distance cost of people; 1 changes nothing.
        travel_cost: f64 = 1.0, "multiple of the distance cost of people", 0.0..=10.0, Assumed("changes nothing unless given");
        /// Outlay while it holds, over the pairs named.
        outlay_per_km: f64 = 0.0, "yuan per kilometre and quarter", 0.0..=1000000000000.0, Assumed("free unless given");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless given");
    }
}
