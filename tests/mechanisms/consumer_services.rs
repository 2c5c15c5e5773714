//! Consumer services: indivisible establishments and an informal fringe.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

/// The largest and the smallest city of the opening state.
const LARGEST: &str = "centre";
const SMALLEST: &str = "birch";

fn relative_cost_of_the_largest(run: &Run) -> f64 {
    run.city(LARGEST, "price_index") / run.city(SMALLEST, "price_index")
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["consumer_services=Off"]);
}

#[test]
fn establishments_make_the_largest_city_cheaper_against_the_smallest() {
    let without = CENTRAL_PLAINS.seeds(&["consumer_services=Off"]);
    for run in &without {
        assert!(run.column("cities", "establishments").iter().all(|&count| count == 0.0));
    }
    higher("price index of largest over smallest, off", &without, &BASELINE, relative_cost_of_the_largest);
}
