//! Congestion: the share of a day's work that crowding and commuting leave.

use crate::maths::{exp, power};

/// Residents below this count as this.
const RESIDENTS_MIN: f64 = 1e-9;
/// Least share of a day that is left: a city without any work would have no wages and no prices.
const LEFT_MIN: f64 = 1e-6;

/// How crowding and distance cost time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Congestion {
    /// Log loss at the standard density.
    pub crowding: f64,
    /// Elasticity of that loss with respect to density.
    pub crowding_elasticity: f64,
    /// Log loss of commuting in a city of the standard area.
    pub commuting: f64,
    /// The standard density, in thousand persons per km² of construction land.
    pub density_base: f64,
    /// The standard area, in km² of construction land.
    pub land_base: f64,
}

/// Effective labour per worker: what remains of a working day after crowding and commuting.
///
/// # Formula
///
/// `ell = exp(−k1 · (N / H / d0)^g1 − k2 · √(H / H0))`
///
/// # Units
///
/// Residents `N` in thousand persons, construction land `H` in km²; the result lies in [10⁻⁶, 1].
///
/// # Source
///
/// Model equation (2): urban costs that rise with density (Combes, Duranton and Gobillon 2019) and
/// commuting distance that rises with the radius (Alonso 1964).
///
/// # Panics
///
/// When a city without construction land has residents: the accounts of land must prevent it.
pub fn effective_labour(residents: f64, construction_land: f64, congestion: &Congestion) -> f64 {
    if construction_land <= 0.0 {
        assert!(residents <= 0.0, "{residents} thousand residents live on no construction land");
        return 1.0;
    }
    let density = residents.max(RESIDENTS_MIN) / construction_land / congestion.density_base;
    let crowding = congestion.crowding * power(density, congestion.crowding_elasticity);
    exp(-crowding - congestion.commuting * (construction_land / congestion.land_base).sqrt()).max(LEFT_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SOME: Congestion =
        Congestion { crowding: 0.085, crowding_elasticity: 1.5, commuting: 0.03, density_base: 10.0, land_base: 100.0 };

    #[test]
    fn a_city_of_standard_density_and_area_loses_both_constants() {
        let expected = exp(-0.085 - 0.03);
        assert!((effective_labour(1000.0, 100.0, &SOME) - expected).abs() < 1e-15);
    }

    /// A city of millions on two square kilometres had a share of zero in floating point, and the run ended in a panic.
    #[test]
    fn an_extremely_crowded_city_still_does_some_work() {
        assert_eq!(effective_labour(1e9, 0.01, &SOME), LEFT_MIN);
    }

    #[test]
    fn no_congestion_leaves_the_whole_day() {
        let none = Congestion { crowding: 0.0, commuting: 0.0, ..SOME };
        assert_eq!(effective_labour(5000.0, 3.0, &none), 1.0);
        assert_eq!(effective_labour(0.0, 0.0, &SOME), 1.0);
    }

    proptest! {
        #[test]
        fn crowding_never_helps(residents in 0.1..1e4f64, land in 1.0..1e4f64, more in 1.0..3.0f64) {
            let here = effective_labour(residents, land, &SOME);
            prop_assert!((0.0..=1.0).contains(&here));
            prop_assert!(effective_labour(residents * more, land, &SOME) <= here);
        }
    }
}
