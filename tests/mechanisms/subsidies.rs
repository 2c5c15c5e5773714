//! Subsidies: a share of the price for chosen firms, in cities or towns.

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const CITIES: &str =
    "subsidies=[(places: Level(Municipal), industries: [\"capital_intensive\"], rate: 0.1, financed_by: CityDebt)]";
const TOWNS: &str = "subsidies=[(towns: true, industries: [\"labour_intensive\"], rate: 0.1)]";
const TOWNS_BY_DEBT: &str =
    "subsidies=[(towns: true, industries: [\"labour_intensive\"], rate: 0.1, financed_by: CityDebt)]";

/// Firms of capital-intensive industry outside the centre, which is the first place.
fn firms_outside_the_centre(run: &Run) -> f64 {
    run.industry("capital_intensive", "firms")[1..].iter().sum()
}

#[test]
fn a_subsidy_changes_the_outcome() {
    changes_the_plain(&[CITIES]);
    changes_the_plain(&[TOWNS]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("subsidies=Off", "township-subsidy");
}

#[test]
fn a_rate_of_zero_changes_no_byte() {
    same_everywhere(&[], &["subsidies=[(rate: 0)]"]);
}

#[test]
fn firms_gather_where_they_are_paid() {
    let paid = CENTRAL_PLAINS.seeds(&[CITIES]);
    higher("firms in general cities with a subsidy there", &paid, &BASELINE, firms_outside_the_centre);
}

#[test]
fn work_in_towns_keeps_people_in_the_countryside() {
    let paid = CENTRAL_PLAINS.seeds(&[TOWNS]);
    let jobs = |run: &Run| run.cities("town_employment").iter().sum();
    higher("town jobs with a township subsidy", &paid, &BASELINE, jobs);
    higher("urbanisation without a township subsidy", &BASELINE, &paid, |run| run.region("urbanisation"));
}

#[test]
fn a_levy_is_taken_from_pay_and_debt_is_not() {
    let world = CENTRAL_PLAINS.for_quarters(8);
    let (levy, debt) = (world.seeds(&[TOWNS]), world.seeds(&[TOWNS_BY_DEBT]));
    assert!(levy.iter().all(|run| run.column("region", "levy")[1..].iter().all(|&rate| rate > 0.0)));
    assert!(debt.iter().all(|run| run.column("region", "levy").iter().all(|&rate| rate == 0.0)));
    // Citizens also own what cities borrow; migrants have their pay alone.
    higher("migrants' income where cities borrow", &debt, &levy, |run| run.region("migrant_income"));
}
