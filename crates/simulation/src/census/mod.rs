//! The census: reads off, at the end of every quarter, what a run records. Changes nothing.
//!
//! Row sets carry the number of quarters done: 0 is the opening state after burn-in, so a run of 40 quarters has 41.
//! Accounts and flows are of quarters and years that passed, and have none for the opening state.
//!
//! Money in the tables is in constant yuan of the base year: nominal yuan over the region's price level, which is what
//! the quarter's final output costs over what it would have cost at the prices of the opening state. Columns in
//! prices of the quarter end in `_nominal`; the accounts' money is nominal too, so that balances carry over.

mod accounts;
mod cities;
mod columns;
mod flows;
mod groups;
mod memory;
mod output;
mod people;
pub mod persons;
mod quarter;
mod reading;
mod region;
mod sectors;
mod work;

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use scenario::scenario::Scenario;

use crate::mechanisms::relocation::{Flows, Transitions};
use crate::model::Model;
use crate::phase::Phase;
use crate::table::{Table, Tables};
use memory::{Memory, Stocks};
use quarter::Quarter;
use reading::{Constants, Reading};

const QUARTERS_A_YEAR: u32 = 4;

/// The census has written the quarter's rows; whoever records more comes after.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recorded;

/// Adds the tables and the system that fills them. Call after the columns of the places stand in the world; after
/// burn-in, call [`record_opening`].
pub fn add(model: &mut Model, scenario: &Scenario) {
    let constants = Constants::of(scenario);
    let keys: Vec<String> = scenario.places.iter().map(|place| place.key.clone()).collect();
    let mut tables = model.world.get_resource_or_insert_with(Tables::default);
    tables.0.splice(
        0..0,
        [
            cities::table(&keys),
            sectors::table(&keys, &constants.sectors),
            flows::table(&keys),
            groups::table(&keys),
            accounts::table(),
            region::table(&constants.sectors),
        ],
    );
    let world = &mut model.world;
    world.insert_resource(constants);
    world.insert_resource(Memory::default());
    model.keep::<Memory>("census");
    model.add_systems(Phase::Census, record.in_set(Recorded));
}

/// Fixes base prices and records the opening state as quarter 0.
pub fn record_opening(world: &mut World) {
    let opening = |reading: Reading, mut memory: ResMut<Memory>, mut tables: ResMut<Tables>| {
        *memory = Memory::of(&reading);
        let quarter = Quarter::of(&reading, &memory, 0);
        record_state(&reading, &memory, &quarter, &vec![0; reading.places() + 1], &mut tables);
    };
    world.run_system_once(opening).expect("the columns of the places stand in the world");
}

fn record(
    reading: Reading,
    mut memory: ResMut<Memory>,
    mut flows: ResMut<Flows>,
    transitions: Res<Transitions>,
    mut tables: ResMut<Tables>,
) {
    // The clock still shows the quarter that is ending.
    let tick = reading.clock.tick + 1;
    let quarter = Quarter::of(&reading, &memory, tick);
    let settled = memory.newly_settled(&flows);
    record_state(&reading, &memory, &quarter, &settled, &mut tables);
    accounts::record(&reading, &memory, &transitions, &quarter, find(&mut tables, "accounts"));
    let of_year = (tick - 1) % QUARTERS_A_YEAR + 1;
    if of_year == QUARTERS_A_YEAR || tick == reading.constants.ticks {
        flows::record(&reading, &flows, find(&mut tables, "flows"), of_year);
    }
    if of_year == QUARTERS_A_YEAR {
        flows.clear();
        memory.settled.fill(0);
    }
    memory.stocks = Stocks::of(&reading);
}

/// The tables that hold states.
fn record_state(reading: &Reading, memory: &Memory, quarter: &Quarter, settled: &[u64], tables: &mut Tables) {
    cities::record(reading, memory, quarter, find(tables, "cities"));
    sectors::record(reading, quarter, find(tables, "sectors"));
    groups::record(reading.places(), quarter, find(tables, "groups"));
    region::record(reading, memory, quarter, settled, find(tables, "region"));
}

fn find<'a>(tables: &'a mut Tables, name: &str) -> &'a mut Table {
    tables.0.iter_mut().find(|table| table.name == name).expect("the census made its tables")
}
