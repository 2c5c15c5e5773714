//! Urbanisation on the spot: rural people become urban without moving.

use crate::maths::{exp, power};

/// How much the town jobs of a countryside raise the hazard of becoming urban.
///
/// # Formula
///
/// `(J / F)^α`: the share of the countryside's people who have town jobs, with elasticity α; 0⁰ is 1.
#[must_use]
pub fn pull_of_town_jobs(town_jobs: f64, rural_people: f64, elasticity: f64) -> f64 {
    let share = if rural_people > 0.0 { (town_jobs / rural_people).clamp(0.0, 1.0) } else { 0.0 };
    power(share, elasticity)
}

/// Chance that a rural person becomes urban on the spot in a quarter.
///
/// # Formula
///
/// `1 − exp(−r / 4 · (T / T₀) · (B / B₀)^β)`: r is the rate of the region in a year at the opening, T what town jobs add
/// ([`pull_of_town_jobs`]) and T₀ its mean over the rural people of the region at the opening, B the built-up land of the
/// place's city and towns and B₀ the same at the opening. Without any pull at the opening, T / T₀ is 1.
///
/// # Source
///
/// A proportional hazard in its usual form (Cox 1972); that villages are reclassified as towns' jobs and built-up land
/// reach them is how the census draws the line between town and country.
#[must_use]
pub fn chance_on_the_spot(rate: f64, pull: f64, pull_at_start: f64, land: f64, land_elasticity: f64) -> f64 {
    let jobs = if pull_at_start > 0.0 { pull / pull_at_start } else { 1.0 };
    1.0 - exp(-rate / 4.0 * jobs * power(land, land_elasticity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_grows_with_town_jobs_and_land_and_is_the_rate_where_they_are_as_at_the_opening() {
        let usual = chance_on_the_spot(0.01, 0.3, 0.3, 1.0, 0.5);
        assert!((usual - 0.002_496_877).abs() < 1e-9, "1 - exp(-0.0025) is 0.002496877, not {usual}");
        assert!(chance_on_the_spot(0.01, 0.4, 0.3, 1.0, 0.5) > usual);
        assert!(chance_on_the_spot(0.01, 0.3, 0.3, 1.2, 0.5) > usual);
        assert!(chance_on_the_spot(0.01, 0.3, 0.3, 0.8, 0.5) < usual);
        assert_eq!(chance_on_the_spot(0.0, 0.3, 0.3, 1.2, 0.5), 0.0);
    }

    #[test]
    fn without_towns_every_place_has_the_rate_of_the_region() {
        let pull = pull_of_town_jobs(0.0, 800.0, 0.5);
        assert_eq!(pull, 0.0);
        assert_eq!(chance_on_the_spot(0.01, pull, 0.0, 1.0, 0.5), chance_on_the_spot(0.01, 1.0, 1.0, 1.0, 0.0));
        assert_eq!(pull_of_town_jobs(0.0, 800.0, 0.0), 1.0);
        assert_eq!(pull_of_town_jobs(100.0, 400.0, 0.5), 0.5);
    }
}
