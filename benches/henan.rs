//! How long does the run take that the README opens with, burn-in and fitting of the base year included?

use std::path::Path;

use scenario::{Request, Scenario};
use simulation::model::Options;

use crate::{Times, rate, seconds};

const ROUNDS: usize = 3;

/// A scenario of `configs/`, with changes.
pub(crate) fn scenario(name: &str, changes: &[&str]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("configs").join(name);
    let overrides = changes.iter().map(|change| (*change).to_owned()).collect();
    let loaded = scenario::load(&path, &Request { overrides, ..Request::default() });
    loaded.unwrap_or_else(|faults| panic!("{name}:\n{faults}")).scenario
}

pub(crate) fn run() {
    let scenario = scenario("henan.ron", &[]);
    let (mut building, mut running, mut agents) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let mut model = None;
        building.push(seconds(|| model = simulation::build(&scenario, &Options::default()).ok()));
        let mut model = model.expect("the scenario is sound");
        running.push(seconds(|| {
            while model.now() < scenario.ticks {
                model.tick().expect("accounts close");
            }
        }));
        agents = model.agents().0 + model.agents().1;
    }
    let (building, running) = (Times::new(building), Times::new(running));
    println!("  building {:.2} s, {} quarters {:.2} s", building.min(), scenario.ticks, running.min());
    rate("all threads, firms included", "agent-quarters", agents as f64 * f64::from(scenario.ticks), &running);
}
