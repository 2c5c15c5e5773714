//! History: policies in the scenario itself.

use std::fs;
use std::path::PathBuf;

use scenario::{Loaded, load_str};

use crate::{fixtures, loaded, one_fault, table_scenario};

const REFORM: &str = "changes: [
    (at: 2014.5, change: Settlement(rules: [(places: All, rule: Closed)], homestead: Keep)),
    (at: 2012, change: LandQuota(plan_growth: 0.004)),
    (at: 2011, change: FarmPolicy(growth: 0.001)),
]";

fn with_history(overrides: &[&str], policies: &[(&str, &str)]) -> Loaded {
    let text = table_scenario(&format!("history: [Policy(name: \"reform\", {REFORM})]"));
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load_str(&text, &fixtures(), &overrides, policies).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn history_is_a_policy_that_needs_no_naming_and_can_be_left_out() {
    let with = with_history(&[], &[]);
    let levers = &with.scenario.levers;
    assert_eq!((with.history.as_slice(), with.policies.len()), (&["reform".to_owned()][..], 0));
    assert!(levers.settlement[0].history && levers.land_quota[0].history);
    assert_eq!(levers.farm_policy.as_ref().map(Vec::len), Some(1));

    let without = with_history(&["history=[]"], &[]);
    assert_eq!(without.scenario, loaded(&table_scenario("")).scenario);
    assert!(without.history.is_empty() && without.notes.iter().all(|note| !note.contains("history")));
}

#[test]
fn the_resolved_scenario_carries_history_and_loads_as_the_same() {
    let with = with_history(&[], &[]);
    let written = with.to_ron();
    let again = load_str(&written, &fixtures(), &[], &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(again.scenario, with.scenario);
    assert_eq!(again.to_ron(), written);
    assert!(written.contains("history: true"), "{written}");
}

#[test]
fn a_policy_holds_over_history_whatever_their_dates() {
    let open = "(name: \"open\", changes: [(at: 2011, change: Settlement(rules: [(places: All, rule: Open)]))])";
    let levers = with_history(&[], &[("open.ron", open)]).scenario.levers;
    let order: Vec<(f64, bool)> = levers.settlement_in_order().iter().map(|one| (one.from, one.history)).collect();
    assert_eq!(order, [(2014.5, true), (2011.0, false)]);
    // At the same date too: that is no contradiction, as it would be between two policies.
    let same = open.replace("2011", "2014.5");
    assert_eq!(with_history(&[], &[("open.ron", &same)]).scenario.levers.settlement.len(), 2);
}

#[test]
fn two_events_of_history_can_contradict_each_other() {
    let event = "Policy(name: \"one\", changes: [(at: 2014, change: Settlement(rules: [(places: All, rule: Open)]))])";
    one_fault(&table_scenario(&format!("history: [{event}, {event}]")), &["settlement rules of the same places"]);
}

#[test]
fn history_is_read_from_files_beside_the_scenario_with_the_faults_of_a_policy() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("history");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(fixtures().join("region.csv"), folder.join("region.csv")).unwrap();
    fs::write(folder.join("reform.ron"), format!("(name: \"reform\", {REFORM})")).unwrap();
    fs::write(folder.join("typo.ron"), format!("(name: \"reform\", {})", REFORM.replace("Settlement", "Setlement")))
        .unwrap();
    let load = |file: &str| load_str(&table_scenario(&format!("history: [Policy(\"{file}\")]")), &folder, &[], &[]);
    assert_eq!(load("reform.ron").unwrap().scenario, with_history(&[], &[]).scenario);
    let message = load("typo.ron").unwrap_err().to_string();
    assert!(message.contains("typo.ron:2:") && message.contains("Settlement"), "{message}");
    let message = load("absent.ron").unwrap_err().to_string();
    assert!(message.contains("scenario.ron:1:") && message.contains("no such file"), "{message}");
}

#[test]
fn what_is_no_policy_is_refused() {
    one_fault(&table_scenario("history: [\"reform.ron\"]"), &["Policy("]);
    one_fault(&table_scenario("history: 2014"), &["a list"]);
}
