//! The unit in which nominal constants of the model are given.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// One initial farm income, in yuan per person and quarter. Every nominal constant of a scenario that is given in
/// farm incomes is a multiple of it: the scenario's `money.farm_income` at first, and that times the factor by which
/// the base-year inversion scales money.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoneyUnit(pub f64);
