//! Consumer services: indivisible establishments enter where enough people live; the rest is an informal fringe.

use crate::parameters::parameters;

parameters! {
    /// Consumer services: indivisible establishments enter where enough people live; the rest is an informal fringe.
    pub struct ConsumerServices = "consumer_services" {
        /// Elasticity of substitution between establishments.
        substitution: f64 = 5.0, "elasticity", 1.5..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of consumer services in what is spent above subsistence.
        expenditure_share: f64 = 0.16, "share of supernumerary income", 0.0..=0.6, Assumed("value of docs/reference/mean_field.py");
        /// Share of labour in cost; land has the rest.
        labour_share: f64 = 0.88, "share of cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Fixed cost of an establishment.
        fixed_cost: f64 = 1.6, "unit costs, in thousands", 0.001..=100.0, Assumed("sets the level of the threshold near 200,000 people; the level is calibrated, not found");
        /// How many establishments the informal fringe is worth at equal price.
        fringe_size: f64 = 2.0, "establishments", 0.0..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Price of the fringe, in wages.
        fringe_cost: f64 = 1.25, "wages per unit", 0.1..=10.0, Assumed("value of docs/reference/mean_field.py");
        /// Loss at which an establishment leaves.
        exit_margin: f64 = 0.02, "share of fixed cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}
