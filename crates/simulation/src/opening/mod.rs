//! The opening state: from a checked scenario to a world whose prices have settled and whose base year is met.
//!
//! In the order of construction: [`tables`] says what never changes, [`people`] who lives where, [`insert`] puts the
//! columns of the places into the world with opening values, and [`burn_in`] lets prices settle with people and firms
//! frozen, fits place productivity, the level of money and amenities to the base year, and records base prices.

mod amenity;
mod base_prices;
mod burn_in;
mod columns;
mod firms;
mod flows;
mod insert;
mod inversion;
mod land;
mod neutral;
mod origins;
mod people;
mod rescale;
mod rounding;
pub mod spawn_firms;
pub mod spawn_workers;
mod tables;
#[cfg(test)]
pub(crate) mod tests;

pub use base_prices::BasePrices;
pub use burn_in::burn_in;
pub use flows::{Choosers, ExpectedFlows, looks};
pub use insert::insert;
pub use inversion::InversionReport;
pub use people::{Margin, People, people};
pub use tables::tables;

use bevy_ecs::prelude::*;

use crate::agents::worker::HOME;

/// Most places: their numbers, and that of the outside, must differ from what a worker's choice marks otherwise.
const PLACES_MAX: usize = HOME as usize - 1;

/// What had to be capped or left out when the opening state was made, in sentences.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningNotes(pub Vec<String>);

/// Why an opening state cannot be made.
#[derive(Clone, Debug, PartialEq)]
pub enum OpeningError {
    /// More places than an agent can name.
    TooManyPlaces {
        /// How many there are.
        places: usize,
    },
    /// More agents of one place than an ordinal can count.
    TooManyAgents {
        /// Key of the place.
        place: String,
        /// How many there would be.
        agents: f64,
        /// What the scenario says an agent stands for.
        workers_per_agent: f64,
    },
}

impl std::fmt::Display for OpeningError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyPlaces { places } => {
                write!(f, "{places} places are more than the {PLACES_MAX} that a run can hold")
            }
            Self::TooManyAgents { place, agents, workers_per_agent } => write!(
                f,
                "{place} would have {agents:.0} worker agents, more than the {} that a place can have; raise workers_per_agent above {workers_per_agent}",
                u32::MAX
            ),
        }
    }
}

impl std::error::Error for OpeningError {}
