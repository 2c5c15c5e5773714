//! Agriculture: land and labour make food, and those who stay farm more land each.

use crate::parameters::parameters;

parameters! {
    /// Agriculture: land and labour make food, and those who stay farm more land each.
    pub struct Agriculture = "agriculture" {
        /// Growth of farm productivity.
        growth: f64 = 0.004, "log output per quarter", -0.02..=0.05, Assumed("total factor productivity of 1.6 % a year, value of docs/reference/mean_field.py");
        /// Elasticity of output to arable land.
        land_elasticity: f64 = 0.55, "elasticity", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Elasticity of output to farm labour.
        labour_elasticity: f64 = 0.45, "elasticity", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Elasticity of output to land per farmer.
        consolidation_gain: f64 = 0.10, "elasticity", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}
