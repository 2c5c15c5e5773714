//! Random numbers with an address: every draw is a function of (seed, quarter, purpose, agent). So adding a draw elsewhere
//! shifts nothing, and the same agent meets the same random numbers under two policies (common random numbers).
//!
//! The words come from ChaCha8 (Bernstein 2008), whose counter can be set to any address; `rand_chacha` is the reference
//! that every faster form is held to. One block holds sixteen 32-bit words. Two ways to address them:
//! - an *agent block*: sixteen words (and as many more blocks as wanted) that belong to one agent;
//! - a *tile*: one word for each of many agents in consecutive slots, sixteen agents to a block; or one byte for each,
//!   sixty-four agents to a block.
//!
//! A mechanism that draws for few agents takes [`RandomSource::rng`], an ordinary generator of `rand` over one agent's
//! blocks, so that every distribution of `rand` and `rand_distr` works. In loops over all agents, words are drawn for a
//! tile or for an [`AgentBatch`] at a time, in vector lanes, with the bits that each agent would draw alone.

mod address;
mod agent_batch;
mod lanes;
pub mod noise;
pub mod race;
mod reference;
pub mod revision;
mod selection;
#[cfg(test)]
mod tests;

use bevy_ecs::prelude::*;
use rand::Rng;

pub use address::{Address, Purpose};
pub use agent_batch::AgentBatch;
pub use lanes::{SIDE, SideBySide, Width};
pub(crate) use lanes::{Wide, widely};
pub use reference::AgentRng;
pub use selection::{Selection, TILE, tiles};

use crate::run::{Lanes, RunError};

/// Agents whose bytes are drawn at once: as many as the blocks that the widest registers compute side by side have bytes.
pub const BYTES: usize = 1024;

/// The source of all draws of a run.
#[derive(Resource, Clone, Copy, Debug)]
pub struct RandomSource {
    key: [u32; 8],
    width: Width,
}

impl RandomSource {
    /// The random numbers of a seed.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the machine does not have these lanes.
    pub fn new(seed: u64, lanes: Lanes) -> Result<Self, RunError> {
        let mut state = seed;
        let mut key = [0; 8];
        for pair in key.as_chunks_mut().0 {
            let word = split_mix(&mut state);
            *pair = [word as u32, (word >> 32) as u32];
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
        self.rng_from(address, 0)
    }

    /// The same generator from block `part` on.
    fn rng_from(&self, address: Address, part: u16) -> AgentRng {
        AgentRng::new(self.key, address, part)
    }

    /// The width in which this machine draws.
    #[must_use]
    pub fn width(&self) -> Width {
        self.width
    }

    /// One word for each agent of a tile, whose slots have been taken over so often; see [`RandomSource::tile`]. A slot
    /// without a generation is in its first.
    pub fn tile_of<G: Copy + Into<u32>>(
        &self,
        tick: u32,
        purpose: Purpose,
        group: u16,
        (first, generations): (u32, &[G]),
        words: &mut [u32],
    ) {
        self.tile(tick, purpose, group, first, words);
        widely(self.width, OfGenerations { words, generations });
    }

    /// One byte for each agent of a tile, whose slots have been taken over so often: a quarter of the word of four
    /// neighbours, made one of the agent's generation. `first` is the slot of the first and a multiple of 64.
    ///
    /// # Panics
    /// If `first` is not a multiple of 64: block layout guarantees it.
    pub fn bytes_of(
        &self,
        tick: u32,
        purpose: Purpose,
        group: u16,
        (first, generations): (u32, &[u8]),
        bytes: &mut [u8; BYTES],
    ) {
        assert!(first.is_multiple_of(64), "tiles of bytes start at multiples of sixty-four");
        let mut words = [0; BYTES / 4];
        self.tile(tick, purpose, group, first / 4, &mut words);
        widely(self.width, BytesOfGenerations { words: &words, generations, bytes });
    }

    /// One word for each agent of a tile; `first` is the slot of the first and a multiple of 16.
    ///
    /// # Panics
    /// If `first` is not a multiple of 16: block layout guarantees it.
    pub fn tile(&self, tick: u32, purpose: Purpose, group: u16, first: u32, words: &mut [u32]) {
        assert!(first.is_multiple_of(16), "tiles start at multiples of sixteen");
        let nonce = [u32::MAX, tick, purpose as u32 | u32::from(group) << 16];
        lanes::fill(self.width, &self.key, first / 16, nonce, words);
    }
}

/// Makes the words of a tile those of the generations of its slots.
struct OfGenerations<'a, G> {
    words: &'a mut [u32],
    generations: &'a [G],
}

impl<G: Copy + Into<u32>> Wide for OfGenerations<'_, G> {
    #[inline(always)]
    fn work(self) {
        for (word, &generation) in self.words.iter_mut().zip(self.generations) {
            *word = of_generation(*word, generation.into());
        }
    }
}

/// Makes the bytes of a tile from its words and the generations of its slots.
struct BytesOfGenerations<'a> {
    words: &'a [u32; BYTES / 4],
    generations: &'a [u8],
    bytes: &'a mut [u8; BYTES],
}

impl Wide for BytesOfGenerations<'_> {
    #[inline(always)]
    fn work(self) {
        for (four, word) in self.bytes.as_chunks_mut::<4>().0.iter_mut().zip(self.words) {
            *four = word.to_le_bytes();
        }
        if self.generations.iter().fold(0, |any, &generation| any | generation) == 0 {
            return;
        }
        let mut mixed = [0; BYTES];
        for (four, word) in mixed.as_chunks_mut::<4>().0.iter_mut().zip(self.words) {
            *four = [*word; 4];
        }
        OfGenerations { words: &mut mixed, generations: self.generations }.work();
        for ((byte, mixed), at) in self.bytes.iter_mut().zip(mixed).zip(0_u32..) {
            *byte = (mixed >> (8 * (at & 3))) as u8;
        }
    }
}

/// A tile's word for the generation of the slot: the first keeps the word as it is.
#[inline(always)]
fn of_generation(word: u32, generation: u32) -> u32 {
    let mut mixed = word ^ generation.wrapping_mul(0x9E37_79B9);
    mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85EB_CA6B);
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xC2B2_AE35);
    mixed ^= mixed >> 16;
    if generation == 0 { word } else { mixed }
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

/// A random number strictly between 0 and 1 for something that is no agent, such as a place.
#[must_use]
pub fn uniform(seed: u64, purpose: Purpose, group: u16, ordinal: u32) -> f64 {
    let random = RandomSource::new(seed, Lanes::Scalar).expect("scalar lanes always exist");
    unit(random.rng(Address { tick: 0, purpose, group, ordinal, generation: 0 }).next_u32())
}

/// The next word of `SplitMix64` (Steele, Lea and Flood 2014), which spreads a seed over the key.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}
