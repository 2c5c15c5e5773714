//! Agents who draw at once.

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
    /// An empty batch.
    #[must_use]
    pub fn new(tick: u32, purpose: Purpose, group: u16) -> Self {
        Self { tick, purpose, group, count: 0, slots: [0; SIDE], ordinals: [0; SIDE], generations: [0; SIDE] }
    }

    /// Adds the agent in a slot of its block; `true` once the batch is full.
    ///
    /// # Panics
    /// If the batch has sixteen already.
    #[inline]
    pub fn add(&mut self, slot: usize, ordinal: u32, generation: u16) -> bool {
        let lane = self.count;
        self.slots[lane] = slot as u32;
        self.ordinals[lane] = ordinal;
        self.generations[lane] = u32::from(generation);
        self.count = lane + 1;
        self.count == SIDE
    }

    /// Number of agents.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether the batch has no agent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Slots of the agents, in the order in which they were added.
    pub fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots[..self.count].iter().map(|&slot| slot as usize)
    }

    /// A column's numbers for the agents, by lane.
    #[must_use]
    #[inline]
    pub fn column<T: Copy + Default>(&self, column: &[T]) -> [T; SIDE] {
        let mut of_lanes = [T::default(); SIDE];
        for (number, slot) in of_lanes.iter_mut().zip(self.slots()) {
            *number = column[slot];
        }
        of_lanes
    }

    /// The address of the agent in a lane.
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

    /// The words of all agents, `[word][agent]`: bit for bit what [`RandomSource::words`] gives each.
    #[must_use]
    #[inline]
    pub fn words(&self, random: &RandomSource) -> SideBySide {
        let [_, _, tick, purpose] = self.address(0).counters(0);
        side_by_side(random.width, &random.key, &self.ordinals, &self.generations, [tick, purpose])
    }

    /// Removes all agents.
    #[inline]
    pub fn clear(&mut self) {
        self.count = 0;
    }
}
