//! An industrial park: a subsidy on cost for chosen industries, and land laid out for them.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// An industrial park: a subsidy on cost for chosen industries, and land laid out for them.
    pub struct Park = "parks" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Industries by name; at least one.
        industries: Vec<String> = Vec::new(), "", Assumed("must be given");
        /// Share of the price that is paid.
        rate: f64 = 0.0, "share of the price", 0.0..=0.9, Assumed("changes nothing unless given");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless given");
    }
}
