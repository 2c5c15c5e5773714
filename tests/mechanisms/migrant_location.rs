//! Migrant location: people compare places and choose.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

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
