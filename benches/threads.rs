//! How much faster is a quarter on two threads than on one?

use simulation::model::{Model, Options};

use crate::henan::scenario;
use crate::{in_turns, rate, ratio};

const ROUNDS: usize = 9;

pub(crate) fn run() {
    if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
        println!("  skipped: this machine has one core");
        return;
    }
    let scenario = scenario("henan.ron", &["workers_per_agent=30", "ticks=100", "initial.burn_in=20"]);
    let build = |threads| {
        simulation::build(&scenario, &Options { threads, ..Options::default() }).expect("the scenario is sound")
    };
    let (mut one, mut two) = (build(1), build(2));
    let agents = one.agents().0 as f64;
    let tick = |model: &mut Model| {
        model.tick().expect("accounts close");
        model.tables_mut().0.iter_mut().for_each(|table| drop(table.drain()));
    };
    let [one, two] = in_turns(ROUNDS, || tick(&mut one), || tick(&mut two));
    rate("one thread", "agents", agents, &one);
    rate("two threads", "agents", agents, &two);
    ratio("two threads over one", &two, &one);
}
