//! The mechanisms, one file each: the columns that it owns, their first values, its systems, and its card.
//!
//! Columns are the vocabulary that mechanisms share: any of them may name a column of another. The order in which they
//! read and write is in [`crate::step`].
//!
//! The lists at the end say what a model is made of: one line for each file that owns columns or adds systems. Each file
//! has `add(model, scenario)`, which adds nothing if the scenario switches it off, and most have `COLUMNS`. The order of
//! the lists is free: [`Step`](crate::step::Step) orders systems, and snapshots have an order of their own.

pub mod agriculture;
pub mod barriers;
pub mod capital;
pub mod communications;
pub mod congestion;
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

macro_rules! owners {
    ($($file:ident),+ $(,)?) => { &[$($file::COLUMNS),+] };
}

macro_rules! adding {
    ($($file:ident),+ $(,)?) => { &[$($file::add as Add),+] };
}

/// Files that own columns. Every model has all columns.
const OWNERS: &[&[ColumnEntry]] = owners![
    agriculture,
    congestion,
    consumer_services,
    firms,
    goods_market,
    incomes,
    land_quota,
    land_use,
    measures,
    outside,
    pollution,
    population,
    productivity,
    programmes,
    public_services,
    remittances,
    rent_pressure,
    service_reform,
    settlement_rules,
    subsidies,
    towns,
    utility,
    village_consolidation,
    wage_setting,
];

/// Markets, incomes, values, and the levers that act on them: what runs in burn-in as well.
pub const ECONOMY: &[Add] = adding![
    agriculture,
    capital,
    congestion,
    consumer_services,
    farm_policy,
    fiscal,
    goods_market,
    incomes,
    land_quota,
    market_access,
    measures,
    networks,
    outside,
    pollution,
    producer_services,
    productivity,
    programmes,
    public_services,
    remittances,
    rent_pressure,
    service_reform,
    settlement_rules,
    subsidies,
    towns,
    trade_policy,
    utility,
    wage_setting,
    barriers,
    communications,
    parks,
    transport,
    village_consolidation,
];

/// What needs agents: choices, moves, counts, and the land that follows them.
pub(crate) const AGENTS: &[Add] = adding![
    demography,
    firm_location,
    firm_turnover,
    firms,
    idle_homesteads,
    job_matching,
    land_of_towns,
    migrant_location,
    population,
    relocation,
];

/// Gives every row its first value of every column. Row by row: a row that gains a column moves to another table, and
/// tables keep their room, so that column by column all rows would leave room behind in one table for each column.
pub(crate) fn open_columns(world: &mut World, opening: &Opening) {
    for row in city::rows(world) {
        let mut row = world.entity_mut(row);
        for column in OWNERS.iter().copied().flatten() {
            (column.open)(&mut row, opening);
        }
    }
}

/// Multiplies every column of money by a factor.
pub(crate) fn scale_money(world: &mut World, factor: f64) {
    for scale in OWNERS.iter().copied().flatten().filter_map(|column| column.scale) {
        scale(world, factor);
    }
}
