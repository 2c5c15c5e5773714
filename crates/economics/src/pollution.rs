//! Pollution: emissions of output, and the loss of utility that they cause.

use crate::maths::{ln_1p, power};

/// Emissions of one industry in one place.
///
/// # Formula
///
/// `intensity · X · (1 + X / X0)^(−s)`: a large site emits less per unit of output, because
/// abatement has a fixed cost.
///
/// # Units
///
/// Tonnes, when intensity is tonnes per thousand yuan; `output` and `output_base` in thousand yuan of
/// base-year prices per site. `scale_economies` 0 gives proportional emissions.
///
/// # Source
///
/// Increasing returns to abatement after Andreoni and Levinson (2001); the functional form is ours.
pub fn emissions(output: f64, intensity: f64, output_base: f64, scale_economies: f64) -> f64 {
    intensity * output * power(1.0 + output / output_base, -scale_economies)
}

/// Emissions of scattered sites that share an output evenly.
///
/// # Formula
///
/// `sites · emissions(X / sites)`: scattered production emits more than the same in one place.
pub fn scattered_emissions(output: f64, sites: f64, intensity: f64, output_base: f64, scale_economies: f64) -> f64 {
    if sites > 0.0 { sites * emissions(output / sites, intensity, output_base, scale_economies) } else { 0.0 }
}

/// The utility that people lose to emissions.
///
/// # Formula
///
/// `κ ln(1 + e / (area · e0))`
///
/// # Units
///
/// Log points; emissions in tonnes a quarter, area in km², `density_base` in tonnes per km².
///
/// # Source
///
/// Assumed: concave in the density of emissions.
pub fn amenity_loss(emissions: f64, area: f64, density_base: f64, weight: f64) -> f64 {
    if area > 0.0 { weight * ln_1p(emissions / (area * density_base)) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emissions_by_hand() {
        assert_eq!(emissions(30.0, 2.0, 10.0, 0.0), 60.0);
        // 2 · 30 / √(1 + 3)
        assert!((emissions(30.0, 2.0, 10.0, 0.5) - 30.0).abs() < 1e-12);
        assert_eq!(amenity_loss(0.0, 5.0, 1.0, 0.1), 0.0);
        assert_eq!(scattered_emissions(30.0, 0.0, 2.0, 10.0, 0.5), 0.0);
    }

    proptest! {
        #[test]
        fn scattered_output_never_emits_less(output in 0.0..1e4f64, sites in 1.0..50.0f64, scale in 0.0..0.9f64) {
            let together = emissions(output, 1.0, 100.0, scale);
            prop_assert!(scattered_emissions(output, sites, 1.0, 100.0, scale) >= together * (1.0 - 1e-12));
            prop_assert!(emissions(output * 1.1, 1.0, 100.0, scale) >= together);
        }
    }
}
