//! Farm policy: growth of farm productivity, gain of consolidation.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const GROWTH: &str = "farm_policy=[(growth: 0.001)]";
const CONSOLIDATION: &str = "farm_policy=[(consolidation_gain: 0.1)]";

/// Output over people at the end in countrysides that lost people.
fn output_of_those_who_stayed(run: &Run) -> f64 {
    let (rural, output) = (run.cities("rural_population"), run.cities("grain_output"));
    let first = run.column("cities", "rural_population");
    let lost = (0..rural.len()).filter(|&place| rural[place] < first[place]);
    let (grown, people) = lost.fold((0.0, 0.0), |(grown, people), at| (grown + output[at], people + rural[at]));
    grown / people
}

#[test]
fn a_farm_policy_changes_the_outcome() {
    changes_the_plain(&[GROWTH]);
    changes_the_plain(&[CONSOLIDATION]);
}

#[test]
fn no_gain_changes_no_byte() {
    same_everywhere(&[], &["farm_policy=[(growth: 0, consolidation_gain: 0)]"]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    // None of the shipped policies pulls it, so a measure of the scenario is written over.
    same_everywhere(&[], &[GROWTH, "farm_policy=Off"]);
}

#[test]
fn faster_progress_means_more_and_cheaper_food() {
    let faster = CENTRAL_PLAINS.seeds(&[GROWTH]);
    higher("grain output with faster growth", &faster, &BASELINE, |run| run.region("grain_output"));
    higher("price of food without it", &BASELINE, &faster, |run| run.region("food_price"));
}

#[test]
fn larger_farms_gain_where_people_have_left() {
    let larger = CENTRAL_PLAINS.seeds(&[CONSOLIDATION]);
    higher("output per rural person", &larger, &BASELINE, output_of_those_who_stayed);
}
