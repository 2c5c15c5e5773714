//! Market access: distance, infrastructure and local protection cut markets apart.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

fn largest_over_smallest_access(run: &Run) -> f64 {
    let access = run.cities("market_access");
    let (smallest, largest) =
        access.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), &each| (least.min(each), most.max(each)));
    largest / smallest
}

fn share_of_jobs_in_towns(run: &Run) -> f64 {
    let sum = |name: &str| run.industry("labour_intensive", name).iter().sum::<f64>();
    sum("town_employment") / sum("employment")
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["market_access=Off"]);
}

#[test]
fn ways_and_borders_that_cost_nothing_are_market_access_switched_off() {
    let neutral = ["market_access.distance_cost=0", "market_access.protection=0", "market_access.last_mile=1"];
    same_everywhere(&["market_access=Off"], &neutral);
}

#[test]
fn it_makes_places_differ_and_keeps_industry_out_of_towns() {
    let without = CENTRAL_PLAINS.seeds(&["market_access=Off"]);
    for run in &without {
        assert!((largest_over_smallest_access(run) - 1.0).abs() < 1e-9);
    }
    higher("largest over smallest access", &BASELINE, &without, largest_over_smallest_access);
    higher("share of jobs in towns without trade costs", &without, &BASELINE, share_of_jobs_in_towns);
}
