//! Demography: people grow old and the young take their places.

use crate::signs::{changes_the_outcome, higher};
use crate::worlds::{HENAN, HENAN_BASELINE};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_outcome(&["demography=Off"], HENAN, &HENAN_BASELINE[0]);
}

#[test]
fn fewer_live_in_cities_where_migrants_are_replaced_by_the_young_at_home() {
    let without = HENAN.seeds(&["demography=Off"]);
    higher("urbanisation without demography", &without, &HENAN_BASELINE, |run| run.region("urbanisation"));
}
