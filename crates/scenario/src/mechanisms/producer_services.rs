//! Producer services: industry buys them, they gather where industry is, and distance to them costs.

use crate::parameters::parameters;

parameters! {
    /// Producer services: industry buys them, they gather where industry is, and distance to them costs.
    pub struct ProducerServices = "producer_services" {
        /// How far the number of varieties lowers the cost of services; 0 leaves prices only.
        variety_gain: f64 = 1.0, "exponent", 0.0..=1.0, Assumed("1 is the Dixit-Stiglitz input of Ethier 1982");
    }
}
