//! Service reform: quality and spending of public services, and who they reach.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

use super::finance::Finance;

parameters! {
    /// Service reform: quality and spending of public services, and who they reach.
    pub struct ServiceReform = "service_reform" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Where.
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Multiple of quality; 1 changes nothing.
        quality: f64 = 1.0, "multiple of quality", 0.01..=10.0, Assumed("changes nothing unless given");
        /// Multiple of spending; 1 changes nothing; what is added is financed.
        spending: f64 = 1.0, "multiple of spending", 0.0..=10.0, Assumed("changes nothing unless given");
        /// Addition to the share of schooling that reaches migrants; 0 changes nothing.
        migrant_schooling: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless given");
        /// The same for health care.
        migrant_health: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless given");
        /// The same for housing.
        migrant_housing: f64 = 0.0, "share", -1.0..=1.0, Assumed("changes nothing unless given");
        /// Addition to rural service output; 0 changes nothing.
        rural_output: f64 = 0.0, "index", -1.0..=5.0, Assumed("changes nothing unless given");
        /// Who pays.
        financed_by: Finance = Finance::Wages, "", Assumed("a levy unless given");
    }
}
