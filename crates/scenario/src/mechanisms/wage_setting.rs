//! Wage setting: firms bid for labour; wages clear, lag or are pinned.

use crate::choice::choices;
use crate::parameters::parameters;

choices! {
    /// How a wage answers to tightness.
    pub enum WageMode {
        /// The wage goes where demand equals supply at the prices of the quarter.
        Clearing,
        /// Part of the gap closes in a quarter.
        Sluggish,
        /// The wage stays at its opening value.
        Pinned,
    }
}

parameters! {
    /// Wage setting: firms bid for labour; wages clear, lag or are pinned.
    pub struct WageSetting = "wage_setting" {
        /// How wages answer to the labour market.
        mode: WageMode = WageMode::Sluggish, "", Assumed("the standard model; the others are textbook cases");
        /// Speed of a sluggish wage.
        adjustment: f64 = 0.15, "log wage per log tightness and quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest change of a wage in a quarter.
        step_max: f64 = 0.04, "log points per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}
