//! Firm turnover: profits bring entrants, losses close firms.

use crate::parameters::parameters;

parameters! {
    /// Firm turnover: profits bring entrants, losses close firms.
    pub struct FirmTurnover = "firm_turnover" {
        /// Exits at zero profit, before the industry's own pace.
        exit_rate: f64 = 0.02, "share per quarter", 0.0..=0.5, Assumed("value of docs/reference/mean_field.py");
        /// How strongly profit keeps a firm alive.
        exit_response: f64 = 2.0, "log rate per profit rate", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// How strongly mean profit brings entrants.
        entry_response: f64 = 2.0, "log rate per mean profit rate", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest exit rate.
        exit_max: f64 = 0.25, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}
