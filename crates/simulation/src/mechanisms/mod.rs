//! The mechanisms, one file each: the columns that it owns, their first values, its systems, and its card.
//!
//! Columns are the vocabulary that mechanisms share: any of them may name a column of another. The order in which they
//! read and write is in [`crate::step`].
//!
//! The lists at the end say what a model is made of: one line for each file. Each has `add(model, scenario)`, which adds
//! nothing if the scenario switches it off, and those that own columns have `COLUMNS`. The order of the lists is free:
//! [`Step`](crate::step::Step) orders systems, and snapshots have an order of their own.

pub mod agriculture;
pub mod barriers;
pub mod capital;
pub mod communications;
pub mod congestion;
pub mod consideration;
pub mod consumer_services;
pub mod demography;
pub mod farm_policy;
pub mod firm_location;
pub mod firm_turnover;
pub mod firms;
pub mod fiscal;
pub mod goods_market;
pub mod idle_homesteads;
pub mod incomes;
pub mod job_matching;
pub mod land_of_towns;
pub mod land_quota;
pub mod land_use;
pub mod market_access;
pub mod measures;
pub mod migrant_location;
pub mod migration_costs;
pub mod networks;
pub mod outside;
pub mod parks;
pub mod pollution;
pub mod population;
pub mod producer_services;
pub mod productivity;
pub mod programmes;
pub mod public_services;
pub mod relocation;
pub mod remittances;
pub mod rent_pressure;
pub mod service_reform;
pub mod settlement_rules;
pub mod subsidies;
pub mod towns;
pub mod trade_policy;
pub mod transport;
pub mod urbanisation_on_the_spot;
pub mod utility;
pub mod village_consolidation;
pub mod wage_setting;

#[cfg(test)]
mod neutral_measures;
#[cfg(test)]
pub(crate) mod testing;

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::{self, ColumnEntry};
use crate::base_year::Opening;
use crate::model::Model;

/// What adds a file's systems, resources and saved state to a model.
pub type Add = fn(&mut Model, &Scenario);

/// What a file of this folder contributes to a model.
pub struct Mechanism {
    /// Adds its systems, resources and saved state.
    pub add: Add,
    /// The columns that it owns. Every model has all columns, also those of mechanisms that are off.
    columns: &'static [ColumnEntry],
}

macro_rules! mechanisms {
    ($($file:ident $(with $columns:ident)?),+ $(,)?) => {
        &[$(Mechanism { add: $file::add, columns: mechanisms!(@columns $file $($columns)?) }),+]
    };
    (@columns $file:ident) => { &[] };
    (@columns $file:ident COLUMNS) => { $file::COLUMNS };
}

/// Markets, incomes, values, and the levers that act on them: what runs in burn-in as well.
pub const ECONOMY: &[Mechanism] = mechanisms![
    agriculture with COLUMNS,
    barriers,
    capital,
    communications,
    congestion with COLUMNS,
    consumer_services with COLUMNS,
    farm_policy,
    fiscal,
    goods_market with COLUMNS,
    incomes with COLUMNS,
    land_quota with COLUMNS,
    land_use with COLUMNS,
    market_access,
    measures with COLUMNS,
    migration_costs,
    networks,
    outside with COLUMNS,
    parks,
    pollution with COLUMNS,
    producer_services,
    productivity with COLUMNS,
    programmes with COLUMNS,
    public_services with COLUMNS,
    remittances with COLUMNS,
    rent_pressure with COLUMNS,
    service_reform with COLUMNS,
    settlement_rules with COLUMNS,
    subsidies with COLUMNS,
    towns with COLUMNS,
    trade_policy,
    transport,
    utility with COLUMNS,
    village_consolidation with COLUMNS,
    wage_setting with COLUMNS,
];

/// What needs agents: choices, moves, counts, and the land that follows them.
pub(crate) const AGENTS: &[Mechanism] = mechanisms![
    consideration,
    demography,
    firm_location,
    firm_turnover,
    firms with COLUMNS,
    idle_homesteads,
    job_matching,
    land_of_towns,
    migrant_location,
    population with COLUMNS,
    relocation,
    urbanisation_on_the_spot with COLUMNS,
];

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Mechanism> {
    ECONOMY.iter().chain(AGENTS)
}

/// Gives every row its first value of every column. Row by row: a row that gains a column moves to another table, and
/// tables keep their room, so that column by column all rows would leave room behind in one table for each column.
pub(crate) fn open_columns(world: &mut World, opening: &Opening) {
    for row in city::rows(world) {
        let mut row = world.entity_mut(row);
        for column in all().flat_map(|mechanism| mechanism.columns) {
            (column.open)(&mut row, opening);
        }
    }
}

/// Multiplies every column of money by a factor.
pub(crate) fn scale_money(world: &mut World, factor: f64) {
    for scale in all().flat_map(|mechanism| mechanism.columns).filter_map(|column| column.scale) {
        scale(world, factor);
    }
}
