//! Productivity: own-industry jobs (Marshall), city size (Jacobs) and public services raise output per input.

use crate::choice::choices;
use crate::parameters::parameters;

choices! {
    /// What the fixed cost of a firm is paid in.
    pub enum FixedInput {
        /// The same mix of inputs as its variable cost.
        Composite,
        /// Mobile skilled workers (footloose entrepreneur).
        MobileSkilled,
        /// Capital (footloose capital).
        Capital,
    }
}

parameters! {
    /// Productivity: own-industry jobs (Marshall), city size (Jacobs) and public services raise output per input.
    pub struct Productivity = "productivity" {
        /// Multiplies the Marshall, Jacobs and service elasticities of every industry.
        strength: f64 = 1.0, "multiple of each industry's elasticities", 0.0..=3.0, Assumed("1 leaves the industries' own elasticities as they are");
        /// Own-industry jobs at which localisation economies set in.
        own_industry_scale: f64 = 20.0, "thousand jobs", 0.1..=1000.0, Assumed("value of docs/reference/mean_field.py");
        /// City size at which urbanisation economies set in.
        city_size_scale: f64 = 200.0, "thousand persons", 1.0..=10000.0, Assumed("value of docs/reference/mean_field.py");
        /// How much more the Marshall and how much less the Jacobs elasticity of a large firm is.
        size_gradient: f64 = 0.0, "elasticity per log of firm size", -0.5..=0.5, Assumed("off by default; the sign follows the finding that small firms gain more from city size");
        /// Towns that share the hinterland's jobs; each is a site of its own.
        towns_per_place: f64 = 20.0, "towns", 1.0..=1000.0, Assumed("value of docs/reference/mean_field.py");
        /// What a firm's fixed cost is paid in.
        fixed_input: FixedInput = FixedInput::Composite, "", Assumed("the engine's standard cost structure; the others are textbook cases");
    }
}
