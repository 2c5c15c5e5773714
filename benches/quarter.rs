//! What does a quarter of the whole model cost for an agent, against a plain loop over arrays that makes the same choice
//! of where to live and nothing else: no work, no age, no counters, no rules, no markets?

use std::hint::black_box;

use economics::migration::acceptance;

use crate::draw::{AliasTable, Quick};
use crate::henan::scenario;
use crate::{in_turns, rate, ratio};

const ROUNDS: usize = 9;
/// Share of people who look around in a quarter, near the model's.
const LOOK: u64 = (0.05 * 4_294_967_296.0) as u64;
const CITIES: usize = 10;

/// People in arrays, and what cities are worth to them.
struct Plain {
    place: Vec<u16>,
    origin: Vec<u16>,
    value: Vec<f64>,
    population: Vec<f64>,
    quick: Quick,
}

impl Plain {
    fn new(agents: usize) -> Self {
        let origin: Vec<u16> = (0..agents).map(|agent| (agent * CITIES / agents) as u16).collect();
        let value = (0..CITIES * CITIES).map(|pair| (pair * 7 % 13) as f64 / 13.0).collect();
        Self { place: origin.clone(), origin, value, population: vec![0.0; CITIES], quick: Quick(1) }
    }

    fn quarter(&mut self) {
        self.population.fill(1.0);
        for &place in &self.place {
            self.population[usize::from(place)] += 1.0;
        }
        let table = AliasTable::new(&self.population);
        for (place, &origin) in self.place.iter_mut().zip(&self.origin) {
            let word = self.quick.next();
            if word >> 32 >= LOOK {
                continue;
            }
            let there = table.draw(self.quick.next());
            let row = usize::from(origin) * CITIES;
            let gain = self.value[row + usize::from(there)] - self.value[row + usize::from(*place)];
            let random = (self.quick.next() >> 11) as f64 / (1_u64 << 53) as f64;
            if random < acceptance(1.5, gain) {
                *place = there;
            }
        }
    }
}

pub(crate) fn run() {
    let scenario = scenario("central-plains.ron", &["workers_per_agent=12", "ticks=100", "initial.burn_in=20"]);
    let options = simulation::model::Options { threads: 1, ..Default::default() };
    let mut model = simulation::build(&scenario, &options).expect("the scenario is sound");
    let (workers, _) = model.agents();
    let mut plain = Plain::new(workers as usize);
    let engine = || {
        model.tick().expect("accounts close");
        model.tables_mut().0.iter_mut().for_each(|table| drop(table.drain()));
    };
    let [engine, plain] = in_turns(ROUNDS, engine, || {
        plain.quarter();
        black_box(&plain.place);
    });
    rate("engine, every mechanism", "agents", workers as f64, &engine);
    rate("plain loop, migration alone", "agents", workers as f64, &plain);
    ratio("engine over plain loop", &engine, &plain);
}
