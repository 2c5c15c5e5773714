//! City choice: the prices of the reference workload that compares engines of this kind.
//!
//! Cities stand on a grid ten wide. Wages rise with size, rents rise faster, and land and productivity differ in a fixed
//! pattern: enough economics to make the choice of one person depend on the choices of others.

use crate::maths::{ln, power};

/// Cities in a row of the grid.
const ROW: usize = 10;
/// Elasticity of the wage to population.
const AGGLOMERATION: f64 = 0.05;
/// Elasticity of the rent to population.
const CROWDING: f64 = 0.3;
/// Share of income that is spent on housing.
const HOUSING: f64 = 0.3;
/// Utility lost per step of the grid between home and city.
const DISTANCE: f64 = 0.2;
/// Utility lost by moving.
pub const MOVING_COST: f64 = 1.0;
/// Chance that a person reconsiders in a tick.
pub const REVISION: f64 = 0.1;

/// A number between 0 and 1 that walks through its pattern city by city.
fn pattern(city: usize, step: usize) -> f64 {
    (step * city % 50) as f64 / 50.0
}

/// Utility of living in a city, before distance from home counts.
///
/// # Formula
///
/// `V = ln w − .3 ln r`, with `w = A N^.05`, `A = 1 + .5 (7c mod 50)/50`, `r = N^.3 / L`, `L = 1 + (13c mod 50)/50`
///
/// # Units
///
/// `people` counts agents. An empty city counts as a city of one.
///
/// # Source
///
/// The workload's definition.
#[must_use]
pub fn value(city: usize, people: f64) -> f64 {
    let people = people.max(1.0);
    let wage = (1.0 + 0.5 * pattern(city, 7)) * power(people, AGGLOMERATION);
    let rent = power(people, CROWDING) / (1.0 + pattern(city, 13));
    ln(wage) - HOUSING * ln(rent)
}

/// Utility lost by the distance from home.
///
/// # Formula
///
/// `.2 √(Δx² + Δy²)` in steps of the grid
///
/// # Source
///
/// The workload's definition.
#[must_use]
pub fn distance_cost(home: usize, city: usize) -> f64 {
    let apart = |a: usize, b: usize| a.abs_diff(b) as f64;
    let (x, y) = (apart(home % ROW, city % ROW), apart(home / ROW, city / ROW));
    DISTANCE * (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_distances_by_hand() {
        // City 0 has A = 1 and L = 1: ln N (.05 − .09). City 1 has A = 1.07 and L = 1.26.
        assert!((value(0, 1000.0) + 0.04 * ln(1000.0)).abs() < 1e-12);
        let expected = ln(1.07) - 0.04 * ln(500.0) + 0.3 * ln(1.26);
        assert!((value(1, 500.0) - expected).abs() < 1e-12);
        assert_eq!(value(3, 0.0), value(3, 1.0));
        // From (2, 0) to (5, 4): 3-4-5.
        assert!((distance_cost(2, 45) - 1.0).abs() < 1e-12);
        assert_eq!(distance_cost(7, 7), 0.0);
    }
}
