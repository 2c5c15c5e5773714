//! An industrial park: a subsidy on cost for chosen industries, and land laid out for them.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// An industrial park: a subsidy on cost for chosen industries, and land laid out for them.
    pub struct Park = "parks" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("from the start, for good");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless said");
        /// Industries by name; at least one.
        industries: Vec<String> = Vec::new(), "", Assumed("must be said");
        /// Share of the price that is paid.
        rate: f64 = 0.0, "share of the price", 0.0..=0.9, Assumed("changes nothing unless said");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless said");
    }
}
