//! A subsidy on the price of firms' output. With `towns`, only town firms of the places; otherwise city firms.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// A subsidy on the price of firms' output. With `towns`, only town firms of the places; otherwise city firms.
    pub struct Subsidy = "subsidies" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Industries by name; empty: all that are tradable.
        industries: Vec<String> = Vec::new(), "", Assumed("all that are tradable unless given");
        /// True: township industry; false: industry in the city.
        towns: bool = false, "", Assumed("cities unless given");
        /// Share of the price that is paid.
        rate: f64 = 0.0, "share of the price", 0.0..=0.9, Assumed("changes nothing unless given");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless given");
    }
}
