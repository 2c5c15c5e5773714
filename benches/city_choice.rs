//! The reference workload on the engine against the plainest fast loop: arrays, one shared generator, an alias table for
//! each home. The loop's draws are neither keyed nor monotone; the engine's are both.

use std::hint::black_box;

use economics::city_choice::{MOVING_COST, REVISION, distance_cost, value};
use economics::maths::exp;
use simulation::city_choice::{CityChoice, build};
use simulation::model::Options;

use crate::draw::{AliasTable, Quick};
use crate::{in_turns, rate, ratio};

const CITIES: usize = 50;
const ROUNDS: usize = 7;

/// People in arrays.
struct Plain {
    home: Vec<u8>,
    place: Vec<u8>,
    age: Vec<u8>,
    people: [u64; CITIES],
    nearness: Vec<f64>,
    quick: Quick,
}

impl Plain {
    fn new(agents: usize) -> Self {
        let home: Vec<u8> = (0..agents).map(|agent| (agent * CITIES / agents) as u8).collect();
        let nearness = (0..CITIES * CITIES).map(|pair| exp(-distance_cost(pair / CITIES, pair % CITIES))).collect();
        let mut people = [0; CITIES];
        home.iter().for_each(|&home| people[usize::from(home)] += 1);
        Self { place: home.clone(), age: vec![0; agents], home, people, nearness, quick: Quick(1) }
    }

    fn tick(&mut self) {
        let worth: Vec<f64> = (0..CITIES).map(|city| exp(value(city, self.people[city] as f64))).collect();
        let weights: Vec<Vec<f64>> = (self.nearness.chunks(CITIES))
            .map(|row| row.iter().zip(&worth).map(|(near, worth)| near * worth).collect())
            .collect();
        let tables: Vec<AliasTable> = weights.iter().map(|weights| AliasTable::new(weights)).collect();
        let totals: Vec<f64> = weights.iter().map(|weights| weights.iter().sum()).collect();
        let limit = (REVISION * 4_294_967_296.0) as u64;
        // Staying is worth a move more: with that much weight on top, the agent stays without looking at the table.
        let at_rest = exp(MOVING_COST) - 1.0;
        for ((place, &home), age) in self.place.iter_mut().zip(&self.home).zip(&mut self.age) {
            *age = age.wrapping_add(1);
            let word = self.quick.next();
            if word >> 32 >= limit {
                continue;
            }
            let home = usize::from(home);
            let more = at_rest * weights[home][usize::from(*place)];
            let draw = (self.quick.next() >> 11) as f64 / (1_u64 << 53) as f64;
            if draw * (totals[home] + more) >= more {
                self.people[usize::from(*place)] -= 1;
                *place = tables[home].draw(self.quick.next()) as u8;
                self.people[usize::from(*place)] += 1;
            }
        }
    }
}

pub(crate) fn run() {
    for agents in [1_000_000, 10_000_000] {
        let size = CityChoice { agents, cities: CITIES, seed: 1 };
        let options = Options { threads: 1, ..Options::default() };
        let mut model = build(size, &options).expect("the machine has a thread");
        let mut plain = Plain::new(agents as usize);
        let [engine, plain] = in_turns(
            ROUNDS,
            || model.tick().expect("nothing is audited"),
            || {
                plain.tick();
                black_box(&plain.place);
            },
        );
        rate(&format!("engine, {agents} agents"), "agents", agents as f64, &engine);
        rate("plain loop, alias tables", "agents", agents as f64, &plain);
        ratio("engine over plain loop", &engine, &plain);
    }
}
