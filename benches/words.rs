//! How many random words a second, in scalar and in vector lanes?

use std::hint::black_box;

use simulation::model::Lanes;
use simulation::random::{Purpose, RandomSource};

use crate::{Times, rate, ratio, seconds};

const WORDS: usize = 1 << 22;
const TILE: usize = 256;
const ROUNDS: usize = 15;

fn fill(random: &RandomSource) {
    let mut words = [0; TILE];
    for tile in 0..WORDS / TILE {
        random.tile(1, Purpose::Revision, 0, (tile * TILE) as u32, black_box(&mut words));
    }
}

pub(crate) fn run() {
    let mut all: Vec<(&str, RandomSource, Vec<f64>)> = Vec::new();
    for (name, lanes) in [("scalar", Lanes::Scalar), ("AVX2", Lanes::Avx2), ("AVX-512", Lanes::Avx512)] {
        match RandomSource::new(1, lanes) {
            Ok(random) => all.push((name, random, Vec::new())),
            Err(_) => println!("  {name}: skipped, this machine has no such lanes"),
        }
    }
    for _ in 0..=ROUNDS {
        for (_, random, times) in &mut all {
            times.push(seconds(|| fill(random)));
        }
    }
    let all: Vec<(&str, Times)> = all.into_iter().map(|(name, _, times)| (name, Times::new(times))).collect();
    for (name, times) in &all {
        rate(name, "words", WORDS as f64, times);
    }
    for (name, times) in &all[1..] {
        ratio(&format!("{name} over scalar"), times, &all[0].1);
    }
}
