//! Barriers: what local protection costs, and who gains when it goes.

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{FINE_BASELINE, FINE_PLAINS, Run};

const NO_BORDERS: &str = "barriers=[(wedge: 0)]";

/// The centre is the first place, and the largest market.
fn share_of_the_centre(run: &Run, industry: &str) -> f64 {
    let jobs = run.industry(industry, "employment");
    jobs[0] / jobs.iter().sum::<f64>()
}

#[test]
fn borders_that_go_change_the_outcome() {
    changes_the_plain(&[NO_BORDERS]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("barriers=Off", "barrier-removal");
}

#[test]
fn a_wedge_as_it_was_changes_no_byte() {
    same_everywhere(&[], &["barriers=[(wedge: 1)]"]);
}

#[test]
fn output_rises_without_borders_and_the_centre_keeps_workshops_rather_than_offices() {
    let open = FINE_PLAINS.seeds(&[NO_BORDERS]);
    higher("output without borders", &open, &FINE_BASELINE, |run| run.region("gdp"));
    let lead = |run: &Run| share_of_the_centre(run, "labour_intensive") - share_of_the_centre(run, "producer_services");
    higher("labour-intensive less producer services in the centre without borders", &open, &FINE_BASELINE, lead);
}
