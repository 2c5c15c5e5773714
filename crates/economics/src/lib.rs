//! The equations of the model, as plain functions on numbers and slices.
//!
//! Nothing here knows a world, a clock, a file or random numbers. The mechanisms of the simulation
//! read columns, call a function of this crate and write the result back. `docs/equations.md` lists
//! the equations; "model equation (4)" in a comment is its section (4).
//!
//! # Conventions
//!
//! - **Units.** The functions work in any units; comments name those of the model: people in
//!   thousand persons, land in km², distance in km, prices in yuan, aggregates of money in thousand
//!   yuan, one tick a quarter of a year.
//! - **Places.** Data by place are slices of one length; data by pair of places are row-major,
//!   `[from * places + to]`. Data by industry come one call per industry.
//! - **Hot loops** write into slices that the caller owns and allocate nothing.
//! - **Rounding.** Every exponential, logarithm and power goes through [`maths`], and every sum over
//!   places has one fixed order, so results are the same bits on every machine.

pub mod agriculture;
pub mod city_choice;
pub mod congestion;
pub mod consumer_services;
pub mod cost;
pub mod firms;
pub mod fiscal;
pub mod geography;
pub mod goods_market;
pub mod land;
pub mod land_of_towns;
pub mod market_access;
pub mod matching;
pub mod maths;
pub mod migration;
pub mod pollution;
pub mod producer_services;
pub mod productivity;
pub mod programmes;
pub mod public_service;
pub mod rent;
pub mod theory;
pub mod urbanisation;
pub mod utility;
pub mod wage;
pub mod welfare;
