//! Consideration: people think first of places that are near, of their own city, and of their own province.

use crate::signs::{changes_the_outcome, higher, same_everywhere};
use crate::worlds::{HENAN, HENAN_BASELINE, Run};

/// Share of people from the same prefecture in residents of cities without local registration.
fn own_prefecture(run: &Run) -> f64 {
    let [own, province, others] =
        ["own_prefecture", "same_province", "other_province"].map(|class| run.region(&format!("migrants_{class}")));
    own / (own + province + others)
}

#[test]
fn switched_on_it_changes_the_outcome() {
    changes_the_outcome(&["consideration.distance_decay=1"], HENAN, &HENAN_BASELINE[0]);
}

#[test]
fn without_decay_affinity_and_fit_it_is_switched_off() {
    same_everywhere(&[], &["consideration.distance_decay=0", "consideration.by_class=false"]);
}

#[test]
fn more_migrants_are_from_the_own_prefecture_where_people_think_of_near_places_first() {
    let with = HENAN.seeds(&["consideration.distance_decay=1"]);
    higher("own prefecture with consideration", &with, &HENAN_BASELINE, own_prefecture);
}
