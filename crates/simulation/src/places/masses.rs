//! Masses: how many people and firms are where. Counted from the agents after every move; exact integers for people.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// People by status and place. Thousand persons unless said otherwise.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Population {
    /// Registered citizens who live where they are registered, by place.
    pub citizens: Vec<f64>,
    /// Rural-registered people of `origin` who live in city `place` without local registration: `[origin * places +
    /// place]`, with one more origin row for people from outside (`origin == places`).
    pub migrants: Vec<f64>,
    /// Citizens of other places who live in a city without local registration, by city.
    pub citizens_elsewhere: Vec<f64>,
    /// Rural people at home, by place.
    pub rural: Vec<f64>,
    /// People of each origin who are outside.
    pub outside: Vec<f64>,
    /// All urban residents by city.
    pub urban: Vec<f64>,
    /// All migrants by city: urban residents without local registration.
    pub migrants_total: Vec<f64>,
    /// Labour supply by city in efficiency units, before congestion: residents times their skill's efficiency.
    pub labour: Vec<f64>,
    /// Of that, by migrants (all without local registration).
    pub labour_migrants: Vec<f64>,
    /// Of that, by rural-registered migrants, by origin and city as `migrants` (their pay is what remittances come from).
    pub labour_by_origin: Vec<f64>,
    /// Capital owners per place of residence: registered urban citizens of any place of the region, living in cities.
    pub owners: Vec<f64>,
    /// Labour outside by origin, efficiency units.
    pub labour_outside: Vec<f64>,
}

/// Firms by industry and place, in firm units.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FirmMass {
    /// Count times variety mass, by industry and city: entry, imitation and agglomeration terms use it.
    pub count: Vec<Vec<f64>>,
    /// Weighted by own productivity (a^(σ−1)), and by what a firm of that size gains in the place: price indices and
    /// revenue use it.
    pub effective: Vec<Vec<f64>>,
    /// The same two for firms in towns.
    pub town_count: Vec<f64>,
    /// Weighted firms in towns.
    pub town_effective: Vec<f64>,
}

/// Consumer-service establishments by city.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishments(pub Vec<u32>);
