//! Rings.

use crate::near;
use economics::theory::core_periphery;
use economics::theory::ring::break_point;
use proptest::prelude::*;

/// A substitution, and a goods share short of the black hole.
fn tastes() -> impl Strategy<Value = (f64, f64)> {
    (1.5..20.0f64, 0.0..1.0f64).prop_map(|(sigma, at)| {
        let high: f64 = 0.9 * (1.0 - 1.0 / sigma);
        (sigma, 0.05 + at * (high - 0.05))
    })
}

#[test]
fn published_points_are_met() {
    for (regions, trade_cost) in [(4, 1.931852), (8, 1.931852), (12, 1.931852), (6, 1.930606)] {
        near(break_point(regions, 5.0, 0.4).unwrap().trade_cost, trade_cost, 1e-6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_ring_of_two_is_the_core_and_periphery((sigma, mu) in tastes()) {
        let ring = break_point(2, sigma, mu)?;
        near(ring.trade_cost, core_periphery::break_point(sigma, mu)?, 1e-12);
        prop_assert_eq!(ring.mode, 1);
    }
}
