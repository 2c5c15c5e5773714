//! Revision: who reconsiders in a quarter. A byte for each agent, drawn for a tile of agents at a time, decides for all but
//! one in 256 of them; those that it lets through are collected in an [`AgentBatch`], which draws their own words side by
//! side. Their second word decides what the byte left open.

use std::ops::Range;

use crate::agents::worker::WorkerBlock;
use crate::random::{AgentBatch, BYTES, Purpose, RandomSource, SIDE, Selection, SideBySide, TILE};

/// Bits of an agent's own word that decide where the byte of its tile does not.
const FINE_BITS: u32 = 31;

/// Which of an agent's words has those bits, its lowest: the highest bit is free for another decision.
const FINE_WORD: usize = 1;

/// A probability as a byte and the bits of a word that follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// The highest byte that may be let through. Lower ones are.
    last: u8,
    /// Numbers of an own word that are let through after the highest byte.
    rest: u32,
}

impl Chance {
    /// Of a probability; what is outside of 0 to 1 counts as the nearer end.
    #[must_use]
    pub fn new(probability: f64) -> Self {
        let below = (probability.clamp(0.0, 1.0) * (1_u64 << (8 + FINE_BITS)) as f64) as u64;
        let last = below.saturating_sub(1) >> FINE_BITS;
        Self { last: last as u8, rest: (below - (last << FINE_BITS)) as u32 }
    }

    /// Numbers of an own word that are let through after a byte that may be.
    #[inline]
    fn after(self, byte: u8) -> u32 {
        if byte < self.last { 1 << FINE_BITS } else { self.rest }
    }
}

/// Where the random numbers of a quarter come from, and what they decide.
#[derive(Clone, Copy)]
pub struct DrawContext<'a> {
    /// Source of random numbers of the run.
    pub random: &'a RandomSource,
    /// Quarter.
    pub tick: u32,
    /// Purpose of the bytes that decide who reconsiders.
    pub whether: Purpose,
    /// Purpose of the words that an agent who reconsiders draws.
    pub which: Purpose,
}

/// Agents who reconsider, at most sixteen of a block, with their words. The lower 31 bits of the second word are used up.
pub struct Revisers<'a> {
    /// The agents and some that their own word did not let through.
    pub batch: &'a AgentBatch,
    /// Their words, `[word][agent]`.
    pub words: SideBySide,
    reconsider: [bool; SIDE],
}

impl Revisers<'_> {
    /// Lanes and slots of those who reconsider, in the order of slots.
    #[inline]
    pub fn each(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.batch.slots().enumerate().filter(|&(lane, _)| self.reconsider[lane])
    }
}

/// Agents that a byte let through, until they are sixteen.
struct Waiting<'a> {
    random: &'a RandomSource,
    batch: AgentBatch,
    fine: [u32; SIDE],
}

impl Waiting<'_> {
    #[inline(always)]
    fn hand_over(&mut self, revise: &mut impl FnMut(&Revisers)) {
        let words = self.batch.words(self.random);
        let mut reconsider = [false; SIDE];
        for ((reconsider, fine), word) in reconsider.iter_mut().zip(self.fine).zip(&words[FINE_WORD]) {
            *reconsider = word & (u32::MAX >> 1) < fine;
        }
        revise(&Revisers { batch: &self.batch, words, reconsider });
        self.batch.clear();
    }
}

/// Goes through the slots of a block, each of which is of a kind, and hands those who reconsider to `revise`, in the order
/// of their slots. `kinds` gives the kinds of a range of slots, and `chances` the probability of each kind.
///
/// `generation` holds how often the agent of each slot was replaced; it is empty for agents who are never replaced.
#[inline(always)]
pub fn each_batch<const KINDS: usize, Kinds: Iterator<Item = u8>>(
    context: DrawContext,
    block: WorkerBlock,
    slots: usize,
    generation: &[u8],
    (kinds, chances): (impl Fn(Range<usize>) -> Kinds, &[Chance; KINDS]),
    mut revise: impl FnMut(&Revisers),
) {
    let DrawContext { random, tick, whether, which } = context;
    let mut waiting = Waiting { random, batch: AgentBatch::new(tick, which, block.origin), fine: [0; SIDE] };
    let last = chances.map(|chance| chance.last);
    let mut bytes = [0; BYTES];
    for start in (0..slots).step_by(TILE) {
        let tile = start..slots.min(start + TILE);
        if start.is_multiple_of(BYTES) {
            let generations = generation.get(start..slots.min(start + BYTES)).unwrap_or_default();
            random.bytes_of(tick, whether, block.origin, (block.first + start as u32, generations), &mut bytes);
        }
        let of_tile = &bytes[start % BYTES..][..tile.len()];
        // Compared with each kind in turn, since registers have no tables.
        let may = of_tile.iter().zip(kinds(tile.clone())).map(move |(&byte, kind)| {
            byte <= (1..KINDS).fold(last[0], |found, other| if kind == other as u8 { last[other] } else { found })
        });
        for at in Selection::of(random.width(), may).slots() {
            let slot = start + at;
            let kind = kinds(slot..slot + 1).next().unwrap_or_default();
            let lane = waiting.batch.len();
            waiting.fine[lane] = chances[usize::from(kind)].after(of_tile[at]);
            let generation = generation.get(slot).copied().unwrap_or(0);
            if waiting.batch.add(slot, block.first + slot as u32, u16::from(generation)) {
                waiting.hand_over(&mut revise);
            }
        }
    }
    if !waiting.batch.is_empty() {
        waiting.hand_over(&mut revise);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::of_generation;
    use crate::run::Lanes;

    #[test]
    fn every_agent_who_reconsiders_is_in_one_batch_and_in_order() {
        let block = WorkerBlock { origin: 3, first: 1024 };
        let probabilities = [1.0 / 3.0, 0.05, 0.0, 1.0, 1e-9];
        let chances = probabilities.map(Chance::new);
        for lanes in [Lanes::Scalar, Lanes::Avx2, Lanes::Avx512] {
            let Ok(random) = RandomSource::new(5, lanes) else { continue };
            let context =
                DrawContext { random: &random, tick: 7, whether: Purpose::Revision, which: Purpose::Destination };
            for slots in [0_usize, 1, 15, 16, 255, 256, 3000] {
                let generation: Vec<u8> = (0..slots).map(|slot| (slot % 3) as u8).collect();
                let kind = |slot: usize| (slot % 5) as u8;
                let mut expected = Vec::new();
                let mut words = vec![0; slots.div_ceil(4)];
                random.tile(7, Purpose::Revision, 3, 1024 / 4, &mut words);
                for slot in 0..slots {
                    let batch = {
                        let mut batch = AgentBatch::new(7, Purpose::Destination, 3);
                        batch.add(slot, 1024 + slot as u32, u16::from(generation[slot]));
                        batch
                    };
                    let byte = of_generation(words[slot / 4], u32::from(generation[slot])).to_le_bytes()[slot % 4];
                    let fine = random.words(batch.address(0), 0)[1] & 0x7fff_ffff;
                    let number = (f64::from(byte) + (f64::from(fine) + 0.5) / 2_147_483_648.0) / 256.0;
                    if number < probabilities[slot % 5] {
                        expected.push((slot, batch.address(0).generation));
                    }
                }
                let mut seen = Vec::new();
                each_batch(
                    context,
                    block,
                    slots,
                    &generation,
                    (|slots: Range<usize>| slots.map(kind), &chances),
                    |revisers| {
                        for (lane, slot) in revisers.each() {
                            assert_eq!(revisers.batch.address(lane).ordinal, 1024 + slot as u32);
                            seen.push((slot, revisers.batch.address(lane).generation));
                        }
                    },
                );
                assert_eq!(seen, expected, "{slots} slots");
            }
        }
    }

    #[test]
    fn as_many_reconsider_as_the_probability_says() {
        let random = RandomSource::new(9, Lanes::Auto).expect("some lanes exist");
        let context = DrawContext { random: &random, tick: 1, whether: Purpose::Revision, which: Purpose::Destination };
        let block = WorkerBlock { origin: 0, first: 0 };
        for probability in [0.0, 0.001, 0.02, 0.25, 1.0] {
            let (slots, mut count) = (60_000, 0);
            let chances = [Chance::new(probability)];
            let kinds = |slots: Range<usize>| slots.map(|_| 0);
            each_batch(context, block, slots, &[], (kinds, &chances), |revisers| count += revisers.each().count());
            let (expected, agents) = (probability * slots as f64, slots as f64);
            let deviation = (expected * (agents - expected) / agents).sqrt();
            assert!((count as f64 - expected).abs() <= 5.0 * deviation, "{probability}: {count}");
        }
    }
}
