//! Land by use.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// Land by use and place, km². The sum of the uses of a place never changes (owner: `land_quota`, `towns`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Land {
    /// Urban construction land.
    pub construction: Vec<f64>,
    /// Land of town firms.
    pub town: Vec<f64>,
    /// Arable land.
    pub arable: Vec<f64>,
    /// Homesteads.
    pub homestead: Vec<f64>,
    /// Homesteads of absent people: part of `homestead`, idle.
    pub idle: Vec<f64>,
    /// Reserve that can be reclaimed.
    pub reserve: Vec<f64>,
    /// Released and not re-cultivated.
    pub released: Vec<f64>,
    /// Unspent quota by origin.
    pub pool: Vec<f64>,
    /// Arable land at the start, by place.
    pub arable_start: Vec<f64>,
    /// Sum of the uses at the start, by place.
    pub total_start: Vec<f64>,
    /// Homestead land given up by settlers in this quarter, by origin, waiting for `land_quota`.
    pub given_up: Vec<f64>,
    /// Quota bought by cities in this quarter.
    pub quota_bought: Vec<f64>,
    /// Quota sold by countrysides in this quarter.
    pub quota_sold: Vec<f64>,
    /// Homestead land of one thousand persons of each origin.
    pub homestead_per_head: Vec<f64>,
}
