//! Pollution: industry emits, scale abates, people mind.

use crate::parameters::parameters;

parameters! {
    /// Pollution: industry emits, scale abates, people mind.
    pub struct Pollution = "pollution" {
        /// Utility lost per log unit of emissions per square kilometre.
        amenity_loss: f64 = 0.02, "utility per log", 0.0..=1.0, Assumed("small against wages; swept");
        /// Multiplies the emission intensity of every industry.
        intensity_scale: f64 = 1.0, "multiple of each industry's intensity", 0.0..=100.0, Assumed("1 leaves the industries' own intensities as they are");
        /// How much emissions per output fall with the place's industrial output.
        abatement_elasticity: f64 = 0.15, "elasticity", 0.0..=1.0, Assumed("treatment plants have economies of scale; swept");
        /// Emissions per square kilometre of construction land that count as one.
        density_scale: f64 = 1.0, "emission units per km2", 0.0001..=1000000.0, Assumed("density at which people start to mind");
    }
}
