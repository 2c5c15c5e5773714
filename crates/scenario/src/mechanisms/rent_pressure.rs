//! Rent pressure: rents answer to what is spent on land per square kilometre in use.

use crate::parameters::parameters;

parameters! {
    /// Rent pressure: rents answer to what is spent on land per square kilometre in use.
    pub struct RentPressure = "rent_pressure" {
        /// Share of the gap between spending per square kilometre and rent that closes in a quarter.
        adjustment: f64 = 0.25, "log rent per log gap and quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest change of a rent in a quarter.
        step_max: f64 = 0.1, "log points per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}
