//! Rent pressure: rents answer to what is spent on land in use.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["rent_pressure=Off"]);
}

#[test]
fn an_adjustment_of_zero_is_rent_pressure_switched_off() {
    same_everywhere(&["rent_pressure=Off"], &["rent_pressure.adjustment=0"]);
}

#[test]
fn cities_are_less_unequal_in_size_where_rents_rise_with_it() {
    let without = CENTRAL_PLAINS.seeds(&["rent_pressure=Off"]);
    higher("inequality of cities' sizes with fixed rents", &without, &BASELINE, |run| run.region("gini_population"));
}
