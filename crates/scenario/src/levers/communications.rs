//! Communications: multiplies the distance cost of services and the reach of networks.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

parameters! {
    /// Communications: multiplies the distance cost of services and the reach of networks.
    pub struct Communications = "communications" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Places that are connected better.
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Multiple of the distance cost of producer services; 1 changes nothing.
        services_cost: f64 = 1.0, "multiple of the distance cost of producer services", 0.0..=10.0, Assumed("changes nothing unless given");
        /// Multiple of the network strength towards these places; 1 changes nothing.
        network_reach: f64 = 1.0, "multiple of the strength of networks", 0.0..=10.0, Assumed("changes nothing unless given");
    }
}
