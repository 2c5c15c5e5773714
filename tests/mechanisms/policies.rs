//! The shipped policies: nothing changes before their date, something does after it, and each does what it is for.

use std::sync::LazyLock;

use crate::signs::higher;
use crate::worlds::{CENTRAL_PLAINS, HENAN, HENAN_BASELINE, Run, World, first_difference};

/// Policies and the year in which they begin.
const POLICIES: [(&str, f64); 10] = [
    ("barrier-removal", 2014.0),
    ("communications", 2014.0),
    ("industrial-park", 2014.0),
    ("land-quota-transfer", 2014.0),
    ("open-settlement", 2014.0),
    ("service-quality", 2014.0),
    ("tiered-settlement-2014", 2014.5),
    ("township-subsidy", 2014.0),
    ("transport", 2014.0),
    ("village-consolidation", 2014.0),
];
/// Nowhere on the plain do four in ten live off other work than farming before the measure ends.
const REFUSED: [(&str, &str); 1] = [("village-consolidation", "central-plains.ron")];
/// Twenty years, sixteen of them after most policies have begun.
const PLAIN: World = World { quarters: 80, ..CENTRAL_PLAINS };
const PROVINCE: World = HENAN;

static WITHOUT: LazyLock<Vec<Run>> = LazyLock::new(|| PLAIN.seeds(&[]));

fn total(run: &Run, column: &str) -> f64 {
    run.cities(column).iter().sum()
}

/// A quantity is higher with a policy than without any.
fn raises(policy: &str, what: &str, quantity: impl Fn(&Run) -> f64) {
    let with = PLAIN.seeds_with(&[], &[policy]);
    higher(&format!("{what} with {policy}"), &with, &WITHOUT, quantity);
}

#[test]
fn doing_nothing_changes_no_byte() {
    for world in [PLAIN, PROVINCE] {
        let difference = first_difference(&world.agents(&[], &["do-nothing"]), &world.agents(&[], &[]), f64::INFINITY);
        assert_eq!(difference, None, "{}", world.file);
    }
}

#[test]
fn every_policy_changes_the_outcome_from_its_date_on_and_no_byte_before_it() {
    let mut complaints = Vec::new();
    for world in [PLAIN, PROVINCE] {
        let without = world.run(&[]);
        for (policy, from) in POLICIES {
            let with = world.run_with_policy(policy);
            assert_eq!(with.ended, Ok(()), "{policy} in {}", world.file);
            if let Some(difference) = first_difference(&with, &without, from) {
                complaints.push(format!("{policy} in {} acts before {from}: {difference}", world.file));
            }
            let acts = first_difference(&with, &without, f64::INFINITY).is_some();
            if acts == REFUSED.contains(&(policy, world.file)) {
                complaints.push(format!("{policy} in {} {}", world.file, if acts { "acts" } else { "does nothing" }));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn open_settlement_settles_people() {
    raises("open-settlement", "registered share", |run| run.region("registered_urbanisation"));
}

#[test]
fn tiered_settlement_settles_people() {
    raises("tiered-settlement-2014", "registered share", |run| run.region("registered_urbanisation"));
}

#[test]
fn quota_transfer_gives_cities_land() {
    raises("land-quota-transfer", "construction land", |run| total(run, "urban_land"));
}

#[test]
fn barrier_removal_raises_output() {
    raises("barrier-removal", "output", |run| run.region("gdp"));
}

#[test]
fn better_services_outside_the_centre_draw_people_there() {
    // A small effect: agents of few people, so that the noise is smaller.
    let world = World { grain: &["workers_per_agent=250", "firm_location.jobs_per_firm=200"], ..PLAIN };
    let (without, with) = (world.seeds(&[]), world.seeds_with(&[], &["service-quality"]));
    let share = |run: &Run| 1.0 - run.city("centre", "urban_population") / total(run, "urban_population");
    higher("general cities' share of urban people with service-quality", &with, &without, share);
}

#[test]
fn a_park_in_general_cities_plants_its_industry_there() {
    raises("industrial-park", "jobs outside the centre", |run| {
        let jobs = run.industry("capital_intensive", "employment");
        1.0 - jobs[0] / jobs.iter().sum::<f64>()
    });
}

#[test]
fn a_township_subsidy_brings_work_to_towns() {
    raises("township-subsidy", "town jobs", |run| total(run, "town_employment"));
}

#[test]
fn consolidation_of_villages_gains_fields() {
    let with = PROVINCE.seeds_with(&[], &["village-consolidation"]);
    higher("arable land with village-consolidation", &with, &HENAN_BASELINE, |run| run.region("arable_land"));
}

#[test]
fn cheaper_ways_let_more_people_leave_home() {
    raises("transport", "migrants", |run| total(run, "migrants"));
}

#[test]
fn longer_networks_let_more_people_leave_home() {
    raises("communications", "migrants", |run| total(run, "migrants"));
}
