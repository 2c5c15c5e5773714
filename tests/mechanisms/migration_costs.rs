//! Migration costs: what a move costs falls with the years, by how far it leads.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{CENTRAL_PLAINS, World};

#[test]
fn switched_on_it_changes_the_outcome() {
    changes_the_plain(&["migration_costs.decline_own_prefecture=0.04"]);
}

#[test]
fn costs_that_do_not_fall_are_migration_costs_switched_off() {
    same_everywhere(
        &[],
        &[
            "migration_costs.decline_own_prefecture=0",
            "migration_costs.decline_same_province=0",
            "migration_costs.decline_other_province=0",
        ],
    );
}

#[test]
fn more_people_live_in_cities_while_moves_become_cheaper() {
    const TEN_YEARS: World = World { quarters: 40, ..CENTRAL_PLAINS };
    let (with, without) = (TEN_YEARS.seeds(&["migration_costs.decline_own_prefecture=0.04"]), TEN_YEARS.seeds(&[]));
    higher("urbanisation with falling costs", &with, &without, |run| run.region("urbanisation"));
}
