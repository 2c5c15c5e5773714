//! How fast the engine is, next to plain hand-written loops doing the same work in the same process. One module for each
//! question; what counts are ratios, because machines differ. `cargo bench` runs all, `cargo bench -- race` those named.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod city_choice;
mod draw;
mod henan;
mod limits;
mod places;
mod quarter;
mod sizes;
mod threads;
mod words;

use std::time::Instant;

/// Seconds that one call takes.
pub(crate) fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Times of two pieces of work, taken in turns so that both meet the same machine.
pub(crate) fn in_turns(rounds: usize, mut one: impl FnMut(), mut other: impl FnMut()) -> [Times; 2] {
    // Once to warm up.
    one();
    other();
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        times[0].push(seconds(&mut one));
        times[1].push(seconds(&mut other));
    }
    times.map(Times::new)
}

/// Times of one piece of work, sorted.
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn new(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    pub(crate) fn min(&self) -> f64 {
        self.0[0]
    }

    pub(crate) fn median(&self) -> f64 {
        self.0[self.0.len() / 2]
    }
}

/// Prints a rate: units of work a second, by the least and the median time.
pub(crate) fn rate(what: &str, unit: &str, amount: f64, times: &Times) {
    println!(
        "  {what:<44} {:>9.1} million {unit} a second (median {:.1})",
        amount / times.min() / 1e6,
        amount / times.median() / 1e6
    );
}

/// Prints how much faster one is than the other.
pub(crate) fn ratio(what: &str, one: &Times, other: &Times) {
    println!("  {what:<44} {:>9.2} x (median {:.2})", other.min() / one.min(), other.median() / one.median());
}

fn main() {
    // Cargo passes options of its own, which start with dashes.
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let questions: [(&str, fn()); 9] = [
        ("words: random words by width of lanes", words::run),
        ("draw: the race against an alias table", draw::run),
        ("city-choice: the reference workload against a plain loop", city_choice::run),
        ("quarter: the engine against a plain loop", quarter::run),
        ("threads: one against two", threads::run),
        ("limits: what the machine itself can do", limits::run),
        ("sizes: an agent in small and in large worlds", sizes::run),
        ("henan: the run that the README opens with", henan::run),
        // Last: it takes times for the rest of the process.
        ("places: a quarter as places grow in number", places::run),
    ];
    for (question, run) in questions {
        if asked.is_empty() || asked.iter().any(|word| question.contains(word.as_str())) {
            println!("{question}");
            run();
        }
    }
}
