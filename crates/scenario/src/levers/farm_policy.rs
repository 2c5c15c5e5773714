//! Farm policy: agricultural infrastructure, consolidation of farmland.

use crate::parameters::parameters;
use crate::period::Period;

parameters! {
    /// Farm policy: agricultural infrastructure, consolidation of farmland.
    pub struct FarmPolicy = "farm_policy" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Added growth of farm productivity.
        growth: f64 = 0.0, "log output per quarter", -0.02..=0.05, Assumed("changes nothing unless given");
        /// Added elasticity to land per farmer.
        consolidation_gain: f64 = 0.0, "elasticity", -1.0..=1.0, Assumed("changes nothing unless given");
    }
}
