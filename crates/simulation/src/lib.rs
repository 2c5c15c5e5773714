//! The engine: an ECS world of cities, firms and workers, and what one quarter does to it.
//!
//! A quarter is the list of phases in [`phase::Phase`]. Each mechanism is one file in [`mechanisms`], wired by one
//! plugin; a mechanism that a scenario switches off is simply not added. Agents live in [`agents`] as blocks of
//! columns; places are columns in [`places`]; both are data without behaviour.

pub mod accounts;
pub mod agent_records;
pub mod agents;
pub mod audit;
pub mod audit_land;
pub mod audit_people;
mod build;
pub mod census;
pub mod city_choice;
pub mod clock;
pub mod economy;
pub mod mechanisms;
pub mod model;
pub mod opening;
pub mod per_thread;
pub mod phase;
pub mod phase_times;
pub mod places;
pub mod plugin;
pub mod random;
pub mod snapshot;
pub mod table;
pub mod valuation;

pub use build::build;
