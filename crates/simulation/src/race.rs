//! The race: one draw from weights that change every quarter, with luck that never depends on them.
//!
//! Arrivals 1, 2, … carry a label from a fixed proposal q and come after exponential waiting times. The label with the
//! smallest (arrival time × q / weight) wins, which is an exact draw from the weights; the arrivals depend on the key
//! alone, so making one place heavier can only bring people to it, never move anyone between two other places.
//!
//! Source: exponential races with a fixed proposal, the discrete case of A* sampling (Maddison, Tarlow and Minka 2014).

use economics::maths;
use serde::{Deserialize, Serialize};

use crate::randomness::{Address, Luck, unit};

/// Share of the proposal that is uniform, so that a place that opens late does not make races long.
const UNIFORM_PART: f64 = 0.2;

/// First of an agent's sixteen words that belongs to the race; the ones before are the agent's other luck.
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

    fn label(&self, word: u32) -> usize {
        let scaled = u64::from(word) * self.share.len() as u64;
        let column = (scaled >> 32) as usize;
        if (scaled as u32) < self.keep[column] { column } else { self.alias[column] as usize }
    }
}

/// What a race is run on in one quarter: for each label q / weight, and the least of them.
#[derive(Clone, Debug, Default)]
pub struct Track {
    handicap: Vec<f64>,
    least: f64,
}

impl Track {
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

    /// The winner for the agent at `address`; `words` are the agent's first sixteen words. `None` if no label has
    /// weight.
    #[must_use]
    pub fn winner(&self, proposal: &Proposal, luck: &Luck, address: Address, words: &[u32; 16]) -> Option<usize> {
        if !self.least.is_finite() {
            return None;
        }
        let mut block = *words;
        let mut next = FIRST_WORD;
        let mut part = 0;
        let (mut time, mut best, mut winner) = (0.0, f64::INFINITY, None);
        loop {
            if next == block.len() {
                part += 1;
                block = luck.words(address, part);
                next = 0;
            }
            let label = proposal.label(block[next]);
            time -= maths::ln(unit(block[next + 1]));
            next += 2;
            // Later arrivals of the same label come later, so they can never win against the first.
            let score = time * self.handicap[label];
            if score < best {
                best = score;
                winner = Some(label);
            }
            if time * self.least >= best {
                return winner;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lanes;
    use crate::randomness::Purpose;

    fn draws(weights: &[f64], proposal: &Proposal, agents: u32) -> Vec<usize> {
        let luck = Luck::new(11, Lanes::Scalar).expect("scalar lanes exist");
        let mut track = Track::default();
        track.set(proposal, weights.iter().copied());
        (0..agents)
            .map(|ordinal| {
                let address = Address { tick: 4, purpose: Purpose::Destination, group: 0, ordinal, generation: 0 };
                track.winner(proposal, &luck, address, &luck.words(address, 0)).expect("some label has weight")
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
    fn a_heavier_label_never_moves_anyone_between_two_others() {
        let proposal = Proposal::new(&[5.0, 1.0, 1.0, 3.0]);
        let before = draws(&[1.0, 4.0, 2.0, 3.0], &proposal, 20_000);
        let after = draws(&[1.0, 4.0, 6.0, 3.0], &proposal, 20_000);
        let moved = before.iter().zip(&after).filter(|(old, new)| old != new).count();
        assert!(moved > 1000, "{moved}");
        assert!(before.iter().zip(&after).all(|(old, new)| old == new || *new == 2));
    }

    #[test]
    fn a_label_without_weight_never_wins_and_none_wins_where_none_has_weight() {
        let proposal = Proposal::new(&[1.0, 1.0, 1.0]);
        assert!(draws(&[1.0, 0.0, 1.0], &proposal, 5000).iter().all(|&label| label != 1));
        let mut track = Track::default();
        track.set(&proposal, [0.0; 3].into_iter());
        let luck = Luck::new(1, Lanes::Scalar).expect("scalar lanes exist");
        let address = Address { tick: 0, purpose: Purpose::Destination, group: 0, ordinal: 0, generation: 0 };
        assert_eq!(track.winner(&proposal, &luck, address, &luck.words(address, 0)), None);
    }
}
