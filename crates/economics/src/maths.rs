//! Exponentials, logarithms, powers and sums: the one file that decides how the model rounds.
//!
//! The transcendental functions come from one pinned pure-Rust library, because those of the
//! platform differ in the last bit between machines. Sums have a fixed grouping, so that neither
//! threads nor vector lanes change them. Nothing here fuses a multiplication with an addition.

/// Arguments of [`logistic`] beyond this distance from zero are treated as lying on it.
const LOGISTIC_ARGUMENT_MAX: f64 = 40.0;
/// Numbers that [`total`] and [`dot`] add side by side: one wide register, or two or four narrow ones.
const LANES: usize = 8;
/// Numbers in one block of [`total`]: threads may add whole blocks without changing a bit.
pub const BLOCK: usize = 1024;

/// e to the power `x`.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e to the power `x`, minus one, without losing small `x`.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// The natural logarithm of `x`; minus infinity at zero, not a number below.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The natural logarithm of `1 + x`, without losing small `x`.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// `base` to the power `exponent`; exactly one when the exponent is zero.
#[inline]
pub fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 {
        1.0
    } else if exponent == 1.0 {
        base
    } else {
        libm::pow(base, exponent)
    }
}

/// The sine of an angle in radians.
#[inline]
pub fn sine(angle: f64) -> f64 {
    libm::sin(angle)
}

/// The cosine of an angle in radians.
#[inline]
pub fn cosine(angle: f64) -> f64 {
    libm::cos(angle)
}

/// The angle in radians whose sine is `x`, for `x` in [−1, 1].
#[inline]
pub fn arcsine(x: f64) -> f64 {
    libm::asin(x)
}

/// The share of a standard normal distribution below `z`.
#[must_use]
pub fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / core::f64::consts::SQRT_2)
}

/// The probability of yes in a binary logit whose alternatives differ by `x`.
///
/// # Formula
///
/// `Λ(x) = 1 / (1 + exp(−x))`, with `x` clipped to ±40.
///
/// # Source
///
/// Luce (1959).
#[inline]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x.clamp(-LOGISTIC_ARGUMENT_MAX, LOGISTIC_ARGUMENT_MAX)))
}

/// The sum of `terms`, the same bits whoever adds and however wide the registers are.
///
/// Blocks of [`BLOCK`] numbers are added each by itself, and then the blocks in their order.
pub fn total(terms: &[f64]) -> f64 {
    let mut sum = 0.0;
    for block in terms.chunks(BLOCK) {
        sum += block_total(block);
    }
    sum
}

/// The sum of one block of [`total`]: eight running sums, added in order at the end.
///
/// Threads that share a long sum add their blocks with this and then the results in order.
pub fn block_total(block: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (rows, rest) = block.as_chunks::<LANES>();
    for row in rows {
        for (lane, term) in lanes.iter_mut().zip(row) {
            *lane += term;
        }
    }
    let mut sum = 0.0;
    for lane in lanes {
        sum += lane;
    }
    for term in rest {
        sum += term;
    }
    sum
}

/// The sum of products of two slices, in a fixed order that the compiler can vectorise.
///
/// # Panics
///
/// When the slices differ in length.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    assert_eq!(left.len(), right.len(), "a dot product needs two slices of one length");
    let mut lanes = [0.0; LANES];
    let (left_rows, left_rest) = left.as_chunks::<LANES>();
    let (right_rows, right_rest) = right.as_chunks::<LANES>();
    for (a, b) in left_rows.iter().zip(right_rows) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let mut sum = 0.0;
    for lane in lanes {
        sum += lane;
    }
    for (a, b) in left_rest.iter().zip(right_rest) {
        sum += a * b;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_total_of_blocks_is_the_total() {
        let terms: Vec<f64> = (0..5000).map(|i| 1.0 / f64::from(i + 1)).collect();
        let by_blocks = terms.chunks(BLOCK).map(block_total).fold(0.0, |sum, block| sum + block);
        assert_eq!(total(&terms).to_bits(), by_blocks.to_bits());
    }

    #[test]
    fn the_logistic_is_clipped_and_never_nought() {
        assert_eq!(logistic(0.0), 0.5);
        assert_eq!(logistic(1e6), logistic(40.0));
        assert!(logistic(-1e6) > 0.0);
    }

    #[test]
    fn known_powers_are_exact() {
        assert_eq!(power(0.0, 0.0), 1.0);
        assert_eq!(power(3.7, 1.0), 3.7);
        assert_eq!(power(2.0, 10.0), 1024.0);
    }

    proptest! {
        #[test]
        fn a_total_agrees_with_plain_addition(terms in prop::collection::vec(-1e3..1e3, 0..3000)) {
            let plain: f64 = terms.iter().sum();
            prop_assert!((total(&terms) - plain).abs() <= 1e-8);
            let ones = vec![1.0; terms.len()];
            prop_assert!((dot(&terms, &ones) - plain).abs() <= 1e-8);
        }

        #[test]
        fn the_logistic_rises_and_is_symmetric(x in -39.0..39.0f64, step in 1e-3..1.0f64) {
            prop_assert!(logistic(x + step) >= logistic(x));
            prop_assert!((logistic(x) + logistic(-x) - 1.0).abs() < 1e-12);
        }
    }
}
