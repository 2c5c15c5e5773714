//! Exponentials, logarithms, powers and sums: this file alone decides how the model rounds.
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

/// The natural logarithms of numbers that are positive, finite and not subnormal: bit for bit those of [`ln`], but
/// without a branch, so that wide registers can take many at once.
///
/// # Source
///
/// The argument reduction and the minimax polynomial of fdlibm's `log` (Sun Microsystems 1993), as in the library behind
/// [`ln`]; a test holds the two together.
#[inline(always)]
pub fn ln_each<const COUNT: usize>(numbers: &mut [f64; COUNT]) {
    const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
    const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
    const ODD: [f64; 4] = [
        f64::from_bits(0x3fe5_5555_5555_5593),
        f64::from_bits(0x3fd2_4924_9422_9359),
        f64::from_bits(0x3fc7_4664_96cb_03de),
        f64::from_bits(0x3fc2_f112_df3e_5244),
    ];
    const EVEN: [f64; 3] = [
        f64::from_bits(0x3fd9_9999_9997_fa04),
        f64::from_bits(0x3fcc_71c5_1d8e_78af),
        f64::from_bits(0x3fc3_9a09_d078_c69f),
    ];
    // The high word of √½, below which a mantissa counts to the power of two before.
    const ROOT_HALF: u64 = 0x3fe6_a09e << 32;
    const ONE: u64 = 0x3ff0_0000 << 32;
    const MANTISSA: u64 = (1 << 52) - 1;
    // 2⁵²: its last bits count ones, so a whole number among them becomes a floating-point number by subtraction.
    const COUNTER: f64 = 4_503_599_627_370_496.0;
    for number in numbers {
        let shifted = number.to_bits().wrapping_add(ONE - ROOT_HALF);
        let power = f64::from_bits(COUNTER.to_bits() | shifted >> 52) - (COUNTER + 1023.0);
        let f = f64::from_bits((shifted & MANTISSA).wrapping_add(ROOT_HALF)) - 1.0;
        let half_square = 0.5 * f * f;
        let s = f / (2.0 + f);
        let z = s * s;
        let w = z * z;
        let even = w * (EVEN[0] + w * (EVEN[1] + w * EVEN[2]));
        let odd = z * (ODD[0] + w * (ODD[1] + w * (ODD[2] + w * ODD[3])));
        *number = s * (half_square + (odd + even)) + power * LN2_LOW - half_square + f + power * LN2_HIGH;
    }
}

/// The natural logarithms of single-precision numbers that are positive, finite and not subnormal, without a branch, so
/// that wide registers can take many at once.
///
/// # Source
///
/// The argument reduction and the minimax polynomial of `logf` (FreeBSD's single-precision form of fdlibm's `log`), as in
/// the library behind [`ln`]; a test holds the two together.
#[inline(always)]
pub fn ln_each_f32<const COUNT: usize>(numbers: &mut [f32; COUNT]) {
    const LN2_HIGH: f32 = f32::from_bits(0x3f31_7180);
    const LN2_LOW: f32 = f32::from_bits(0x3717_f7d1);
    const ODD: [f32; 2] = [f32::from_bits(0x3f2a_aaaa), f32::from_bits(0x3e91_e9ee)];
    const EVEN: [f32; 2] = [f32::from_bits(0x3ecc_ce13), f32::from_bits(0x3e78_9e26)];
    // √½, below which a mantissa counts to the power of two before.
    const ROOT_HALF: u32 = 0x3f35_04f3;
    const ONE: u32 = 0x3f80_0000;
    const MANTISSA: u32 = (1 << 23) - 1;
    for number in numbers {
        let shifted = number.to_bits().wrapping_add(ONE - ROOT_HALF);
        let power = (shifted >> 23).cast_signed().wrapping_sub(127) as f32;
        let f = f32::from_bits((shifted & MANTISSA).wrapping_add(ROOT_HALF)) - 1.0;
        let half_square = 0.5 * f * f;
        let s = f / (2.0 + f);
        let z = s * s;
        let w = z * z;
        let even = w * (EVEN[0] + w * EVEN[1]);
        let odd = z * (ODD[0] + w * ODD[1]);
        *number = s * (half_square + (odd + even)) + power * LN2_LOW - half_square + f + power * LN2_HIGH;
    }
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

/// The cosine of an angle in radians.
#[inline]
pub fn cosine(angle: f64) -> f64 {
    libm::cos(angle)
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

/// The sum of `terms`, the same bits for any number of threads and any width of registers.
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
    fn the_logistic_is_clipped_and_never_zero() {
        assert_eq!(logistic(0.0), 0.5);
        assert_eq!(logistic(1e6), logistic(40.0));
        assert!(logistic(-1e6) > 0.0);
    }

    #[test]
    fn logarithms_side_by_side_are_those_of_one_at_a_time() {
        let mut numbers = [0.0; 4096];
        for (step, number) in numbers.iter_mut().enumerate() {
            *number = f64::from_bits(0x0010_0000_0000_0000 + step as u64 * 0x0007_fd31_0b7a_9e1f);
        }
        for (step, number) in numbers.iter_mut().rev().take(64).enumerate() {
            *number = [1.0, 0.5, 2.0 * f64::MIN_POSITIVE, f64::MAX][step % 4] * (1.0 - step as f64 * 1e-9);
        }
        let alone: Vec<u64> = numbers.iter().map(|&number| ln(number).to_bits()).collect();
        ln_each(&mut numbers);
        assert_eq!(numbers.map(f64::to_bits)[..], alone);
    }

    #[test]
    fn single_precision_logarithms_are_those_of_the_library() {
        let mut numbers = [0.0; 4096];
        for (step, number) in numbers.iter_mut().enumerate() {
            *number = f32::from_bits(0x0080_0000 + step as u32 * 0x0007_efff);
        }
        numbers[..4].copy_from_slice(&[1.0, 0.5, f32::MIN_POSITIVE, f32::MAX]);
        let alone = numbers.map(|number| libm::logf(number).to_bits());
        ln_each_f32(&mut numbers);
        assert_eq!(numbers.map(f32::to_bits), alone);
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
        fn a_logarithm_has_the_same_bits_side_by_side(words in prop::array::uniform16(any::<u32>())) {
            let numbers = words.map(|word| (f64::from(word) + 0.5) / 4_294_967_296.0);
            let mut together = numbers;
            ln_each(&mut together);
            prop_assert_eq!(together.map(f64::to_bits), numbers.map(|number| ln(number).to_bits()));
        }

        #[test]
        fn a_single_precision_logarithm_is_that_of_the_library(words in prop::array::uniform16(1..=u32::MAX >> 9)) {
            let numbers = words.map(|word| (word as f32 + 0.5) / 8_388_608.0);
            let mut together = numbers;
            ln_each_f32(&mut together);
            prop_assert_eq!(together.map(f32::to_bits), numbers.map(|number| libm::logf(number).to_bits()));
        }

        #[test]
        fn the_logistic_rises_and_is_symmetric(x in -39.0..39.0f64, step in 1e-3..1.0f64) {
            prop_assert!(logistic(x + step) >= logistic(x));
            prop_assert!((logistic(x) + logistic(-x) - 1.0).abs() < 1e-12);
        }
    }
}
