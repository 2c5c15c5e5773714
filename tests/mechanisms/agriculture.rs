//! Agriculture: land and labour make food.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

const NEUTRAL: [&str; 4] = [
    "agriculture.growth=0",
    "agriculture.land_elasticity=0",
    "agriculture.labour_elasticity=0",
    "agriculture.consolidation_gain=0",
];

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["agriculture=Off"]);
}

#[test]
fn farms_whose_output_depends_on_nothing_are_farms_switched_off() {
    same_everywhere(&["agriculture=Off"], &NEUTRAL);
}

#[test]
fn more_food_is_grown_in_the_end_although_people_have_left() {
    let without = CENTRAL_PLAINS.seeds(&["agriculture=Off"]);
    higher("grain output with farming", &BASELINE, &without, |run| run.region("grain_output"));
}
