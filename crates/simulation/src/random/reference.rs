//! The reference stream: ChaCha8 as `rand_chacha` has it, set to an address.

use std::convert::Infallible;

use rand::rand_core::block::{BlockRng, Generator};
use rand::{Rng, SeedableRng, TryRng};
use rand_chacha::ChaCha8Rng;

use super::Address;

/// The stream from the block whose state ends in these four words.
pub(super) fn stream(key: &[u32; 8], counters: [u32; 4]) -> ChaCha8Rng {
    let mut seed = [0; 32];
    for (bytes, word) in seed.as_chunks_mut::<4>().0.iter_mut().zip(key) {
        *bytes = word.to_le_bytes();
    }
    let pair = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
    let mut stream = ChaCha8Rng::from_seed(seed);
    stream.set_stream(pair(counters[2], counters[3]));
    // A position counts words, sixteen to a block.
    stream.set_word_pos(u128::from(pair(counters[0], counters[1])) * 16);
    stream
}

/// The block whose state ends in these four words.
pub(super) fn block(key: &[u32; 8], counters: [u32; 4]) -> [u32; 16] {
    let mut stream = stream(key, counters);
    std::array::from_fn(|_| stream.next_u32())
}

/// An agent's blocks in a row. The stream itself would run on into the block of the next agent.
#[derive(Clone, Debug)]
struct AgentBlocks {
    key: [u32; 8],
    address: Address,
    part: u16,
}

impl Generator for AgentBlocks {
    type Output = [u32; 16];

    fn generate(&mut self, words: &mut [u32; 16]) {
        *words = block(&self.key, self.address.counters(self.part));
        self.part += 1;
    }
}

/// A generator of the random words of one agent: those of block 0, then 1, 2 … It ends with a panic after 2²⁰ words.
#[derive(Clone, Debug)]
pub struct AgentRng(BlockRng<AgentBlocks>);

impl AgentRng {
    pub(super) fn new(key: [u32; 8], address: Address, part: u16) -> Self {
        Self(BlockRng::new(AgentBlocks { key, address, part }))
    }
}

impl TryRng for AgentRng {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.next_word())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64_from_u32())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}
