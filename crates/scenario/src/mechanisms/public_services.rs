//! Public services: input and quality jointly make output, and quality can be what binds.

use crate::parameters::parameters;

parameters! {
    /// Public services: input and quality jointly make output, and quality can be what binds.
    pub struct PublicServices = "public_services" {
        /// Weight of service output in utility.
        amenity_weight: f64 = 0.12, "utility per log of service output", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Exponent nu of the CES of input and quality; their elasticity of substitution is 1/(1+nu).
        complementarity: f64 = 3.0, "exponent", -0.95..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Exponent chi by which users crowd the input.
        rivalry: f64 = 0.9, "exponent", 0.0..=1.5, Assumed("value of docs/reference/mean_field.py; 0.5-1.5 is swept");
        /// Input per head that counts as one, in initial farm incomes.
        input_norm: f64 = 0.9, "initial farm incomes per head", 0.01..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Service output in the countryside.
        rural_output: f64 = 0.4, "index", 0.01..=5.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of schooling in what services are worth; health and housing share the rest.
        schooling_weight: f64 = 0.4, "share", 0.0..=1.0, Assumed("schooling matters most to families");
        /// Share of health care; housing has what is left.
        health_weight: f64 = 0.3, "share", 0.0..=1.0, Assumed("equal to housing");
        /// Share of schooling that reaches migrants in general cities.
        migrant_schooling: f64 = 0.35, "share of a registered citizen's", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of health care that reaches migrants in general cities.
        migrant_health: f64 = 0.35, "share of a registered citizen's", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of housing support that reaches migrants in general cities.
        migrant_housing: f64 = 0.35, "share of a registered citizen's", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Multiplies the three shares in central cities (level `centre`).
        centre_access: f64 = 0.7142857142857143, "multiple of the general cities' shares", 0.0..=3.0, Assumed("value of docs/reference/mean_field.py");
        /// Utility lost by a migrant who receives no service.
        exclusion_penalty: f64 = 0.30, "utility", 0.0..=3.0, Assumed("value of docs/reference/mean_field.py");
        /// Keyed log-normal spread of quality among places that state none.
        quality_spread: f64 = 0.0, "standard deviation of the log", 0.0..=1.0, Assumed("places without a stated quality are equal");
    }
}
