//! Remittances: migrants send part of their pay home.

use crate::signs::{changes_the_outcome, higher, same_everywhere};
use crate::worlds::{HENAN, HENAN_BASELINE, Run};

fn relative_income(run: &Run) -> Vec<f64> {
    let (farmers, citizens) = (run.column("region", "farmer_income"), run.column("region", "citizen_income"));
    farmers.iter().zip(&citizens).map(|(farmer, citizen)| farmer / citizen).collect()
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_outcome(&["remittances=Off"], HENAN, &HENAN_BASELINE[0]);
}

#[test]
fn shares_of_zero_are_remittances_switched_off() {
    let neutral = ["remittances.share=0", "remittances.schooling_response=0"];
    same_everywhere(&["remittances=Off"], &neutral);
}

#[test]
fn those_at_home_are_better_off_against_citizens_in_every_quarter() {
    let without = HENAN.seeds(&["remittances=Off"]);
    for (run, shipped) in without.iter().zip(HENAN_BASELINE.iter()) {
        assert!(run.column("region", "remittances").iter().all(|&sent| sent == 0.0));
        assert!(relative_income(shipped).iter().zip(relative_income(run)).all(|(with, without)| *with > without));
    }
    let at_end = |run: &Run| relative_income(run).pop().unwrap_or(f64::NAN);
    higher("farmers' income over citizens' with remittances", &HENAN_BASELINE, &without, at_end);
}
