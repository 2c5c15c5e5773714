//! Invalid numbers are refused with an error message; nothing panics.

use economics::theory::{
    TheoryError, city_size, core_periphery, footloose_capital, footloose_entrepreneur, land, logit, ring,
};
use proptest::prelude::*;

/// Numbers that a careless caller may pass.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        prop::sample::select(vec![
            0.0,
            -0.0,
            1.0,
            0.5,
            -1.0,
            1.0 + f64::EPSILON,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            1e-300,
        ]),
        0.0..10.0f64,
        1.0..3.0f64,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_numbers_give_a_figure_or_an_error(
        a in any_number(), b in any_number(), c in any_number(), d in any_number(), n in 0..9usize,
    ) {
        let _ = core_periphery::break_point(a, b);
        let _ = core_periphery::sustain_point(a, b);
        let _ = core_periphery::zero_at(a, b, c);
        let _ = core_periphery::logit_zero_at(a, b, c, d);
        let _ = footloose_entrepreneur::break_point(a, b);
        let _ = footloose_entrepreneur::sustain_point(a, b);
        let _ = footloose_entrepreneur::zero_at(a, b, c);
        let _ = footloose_entrepreneur::logit_zero_at(a, b, c, d);
        let _ = footloose_capital::firm_share(a, b);
        let _ = land::break_point(a, b);
        let _ = ring::break_point(n, a, b);
        let _ = logit::shares(&[a, b, c], d);
        let city = city_size::CitySize { productivity: a, agglomeration: b, crowding: c, crowding_elasticity: d };
        let _ = city_size::best_size(&city);
        let _ = city_size::real_income(&city, d);
    }

    #[test]
    fn any_masses_give_a_figure_or_an_error(
        masses in prop::collection::vec(any_number(), 0..4), more in prop::collection::vec(any_number(), 0..4),
        pairs in prop::collection::vec(any_number(), 0..10), sigma in any_number(), mu in any_number(),
    ) {
        let firms = &masses;
        let economy =
            core_periphery::Economy { workers: &masses, firms, farmers: &more, trade_costs: &pairs };
        let _ = core_periphery::short_run(&economy, sigma, mu);
        let _ = footloose_entrepreneur::short_run(&masses, &more, &pairs, sigma, mu);
        let _ = land::short_run(&masses, &more, &pairs, sigma, mu);
        // Lengths that fit, so that more than the first check is reached.
        let (two, costs) = ([sigma.abs(), 1.0], [1.0, 2.0, mu.abs() + 1.0, 1.0]);
        let economy = core_periphery::Economy { workers: &two, firms: &[1.0, 1.0], farmers: &two, trade_costs: &costs };
        let _ = core_periphery::short_run(&economy, 5.0, 0.4);
        let _ = footloose_entrepreneur::short_run(&two, &two, &[1.0, 0.0, mu, 1.0], 5.0, 0.4);
        let _ = land::short_run(&two, &two, &costs, 5.0, 0.4);
    }
}

#[test]
fn refusals_name_the_parameter_and_say_what_it_should_be() {
    let sentence = |refused: TheoryError| refused.to_string();
    assert_eq!(
        sentence(core_periphery::break_point(0.9, 0.4).unwrap_err()),
        "substitution is 0.9, but must be a finite number above 1"
    );
    assert_eq!(
        sentence(land::short_run(&[1.0], &[1.0, 2.0], &[1.0], 4.0, 0.8).unwrap_err()),
        "land has 2 numbers, but must have 1"
    );
    assert_eq!(sentence(ring::break_point(1, 5.0, 0.4).unwrap_err()), "regions is 1, but must be 2 or more");
    assert!(sentence(footloose_entrepreneur::break_point(1.2, 0.4).unwrap_err()).starts_with("black hole"));
}
