//! What the tests assert: worlds that are the same to the bit, worlds that differ, and signs of paired differences.

use crate::worlds::{BASELINE, CENTRAL_PLAINS, HENAN, Run, World, first_difference};

/// Student's t above which a sign counts.
const T_MIN: f64 = 3.0;

/// Mean of paired differences `more − less`, and its t: mean over standard error.
#[derive(Clone, Copy, Debug)]
struct Effect {
    mean: f64,
    t: f64,
}

impl Effect {
    fn of(more: &[Run], less: &[Run], quantity: impl Fn(&Run) -> f64) -> Self {
        assert_eq!(more.len(), less.len(), "every world has its pair");
        let differences: Vec<f64> = more.iter().zip(less).map(|(more, less)| quantity(more) - quantity(less)).collect();
        let count = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / count;
        let variance = differences.iter().map(|each| (each - mean) * (each - mean)).sum::<f64>() / (count - 1.0);
        Self { mean, t: mean / (variance / count).sqrt() }
    }
}

/// A quantity is higher in the first worlds than in their pairs, by more than chance.
#[expect(clippy::print_stdout, reason = "sizes are for people: cargo test --release --test mechanisms -- --nocapture")]
pub(crate) fn higher(what: &str, more: &[Run], less: &[Run], quantity: impl Fn(&Run) -> f64) {
    let effect = Effect::of(more, less, quantity);
    println!("{what}: {:+.4e}, t = {:.1}", effect.mean, effect.t);
    assert!(effect.t > T_MIN, "{what}: mean difference {:+.4e}, t = {:.2}", effect.mean, effect.t);
}

/// Every recorded number and every agent at the end is the same to the bit. Hashes of the state are not compared: a
/// mechanism that is on may keep resources of its own that a world without it has not.
pub(crate) fn same_to_the_bit(world: World, one: &[&str], other: &[&str]) {
    let world = world.for_quarters(40);
    let (first, second) = (world.agents(one, &[]), world.agents(other, &[]));
    assert_eq!(first.ended, Ok(()), "{one:?}");
    let difference = first_difference(&first, &second, f64::INFINITY);
    assert_eq!(difference, None, "{one:?} and {other:?} in {}", world.file);
}

/// The same, on the plain and in a province with a base-year fit, people outside and demography.
pub(crate) fn same_everywhere(one: &[&str], other: &[&str]) {
    for world in [CENTRAL_PLAINS, HENAN] {
        same_to_the_bit(world, one, other);
    }
}

/// A lever that is off leaves a policy that pulls it without effect.
pub(crate) fn ignores(off: &str, policy: &str) {
    // Past 2014, when the policies begin.
    let world = CENTRAL_PLAINS.for_quarters(24);
    let difference = first_difference(&world.agents(&[off], &[policy]), &world.agents(&[], &[]), f64::INFINITY);
    assert_eq!(difference, None, "{policy} with {off}");
}

/// With a change to `central-plains` people end up elsewhere and output is another one.
pub(crate) fn changes_the_outcome(changes: &[&str], world: World, shipped: &Run) {
    let run = world.run(changes);
    assert_eq!(run.ended, Ok(()), "{changes:?}");
    // Numbers of all people in cities are whole numbers of agents, and can agree by chance.
    for quantity in ["gini_population", "gdp"] {
        assert_ne!(run.region(quantity).to_bits(), shipped.region(quantity).to_bits(), "{quantity} with {changes:?}");
    }
}

/// The same for `central-plains` as it is shipped.
pub(crate) fn changes_the_plain(changes: &[&str]) {
    changes_the_outcome(changes, CENTRAL_PLAINS, &BASELINE[0]);
}
