//! Random numbers that design a study: which parameters are run. A run's own random numbers come from its seed.

use std::convert::Infallible;

use economics::maths::{cosine, exp, ln};
use rand::distr::Open01;
use rand::rand_core::utils::fill_bytes_via_next_word;
use rand::{RngExt, TryRng};

/// The random stream of a design: SplitMix64 (Steele, Lea and Flood 2014) as a generator of `rand`. It is not ChaCha, so
/// that the designs of published studies stay as they are.
#[derive(Clone, Debug)]
pub struct Draws(u64);

impl TryRng for Draws {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.try_next_u64()? >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Ok(word ^ (word >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

impl Draws {
    /// The stream of a seed. Different seeds give unrelated streams.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x5F1E_5CA1_AB1E_0DD5)
    }

    /// A number strictly between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        self.sample(Open01)
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (first, second) = (self.uniform(), self.uniform());
        (-2.0 * ln(first)).sqrt() * cosine(std::f64::consts::TAU * second)
    }

    /// A log-normal number with median one.
    pub fn log_normal(&mut self, deviation: f64) -> f64 {
        exp(deviation * self.normal())
    }

    /// The numbers 0 … count − 1 in random order (Fisher and Yates).
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            let other = (self.uniform() * (last + 1) as f64) as usize;
            order.swap(last, other.min(last));
        }
        order
    }

    /// A Latin hypercube: for each of `count` draws a number between 0 and 1 in each dimension, so that each of `count`
    /// equal parts of every dimension has exactly one draw.
    pub fn latin_hypercube(&mut self, count: usize, dimensions: usize) -> Vec<Vec<f64>> {
        let mut draws = vec![Vec::with_capacity(dimensions); count];
        for _ in 0..dimensions {
            for (draw, part) in draws.iter_mut().zip(self.order(count)) {
                draw.push((part as f64 + self.uniform()) / count as f64);
            }
        }
        draws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_every_dimension_has_one_draw() {
        let draws = Draws::new(3).latin_hypercube(20, 4);
        for dimension in 0..4 {
            let mut parts: Vec<usize> = draws.iter().map(|draw| (draw[dimension] * 20.0) as usize).collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..20).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_seed_gives_the_numbers_that_it_always_gave() {
        let mut draws = Draws::new(20_240_229);
        for word in [0; 3] {
            assert_eq!(draws.uniform().to_bits(), word);
        }
    }

    #[test]
    fn normal_draws_have_mean_zero_and_variance_one() {
        let mut draws = Draws::new(1);
        let drawn: Vec<f64> = (0..40_000).map(|_| draws.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 40_000.0;
        let square = drawn.iter().map(|x| x * x).sum::<f64>() / 40_000.0;
        // Standard errors are .005 and .007.
        assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.03, "{mean} {square}");
    }
}
