//! Footloose entrepreneurs and footloose capital.

use crate::near;
use economics::theory::footloose_capital::firm_share;
use economics::theory::footloose_entrepreneur::{break_point, logit_zero_at, short_run, sustain_point, zero_at};
use proptest::prelude::*;

/// A substitution, and a goods share short of the black hole.
fn tastes() -> impl Strategy<Value = (f64, f64)> {
    (1.5..20.0f64, 0.0..1.0f64).prop_map(|(sigma, at)| {
        let high: f64 = 0.9 * (sigma - 1.0).min(1.0);
        (sigma, 0.05 + at * (high - 0.05))
    })
}

#[test]
fn published_points_are_met() {
    for (substitution, goods_share, breaks, sustains) in [
        (5.0, 0.4, 0.696970, 0.695442),
        (5.0, 0.3, 0.763054, 0.762353),
        (4.0, 0.3, 0.704017, 0.702559),
        (3.0, 0.2, 0.715909, 0.714565),
        (10.0, 0.5, 0.809524, 0.809188),
    ] {
        near(break_point(substitution, goods_share).unwrap(), breaks, 1e-6);
        near(sustain_point(substitution, goods_share).unwrap(), sustains, 1e-6);
    }
    near(firm_share(0.55, 0.3).unwrap(), 0.592857, 1e-6);
    assert_eq!(firm_share(0.7, 0.6), Ok(1.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_centre_holds_where_equality_is_still_stable((sigma, mu) in tastes()) {
        let (breaks, sustains) = (break_point(sigma, mu)?, sustain_point(sigma, mu)?);
        prop_assert!(0.0 < sustains && sustains < breaks && breaks < 1.0);
        prop_assert!(break_point(sigma, mu * 1.01)? < breaks);
    }

    #[test]
    fn zeros_of_drift_run_from_the_break_to_the_sustain_point((sigma, mu) in tastes()) {
        let (breaks, sustains) = (break_point(sigma, mu)?, sustain_point(sigma, mu)?);
        near(zero_at(sigma, mu, 0.5001)?[0], breaks, 1e-5);
        let late = zero_at(sigma, mu, 0.995)?;
        prop_assert_eq!(late.len(), 1);
        prop_assert!(sustains < late[0] && late[0] < breaks);
        near(logit_zero_at(sigma, mu, 1e9, 0.995)?[0], late[0], 1e-3);
    }

    #[test]
    fn rewards_are_the_margin_of_all_sales((sigma, mu) in tastes(), share in 0.0..=1.0f64, free in 0.01..1.0f64) {
        let people = [share, 1.0 - share];
        let state = short_run(&people, &[0.3, 0.7], &[1.0, free, free, 1.0], sigma, mu)?;
        let rewards = people[0] * state.rewards[0] + people[1] * state.rewards[1];
        near(rewards, mu / sigma / (1.0 - mu / sigma), 1e-12);
    }

    #[test]
    fn rewards_follow_workers_and_not_the_count_of_entrepreneurs((sigma, mu) in tastes(), scale in 1e-3..1e3f64) {
        let state = |entrepreneurs: f64, workers: f64| {
            let people = [0.3 * entrepreneurs, 0.7 * entrepreneurs];
            short_run(&people, &[0.5 * workers, 0.5 * workers], &[1.0, 0.4, 0.4, 1.0], sigma, mu)
        };
        let one = state(1.0, 1.0)?;
        near(state(1.0, scale)?.rewards[0], scale * one.rewards[0], 1e-12);
        near(state(scale, 1.0)?.rewards[0] * scale, one.rewards[0], 1e-12);
    }

    #[test]
    fn shares_of_firms_mirror_each_other_and_magnify(share in 0.0..=1.0f64, free in 0.0..0.99f64) {
        let firms = firm_share(share, free)?;
        near(firms + firm_share(1.0 - share, free)?, 1.0, 1e-12);
        prop_assert!((0.0..=1.0).contains(&firms));
        // From this share of spending on, a region has all firms.
        let corner = 1.0 / (1.0 + free);
        if share < corner && share > 1.0 - corner {
            near(firms - 0.5, (share - 0.5) * (1.0 + free) / (1.0 - free), 1e-9);
        } else {
            near((firms - 0.5).abs(), 0.5, 1e-9);
        }
    }
}
