//! Land, and city size.

use crate::near;
use economics::theory::city_size::{CitySize, best_size, real_income};
use economics::theory::land::{break_point, short_run, unique};
use proptest::prelude::*;

#[test]
fn published_figures_are_met() {
    near(break_point(4.0, 0.8).unwrap().unwrap(), 1.642182, 1e-6);
    near(break_point(2.0, 0.6).unwrap().unwrap(), 3.666667, 1e-6);
    assert_eq!(break_point(5.0, 0.75), Ok(None));
    let city = CitySize { productivity: 1.0, agglomeration: 0.06, crowding: 0.01, crowding_elasticity: 1.2 };
    near(best_size(&city).unwrap(), 3.823622, 1e-6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn equal_regions_break_exactly_where_they_are_not_unique(sigma in 1.5..20.0f64, alpha in 0.05..0.95f64) {
        let breaks = break_point(sigma, alpha)?;
        prop_assert_eq!(breaks.is_none(), unique(sigma, alpha)?);
        let gain = |cost: f64| {
            let state = short_run(&[0.501, 0.499], &[1.0, 1.0], &[1.0, cost, cost, 1.0], sigma, alpha)?;
            Ok::<_, TestCaseError>(state.real_incomes[0] / state.real_incomes[1])
        };
        if let Some(cost) = breaks {
            prop_assume!(cost < 1e6);
            prop_assert!(gain(1.0 + (cost - 1.0) * 0.9)? < 1.0, "stable below");
            prop_assert!(gain(1.0 + (cost - 1.0) * 1.1)? > 1.0, "unstable above");
        } else {
            prop_assert!(gain(1.1)? < 1.0 && gain(3.0)? < 1.0);
        }
    }

    #[test]
    fn rents_are_the_land_share_of_income(
        sigma in 1.5..20.0f64, alpha in 0.05..0.95f64, share in 0.05..0.95f64, land in 0.1..10.0f64,
    ) {
        let (people, land) = ([share, 1.0 - share], [land, 1.0]);
        let state = short_run(&people, &land, &[1.0, 1.5, 1.3, 1.0], sigma, alpha)?;
        let rents = state.rents[0] * land[0] + state.rents[1] * land[1];
        let wages = state.wages[0] * people[0] + state.wages[1] * people[1];
        near(rents, 1.0 - alpha, 1e-11);
        near(wages, alpha, 1e-11);
    }

    #[test]
    fn equal_regions_are_alike(sigma in 1.5..20.0f64, alpha in 0.05..0.95f64, cost in 1.0..5.0f64) {
        let state = short_run(&[2.0, 2.0], &[3.0, 3.0], &[1.0, cost, cost, 1.0], sigma, alpha)?;
        near(state.wages[0], alpha / 4.0, 1e-12);
        near(state.real_incomes[0], state.real_incomes[1], 1e-12);
    }

    #[test]
    fn income_is_an_inverted_u(eps in 0.01..0.5f64, kappa in 1e-3..1.0f64, gamma in 0.3..3.0f64) {
        let city = CitySize { productivity: 2.0, agglomeration: eps, crowding: kappa, crowding_elasticity: gamma };
        let best = best_size(&city)?;
        let top = real_income(&city, best)?;
        for away in [0.25, 0.9, 1.1, 4.0] {
            prop_assert!(real_income(&city, best * away)? < top);
        }
    }
}
