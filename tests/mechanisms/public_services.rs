//! Public services: input times quality gives output, and part of it reaches migrants.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["public_services=Off"]);
}

#[test]
fn fewer_go_to_cities_whose_services_are_kept_from_them() {
    let without = CENTRAL_PLAINS.seeds(&["public_services=Off"]);
    higher("urbanisation without public services", &without, &BASELINE, |run| run.region("urbanisation"));
}
