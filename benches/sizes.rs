//! Does an agent cost the same in a small world and in a large one?

use simulation::city_choice::{CityChoice, build};
use simulation::model::Options;

use crate::{Times, rate, ratio, seconds};

const CITIES: usize = 50;
const ROUNDS: usize = 5;

pub(crate) fn run() {
    let options = Options { threads: 1, ..Options::default() };
    let mut all = Vec::new();
    for agents in [100_000_u64, 1_000_000, 10_000_000, 100_000_000, 300_000_000] {
        let size = CityChoice { agents, cities: CITIES, seed: 1 };
        let mut model = build(size, &options).expect("the machine has a thread");
        let mut per_agent = Vec::new();
        // A small world is taken through many ticks, so that each time is long enough to be measured.
        let ticks = (10_000_000 / agents).max(1);
        for _ in 0..=ROUNDS {
            let time = seconds(|| (0..ticks).for_each(|_| model.tick().expect("nothing is audited")));
            per_agent.push(time / (ticks * agents) as f64);
        }
        let times = Times::new(per_agent);
        rate(&format!("{agents} agents, one thread"), "agents", 1.0, &times);
        all.push(times);
    }
    ratio("300 million over 1 million", &all[4], &all[1]);
}
