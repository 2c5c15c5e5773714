//! Networks: those who went before make it easier to follow.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["networks=Off"]);
}

#[test]
fn a_strength_of_zero_is_networks_switched_off() {
    same_everywhere(&["networks=Off"], &["networks.strength=0"]);
}

#[test]
fn more_go_to_cities_where_each_makes_it_easier_for_the_next() {
    let without = CENTRAL_PLAINS.seeds(&["networks=Off"]);
    higher("urbanisation with networks", &BASELINE, &without, |run| run.region("urbanisation"));
}
