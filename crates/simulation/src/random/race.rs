//! The race: one draw from weights that change every quarter, by random numbers that never depend on them.
//!
//! Arrivals 1, 2, … carry a label from a fixed proposal q and come after exponential waiting times. The label with the
//! smallest (arrival time × q / weight) wins, which is an exact draw from the weights; the arrivals depend on the key
//! alone, so making one place heavier can only bring people to it, never move anyone between two other places.
//!
//! Source: exponential races with a fixed proposal, the discrete case of A* sampling (Maddison, Tarlow and Minka 2014).

use economics::maths;
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::random::{Address, AgentBatch, RandomSource, SIDE, SideBySide, Wide, unit, widely};

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
        let total: f64 = maths::total(weights);
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

    fn label(&self, word: u32) -> usize {
        let scaled = u64::from(word) * self.share.len() as u64;
        let column = (scaled >> 32) as usize;
        if (scaled as u32) < self.keep[column] { column } else { self.alias[column] as usize }
    }
}

#[cfg(test)]
impl Proposal {
    /// Bytes of the proposal and of the weights of a quarter, without what they cost once.
    pub(crate) fn bytes_with(&self, weights: &RaceWeights) -> usize {
        size_of_val(&self.share[..])
            + size_of_val(&self.keep[..])
            + size_of_val(&self.alias[..])
            + size_of_val(&weights.handicap[..])
    }
}

/// Arrivals of a race whose words an agent's first block holds.
const IN_FIRST_BLOCK: usize = (16 - FIRST_WORD) / 2;

/// Arrivals whose waiting times are computed for sixteen agents at once: few races need more.
const AT_ONCE: usize = 4;

/// The first arrivals of sixteen agents' races: which label each carries is in the agents' words, and here is the
/// logarithm of the uniform draw behind each waiting time.
pub struct Arrivals([[f64; SIDE]; AT_ONCE]);

/// Logarithms of the uniform draws that rows of words stand for.
struct Logarithms<'a, const ROWS: usize> {
    words: [&'a [u32; SIDE]; ROWS],
    out: &'a mut [[f64; SIDE]; ROWS],
}

impl<const ROWS: usize> Wide for Logarithms<'_, ROWS> {
    #[inline(always)]
    fn work(self) {
        for (row, words) in self.out.iter_mut().zip(self.words) {
            for (number, &word) in row.iter_mut().zip(words) {
                *number = unit(word);
            }
            maths::ln_each(row);
        }
    }
}

impl Arrivals {
    /// Of the agents whose words these are.
    #[must_use]
    #[inline]
    pub fn of(words: &SideBySide, random: &RandomSource) -> Self {
        let rows = std::array::from_fn(|arrival| &words[FIRST_WORD + 2 * arrival + 1]);
        let mut out = [[0.0; SIDE]; AT_ONCE];
        widely(random.width(), Logarithms { words: rows, out: &mut out });
        Self(out)
    }
}

/// Logarithms of the uniform draws that one word of each of sixteen agents stands for; minus them are exponential draws.
#[must_use]
#[inline]
pub fn logarithms(words: &[u32; SIDE], random: &RandomSource) -> [f64; SIDE] {
    let mut out = [[0.0; SIDE]];
    widely(random.width(), Logarithms { words: [words], out: &mut out });
    out[0]
}

/// A race of one agent that is being run.
struct Contest<'a, H: Fn(usize) -> f64> {
    proposal: &'a Proposal,
    handicap: H,
    /// Bounds the handicaps from below.
    least: f64,
    time: f64,
    best: f64,
    winner: Option<usize>,
}

impl<H: Fn(usize) -> f64> Contest<'_, H> {
    /// The next label arrives; `false` once nothing that arrives can win. Later arrivals of the same label come later,
    /// so they can never win against the first.
    #[inline(always)]
    fn arrives(&mut self, label_word: u32, logarithm: f64) -> bool {
        self.time -= logarithm;
        if self.time * self.least >= self.best {
            return false;
        }
        let label = self.proposal.label(label_word);
        let score = self.time * (self.handicap)(label);
        if score < self.best {
            self.best = score;
            self.winner = Some(label);
        }
        true
    }

    /// The arrivals of one of sixteen agents.
    #[inline(always)]
    fn run_of(
        &mut self,
        random: &RandomSource,
        (batch, lane): (&AgentBatch, usize),
        words: &SideBySide,
        arrivals: &Arrivals,
    ) {
        for (arrival, logarithms) in arrivals.0.iter().enumerate() {
            if !self.arrives(words[FIRST_WORD + 2 * arrival][lane], logarithms[lane]) {
                return;
            }
        }
        self.run_on(AT_ONCE, |at| words[at][lane], random, batch.address(lane));
    }

    /// Arrivals from the words of an agent's first block, then from as many more blocks as it takes.
    #[inline(always)]
    fn run_on(&mut self, from: usize, word: impl Fn(usize) -> u32, random: &RandomSource, address: Address) {
        for arrival in from..IN_FIRST_BLOCK {
            let at = FIRST_WORD + 2 * arrival;
            if !self.arrives(word(at), maths::ln(unit(word(at + 1)))) {
                return;
            }
        }
        self.run_beyond(random.rng_from(address, 1));
    }

    /// Arrivals after those in the agent's first block. Few races get here, so the loop stays out of their code.
    #[cold]
    #[inline(never)]
    fn run_beyond(&mut self, mut words: impl Rng) {
        while self.arrives(words.next_u32(), maths::ln(unit(words.next_u32()))) {}
    }
}

/// What a race is run on in one quarter: for each label q / weight, and the least of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RaceWeights {
    handicap: Vec<f64>,
    least: f64,
}

impl RaceWeights {
    /// Sets the weights of the quarter. A label of weight zero never wins.
    pub fn set(&mut self, proposal: &Proposal, weights: impl Iterator<Item = f64>) {
        self.handicap.clear();
        self.handicap.extend(
            proposal.share.iter().zip(weights).map(
                |(share, weight)| {
                    if weight > 0.0 { share / weight } else { f64::INFINITY }
                },
            ),
        );
        self.least = self.handicap.iter().copied().fold(f64::INFINITY, f64::min);
    }

    /// Whether some label has weight.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.least.is_finite()
    }

    fn contest<'a>(&'a self, proposal: &'a Proposal) -> Option<Contest<'a, impl Fn(usize) -> f64>> {
        let handicap = |label: usize| self.handicap[label];
        let contest = Contest { proposal, handicap, least: self.least, time: 0.0, best: f64::INFINITY, winner: None };
        self.least.is_finite().then_some(contest)
    }

    /// The winner for the agent at `address`; `words` are the agent's first sixteen words. `None` if no label has
    /// weight.
    #[must_use]
    pub fn winner(
        &self,
        proposal: &Proposal,
        random: &RandomSource,
        address: Address,
        words: &[u32; 16],
    ) -> Option<usize> {
        let mut contest = self.contest(proposal)?;
        contest.run_on(0, |at| words[at], random, address);
        contest.winner
    }

    /// The winner for one of sixteen agents, the same as [`RaceWeights::winner`] finds; `arrivals` are those of their `words`.
    #[must_use]
    #[inline]
    pub fn winner_of(
        &self,
        proposal: &Proposal,
        random: &RandomSource,
        (batch, lane): (&AgentBatch, usize),
        words: &SideBySide,
        arrivals: &Arrivals,
    ) -> Option<usize> {
        let mut contest = self.contest(proposal)?;
        contest.run_of(random, (batch, lane), words, arrivals);
        contest.winner
    }

    /// The label that wins against staying with `here`, whose own score is `stay`; `None` if none does.
    #[must_use]
    #[inline]
    pub fn winner_against(
        &self,
        proposal: &Proposal,
        random: &RandomSource,
        (batch, lane): (&AgentBatch, usize),
        (words, arrivals): (&SideBySide, &Arrivals),
        (here, stay): (usize, f64),
    ) -> Option<usize> {
        let handicap = |label: usize| if label == here { f64::INFINITY } else { self.handicap[label] };
        let mut contest = Contest { proposal, handicap, least: self.least, time: 0.0, best: stay, winner: None };
        contest.run_of(random, (batch, lane), words, arrivals);
        contest.winner
    }
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
        (0..agents)
            .map(|ordinal| {
                let address = Address { tick: 4, purpose: Purpose::Destination, group: 0, ordinal, generation: 0 };
                race_weights
                    .winner(proposal, &random, address, &random.words(address, 0))
                    .expect("some label has weight")
            })
            .collect()
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
    fn factors_in_the_proposal_are_factors_of_the_weights_and_factors_of_one_change_no_bit() {
        let (sizes, factors) = ([5.0, 1.0, 2.0, 3.0], [0.25, 4.0, 1.5, 0.1]);
        let products: Vec<f64> = sizes.iter().zip(factors).map(|(size, factor)| size * factor).collect();
        let (plain, with) = (Proposal::new(&products), Proposal::new(&products).with_factors(&factors));
        for (one, other) in draws(&products, &plain, 20_000).iter().zip(draws(&sizes, &with, 20_000)) {
            assert_eq!(*one, other);
        }
        assert_eq!(Proposal::new(&sizes).with_factors(&[1.0; 4]), Proposal::new(&sizes));
    }

    #[test]
    fn a_batch_finds_the_winners_that_each_agent_finds_alone() {
        // A weight that the proposal hardly expects makes races long, beyond the words of the first block.
        let proposal = Proposal::new(&[50.0, 1.0, 1.0, 30.0, 0.1]);
        let mut race_weights = RaceWeights::default();
        race_weights.set(&proposal, [0.01, 0.2, 0.1, 0.3, 40.0].into_iter());
        for lanes in [Lanes::Scalar, Lanes::Avx2, Lanes::Avx512] {
            let Ok(random) = RandomSource::new(3, lanes) else { continue };
            for first in (0..4096).step_by(SIDE) {
                let mut batch = AgentBatch::new(4, Purpose::Destination, 1);
                for ordinal in first..first + SIDE as u32 {
                    batch.add(0, ordinal, 2);
                }
                let words = batch.words(&random);
                let arrivals = Arrivals::of(&words, &random);
                for lane in 0..SIDE {
                    let address = batch.address(lane);
                    let alone = race_weights.winner(&proposal, &random, address, &random.words(address, 0));
                    assert_eq!(race_weights.winner_of(&proposal, &random, (&batch, lane), &words, &arrivals), alone);
                }
            }
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
        let address = Address { tick: 0, purpose: Purpose::Destination, group: 0, ordinal: 0, generation: 0 };
        assert_eq!(race_weights.winner(&proposal, &random, address, &random.words(address, 0)), None);
    }
}
