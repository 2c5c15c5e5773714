//! Prices at the end of burn-in: the common base of every quantity index of the run.

use bevy_ecs::prelude::*;
use economics::maths::exp;
use serde::{Deserialize, Serialize};

use crate::places::{Prices, Rents};

/// Base prices, yuan. They depend on the scenario's opening state alone, never on a policy, so compared runs share them.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BasePrices {
    /// Food.
    pub food: f64,
    /// Price index by industry with firms and city.
    pub index: Vec<Vec<f64>>,
    /// Price index of consumer services by city.
    pub consumer_services: Vec<f64>,
    /// Rent by city, thousand yuan per km² and quarter.
    pub rent: Vec<f64>,
    /// Log cost of living in each city, without food.
    pub living_log: Vec<f64>,
    /// Log cost of living in each countryside, without food.
    pub rural_living_log: Vec<f64>,
}

impl BasePrices {
    /// The prices of this quarter.
    pub(super) fn read(prices: &Prices, rents: &Rents) -> Self {
        Self {
            food: prices.food,
            index: prices.index.clone(),
            consumer_services: prices.consumer_services_log.iter().map(|&log| exp(log)).collect(),
            rent: rents.rent.clone(),
            living_log: prices.living_log.clone(),
            rural_living_log: prices.rural_living_log.clone(),
        }
    }
}
