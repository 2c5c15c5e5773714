//! Geography: the pull of nearness.

use crate::maths::power;

/// The pull of a place at a distance.
///
/// # Formula
///
/// `mass / max(d, d_min)^γ`
///
/// # Units
///
/// As the mass; distances in km. The minimum distance keeps close neighbours from getting all the weight.
///
/// # Source
///
/// Gravity in trade and migration: Ravenstein (1885), Tinbergen (1962).
pub fn gravity_weight(mass: f64, distance: f64, elasticity: f64, distance_min: f64) -> f64 {
    mass / power(distance.max(distance_min), elasticity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_places_pull_more_up_to_a_bound() {
        assert_eq!(gravity_weight(100.0, 10.0, 2.0, 5.0), 1.0);
        assert_eq!(gravity_weight(100.0, 0.0, 2.0, 5.0), 4.0);
    }
}
