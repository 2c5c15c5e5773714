//! The race: one draw from weights that change every quarter, by random numbers that never depend on them.
//!
//! Arrivals 1, 2, … carry a label from a fixed proposal q and come after exponential waiting times. The label with the
//! smallest (arrival time × q / weight) wins, which is an exact draw from the weights; the arrivals depend on the key
//! alone, so making one place heavier can only bring people to it, never move anyone between two other places.
//!
//! Source: exponential races with a fixed proposal, the discrete case of A* sampling (Maddison, Tarlow and Minka 2014).

use std::hint::select_unpredictable;

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::noise::logarithms;
use crate::random::{AgentBatch, RandomSource, SIDE, SideBySide, Wide, widely};

/// Share of the proposal that is uniform, so that a place that opens late does not make races long.
const UNIFORM_PART: f64 = 0.2;

/// First of an agent's sixteen words that belongs to the race; the ones before are for the agent's other draws.
const FIRST_WORD: usize = 2;

/// A fixed proposal over labels, as an alias table (Walker 1977; Vose 1991).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    share: Vec<f64>,
    /// A label is kept if the low half of the drawn number is below this, else its alias is taken.
    keep: Vec<u32>,
    alias: Vec<u32>,
}

impl Proposal {
    /// A proposal in proportion to weights, with a uniform part mixed in. Weights that sum to zero give a uniform one.
    #[must_use]
    pub fn new(weights: &[f64]) -> Self {
        let labels = weights.len();
        let total: f64 = economics::maths::total(weights);
        let even = 1.0 / labels.max(1) as f64;
        let share: Vec<f64> = weights
            .iter()
            .map(|weight| {
                let own = if total > 0.0 { weight / total } else { even };
                (1.0 - UNIFORM_PART) * own + UNIFORM_PART * even
            })
            .collect();
        let mut scaled: Vec<f64> = share.iter().map(|share| share * labels as f64).collect();
        let mut keep = vec![u32::MAX; labels];
        let mut alias: Vec<u32> = (0..labels as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..labels).partition(|&label| scaled[label] < 1.0);
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            keep[poor] = (scaled[poor] * 4_294_967_296.0).min(4_294_967_295.0) as u32;
            alias[poor] = rich as u32;
            scaled[rich] -= 1.0 - scaled[poor];
            if scaled[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { share, keep, alias }
    }

    /// Takes factors of the weights, which never change, into the proposal: [`RaceWeights::set`] is then given weights
    /// without them.
    #[must_use]
    pub fn with_factors(mut self, factors: &[f64]) -> Self {
        self.share.iter_mut().zip(factors).for_each(|(share, factor)| *share /= factor);
        self
    }
}

/// A race with a proposal of its own, which it holds only once: 24 bytes a label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnRace {
    share: Vec<f64>,
    weights: RaceWeights,
}

impl OwnRace {
    /// A race without weights yet.
    #[must_use]
    pub fn new(proposal: Proposal) -> Self {
        let mut weights = RaceWeights::default();
        weights.take_table(&proposal);
        Self { share: proposal.share, weights }
    }

    /// Sets the weights of the quarter.
    pub fn set(&mut self, weights: impl Iterator<Item = f64> + Clone) {
        self.weights.weigh(&self.share, weights);
    }

    /// What the race is run on.
    #[must_use]
    #[inline]
    pub fn weights(&self) -> &RaceWeights {
        &self.weights
    }

    /// Bytes of the proposal and of the weights of a quarter, without what they cost once.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&self.share[..]) + size_of_val(&self.weights.columns[..])
    }
}

/// Arrivals of a race whose words an agent's first block holds.
const IN_FIRST_BLOCK: usize = (16 - FIRST_WORD) / 2;

/// Arrivals that sixteen races take side by side: few races need more.
const AT_ONCE: usize = 4;

/// Winner of a race that no label wins.
const NO_LABEL: u32 = u32::MAX;

/// What the labels of sixteen races must beat.
#[derive(Clone, Debug)]
pub struct Rivals {
    /// Scores to be beaten: a waiting time over a weight each.
    pub scores: [f64; SIDE],
    /// Labels that do not take part, one in each race; no label's number where all do.
    pub left_out: [u32; SIDE],
}

impl Rivals {
    /// None: every race has a winner if some label has weight.
    pub const NONE: Self = Self { scores: [f64::INFINITY; SIDE], left_out: [NO_LABEL; SIDE] };
}

/// The winners of sixteen races.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winners([u32; SIDE]);

impl Winners {
    /// The winner in a lane; `None` if no label won there.
    #[must_use]
    #[inline]
    pub fn of(&self, lane: usize) -> Option<usize> {
        let label = self.0[lane];
        (label != NO_LABEL).then_some(label as usize)
    }
}

/// A column of the proposal's alias table with the handicaps of the quarter, so that one look in memory is enough for an
/// arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Column {
    /// The column's own label is kept if the low half of the drawn number is below this, else its alias is taken.
    keep: u32,
    alias: u32,
    /// Handicap of the column's own label.
    own: f32,
    /// Handicap of the alias.
    other: f32,
}

/// What a race is run on in one quarter: for each label its handicap q / weight, and the least of them.
///
/// Handicaps are single-precision numbers in units of a power of two, which changes no comparison: rounding keeps their
/// order, so a label that gains weight never loses an agent, nor does any agent go from one other label to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RaceWeights {
    columns: Vec<Column>,
    least: f32,
    /// What scores are multiplied by: a power of two.
    scale: f64,
}

/// The races of sixteen agents.
struct Contest<'a> {
    race: &'a RaceWeights,
    left_out: &'a [u32; SIDE],
    time: [f32; SIDE],
    best: [f32; SIDE],
    winner: [u32; SIDE],
}

impl Contest<'_> {
    /// Whether anything that arrives can still win. Later arrivals of a label come later, so they can never win against
    /// the first.
    #[inline(always)]
    fn open(&self, lane: usize) -> bool {
        self.time[lane] * self.race.least < self.best[lane]
    }

    /// The label that a word stands for, and its handicap.
    #[inline(always)]
    fn label(&self, word: u32) -> (u32, f32) {
        // Wrapping, since a check for overflow costs as much as the product, which two 32-bit numbers cannot overflow.
        let scaled = u64::from(word).wrapping_mul(self.race.columns.len() as u64);
        let at = (scaled >> 32) as u32;
        let column = self.race.columns[at as usize];
        // Half of all arrivals take the alias, which no branch predictor can foresee.
        let kept = (scaled as u32) < column.keep;
        (select_unpredictable(kept, at, column.alias), select_unpredictable(kept, column.own, column.other))
    }

    /// A label arrives in each of some lanes. An arrival in a race that is decided changes nothing.
    #[inline(always)]
    fn arrive<const LANES: usize>(&mut self, first: usize, words: &[u32; LANES]) {
        let (mut labels, mut handicaps) = ([0; LANES], [0.0; LANES]);
        for ((label, handicap), &word) in labels.iter_mut().zip(&mut handicaps).zip(words) {
            (*label, *handicap) = self.label(word);
        }
        // Apart from the loop above, since this one has no look in memory and so fits wide registers.
        for (at, (label, handicap)) in labels.into_iter().zip(handicaps).enumerate() {
            let lane = first + at;
            let score = self.time[lane] * handicap;
            let wins = (score < self.best[lane]) & (label != self.left_out[lane]);
            self.best[lane] = if wins { score } else { self.best[lane] };
            self.winner[lane] = if wins { label } else { self.winner[lane] };
        }
    }

    /// The arrivals after those taken side by side: from the rest of the agent's first block, then from as many more
    /// blocks as it takes. Few races get here, so the loop stays out of their code.
    #[cold]
    #[inline(never)]
    fn run_on(&mut self, lane: usize, words: &SideBySide, mut further: impl Rng) {
        let first_block = (FIRST_WORD + 2 * AT_ONCE..FIRST_WORD + 2 * IN_FIRST_BLOCK).map(|at| words[at][lane]);
        let mut words = first_block.chain(std::iter::repeat_with(move || further.next_u32()));
        while let (Some(label), Some(wait)) = (words.next(), words.next()) {
            self.time[lane] -= logarithms(&[wait])[0];
            if !self.open(lane) {
                return;
            }
            self.arrive(lane, &[label]);
        }
    }
}

/// The first arrivals of sixteen races.
struct FirstArrivals<'a, 'b>(&'a mut Contest<'b>, &'a SideBySide);

impl Wide for FirstArrivals<'_, '_> {
    #[inline(always)]
    fn work(self) {
        let Self(contest, words) = self;
        for arrival in 0..AT_ONCE {
            let at = FIRST_WORD + 2 * arrival;
            let logarithms = logarithms(&words[at + 1]);
            let mut time = contest.time;
            for (time, logarithm) in time.iter_mut().zip(logarithms) {
                *time -= logarithm;
            }
            contest.time = time;
            let least = contest.race.least;
            if !time.iter().zip(&contest.best).fold(false, |any, (time, best)| any | (time * least < *best)) {
                return;
            }
            contest.arrive(0, &words[at]);
        }
    }
}

impl RaceWeights {
    /// Sets the weights of the quarter. A label of weight zero never wins.
    pub fn set(&mut self, proposal: &Proposal, weights: impl Iterator<Item = f64> + Clone) {
        self.take_table(proposal);
        self.weigh(&proposal.share, weights);
    }

    fn take_table(&mut self, proposal: &Proposal) {
        let table = proposal.keep.iter().zip(&proposal.alias);
        self.columns.clear();
        self.columns.extend(table.map(|(&keep, &alias)| Column { keep, alias, ..Column::default() }));
    }

    fn weigh(&mut self, share: &[f64], weights: impl Iterator<Item = f64> + Clone) {
        let handicaps =
            share.iter().zip(weights).map(|(share, weight)| if weight > 0.0 { share / weight } else { f64::INFINITY });
        let least = handicaps.clone().fold(f64::INFINITY, f64::min);
        self.scale = power_of_two_for(least);
        self.least = (least * self.scale) as f32;
        for (column, handicap) in self.columns.iter_mut().zip(handicaps) {
            column.own = (handicap * self.scale) as f32;
        }
        for at in 0..self.columns.len() {
            self.columns[at].other = self.columns[self.columns[at].alias as usize].own;
        }
    }

    /// Whether some label has weight.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.columns.is_empty() && self.least.is_finite()
    }

    /// The winners of the agents' races; `words` are the agents' first sixteen words.
    #[must_use]
    #[inline]
    pub fn winners(&self, random: &RandomSource, batch: &AgentBatch, words: &SideBySide, rivals: &Rivals) -> Winners {
        if !self.is_open() {
            return Winners([NO_LABEL; SIDE]);
        }
        let mut contest = Contest {
            race: self,
            left_out: &rivals.left_out,
            time: [0.0; SIDE],
            best: rivals.scores.map(|score| (score * self.scale) as f32),
            winner: [NO_LABEL; SIDE],
        };
        widely(random.width(), FirstArrivals(&mut contest, words));
        for lane in 0..batch.len() {
            if contest.open(lane) {
                contest.run_on(lane, words, random.rng_from(batch.address(lane), 1));
            }
        }
        Winners(contest.winner)
    }
}

/// The power of two that brings a number to at least one and less than two; one for a number that has none.
fn power_of_two_for(number: f64) -> f64 {
    let exponent = number.to_bits() >> 52;
    // The exponents of a number and of its inverse power of two add up to twice the bias.
    if (1..2046).contains(&exponent) { f64::from_bits((2046 - exponent) << 52) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;
    use crate::run::Lanes;

    fn draws(weights: &[f64], proposal: &Proposal, agents: u32) -> Vec<usize> {
        let random = RandomSource::new(11, Lanes::Scalar).expect("scalar lanes exist");
        let mut race_weights = RaceWeights::default();
        race_weights.set(proposal, weights.iter().copied());
        let winners = (0..agents).step_by(SIDE).flat_map(|first| {
            let batch = batch(first);
            let winners = race_weights.winners(&random, &batch, &batch.words(&random), &Rivals::NONE);
            (0..SIDE).map(move |lane| winners.of(lane).expect("some label has weight"))
        });
        winners.take(agents as usize).collect()
    }

    /// A batch of agents from an ordinal on.
    fn batch(first: u32) -> AgentBatch {
        let mut batch = AgentBatch::new(4, Purpose::Destination, 1);
        for ordinal in first..first + SIDE as u32 {
            batch.add(0, ordinal, 2);
        }
        batch
    }

    /// The winner of one agent's race by the definition: the label whose first arrival has the smallest waiting time
    /// times handicap, over more arrivals than can matter.
    fn winner_alone(
        proposal: &Proposal,
        weights: &[f64],
        random: &RandomSource,
        (batch, lane): (&AgentBatch, usize),
        (left_out, score): (usize, f64),
    ) -> Option<usize> {
        let mut words = random.rng(batch.address(lane));
        for _ in 0..FIRST_WORD {
            words.next_u32();
        }
        let (mut time, mut best, mut winner) = (0.0_f32, score as f32, None);
        for _ in 0..400 {
            let (label, wait) = (words.next_u32(), words.next_u32());
            time -= logarithms(&[wait])[0];
            let scaled = u64::from(label) * weights.len() as u64;
            let column = (scaled >> 32) as usize;
            let kept = (scaled as u32) < proposal.keep[column];
            let label = if kept { column } else { proposal.alias[column] as usize };
            let score = time * (proposal.share[label] / weights[label]) as f32;
            if score < best && label != left_out {
                (best, winner) = (score, Some(label));
            }
        }
        winner
    }

    #[test]
    fn labels_win_in_proportion_to_their_weights() {
        let proposal = Proposal::new(&[5.0, 1.0, 1.0, 3.0]);
        let weights = [1.0, 4.0, 2.0, 3.0];
        let agents = 40_000;
        let mut counts = [0.0; 4];
        for label in draws(&weights, &proposal, agents) {
            counts[label] += 1.0;
        }
        let chi_square: f64 = (0..4)
            .map(|label| {
                let expected = weights[label] / 10.0 * f64::from(agents);
                (counts[label] - expected) * (counts[label] - expected) / expected
            })
            .sum();
        // Three degrees of freedom: beyond 21.1 with probability 1e-4.
        assert!(chi_square < 21.1, "{chi_square} {counts:?}");
    }

    #[test]
    fn races_side_by_side_have_the_winners_of_the_definition() {
        // A weight that the proposal hardly expects makes races long, beyond the words of the first block.
        let proposal = Proposal::new(&[50.0, 1.0, 1.0, 30.0, 0.1]);
        let weights = [0.01, 0.2, 0.1, 0.3, 40.0];
        let mut race_weights = RaceWeights::default();
        race_weights.set(&proposal, weights.into_iter());
        let mut rivals = Rivals::NONE;
        for lane in 0..SIDE / 2 {
            (rivals.left_out[lane], rivals.scores[lane]) = (lane as u32 % 5, 0.01 * lane as f64);
        }
        for lanes in [Lanes::Scalar, Lanes::Avx2, Lanes::Avx512] {
            let Ok(random) = RandomSource::new(3, lanes) else { continue };
            for first in (0..2048).step_by(SIDE) {
                let batch = batch(first);
                let winners = race_weights.winners(&random, &batch, &batch.words(&random), &rivals);
                for lane in 0..SIDE {
                    let rival = (rivals.left_out[lane] as usize, rivals.scores[lane]);
                    let alone = winner_alone(&proposal, &weights, &random, (&batch, lane), rival);
                    assert_eq!(winners.of(lane), alone, "agent {first} + {lane}");
                }
            }
        }
    }

    #[test]
    fn weights_of_any_size_give_the_same_draws() {
        let proposal = Proposal::new(&[1.0, 1.0, 1.0]);
        for size in [1e-200, 1e-30, 1.0, 1e30, 1e200] {
            let weights = [size, 2.0 * size, 1e-60 * size];
            assert_eq!(draws(&weights, &proposal, 2000), draws(&[1.0, 2.0, 1e-60], &proposal, 2000), "{size}");
        }
    }

    #[test]
    fn a_heavier_label_moves_no_agent_between_two_other_labels() {
        let proposal = Proposal::new(&[5.0, 1.0, 1.0, 3.0]);
        let before = draws(&[1.0, 4.0, 2.0, 3.0], &proposal, 20_000);
        let after = draws(&[1.0, 4.0, 6.0, 3.0], &proposal, 20_000);
        let moved = before.iter().zip(&after).filter(|(old, new)| old != new).count();
        assert!(moved > 1000, "{moved}");
        assert!(before.iter().zip(&after).all(|(old, new)| old == new || *new == 2));
    }

    #[test]
    fn a_label_of_weight_zero_never_wins_and_without_any_weight_nothing_wins() {
        let proposal = Proposal::new(&[1.0, 1.0, 1.0]);
        assert!(draws(&[1.0, 0.0, 1.0], &proposal, 5000).iter().all(|&label| label != 1));
        let mut race_weights = RaceWeights::default();
        race_weights.set(&proposal, [0.0; 3].into_iter());
        let random = RandomSource::new(1, Lanes::Scalar).expect("scalar lanes exist");
        let batch = batch(0);
        let winners = race_weights.winners(&random, &batch, &batch.words(&random), &Rivals::NONE);
        assert!((0..SIDE).all(|lane| winners.of(lane).is_none()));
    }

    #[test]
    fn factors_in_the_proposal_are_factors_of_the_weights_and_factors_of_one_change_no_bit() {
        let (sizes, factors) = ([5.0, 1.0, 2.0, 3.0], [0.25, 4.0, 1.5, 0.1]);
        let products: Vec<f64> = sizes.iter().zip(factors).map(|(size, factor)| size * factor).collect();
        let (plain, with) = (Proposal::new(&products), Proposal::new(&products).with_factors(&factors));
        for (one, other) in draws(&products, &plain, 20_000).iter().zip(draws(&sizes, &with, 20_000)) {
            assert_eq!(*one, other);
        }
        assert_eq!(Proposal::new(&sizes).with_factors(&[1.0; 4]), Proposal::new(&sizes));
    }
}
