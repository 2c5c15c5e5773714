//! Markets, incomes and utilities of one quarter, in the order of the model.

mod factors;
mod goods;
mod incomes;
mod prices;
mod utilities;

use crate::table::Table;
use economics::market_access;
use std::collections::BTreeMap;

pub(super) const LABOUR_INTENSIVE: usize = 0;
pub(super) const CAPITAL_INTENSIVE: usize = 1;
pub(super) const SERVICES: usize = 2;

/// What the equations make of the state before a quarter, under the names of the table.
pub(crate) struct Replay {
    pub(crate) values: BTreeMap<String, Vec<f64>>,
}

impl Replay {
    pub(super) fn put(&mut self, name: &str, values: &[f64]) {
        self.values.insert(name.to_owned(), values.to_vec());
    }

    pub(super) fn get(&self, name: &str) -> &[f64] {
        &self.values[name]
    }

    pub(crate) fn of(table: &Table) -> Self {
        let mut replay = Replay { values: BTreeMap::new() };
        replay.supply_side(table);
        replay.demand_side(table);
        replay.goods(table);
        replay.factors(table);
        replay.incomes(table);
        replay.utilities(table);
        replay
    }
}

pub(super) fn each(places: usize, value: impl FnMut(usize) -> f64) -> Vec<f64> {
    (0..places).map(value).collect()
}

pub(super) fn freeness(t: &Table, industry: usize) -> Vec<f64> {
    let pairs = t.places * t.places;
    let at_home = |pair: usize| pair / t.places == pair % t.places;
    let barriers = each(pairs, |pair| if at_home(pair) { 0.0 } else { t.parameters("b")[industry] });
    let mut out = vec![0.0; pairs];
    let (per_100_km, sigma) = (t.parameters("t")[industry], t.parameters("sigma")[industry]);
    market_access::fill_freeness(t.before("d"), &barriers, per_100_km, sigma, &mut out);
    out
}
