//! The engine: an ECS world of cities, firms and workers, and what one quarter does to it.
//!
//! A quarter is the list of [`step::Phase`]s, each a list of [`step::Step`]s: `hinterland describe --steps` prints them
//! with what each reads and writes. Each mechanism is one file in [`mechanisms`] that holds the columns that it owns, their
//! first values, and its systems; a mechanism that a scenario switches off adds nothing. Cities, and industries in
//! cities, are entities ([`agents::city`]); workers and firms are blocks of columns ([`agents`]).

pub mod accounts;
pub mod agents;
pub mod audits;
pub mod base_year;
mod build;
pub mod city_choice;
pub mod clock;
pub mod mechanisms;
pub mod model;
pub mod opening;
pub mod per_thread;
pub mod random;
pub mod record;
pub mod region;
pub mod run;
pub mod snapshot;
pub mod step;
pub mod table;

pub use build::{build, describe};
