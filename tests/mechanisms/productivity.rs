//! Productivity: own-industry jobs, city size and services raise output per input.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["productivity=Off"]);
}

#[test]
fn a_strength_of_zero_is_productivity_switched_off() {
    same_everywhere(&["productivity=Off"], &["productivity.strength=0"]);
}

#[test]
fn services_gather_where_size_makes_them_productive() {
    let without = CENTRAL_PLAINS.seeds(&["productivity=Off"]);
    let concentration = "hhi_producer_services";
    higher("concentration of services with externalities", &BASELINE, &without, |run| run.region(concentration));
}
