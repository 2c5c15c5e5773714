//! What is remembered from one quarter to the next to fill the tables: part of the saved state.

use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::output::{Base, Output};
use super::reading::Reading;
use crate::mechanisms::relocation::Flows;

/// Base prices of the run, and the stocks at the end of the last quarter.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Memory {
    pub(super) base: Base,
    pub(super) stocks: Stocks,
    /// Agents settled since the year began, by origin.
    pub(super) settled: Vec<u64>,
}

/// Stocks by place; people in persons, land in km².
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Stocks {
    /// Everyone, by origin.
    pub(super) people: Vec<f64>,
    /// Residents, city and countryside, by place.
    pub(super) residents: Vec<f64>,
    /// People outside, by origin.
    pub(super) outside: Vec<f64>,
    pub(super) construction: Vec<f64>,
    pub(super) town: Vec<f64>,
    pub(super) arable: Vec<f64>,
    pub(super) homestead: Vec<f64>,
    pub(super) reserve: Vec<f64>,
    pub(super) released: Vec<f64>,
    pub(super) pool: Vec<f64>,
}

impl Stocks {
    pub(super) fn of(reading: &Reading) -> Self {
        let (population, land) = (&reading.population, &reading.land);
        let residents = population.urban.iter().zip(&*population.rural);
        Self {
            people: (population.totals.by_origin.iter().enumerate())
                .map(|(origin, &agents)| 1000.0 * reading.table.mass_per_agent(origin) * agents as f64)
                .collect(),
            residents: residents.map(|(urban, rural)| 1000.0 * (urban + rural)).collect(),
            outside: population.outside.people.iter().map(|thousand| 1000.0 * thousand).collect(),
            construction: land.construction.to_vec(),
            town: land.town.to_vec(),
            arable: land.arable.to_vec(),
            homestead: land.homestead.to_vec(),
            reserve: land.reserve.to_vec(),
            released: land.released.to_vec(),
            pool: land.pool.to_vec(),
        }
    }
}

impl Memory {
    /// The opening state.
    pub(super) fn of(reading: &Reading) -> Self {
        Self {
            base: Output::of(reading).base(reading),
            stocks: Stocks::of(reading),
            settled: vec![0; reading.places() + 1],
        }
    }

    /// Agents who settled in the quarter, by origin; remembers the year's sum.
    pub(super) fn newly_settled(&mut self, flows: &Flows) -> Vec<u64> {
        let origins = self.settled.len();
        let year = flows.settled.chunks_exact(origins);
        let year: Vec<u64> = year.map(|row| row.iter().map(|agents| u64::from(agents.load(Relaxed))).sum()).collect();
        let new = year.iter().zip(&self.settled).map(|(now, before)| now.saturating_sub(*before)).collect();
        self.settled = year;
        new
    }
}
