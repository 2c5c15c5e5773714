//! The opening state: from a checked scenario to a world whose prices have settled and whose base year is met.
//!
//! In the order of construction: [`people`] says who lives where, [`insert`] puts places and their figures into the world
//! with first values, and [`burn_in`] lets prices settle with people and firms frozen, and calibrates place
//! productivity, the level of money and amenities by inversion of the base year.

mod amenity;
mod amenity_by_class;
mod burn_in;
mod firms;
mod flows;
mod insert;
mod inversion;
mod land;
mod origins;
mod people;
mod price_settling;
mod rounding;
pub mod spawn_firms;
pub mod spawn_workers;
#[cfg(test)]
pub(crate) mod tests;

pub use burn_in::burn_in;
pub use flows::{Choosers, ExpectedFlows, Looks, looks};
pub use insert::insert;
pub use inversion::InversionReport;
pub use people::{People, people};

use bevy_ecs::prelude::*;

use crate::agents::worker::Choice;

/// What had to be capped or left out when the opening state was made, in sentences.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningNotes(pub Vec<String>);

/// Why an opening state cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OpeningError {
    /// More places than an agent can name.
    #[error("{places} places are more than the {} that a run can hold", Choice::PLACES_MAX)]
    TooManyPlaces {
        /// How many there are.
        places: usize,
    },
    /// More agents of one place than an ordinal can count.
    #[error(
        "{place} would have {agents:.0} worker agents, more than the {} that a place can have; raise workers_per_agent above {workers_per_agent}",
        u32::MAX
    )]
    TooManyAgents {
        /// Key of the place.
        place: String,
        /// How many there would be.
        agents: f64,
        /// What the scenario says an agent stands for.
        workers_per_agent: f64,
    },
}
