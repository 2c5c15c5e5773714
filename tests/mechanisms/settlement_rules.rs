//! Settlement rules: who may settle, and what becomes of the homestead.

use crate::signs::{changes_the_plain, higher, same_to_the_bit};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["settlement_rules=Off"]);
}

#[test]
fn switched_off_nobody_settles() {
    let without = CENTRAL_PLAINS.run(&["settlement_rules=Off"]);
    assert!(without.column("region", "conversions").iter().all(|&settlers| settlers == 0.0));
    assert!(BASELINE[0].column("region", "conversions").iter().sum::<f64>() > 0.0);
}

#[test]
fn opening_all_places_raises_settlement_and_urbanisation() {
    let open = CENTRAL_PLAINS.seeds(&["settlement_rules.changes=[(at: 2014, rules: [(places: All, rule: Open)])]"]);
    let settled = |run: &Run| run.region("registered_urbanisation");
    higher("registered share with open places", &open, &BASELINE, settled);
    higher("urbanisation with open places", &open, &BASELINE, |run| run.region("urbanisation"));
}

#[test]
fn restating_the_rule_in_force_changes_no_byte() {
    let rules = "[(places: Level(Municipal), rule: Residence(residence: 5, insured: 5, quota: 0.008)), \
         (places: Level(Centre), rule: Residence(residence: 8, insured: 8, quota: 0.004))]";
    let restated = format!("settlement_rules.changes=[(at: 2014, rules: {rules})]");
    same_to_the_bit(CENTRAL_PLAINS, &[], &[&restated]);
}
