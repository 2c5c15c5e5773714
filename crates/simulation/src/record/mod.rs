//! What a run records: tables that are filled at the end of every quarter. Changes nothing.
//!
//! A row carries the number of quarters done: 0 is the opening state after burn-in, so a run of 40 quarters has 41 states.
//! Accounts and flows are of quarters and years that passed, and have none for the opening state.
//!
//! Money is in constant yuan of the base year: nominal yuan over the region's price level, which is what the quarter's
//! final output costs over what it would have cost at the prices of the opening state. Columns in prices of the quarter
//! end in `_nominal`; the accounts' money is nominal too, so that balances carry over.

mod accounts;
pub mod agents;
mod cities;
pub mod columns;
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
use crate::region::IndustryTable;
use crate::step::Step;
use crate::table::{Table, Tables};
use cities::AddedColumns;
use columns::Columns;
use memory::{Memory, Stocks};
use quarter::{QUARTERS_A_YEAR, Quarter};
use reading::{Constants, Reading};

/// The columns of the tables of every run.
#[derive(Resource)]
struct RunColumns {
    cities: Columns<cities::CityRow<'static>>,
    sectors: Columns<sectors::SectorRow<'static>>,
    flows: Columns<flows::FlowRow>,
    groups: Columns<groups::GroupRow<'static>>,
    accounts: Columns<accounts::AccountRow<'static>>,
    region: Columns<region::RegionRow<'static>>,
}

/// Adds the tables and the system that fills them. Call after the mechanisms, which may add columns of their own; after
/// burn-in, call [`record_opening`].
pub fn add(model: &mut Model, scenario: &Scenario) {
    let constants = Constants::of(scenario);
    let columns = RunColumns::of(&keys(scenario), &constants);
    let mut tables = columns.tables();
    if let Some(added) = model.world.get_resource::<AddedColumns>() {
        added.describe(&mut tables[0]);
        model.add_after(Step::Record, cities::record_added);
    }
    model.world.insert_resource(Tables(tables));
    model.world.insert_resource(columns);
    model.world.insert_resource(constants);
    model.world.insert_resource(Memory::default());
    model.keep::<Memory>("census");
    model.add(Step::Record, record);
}

/// The tables of a scenario without rows, those of single agents included and figures that mechanisms add left out.
#[must_use]
pub fn tables(scenario: &Scenario) -> Tables {
    let keys = keys(scenario);
    let agents = agents::AgentColumns::of(&keys, &IndustryTable::of(scenario));
    let mut tables = RunColumns::of(&keys, &Constants::of(scenario)).tables();
    tables.extend([agents.workers.table(), agents.firms.table()]);
    Tables(tables)
}

fn keys(scenario: &Scenario) -> Vec<String> {
    scenario.places.iter().map(|place| place.key.clone()).collect()
}

/// Fixes base prices and records the opening state as quarter 0.
pub fn record_opening(world: &mut World) {
    let opening =
        |reading: Reading, columns: Res<RunColumns>, mut memory: ResMut<Memory>, mut tables: ResMut<Tables>| {
            *memory = Memory::of(&reading);
            let quarter = Quarter::of(&reading, &memory, 0);
            columns.record_state(&reading, &memory, &quarter, &vec![0; reading.places() + 1], &mut tables);
        };
    world.run_system_once(opening).expect("the columns of the places are in the world");
    cities::record_added(world);
}

fn record(
    reading: Reading,
    columns: Res<RunColumns>,
    mut memory: ResMut<Memory>,
    mut flows: ResMut<Flows>,
    transitions: Res<Transitions>,
    mut tables: ResMut<Tables>,
) {
    // The clock still shows the quarter that is ending.
    let tick = reading.clock.tick + 1;
    let quarter = Quarter::of(&reading, &memory, tick);
    let settled = memory.newly_settled(&flows);
    columns.record_state(&reading, &memory, &quarter, &settled, &mut tables);
    columns.accounts.record(&mut tables, accounts::rows(&reading, &memory, &transitions, &quarter));
    let of_year = (tick - 1) % QUARTERS_A_YEAR + 1;
    if of_year == QUARTERS_A_YEAR || tick == reading.constants.ticks {
        columns.flows.record(&mut tables, flows::rows(&reading, &flows, of_year));
    }
    if of_year == QUARTERS_A_YEAR {
        flows.clear();
        memory.settled.fill(0);
    }
    memory.stocks = Stocks::of(&reading);
}

impl RunColumns {
    fn of(places: &[String], constants: &Constants) -> Self {
        Self {
            cities: cities::columns(places),
            sectors: sectors::columns(places, &constants.sectors),
            flows: flows::columns(places),
            groups: groups::columns(places),
            accounts: accounts::columns(),
            region: region::columns(&constants.sectors),
        }
    }

    /// The tables without rows, in the order of the files; `cities` is the first.
    fn tables(&self) -> Vec<Table> {
        vec![
            self.cities.table(),
            self.sectors.table(),
            self.flows.table(),
            self.groups.table(),
            self.accounts.table(),
            self.region.table(),
        ]
    }

    /// Fills the tables that hold states.
    fn record_state(&self, now: &Reading, memory: &Memory, quarter: &Quarter, settled: &[u64], tables: &mut Tables) {
        let city = |place| cities::CityRow { now, memory, quarter, place };
        self.cities.record(tables, (0..now.places()).map(city));
        self.sectors.record(tables, sectors::rows(now, quarter));
        self.groups.record(tables, groups::rows(quarter));
        self.region.record(tables, [region::RegionRow { now, memory, quarter, settled }]);
    }
}
