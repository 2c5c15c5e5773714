//! Keyed randomness: every draw is a function of (seed, quarter, purpose, agent), so adding a draw elsewhere shifts
//! nothing, and the same agent meets the same luck under two policies.
//!
//! The words come from ChaCha8 (Bernstein 2008), whose counter can be set to any address. One block holds sixteen
//! 32-bit words. Two ways to address them:
//! - an *agent block*: sixteen words (and as many more blocks as wanted) that belong to one agent;
//! - a *tile*: one word for each of many agents with consecutive ordinals, sixteen agents to a block.
//!
//! Agents who need blocks of their own draw them [`AgentBatch`] at a time, with the bits that each would draw alone.

mod address;
mod agent_batch;
mod lanes;
pub mod race;
mod reference;
pub mod revision;

use bevy_ecs::prelude::*;

pub use address::{Address, Purpose};
pub use agent_batch::AgentBatch;
pub use lanes::{SIDE, SideBySide, Width};
pub(crate) use lanes::{Wide, widely};
pub use reference::AgentRng;

use crate::model::{Lanes, RunError};

/// The source of all draws of a run.
#[derive(Resource, Clone, Copy, Debug)]
pub struct RandomSource {
    key: [u32; 8],
    width: Width,
}

impl RandomSource {
    /// The luck of a seed.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the machine lacks the lanes asked for.
    pub fn new(seed: u64, lanes: Lanes) -> Result<Self, RunError> {
        let mut state = seed;
        let mut key = [0; 8];
        for pair in key.chunks_exact_mut(2) {
            let word = split_mix(&mut state);
            pair[0] = word as u32;
            pair[1] = (word >> 32) as u32;
        }
        Ok(Self { key, width: lanes::width(lanes)? })
    }

    /// The sixteen words of an agent; `part` 0, 1, 2 … gives further blocks.
    #[must_use]
    pub fn words(&self, address: Address, part: u16) -> [u32; 16] {
        reference::block(&self.key, address.counters(part))
    }

    /// An ordinary generator of `rand` over the same words: block 0 of the agent, then 1, 2 …
    #[must_use]
    pub fn rng(&self, address: Address) -> AgentRng {
        AgentRng::new(self.key, address, 0)
    }

    /// The width in which this machine draws.
    #[must_use]
    pub fn width(&self) -> Width {
        self.width
    }

    /// One word for each agent of a tile; `first` is the ordinal of the first and a multiple of 16.
    ///
    /// # Panics
    /// If `first` is not a multiple of 16: block layout guarantees it.
    pub fn tile(&self, tick: u32, purpose: Purpose, group: u16, first: u32, words: &mut [u32]) {
        assert!(first.is_multiple_of(16), "tiles start at multiples of sixteen");
        let nonce = [u32::MAX, tick, purpose as u32 | u32::from(group) << 16];
        lanes::fill(self.width, &self.key, first / 16, nonce, words);
    }
}

/// A tile's word for the generation of the slot: the first keeps the word as it is.
#[must_use]
pub fn of_generation(word: u32, generation: u8) -> u32 {
    if generation == 0 {
        return word;
    }
    let mut mixed = word ^ u32::from(generation).wrapping_mul(0x9E37_79B9);
    mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85EB_CA6B);
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xC2B2_AE35);
    mixed ^ (mixed >> 16)
}

/// A word as a number strictly between 0 and 1.
#[must_use]
pub fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// The number of words out of 2³² below which an event of this probability happens.
#[must_use]
pub fn threshold(probability: f64) -> u64 {
    (probability.clamp(0.0, 1.0) * 4_294_967_296.0) as u64
}

/// A number strictly between 0 and 1 for something that is no agent, such as a place.
#[must_use]
pub fn uniform(seed: u64, purpose: Purpose, group: u16, ordinal: u32) -> f64 {
    let random = RandomSource::new(seed, Lanes::Scalar).expect("scalar lanes always exist");
    unit(random.words(Address { tick: 0, purpose, group, ordinal, generation: 0 }, 0)[0])
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(lanes: Lanes) -> Option<RandomSource> {
        RandomSource::new(7, lanes).ok()
    }

    #[test]
    fn every_width_of_lanes_gives_the_same_words() {
        let scalar = random(Lanes::Scalar).expect("scalar lanes exist");
        for lanes in [Lanes::Avx2, Lanes::Avx512, Lanes::Auto] {
            let Some(wide) = random(lanes) else { continue };
            for length in [1, 15, 16, 17, 255, 256, 1000] {
                let (mut a, mut b) = (vec![0; length], vec![0; length]);
                scalar.tile(3, Purpose::Revision, 5, 32, &mut a);
                wide.tile(3, Purpose::Revision, 5, 32, &mut b);
                assert_eq!(a, b, "{lanes:?}, {length} words");
            }
        }
    }

    #[test]
    fn a_tile_is_the_same_wherever_it_starts() {
        let random = random(Lanes::Auto).expect("some lanes exist");
        let (mut whole, mut part) = (vec![0; 512], vec![0; 256]);
        random.tile(9, Purpose::Work, 2, 0, &mut whole);
        random.tile(9, Purpose::Work, 2, 256, &mut part);
        assert_eq!(whole[256..], part);
    }

    #[test]
    fn any_part_of_an_address_changes_the_words() {
        let random = random(Lanes::Scalar).expect("scalar lanes exist");
        let base = Address { tick: 1, purpose: Purpose::Work, group: 2, ordinal: 3, generation: 4 };
        let others = [
            Address { tick: 2, ..base },
            Address { purpose: Purpose::Skill, ..base },
            Address { group: 3, ..base },
            Address { ordinal: 4, ..base },
            Address { generation: 5, ..base },
        ];
        for other in others {
            assert_ne!(random.words(base, 0), random.words(other, 0), "{other:?}");
        }
        assert_ne!(random.words(base, 0), random.words(base, 1));
    }

    #[test]
    fn words_are_uniform_to_the_eye_of_a_chi_square() {
        let random = random(Lanes::Auto).expect("some lanes exist");
        let mut words = vec![0; 1 << 16];
        random.tile(0, Purpose::Revision, 0, 0, &mut words);
        let mut bins = [0_u32; 256];
        for word in &words {
            bins[(word >> 24) as usize] += 1;
        }
        let expected = 256.0;
        let chi_square: f64 =
            bins.iter().map(|&n| (f64::from(n) - expected) * (f64::from(n) - expected) / expected).sum();
        // 255 degrees of freedom: mean 255, standard deviation 22.6; the interval is five deviations wide.
        assert!((142.0..368.0).contains(&chi_square), "{chi_square}");
    }
}
