//! Remittances: migrants send part of their pay home.

use crate::parameters::parameters;

parameters! {
    /// Remittances: migrants send part of their pay home.
    pub struct Remittances = "remittances" {
        /// Share of migrants' pay that goes home.
        share: f64 = 0.25, "share of pay", 0.0..=0.9, Assumed("value of docs/reference/mean_field.py");
        /// What more is sent home if no schooling reaches migrants, per unit of missing access.
        schooling_response: f64 = 0.0, "share of pay", 0.0..=0.5, Assumed("0 leaves the share as it is; families whose children cannot go to school at the destination send more");
    }
}
