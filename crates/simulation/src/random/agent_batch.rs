//! AgentBatch agents who draw at once.

use super::lanes::{SIDE, SideBySide, side_by_side};
use super::{Address, Purpose, RandomSource};

/// Up to sixteen agents of one group who draw their words side by side: as many as the widest registers have lanes.
#[derive(Clone, Debug)]
pub struct AgentBatch {
    tick: u32,
    purpose: Purpose,
    group: u16,
    count: usize,
    slots: [u32; SIDE],
    ordinals: [u32; SIDE],
    generations: [u32; SIDE],
}

impl AgentBatch {
    /// Nobody yet.
    #[must_use]
    pub fn new(tick: u32, purpose: Purpose, group: u16) -> Self {
        Self { tick, purpose, group, count: 0, slots: [0; SIDE], ordinals: [0; SIDE], generations: [0; SIDE] }
    }

    /// Adds the agent in a slot of its block; `true` once there are sixteen.
    ///
    /// # Panics
    /// If sixteen are there already.
    #[inline]
    pub fn add(&mut self, slot: usize, ordinal: u32, generation: u16) -> bool {
        let lane = self.count;
        self.slots[lane] = slot as u32;
        self.ordinals[lane] = ordinal;
        self.generations[lane] = u32::from(generation);
        self.count = lane + 1;
        self.count == SIDE
    }

    /// Whether nobody is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Slots of the agents, in the order in which they came.
    pub fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots[..self.count].iter().map(|&slot| slot as usize)
    }

    /// The address of one of them.
    #[must_use]
    pub fn address(&self, lane: usize) -> Address {
        Address {
            tick: self.tick,
            purpose: self.purpose,
            group: self.group,
            ordinal: self.ordinals[lane],
            generation: self.generations[lane] as u16,
        }
    }

    /// The words of all, `[word][agent]`: bit for bit what [`RandomSource::words`] gives each.
    #[must_use]
    #[inline]
    pub fn words(&self, random: &RandomSource) -> SideBySide {
        let last = [self.tick, self.purpose as u32 | u32::from(self.group) << 16];
        side_by_side(random.width, &random.key, &self.ordinals, &self.generations, last)
    }

    /// Nobody again.
    #[inline]
    pub fn clear(&mut self) {
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Lanes;

    proptest! {
        #[test]
        fn agents_draw_the_same_alone_and_side_by_side(
            seed: u64,
            tick in 0_u32..5000,
            group in 0_u16..4000,
            agents in prop::collection::vec((any::<u32>(), any::<u16>()), 1..=SIDE),
        ) {
            for lanes in [Lanes::Scalar, Lanes::Avx2, Lanes::Avx512] {
                let Ok(random) = RandomSource::new(seed, lanes) else { continue };
                let mut batch = AgentBatch::new(tick, Purpose::Destination, group);
                for &(ordinal, generation) in &agents {
                    batch.add(0, ordinal, generation);
                }
                let words = batch.words(&random);
                for lane in 0..agents.len() {
                    let together = words.map(|row| row[lane]);
                    prop_assert_eq!(together, random.words(batch.address(lane), 0));
                }
            }
        }
    }
}
