//! Public finance: taxes and land pay for services.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

fn spread_of_input(run: &Run) -> f64 {
    let inputs = run.cities("service_input");
    let mean = inputs.iter().sum::<f64>() / inputs.len() as f64;
    inputs.iter().map(|input| (input - mean).abs()).sum::<f64>() / inputs.len() as f64
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["fiscal=Off"]);
}

#[test]
fn services_differ_between_cities_only_where_cities_pay_for_them() {
    let without = CENTRAL_PLAINS.seeds(&["fiscal=Off"]);
    for run in &without {
        assert!(run.column("cities", "service_input").iter().all(|&input| input == 1.0));
        assert!(run.column("cities", "budget_balance").iter().all(|&balance| balance == 0.0));
    }
    higher("differences of service input with public finance", &BASELINE, &without, spread_of_input);
}
