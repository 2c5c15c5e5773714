//! Firm turnover: entry and exit.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const INDUSTRIES: [&str; 3] = ["labour_intensive", "capital_intensive", "producer_services"];

/// How far profit rates of city firms are from zero at the end, on average over places and industries.
fn profit_gap(run: &Run) -> f64 {
    let rates = INDUSTRIES.map(|industry| run.industry(industry, "profit_rate")).concat();
    let known: Vec<f64> = rates.into_iter().filter(|rate| rate.is_finite()).collect();
    known.iter().map(|rate| rate.abs()).sum::<f64>() / known.len() as f64
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["firm_turnover=Off"]);
}

#[test]
fn an_exit_rate_of_zero_is_turnover_switched_off() {
    same_everywhere(&["firm_turnover=Off"], &["firm_turnover.exit_rate=0"]);
}

#[test]
fn entry_and_exit_bring_profits_nearer_to_zero() {
    let without = CENTRAL_PLAINS.seeds(&["firm_turnover=Off"]);
    higher("distance of profits from zero without turnover", &without, &BASELINE, profit_gap);
    for (run, industry) in without.iter().flat_map(|run| INDUSTRIES.map(|industry| (run, industry))) {
        let firms = run.column_where("sectors", "firms", &[("industry", industry)]);
        let by_quarter: Vec<f64> = firms.chunks(10).map(|places| places.iter().sum()).collect();
        let first = by_quarter[0];
        assert!(by_quarter.iter().all(|all| (all / first - 1.0).abs() < 1e-9), "firms of {industry} come and go");
    }
}
