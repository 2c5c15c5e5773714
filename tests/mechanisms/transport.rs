//! Transport: distance costs of goods and people.

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const HALF: &str = "transport=[(goods_cost: 0.5)]";

/// Share of the centre, the first place, in the jobs of some industries.
fn share_of_the_centre(run: &Run, industries: &[&str]) -> f64 {
    let industries: Vec<_> = industries.iter().map(|industry| run.industry(industry, "employment")).collect();
    industries.iter().map(|jobs| jobs[0]).sum::<f64>() / industries.iter().flatten().sum::<f64>()
}

#[test]
fn cheaper_ways_change_the_outcome() {
    changes_the_plain(&[HALF]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("transport=Off", "transport");
}

#[test]
fn costs_as_they_were_change_no_byte() {
    same_everywhere(&[], &["transport=[(goods_cost: 1, travel_cost: 1)]"]);
}

#[test]
fn output_rises_where_goods_travel_at_half_the_cost() {
    let cheap = CENTRAL_PLAINS.seeds(&[HALF]);
    higher("output with goods at half the cost", &cheap, &BASELINE, |run| run.region("gdp"));
}

#[test]
fn cheaper_goods_serve_the_centre_where_they_were_costly_and_the_others_where_they_were_cheap() {
    let (costly, cheap) = ("market_access.distance_cost=4", "market_access.distance_cost=0.5");
    let (before, after) = (CENTRAL_PLAINS.seeds(&[costly]), CENTRAL_PLAINS.seeds(&[costly, HALF]));
    let capital = |run: &Run| share_of_the_centre(run, &["capital_intensive"]);
    higher("the centre's capital-intensive industry, from costly", &after, &before, capital);
    let (before, after) = (CENTRAL_PLAINS.seeds(&[cheap]), CENTRAL_PLAINS.seeds(&[cheap, HALF]));
    let goods = |run: &Run| share_of_the_centre(run, &["labour_intensive", "capital_intensive"]);
    higher("the centre's industry before, from cheap", &before, &after, goods);
}

#[test]
fn more_people_leave_home_where_the_way_costs_half() {
    let near = CENTRAL_PLAINS.seeds(&["transport=[(travel_cost: 0.5)]"]);
    let migrants = |run: &Run| run.cities("migrants").iter().sum();
    higher("migrants with ways at half the cost", &near, &BASELINE, migrants);
}
