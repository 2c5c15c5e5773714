//! Service reform: quality, spending and reach of public services.

use std::sync::LazyLock;

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

/// One city has half the quality that it would have.
const POOR: &str = "service_reform=[(places: Places([\"cedar\"]), quality: 0.5)]";
const POOR_AND_RICH: &str = "service_reform=[(places: Places([\"cedar\"]), quality: 0.5), \
    (places: Places([\"cedar\"]), spending: 2)]";
const GOOD: &str = "service_reform=[(places: Places([\"cedar\"]), quality: 0.5), \
    (places: Places([\"cedar\"]), quality: 2)]";
const ACCESS: &str = "service_reform=[(places: Places([\"cedar\"]), \
    migrant_schooling: 0.5, migrant_health: 0.5, migrant_housing: 0.5)]";

static BEFORE: LazyLock<Vec<Run>> = LazyLock::new(|| CENTRAL_PLAINS.seeds(&[POOR]));

fn jobs(run: &Run) -> f64 {
    run.city("cedar", "urban_employment")
}

#[test]
fn a_reform_changes_the_outcome() {
    changes_the_plain(&[POOR]);
    changes_the_plain(&[ACCESS]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("service_reform=Off", "service-quality");
}

#[test]
fn services_as_they_were_change_no_byte() {
    same_everywhere(&[], &["service_reform=[(quality: 1, spending: 1, rural_output: 0)]"]);
}

#[test]
fn where_quality_is_low_it_is_quality_that_brings_work() {
    let good = CENTRAL_PLAINS.seeds(&[GOOD]);
    higher("jobs with better quality", &good, &BEFORE, jobs);
    let rich = CENTRAL_PLAINS.seeds(&[POOR_AND_RICH]);
    let gain = |more: &[Run]| more.iter().zip(BEFORE.iter()).map(|(more, less)| jobs(more) - jobs(less)).sum::<f64>();
    let (by_quality, by_money) = (gain(&good), gain(&rich));
    assert!(by_money.abs() < by_quality / 3.0, "quality gains {by_quality:.0}, money {by_money:.0}");
}

#[test]
fn migrants_come_where_services_reach_them() {
    let reached = CENTRAL_PLAINS.seeds(&[ACCESS]);
    higher("migrants with access", &reached, &BASELINE, |run| run.city("cedar", "migrants"));
}
