//! What places are worth, by kind of person. Utilities, never probabilities: so a better place repels nobody.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// Utility tables. `skill` is 0 (unskilled) or 1 (skilled); pairs are `[origin * places + place]` (owner: the
/// `Utilities` phase of `migrant_location`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Utilities {
    /// A registered citizen at home, by skill and city.
    pub citizen: [Vec<f64>; 2],
    /// A rural person at home, by place.
    pub rural: Vec<f64>,
    /// A rural-registered migrant of an origin in a city, network included, cost of moving not: by skill and pair; one
    /// more origin row for people from outside.
    pub migrant: [Vec<f64>; 2],
    /// The part of `migrant` that friends from home make, by pair (as `migrant`).
    pub network: Vec<f64>,
    /// Cost of moving from an origin to a city (moving, distance, entry), by pair; one more origin row.
    pub cost: Vec<f64>,
    /// A citizen of another place in a city, by skill.
    pub citizen_elsewhere: [Vec<f64>; 2],
    /// A person outside, by skill and origin.
    pub outside: [Vec<f64>; 2],
    /// Cost of leaving for the outside, by origin.
    pub outside_cost: Vec<f64>,
    /// Amenity of each city beside all else, from the scenario and the inversion.
    pub amenity: Vec<f64>,
    /// The part of it that the inversion found.
    pub amenity_outside: f64,
}
