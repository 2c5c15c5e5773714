//! Known theory against figures that were found another way.
//!
//! The table `tests/theory_values.csv` comes from `python make_theory.py > theory_values.csv`, which solves complete
//! equilibria numerically and uses no closed form. Each quantity of the table is named once in [`answer`]; the modules
//! hold what must be true at any parameters.

mod core_periphery;
mod entrepreneurs_and_capital;
mod independence;
mod land_and_cities;
mod logit;
mod refusals;
mod ring;

use economics::theory::{
    TheoryError, city_size, core_periphery as krugman, footloose_capital, footloose_entrepreneur as entrepreneur, land,
    ring as circle,
};

/// Relative error within which a figure is the table's.
const TOLERANCE: f64 = 1e-11;

#[test]
fn every_figure_of_the_table_is_reproduced() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for line in include_str!("../theory_values.csv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(',').collect();
        let numbers = |cell: &str| -> Vec<f64> { cell.split(';').filter_map(|number| number.parse().ok()).collect() };
        let [parameters, theirs] = [numbers(cells[1]), numbers(cells[2])];
        let close = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * b.abs().max(1e-2);
        match answer(cells[0], &parameters) {
            Ok(ours) if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| close(*a, *b)) => {}
            other => faults.push(format!("{line}: {other:?}")),
        }
        compared += 1;
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(compared > 100, "only {compared} lines were compared");
}

/// What the crate says of a quantity of the table.
fn answer(quantity: &str, p: &[f64]) -> Result<Vec<f64>, TheoryError> {
    Ok(match quantity {
        "break" => vec![krugman::break_point(p[0], p[1])?],
        "sustain" => vec![krugman::sustain_point(p[0], p[1])?],
        "zero" => krugman::zero_at(p[0], p[1], p[2])?,
        "logit_zero" => krugman::logit_zero_at(p[0], p[1], p[2], p[3])?,
        "short_run" => {
            let [workers, firms, farmers] = [&p[2..5], &p[5..8], &p[8..11]];
            let economy = krugman::Economy { workers, firms, farmers, trade_costs: &p[11..] };
            let state = krugman::short_run(&economy, p[0], p[1])?;
            [state.wages, state.price_indices, state.profit_rates, vec![state.profit_per_worker]].concat()
        }
        "entrepreneur_break" => vec![entrepreneur::break_point(p[0], p[1])?],
        "entrepreneur_sustain" => vec![entrepreneur::sustain_point(p[0], p[1])?],
        "entrepreneur_zero" => entrepreneur::zero_at(p[0], p[1], p[2])?,
        "entrepreneur_logit_zero" => entrepreneur::logit_zero_at(p[0], p[1], p[2], p[3])?,
        "entrepreneur_short_run" => {
            let state = entrepreneur::short_run(&p[2..5], &p[5..8], &p[8..], p[0], p[1])?;
            [state.rewards, state.price_indices].concat()
        }
        "capital" => vec![footloose_capital::firm_share(p[0], p[1])?],
        "land_break" => land::break_point(p[0], p[1])?.into_iter().collect(),
        "land_short_run" => {
            let state = land::short_run(&p[2..5], &p[5..8], &p[8..], p[0], p[1])?;
            [state.wages, state.price_indices, state.rents, state.real_incomes].concat()
        }
        "ring" => {
            let found = circle::break_point(p[0] as usize, p[1], p[2])?;
            vec![found.trade_cost, found.mode as f64]
        }
        "best_size" => {
            let city = city(p);
            let best = city_size::best_size(&city)?;
            let income = |size: f64| city_size::real_income(&city, size);
            vec![best, income(best)?, income(best / 2.0)?, income(best * 2.0)?]
        }
        unknown => panic!("the table has a quantity that no function gives: {unknown}"),
    })
}

fn city(p: &[f64]) -> city_size::CitySize {
    city_size::CitySize { productivity: p[0], agglomeration: p[1], crowding: p[2], crowding_elasticity: p[3] }
}

/// Fails unless `ours` is `theirs` within a relative `tolerance`.
#[track_caller]
fn near(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance * theirs.abs().max(1e-3), "{ours} against {theirs}");
}
