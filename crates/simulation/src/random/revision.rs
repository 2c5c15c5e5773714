//! Revision: who reconsiders in a quarter. One word per agent decides, drawn for a tile of agents at a time. Those who
//! reconsider are collected in an [`AgentBatch`], which draws their further words side by side.

use crate::agents::columns::{Selection, TILE};
use crate::agents::worker::WorkerBlock;
use crate::random::{AgentBatch, Purpose, RandomSource};

/// Where the random numbers of a quarter come from, and what they decide.
#[derive(Clone, Copy)]
pub struct DrawContext<'a> {
    /// Source of random numbers of the run.
    pub random: &'a RandomSource,
    /// Quarter.
    pub tick: u32,
    /// Purpose of the word that decides whether an agent reconsiders.
    pub whether: Purpose,
    /// Purpose of the words that an agent who reconsiders draws.
    pub which: Purpose,
}

/// Goes through the slots of a block. `reconsiders` is called for every slot with its word, and `revise` with batches of
/// the agents that it selects, in the order of their slots.
///
/// `generation` holds how often the agent of each slot was replaced; it is empty for agents who are never replaced.
#[inline(always)]
pub fn each_batch(
    context: DrawContext,
    block: WorkerBlock,
    slots: usize,
    generation: &[u8],
    reconsiders: impl Fn(usize, u32) -> bool,
    mut revise: impl FnMut(&AgentBatch),
) {
    let mut batch = AgentBatch::new(context.tick, context.which, block.origin);
    let mut words = [0; TILE];
    for start in (0..slots).step_by(TILE) {
        let count = TILE.min(slots - start);
        let words = &mut words[..count];
        let first = block.first + start as u32;
        let generations = generation.get(start..start + count).unwrap_or_default();
        context.random.tile_of(context.tick, context.whether, block.origin, (first, generations), words);
        let selection = Selection::of(words.iter().enumerate().map(|(at, &word)| reconsiders(start + at, word)));
        for at in selection.slots() {
            let slot = start + at;
            let generation = generation.get(slot).copied().unwrap_or(0);
            if batch.add(slot, block.first + slot as u32, u16::from(generation)) {
                revise(&batch);
                batch.clear();
            }
        }
    }
    if !batch.is_empty() {
        revise(&batch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::of_generation;
    use crate::run::Lanes;

    #[test]
    fn every_agent_who_reconsiders_is_in_one_batch_and_in_order() {
        let random = RandomSource::new(5, Lanes::Auto).expect("some lanes exist");
        let block = WorkerBlock { origin: 3, first: 512 };
        let context = DrawContext { random: &random, tick: 7, whether: Purpose::Revision, which: Purpose::Destination };
        for slots in [0, 1, 15, 16, 255, 256, 1000] {
            let generation: Vec<u8> = (0..slots).map(|slot| (slot % 3) as u8).collect();
            let limit = |slot: usize| if slot.is_multiple_of(2) { u32::MAX / 3 } else { u32::MAX / 20 };
            let mut expected = Vec::new();
            let mut words = vec![0; slots];
            random.tile(7, Purpose::Revision, 3, 512, &mut words);
            for slot in 0..slots {
                if of_generation(words[slot], generation[slot]) < limit(slot) {
                    expected.push((slot, 512 + slot as u32, u16::from(generation[slot])));
                }
            }
            let mut seen = Vec::new();
            each_batch(
                context,
                block,
                slots,
                &generation,
                |slot, word| word < limit(slot),
                |batch| {
                    for (lane, slot) in batch.slots().enumerate() {
                        let address = batch.address(lane);
                        seen.push((slot, address.ordinal, address.generation));
                    }
                },
            );
            assert_eq!(seen, expected, "{slots} slots");
        }
    }
}
