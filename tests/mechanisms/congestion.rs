//! Congestion: crowding and long ways cost working time.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["congestion=Off"]);
}

#[test]
fn costs_of_zero_are_congestion_switched_off() {
    let neutral = ["congestion.crowding_cost=0", "congestion.way_cost=0"];
    same_everywhere(&["congestion=Off"], &neutral);
}

#[test]
fn the_centre_is_larger_without_it() {
    let without = CENTRAL_PLAINS.seeds(&["congestion=Off"]);
    higher("the centre's people without congestion", &without, &BASELINE, |run| run.city("centre", "urban_population"));
}
