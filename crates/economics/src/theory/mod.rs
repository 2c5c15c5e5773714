//! Known theory: closed forms and small solvers with which the engine is compared in its limits.
//!
//! Each file states one model of the literature in that literature's own terms. Nothing here calls a function with
//! which the engine computes prices, demands or utilities: of this crate only [`maths`](crate::maths) is used. An error
//! in the engine then moves the simulated figure and never the one with which it is compared.
//!
//! # Conventions
//!
//! - **Trade.** `trade_cost` is the iceberg cost T ≥ 1: of T units sent one arrives. `freeness` is `φ = T^(1−σ)`.
//!   Matrices by pair of places are row-major, `[from * places + to]`.
//! - **Parameters.** `substitution` is σ > 1; `goods_share` is the part of income spent on differentiated goods (μ, or α
//!   in the land model); `precision` is the β of a logit, infinite where people always choose the best.
//! - **Refusals.** Whatever the numbers, a function returns a figure or a [`TheoryError`]; it does not panic.

pub mod city_size;
pub mod core_periphery;
mod error;
pub mod footloose_capital;
pub mod footloose_entrepreneur;
pub mod land;
pub mod logit;
pub mod ring;
mod solver;

pub use error::TheoryError;
