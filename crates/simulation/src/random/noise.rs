//! Noise for sixteen agents at once: exponential waiting times, and the noise of a binary choice.
//!
//! Needed beside `rand_distr` because its samplers take a varying number of words and branch on them. Single precision is
//! enough: a word has 23 bits here, and the largest waiting time of a world of a hundred million people is 17.

use economics::maths;

use super::{RandomSource, SIDE, Wide, widely};

/// A word as a single-precision number strictly between 0 and 1: 23 of its bits, so that neither end is reached.
#[inline(always)]
fn unit_f32(word: u32) -> f32 {
    ((word >> 9) as f32 + 0.5) * (1.0 / 8_388_608.0)
}

/// Logarithms of the uniform numbers that words stand for; minus them are exponential draws.
#[inline(always)]
pub(super) fn logarithms<const LANES: usize>(words: &[u32; LANES]) -> [f32; LANES] {
    let mut numbers = words.map(unit_f32);
    maths::ln_each_f32(&mut numbers);
    numbers
}

struct Noise<'a, F> {
    words: &'a [u32; SIDE],
    out: &'a mut [f32; SIDE],
    of: F,
}

impl<F: Fn(&[u32; SIDE]) -> [f32; SIDE]> Wide for Noise<'_, F> {
    #[inline(always)]
    fn work(self) {
        *self.out = (self.of)(self.words);
    }
}

#[inline(always)]
fn draw(words: &[u32; SIDE], random: &RandomSource, of: impl Fn(&[u32; SIDE]) -> [f32; SIDE]) -> [f32; SIDE] {
    let mut out = [0.0; SIDE];
    widely(random.width(), Noise { words, out: &mut out, of });
    out
}

/// Exponential draws of mean one, one for each of sixteen agents' words.
#[must_use]
#[inline]
pub fn exponential(words: &[u32; SIDE], random: &RandomSource) -> [f32; SIDE] {
    draw(words, random, |words| logarithms(words).map(|logarithm| -logarithm))
}

/// Logistic draws, one for each of sixteen agents' words: `ln(u / (1 − u))`. Below `x` with the probability of yes in a
/// binary logit whose alternatives differ by `x`.
#[must_use]
#[inline]
pub fn logistic(words: &[u32; SIDE], random: &RandomSource) -> [f32; SIDE] {
    draw(words, random, |words| {
        let low = logarithms(words);
        let mut high = words.map(|word| 1.0 - unit_f32(word));
        maths::ln_each_f32(&mut high);
        std::array::from_fn(|lane| low[lane] - high[lane])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;
    use crate::run::Lanes;

    #[test]
    fn noise_has_its_distribution_and_the_same_bits_in_all_lanes() {
        let random = RandomSource::new(4, Lanes::Scalar).expect("scalar lanes exist");
        let mut words = vec![0; 1 << 16];
        random.tile(0, Purpose::Work, 0, 0, &mut words);
        let all = |random: &RandomSource, of: fn(&[u32; SIDE], &RandomSource) -> [f32; SIDE]| -> Vec<f32> {
            words.as_chunks().0.iter().flat_map(|words| of(words, random)).collect()
        };
        let (waits, noise) = (all(&random, exponential), all(&random, logistic));
        for lanes in [Lanes::Avx2, Lanes::Avx512] {
            let Ok(wide) = RandomSource::new(4, lanes) else { continue };
            assert_eq!((all(&wide, exponential), all(&wide, logistic)), (waits.clone(), noise.clone()), "{lanes:?}");
        }
        for x in [-3.0, -0.5, 0.0, 1.0, 4.0] {
            // The standard error of a share is at most .002.
            let below = |draws: &[f32]| draws.iter().filter(|&&draw| f64::from(draw) < x).count() as f64 / 65_536.0;
            assert!((below(&noise) - maths::logistic(x)).abs() < 0.01, "{x}");
            assert!((below(&waits) - (1.0 - maths::exp(-x)).max(0.0)).abs() < 0.01, "{x}");
        }
        let ends = [0, u32::MAX, 1 << 31, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
        assert!(exponential(&ends, &random).iter().all(|&wait| wait > 0.0 && wait < 17.0));
        assert!(logistic(&ends, &random).iter().all(|noise| noise.abs() < 17.0));
    }
}
