//! Core and periphery.

use crate::near;
use economics::theory::TheoryError;
use economics::theory::core_periphery::{
    Economy, break_point, logit_zero_at, short_run, short_run_free_entry, sustain_point, zero_at,
};
use proptest::prelude::*;

/// A substitution, and a goods share of at least .05 and at most nine tenths of where the black hole begins.
fn tastes() -> impl Strategy<Value = (f64, f64)> {
    (1.5..20.0f64, 0.0..1.0f64).prop_map(|(sigma, at)| {
        let high: f64 = 0.9 * (1.0 - 1.0 / sigma);
        (sigma, 0.05 + at * (high - 0.05))
    })
}

/// Trade costs of two regions.
fn two(trade_cost: f64) -> [f64; 4] {
    [1.0, trade_cost, trade_cost, 1.0]
}

#[test]
fn published_points_are_met() {
    for (substitution, goods_share, breaks, sustains) in [
        (5.0, 0.4, 1.626577, 1.807313),
        (5.0, 0.3, 1.421730, 1.473861),
        (4.0, 0.3, 1.630324, 1.725368),
        (3.0, 0.2, 1.669046, 1.717566),
        (10.0, 0.5, 1.298570, 1.412093),
    ] {
        near(break_point(substitution, goods_share).unwrap(), breaks, 1e-6);
        near(sustain_point(substitution, goods_share).unwrap(), sustains, 1e-6);
    }
    // Where a logit rests at nearly a half is where it makes equal regions unstable.
    for (precision, low, high) in [(50.0, 1.068338, 1.512675), (200.0, 1.014509, 1.600662)] {
        let found = logit_zero_at(5.0, 0.4, precision, 0.5001).unwrap();
        assert_eq!(found.len(), 2);
        near(found[0], low, 1e-6);
        near(found[1], high, 1e-6);
    }
}

#[test]
fn a_place_without_people_has_the_wage_of_a_first_firm() {
    let sustain = sustain_point(5.0, 0.4).unwrap();
    let state = short_run_free_entry(&[1.0, 0.0], &[0.5, 0.5], &two(sustain), 5.0, 0.4).unwrap();
    near(state.real_wages[1], state.real_wages[0], 1e-12);
    assert!(state.profit_rates.iter().all(|rate| rate.abs() < 1e-12));
}

#[test]
fn more_firms_than_workers_for_them_are_refused() {
    // With as many firms as workers in all, and σ = 5, fixed work is a fifth of a worker per firm.
    let short = |workers: f64| {
        let workers = [workers, 2.0 - workers];
        let economy = Economy { workers: &workers, firms: &[1.0, 1.0], farmers: &[1.0, 1.0], trade_costs: &two(1.5) };
        short_run(&economy, 5.0, 0.4)
    };
    assert!(short(0.21).is_ok());
    assert!(matches!(short(0.19), Err(TheoryError::NoClearingWage { place: 0, .. })));
}

#[test]
fn many_places_far_from_balance_are_solved() {
    let places = 24;
    let spread = |shift: usize| -> Vec<f64> { (0..places).map(|r| 1.0 + ((r * 7 + shift) % 11) as f64).collect() };
    let (workers, farmers) = (spread(0), spread(5));
    let firms: Vec<f64> =
        workers.iter().zip(spread(3)).map(|(people, wobble)| people * (1.0 + 0.05 * wobble)).collect();
    let trade_costs: Vec<f64> =
        (0..places * places).map(|pair| 1.0 + 0.2 * (pair / places).abs_diff(pair % places) as f64).collect();
    let economy = Economy { workers: &workers, firms: &firms, farmers: &farmers, trade_costs: &trade_costs };
    for (substitution, goods_share) in [(5.0, 0.4), (1.5, 0.9), (20.0, 0.05), (20.0, 0.9)] {
        let state = short_run(&economy, substitution, goods_share).unwrap();
        assert!(state.wages.iter().all(|wage| *wage > 0.0));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_centre_holds_longer_than_equality_breaks((sigma, mu) in tastes()) {
        prop_assert!(break_point(sigma, mu)? < sustain_point(sigma, mu)?);
        prop_assert!(break_point(sigma, mu)? > 1.0);
    }

    #[test]
    fn the_break_point_rises_with_the_goods_share_and_falls_with_substitution((sigma, mu) in tastes()) {
        let here = break_point(sigma, mu)?;
        prop_assert!(break_point(sigma, mu * 1.01)? > here);
        prop_assert!(break_point(sigma * 1.01, mu)? < here);
    }

    #[test]
    fn equal_regions_pay_equally_and_profits_are_zero((sigma, mu) in tastes(), cost in 1.0..5.0f64) {
        let state = short_run_free_entry(&[0.5, 0.5], &[0.5, 0.5], &two(cost), sigma, mu)?;
        near(state.wages[0], mu, 1e-12);
        near(state.wages[1], mu, 1e-12);
        prop_assert!(state.profit_rates.iter().all(|rate| rate.abs() < 1e-11));
        prop_assert!(state.profit_per_worker.abs() < 1e-12);
    }

    #[test]
    fn income_adds_up_and_profits_are_those_of_firms(
        (sigma, mu) in tastes(), share in 0.1..0.9f64, tilt in 0.8..1.2f64, farmers in 0.0..1.0f64, cost in 1.0..4.0f64,
    ) {
        let workers = [share, 1.0 - share];
        let firms = [share * tilt, 1.0 - share];
        let economy =
            Economy { workers: &workers, firms: &firms, farmers: &[farmers, 1.0 - farmers], trade_costs: &two(cost) };
        let state = short_run(&economy, sigma, mu)?;
        let fixed = 1.0 / (sigma * (firms[0] + firms[1]));
        // A profit rate counts in normal operating profit, which is f w.
        let profits: f64 = (0..2).map(|r| firms[r] * state.profit_rates[r] * fixed * state.wages[r]).sum();
        let paid: f64 = (0..2).map(|r| workers[r] * state.wages[r]).sum();
        prop_assert!((profits - state.profit_per_worker).abs() < 1e-11);
        prop_assert!((paid + profits - mu).abs() < 1e-11);
    }

    #[test]
    fn only_proportions_of_people_matter((sigma, mu) in tastes(), share in 0.05..0.95f64, scale in 1e-3..1e3f64) {
        let state = |scale: f64| {
            let workers = [scale * share, scale * (1.0 - share)];
            short_run_free_entry(&workers, &[scale, 2.0 * scale], &two(1.7), sigma, mu)
        };
        let (one, many) = (state(1.0)?, state(scale)?);
        for place in 0..2 {
            near(many.wages[place] * scale, one.wages[place], 1e-10);
        }
        near(many.real_wages[0] / many.real_wages[1], one.real_wages[0] / one.real_wages[1], 1e-10);
    }

}

proptest! {
    // Each case solves some thousand equilibria.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn drift_vanishes_near_a_half_at_the_break_and_near_one_at_the_sustain_point((sigma, mu) in tastes()) {
        // The sustain point of goods that are nearly all of income lies where nothing is traded.
        prop_assume!(mu < 0.7 * (1.0 - 1.0 / sigma));
        let at = |share: f64| zero_at(sigma, mu, share);
        near(at(0.5001)?[0], break_point(sigma, mu)?, 1e-5);
        let [near_one, sustain] = [at(0.995)?[0], sustain_point(sigma, mu)?];
        prop_assert!(near_one < sustain && near_one > break_point(sigma, mu)?);
    }

    #[test]
    fn with_high_precision_the_logit_is_near_the_textbook((sigma, mu) in tastes()) {
        prop_assume!(mu < 0.7 * (1.0 - 1.0 / sigma));
        let textbook = zero_at(sigma, mu, 0.6)?[0];
        near(*logit_zero_at(sigma, mu, 1e9, 0.6)?.last().unwrap(), textbook, 1e-4);
        if let [low, high] = logit_zero_at(sigma, mu, 40.0, 0.6)?[..] {
            prop_assert!(1.0 < low && low < high && high < textbook);
        }
    }
}
