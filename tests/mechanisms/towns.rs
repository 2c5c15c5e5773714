//! Towns: labour-intensive firms in the countryside.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::FINE_PLAINS;

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["towns=Off"]);
}

#[test]
fn fewer_go_to_cities_where_towns_have_work() {
    let five_years = FINE_PLAINS.for_quarters(20);
    let (with, without) = (five_years.seeds(&[]), five_years.seeds(&["towns=Off"]));
    for run in &without {
        assert!(run.column("cities", "town_employment").iter().all(|&workers| workers == 0.0));
        assert!(run.column("cities", "town_land").iter().all(|&land| land == 0.0));
    }
    higher("urbanisation without towns, five years on", &without, &with, |run| run.region("urbanisation"));
}
