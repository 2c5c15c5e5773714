//! Logit choice.

use crate::near;
use economics::theory::logit::{congested_shares, finite_agents, shares};
use proptest::prelude::*;

#[test]
fn published_figures_are_met() {
    let crowded = congested_shares(&[1.0, 1.5, 0.7], 3.0, 0.5).unwrap();
    for (ours, theirs) in crowded.iter().zip([0.305016, 0.496172, 0.198811]) {
        near(*ours, theirs, 3e-6);
    }
    let spread = finite_agents(30, [0.2, 0.0], 2.0, 0.3).unwrap();
    near(spread.mean, 16.889, 1e-4);
    near(spread.standard_deviation, 2.162, 1e-4);
}

#[test]
fn many_agents_are_as_many_as_the_crowded_logit_says() {
    let spread = finite_agents(100_000, [0.3, 0.1], 2.0, 0.3).unwrap();
    let share = congested_shares(&[1.0, (-0.2_f64).exp_m1() + 1.0], 2.0, 0.3).unwrap()[0];
    near(spread.mean / 1e5, share, 1e-5);
    near(spread.standard_deviation, (1e5 * share * (1.0 - share) / 1.6).sqrt(), 1e-4);
}

proptest! {
    #[test]
    fn shares_add_up_and_ignore_what_all_have(
        utilities in prop::collection::vec(-50.0..50.0f64, 1..20), precision in 0.01..50.0f64, all in -1e3..1e3f64,
    ) {
        let ours = shares(&utilities, precision)?;
        near(ours.iter().sum::<f64>(), 1.0, 1e-12);
        let lifted: Vec<f64> = utilities.iter().map(|utility| utility + all).collect();
        for (a, b) in ours.iter().zip(shares(&lifted, precision)?) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn crowded_shares_are_a_rest_point(
        attractions in prop::collection::vec(0.1..5.0f64, 2..10), precision in 0.1..20.0f64, congestion in 0.0..3.0f64,
    ) {
        let rest = congested_shares(&attractions, precision, congestion)?;
        let weights: Vec<f64> = attractions.iter().zip(&rest).map(|(a, s)| a / economics::maths::power(*s, congestion)).collect();
        for (a, b) in congested_shares(&weights, precision, 0.0)?.iter().zip(&rest) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn naming_the_cities_the_other_way_round_mirrors_the_spread(
        agents in 1..200u32, lead in -1.0..1.0f64, precision in 0.1..10.0f64, congestion in 0.0..2.0f64,
    ) {
        let [one, other] = [[lead, 0.0], [0.0, lead]].map(|u| finite_agents(agents, u, precision, congestion));
        let (one, other) = (one?, other?);
        near(one.mean + other.mean, f64::from(agents), 1e-9);
        near(one.chances.iter().sum::<f64>(), 1.0, 1e-12);
    }
}
