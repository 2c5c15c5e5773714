//! Village consolidation: villages merge where enough non-farm jobs exist.

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS};

const MERGING: &str = "village_consolidation=[(places: Places([\"cedar\"]), \
    non_farm_share_min: 0.2, share_per_year: 0.02, cost_per_household: 80000)]";

#[test]
fn merging_changes_the_outcome() {
    changes_the_plain(&[MERGING]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("village_consolidation=Off", "village-consolidation");
}

#[test]
fn a_share_of_zero_changes_no_byte() {
    same_everywhere(&[], &["village_consolidation=[(share_per_year: 0)]"]);
}

#[test]
fn where_the_condition_fails_no_byte_changes() {
    let refused = "village_consolidation=[(non_farm_share_min: 1, share_per_year: 0.02, cost_per_household: 80000)]";
    same_everywhere(&[], &[refused]);
}

#[test]
fn where_it_holds_homesteads_become_fields() {
    let merged = CENTRAL_PLAINS.seeds(&[MERGING]);
    higher("homesteads without merging", &BASELINE, &merged, |run| run.city("cedar", "homestead_land"));
    higher("fields with merging", &merged, &BASELINE, |run| run.city("cedar", "arable_land"));
}
