//! Public services: input per head and output.
//!
//! Input and quality are complements: money without quality, or quality without money, gives little output.

use crate::maths::power;

/// Spending below this counts as this, so that a city without income still has an input per head.
const SPENDING_MIN: f64 = 1e-9;
/// Residents below this count as this, so that an empty place has an input per head.
const RESIDENTS_MIN: f64 = 1e-9;

/// How spending becomes service input per head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceTechnology {
    /// 0 for a pure public good, 1 for a purely rival one.
    pub rivalry: f64,
    /// The input per head at which the index is one.
    pub input_base: f64,
    /// The exponent ν of the CES; the elasticity of substitution is 1/(1+ν). Positive: complements.
    pub complementarity: f64,
}

/// Public-service input per head, as an index.
///
/// # Formula
///
/// `I = max(spending · multiplier, 1e-9) / N^χ / I0`
///
/// # Units
///
/// Spending in thousand yuan a quarter, residents in thousand persons; the result is an index.
///
/// # Source
///
/// Model equation (1): a congestible public good after Bergstrom and Goodman (1973).
pub fn service_input(spending: f64, multiplier: f64, residents: f64, technology: &ServiceTechnology) -> f64 {
    let crowd = power(residents.max(RESIDENTS_MIN), technology.rivalry);
    (spending * multiplier).max(SPENDING_MIN) / crowd / technology.input_base
}

/// Public-service output from input per head and quality.
///
/// # Formula
///
/// `G = [½ I^−ν + ½ Q^−ν]^(−1/ν)`, and `√(I·Q)` at ν = 0. The smaller of the two (the larger, for
/// ν < 0) is taken out of the bracket first, so that a tiny input neither overflows nor vanishes.
///
/// # Units
///
/// Indices. For ν > 0 the result never exceeds `2^(1/ν)` times the scarcer of the two.
///
/// # Source
///
/// Model equation (1); the CES form is Arrow, Chenery, Minhas and Solow (1961).
pub fn service_output(input: f64, quality: f64, complementarity: f64) -> f64 {
    let (low, high) = if input < quality { (input, quality) } else { (quality, input) };
    if high <= 0.0 {
        return 0.0;
    }
    if complementarity == 0.0 {
        return (low * high).sqrt();
    }
    let ratio = low.max(0.0) / high;
    if complementarity > 0.0 {
        low.max(0.0) * power(0.5 + 0.5 * power(ratio, complementarity), -1.0 / complementarity)
    } else {
        high * power(0.5 + 0.5 * power(ratio, -complementarity), -1.0 / complementarity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn input_and_quality_of_one_give_one() {
        for complementarity in [-0.9, 0.0, 1.0, 3.0, 8.0] {
            assert!((service_output(1.0, 1.0, complementarity) - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn the_harmonic_mean_is_the_case_of_one() {
        // 1 / (½/2 + ½/6) = 3
        assert!((service_output(2.0, 6.0, 1.0) - 3.0).abs() < 1e-14);
        assert!((service_output(2.0, 8.0, 0.0) - 4.0).abs() < 1e-14);
        // ν = −1 is the arithmetic mean
        assert!((service_output(2.0, 6.0, -1.0) - 4.0).abs() < 1e-14);
    }

    #[test]
    fn a_tiny_input_neither_overflows_nor_vanishes() {
        let output = service_output(1e-200, 1.0, 3.0);
        assert!(output > 1e-200 && output < 1.3e-200);
        assert_eq!(service_output(0.0, 1.0, 3.0), 0.0);
    }

    #[test]
    fn a_pure_public_good_does_not_crowd() {
        let technology = ServiceTechnology { rivalry: 0.0, input_base: 0.5, complementarity: 3.0 };
        assert_eq!(service_input(2.0, 1.0, 100.0, &technology), 4.0);
        assert_eq!(service_input(2.0, 1.0, 1e4, &technology), 4.0);
        assert!(service_input(0.0, 1.0, 0.0, &technology) > 0.0);
    }

    proptest! {
        #[test]
        fn output_lies_between_the_two_and_under_its_ceiling(
            input in 1e-6..1e6f64, quality in 1e-2..10.0f64, complementarity in 0.05..8.0f64
        ) {
            let output = service_output(input, quality, complementarity);
            let scarcer = input.min(quality);
            prop_assert!(output >= scarcer * (1.0 - 1e-12));
            prop_assert!(output <= input.max(quality) * (1.0 + 1e-12));
            prop_assert!(output <= scarcer * power(2.0, 1.0 / complementarity) * (1.0 + 1e-12));
            prop_assert!(service_output(input * 1.1, quality, complementarity) >= output);
        }
    }
}
