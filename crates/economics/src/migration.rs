//! Migration: which place a person considers, and whether they accept it.

use crate::maths::{exp, ln_1p, logistic, power};

/// The weight with which a place is considered as a destination.
///
/// # Formula
///
/// `(N + 1)^ϑ`: the 1 lets an empty place be considered.
///
/// # Units
///
/// `people` counts agents or persons; only ratios of weights matter.
///
/// # Source
///
/// The model's decision on choice; the size term after Ben-Akiva and Lerman (1985).
pub fn destination_weight(people: f64, size_elasticity: f64) -> f64 {
    power(people + 1.0, size_elasticity)
}

/// How much more or less often a place comes to mind than its size says.
///
/// # Formula
///
/// `(1 + d/d₀)^−δ · exp(κ)`, computed as `exp(κ − δ ln(1 + d/d₀))`: exactly 1 at `δ = κ = 0`. It is the same there and
/// back, so a rule of looks with it has the rest points of the rule without it.
///
/// # Units
///
/// Distance and its scale in km; `affinity` κ in log points.
///
/// # Source
///
/// Gravity in migration: Ravenstein (1885).
pub fn nearness(distance: f64, scale: f64, decay: f64, affinity: f64) -> f64 {
    exp(affinity - decay * ln_1p(distance / scale))
}

/// The probability that a person who considers one destination accepts it.
///
/// # Formula
///
/// `Λ(β · ΔV)`, where `ΔV` is utility there less utility here less the cost of moving
///
/// # Source
///
/// Model equation (8): binary logit, Luce (1959).
pub fn acceptance(sensitivity: f64, gain: f64) -> f64 {
    logistic(sensitivity * gain)
}

/// Whether a person accepts: the choice of which [`acceptance`] is the probability.
///
/// # Formula
///
/// `ε < β · ΔV`, where `ε` is the person's own logistic noise
///
/// # Source
///
/// Model equation (8): the random utility behind the binary logit, McFadden (1974).
pub fn accepts(sensitivity: f64, gain: f64, noise: f64) -> bool {
    noise < sensitivity * gain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::exp;
    use proptest::prelude::*;

    #[test]
    fn equal_places_are_accepted_half_the_time() {
        assert_eq!(acceptance(3.2, 0.0), 0.5);
        assert_eq!(destination_weight(0.0, 0.62), 1.0);
        assert_eq!(destination_weight(3.0, 0.5), 2.0);
    }

    #[test]
    fn nearness_is_one_without_decay_and_a_power_of_distance_with_it() {
        assert_eq!(nearness(1234.5, 50.0, 0.0, 0.0).to_bits(), 1.0_f64.to_bits());
        assert!((nearness(150.0, 50.0, 2.0, 0.0) - 1.0 / 16.0).abs() < 1e-15);
        assert!((nearness(0.0, 50.0, 2.0, 0.5) - exp(0.5)).abs() < 1e-15);
    }

    #[test]
    fn the_size_term_raises_precision_at_rest() {
        // Two places, flows each way equal: n1 n2^ϑ Λ(βΔ) = n2 n1^ϑ Λ(−βΔ).
        let (beta, theta, gain) = (3.2, 0.6, 0.1);
        let ratio = exp(beta / (1.0 - theta) * gain);
        let (here, there) = (1.0, ratio);
        let out = here * power(there, theta) * acceptance(beta, gain);
        let back = there * power(here, theta) * acceptance(beta, -gain);
        assert!((out - back).abs() < 1e-12);
    }

    #[test]
    fn as_many_accept_as_the_probability_says() {
        let people = 100_000;
        let noise = |person: i32| {
            let u = (f64::from(person) + 0.5) / f64::from(people);
            crate::maths::ln(u / (1.0 - u))
        };
        for gain in [-1.0, 0.0, 0.4] {
            let share =
                (0..people).filter(|&person| accepts(3.2, gain, noise(person))).count() as f64 / f64::from(people);
            assert!((share - acceptance(3.2, gain)).abs() < 1e-4, "{gain}: {share}");
        }
    }

    proptest! {
        #[test]
        fn a_better_place_is_never_accepted_less(gain in -20.0..20.0f64, better in 0.0..5.0f64, beta in 0.0..10.0f64) {
            prop_assert!(acceptance(beta, gain + better) >= acceptance(beta, gain));
        }
    }
}
