//! What never changes in a run: places, distances, industries.

use bevy_ecs::prelude::*;
use scenario::industry::{IndustryParameters, Role};
use scenario::place::Place;

/// The places and what the scenario says of each.
#[derive(Resource, Clone, Debug)]
pub struct PlaceTable {
    /// In the order of the region table.
    pub places: Vec<Place>,
    /// Residents per worker of each origin; a person's dependants are those of the place that the person comes from,
    /// so that a move never makes people appear or vanish. The last entry is for people from outside.
    pub dependants: Vec<f64>,
    /// Persons of working age per worker agent.
    pub workers_per_agent: f64,
    /// Efficiency of unskilled and skilled workers.
    pub efficiency: [f64; 2],
}

impl PlaceTable {
    /// Thousand persons that one agent of an origin stands for.
    #[must_use]
    pub fn mass_per_agent(&self, origin: usize) -> f64 {
        self.workers_per_agent * self.dependants[origin] / 1000.0
    }
}

/// Distances.
#[derive(Resource, Clone, Debug)]
pub struct Geography {
    /// Number of places.
    pub places: usize,
    /// Kilometres, row-major.
    pub distance: Vec<f64>,
}

/// Industries in dense form. Those with firms (goods and producer services) come first as `0..firms`.
#[derive(Resource, Clone, Debug)]
pub struct IndustryTable {
    /// Names of the industries with firms.
    pub names: Vec<String>,
    /// Roles of the industries with firms: `Goods` or `ProducerServices`.
    pub roles: Vec<Role>,
    /// Numbers of the industries with firms.
    pub parameters: Vec<IndustryParameters>,
    /// Index of producer services among them, if any.
    pub producer_services: Option<usize>,
    /// Index of the industry whose firms may be in towns, if any (and if towns are on).
    pub in_towns: Option<usize>,
    /// Name of consumer services, and of agriculture, for tables.
    pub consumer_services: String,
    /// Name of agriculture.
    pub agriculture: String,
    /// Endowment (multiple of productivity) by industry and place; the base-year inversion multiplies it.
    pub endowment: Vec<Vec<f64>>,
    /// Multiple of town firms' productivity by place, on top of the industry's endowment; the base-year inversion sets it.
    pub town_endowment: Vec<f64>,
    /// Multiple of farm productivity by place, set by the inversion.
    pub farm_endowment: Vec<f64>,
}

impl IndustryTable {
    /// Number of industries with firms.
    #[must_use]
    pub fn firms(&self) -> usize {
        self.names.len()
    }
}
