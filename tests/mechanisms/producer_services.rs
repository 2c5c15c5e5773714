//! Producer services: industry buys them, they gather where it is.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

fn services_over_goods(run: &Run) -> f64 {
    run.region("hhi_producer_services") - run.region("hhi_labour_intensive")
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["producer_services=Off"]);
}

#[test]
fn services_gather_in_fewer_places_than_workshops() {
    let without = CENTRAL_PLAINS.seeds(&["producer_services=Off"]);
    for run in &without {
        assert!(run.column("region", "functional_specialisation").iter().all(|&division| division == 0.0));
    }
    let division = |run: &Run| run.region("functional_specialisation");
    higher("functional specialisation with services", &BASELINE, &without, division);
    assert!(BASELINE.iter().all(|run| services_over_goods(run) > 0.0));
}
