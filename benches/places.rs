//! What does a quarter cost as places grow in number: how much of it goes to cities and pairs of cities, and how much to
//! agents?

use cli::times::Times;
use ensembles::standard;
use simulation::model::Options;
use tracing_subscriber::layer::SubscriberExt;

use crate::seconds;

const AGENTS: u64 = 10_000_000;
const QUARTERS: u32 = 6;
/// Phases that pass over agents; all others are work of cities.
const OF_AGENTS: [&str; 3] = ["choices", "rationing", "moves"];

pub(crate) fn run() {
    let times = Times::new(None).expect("there is no file");
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(times.clone()))
        .expect("this is the only subscriber");
    for places in [18, 361, 2850] {
        let scenario = standard::scenario(AGENTS, places, QUARTERS).expect("the sizes are within bounds");
        let mut model = simulation::build(&scenario, &Options::default()).expect("the scenario is sound");
        let tick = |model: &mut simulation::model::Model| {
            model.tick().expect("accounts close");
            model.tables_mut().0.iter_mut().for_each(|table| drop(table.drain()));
        };
        tick(&mut model);
        times.reset();
        let all = seconds(|| (1..QUARTERS).for_each(|_| tick(&mut model)));
        let of_cities = |(phase, seconds): (String, f64)| (!OF_AGENTS.contains(&phase.as_str())).then_some(seconds);
        let cities: f64 = times.of("phase").into_iter().filter_map(of_cities).sum();
        let quarters = f64::from(QUARTERS - 1);
        println!(
            "  {places:>5} places, {} million agents: {:>8.1} ms a quarter, {:>5.1} % of it in phases of cities",
            AGENTS / 1_000_000,
            1e3 * all / quarters,
            100.0 * cities / all
        );
    }
}
