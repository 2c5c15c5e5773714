//! Congestion: crowding and long ways cost working time.

use crate::parameters::parameters;

parameters! {
    /// Congestion: crowding and long ways cost working time.
    pub struct Congestion = "congestion" {
        /// Labour lost at the standard density.
        crowding_cost: f64 = 0.085, "log labour at standard density", 0.0..=2.0, Assumed("value of docs/reference/mean_field.py, inside the 0.03-0.08 urban-cost elasticities of Combes, Duranton and Gobillon 2019 at city sizes here");
        /// How fast crowding costs rise with density.
        crowding_exponent: f64 = 1.5, "exponent", 0.1..=5.0, Assumed("value of docs/reference/mean_field.py");
        /// Density of construction land that counts as one.
        standard_density: f64 = 10.0, "thousand persons per km2", 0.5..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Labour lost to distance inside a city of the standard area.
        way_cost: f64 = 0.03, "log labour at the standard area", 0.0..=2.0, Assumed("value of docs/reference/mean_field.py");
        /// Construction land that counts as one.
        standard_area: f64 = 100.0, "km2", 1.0..=10000.0, Assumed("value of docs/reference/mean_field.py");
    }
}
