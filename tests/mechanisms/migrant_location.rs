//! Migrant location: people compare places and choose.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, HENAN};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["migrant_location=Off"]);
}

#[test]
fn people_who_never_look_are_people_who_cannot_move() {
    // Without settlement, which weighs what it is worth where people choose, no other choice is left.
    same_everywhere(
        &["settlement_rules=Off", "migrant_location=Off"],
        &[
            "settlement_rules=Off",
            "migrant_location.revision_rural=0",
            "migrant_location.revision_migrant=0",
            "migrant_location.revision_citizen=0",
        ],
    );
}

#[test]
fn people_move_to_cities_where_they_can_choose_and_nowhere_where_they_cannot() {
    let without = CENTRAL_PLAINS.seeds(&["migrant_location=Off"]);
    for run in &without {
        assert!(run.column("flows", "workers").iter().all(|&workers| workers == 0.0));
        let urbanisation = run.column("region", "urbanisation");
        assert!(urbanisation.iter().all(|share| (share - urbanisation[0]).abs() < 1e-12));
    }
    higher("urbanisation with migration", &BASELINE, &without, |run| run.region("urbanisation"));
}

#[test]
fn a_cost_of_distance_is_linear_or_logarithmic_and_never_both() {
    let refusal = HENAN.refusal(&["migrant_location.log_distance_cost=0.3"]);
    assert!(refusal.contains("migrant_location") && refusal.contains("set distance_cost to 0"), "{refusal}");
    assert!(
        HENAN
            .for_quarters(1)
            .try_run(&["migrant_location.log_distance_cost=0.3", "migrant_location.distance_cost=0"])
            .is_ok()
    );
}
