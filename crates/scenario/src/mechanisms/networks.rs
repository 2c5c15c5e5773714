//! Networks: those who went before make it easier to follow.

use crate::parameters::parameters;

parameters! {
    /// Networks: those who went before make it easier to follow.
    pub struct Networks = "networks" {
        /// Utility of one log unit of people from the same place at the destination.
        strength: f64 = 0.09, "utility per log", 0.0..=2.0, Assumed("value of docs/reference/mean_field.py");
        /// Number of earlier migrants at which the network counts.
        scale: f64 = 20.0, "thousand persons", 0.001..=10000.0, Assumed("value of docs/reference/mean_field.py");
    }
}
