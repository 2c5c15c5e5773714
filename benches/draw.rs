//! What does a draw cost that is keyed and monotone, against one from an alias table, which is neither?

use std::hint::black_box;

use simulation::model::Lanes;
use simulation::random::race::{Proposal, RaceWeights, Rivals};
use simulation::random::{AgentBatch, Purpose, RandomSource, SIDE};

use crate::{in_turns, rate, ratio};

const DRAWS: u32 = 1_000_000;
const LABELS: usize = 50;
const ROUNDS: usize = 9;

/// A table for draws in proportion to weights, in constant time (Walker 1977).
pub(crate) struct AliasTable {
    keep: Vec<u32>,
    alias: Vec<u16>,
}

impl AliasTable {
    pub(crate) fn new(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut scaled: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut table = Self { keep: vec![u32::MAX; weights.len()], alias: (0..weights.len() as u16).collect() };
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..weights.len()).partition(|&at| scaled[at] < 1.0);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            table.keep[poor] = (scaled[poor] * 4_294_967_295.0) as u32;
            table.alias[poor] = rich as u16;
            scaled[rich] -= 1.0 - scaled[poor];
            if scaled[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        table
    }

    pub(crate) fn draw(&self, word: u64) -> u16 {
        let column = (((word >> 32) * self.keep.len() as u64) >> 32) as usize;
        if (word as u32) < self.keep[column] { column as u16 } else { self.alias[column] }
    }
}

/// The cheapest generator that passes for one (Vigna 2015, `splitmix64`).
pub(crate) struct Quick(pub(crate) u64);

impl Quick {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }
}

pub(crate) fn run() {
    // Weights as of cities: the rank-size rule; those of the proposal, from which they have moved on, twice as even.
    let weights: Vec<f64> = (1..=LABELS).map(|rank| 1.0 / rank as f64).collect();
    let opening: Vec<f64> = weights.iter().map(|weight| 0.5 * weight + 0.05).collect();
    let (proposal, mut race_weights) = (Proposal::new(&opening), RaceWeights::default());
    race_weights.set(&proposal, weights.iter().copied());
    let random = RandomSource::new(1, Lanes::Auto).expect("some lanes exist");
    let table = AliasTable::new(&weights);
    let mut tick = 0;
    let race = || {
        tick += 1;
        let mut sum = 0;
        let mut batch = AgentBatch::new(tick, Purpose::Destination, 0);
        for ordinal in 0..DRAWS {
            if batch.add(0, ordinal, 0) {
                let words = batch.words(&random);
                let winners = race_weights.winners(&random, &batch, &words, &Rivals::NONE);
                sum += (0..SIDE).filter_map(|lane| winners.of(lane)).sum::<usize>();
                batch.clear();
            }
        }
        black_box(sum);
    };
    let mut quick = Quick(1);
    let alias = || {
        black_box((0..DRAWS).map(|_| usize::from(table.draw(quick.next()))).sum::<usize>());
    };
    let [race, alias] = in_turns(ROUNDS, race, alias);
    rate("race, keyed and monotone", "draws", f64::from(DRAWS), &race);
    rate("alias table, shared generator", "draws", f64::from(DRAWS), &alias);
    ratio("race over alias table", &race, &alias);
}
