//! Communications: distance cost of services, reach of networks.

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const LINES: &str = "communications=[(services_cost: 0.5)]";
const REACH: &str = "communications=[(network_reach: 1.5)]";

/// Price of services in the city that has fewest of their firms, over that in the city that has most.
fn gap_of_service_prices(run: &Run) -> f64 {
    let firms = run.industry("producer_services", "firms");
    let rank = |less: fn(f64, f64) -> bool| {
        (1..firms.len()).fold(0, |best, place| if less(firms[place], firms[best]) { place } else { best })
    };
    let (fewest, most) = (rank(|a, b| a < b), rank(|a, b| a > b));
    run.services_index[fewest] / run.services_index[most]
}

/// How few cities hold the migrants of a countryside at the end: Herfindahl index, mean over countrysides.
fn gathering_by_origin(run: &Run) -> f64 {
    let places = ["centre", "ash", "birch", "cedar", "elm", "hazel", "linden", "maple", "oak", "poplar"];
    let of_origin = |origin| {
        let wanted = |place| [("status", "migrant"), ("origin", origin), ("place", place)];
        let here = places.map(|place| run.at_end("agents", "tick", &wanted(place)).len() as f64);
        let all: f64 = here.iter().sum();
        here.iter().map(|people| (people / all) * (people / all)).sum::<f64>()
    };
    places.map(of_origin).iter().sum::<f64>() / places.len() as f64
}

#[test]
fn lines_and_calls_change_the_outcome() {
    changes_the_plain(&[LINES]);
    changes_the_plain(&[REACH]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("communications=Off", "communications");
}

#[test]
fn services_and_networks_as_they_were_change_no_byte() {
    same_everywhere(&[], &["communications=[(services_cost: 1, network_reach: 1)]"]);
}

#[test]
fn services_by_line_cost_less_where_there_are_few() {
    let connected = CENTRAL_PLAINS.seeds(&[LINES]);
    higher("gap of service prices without lines", &BASELINE, &connected, gap_of_service_prices);
}

#[test]
fn networks_that_reach_farther_draw_more_people_and_those_of_one_origin_to_fewer_cities() {
    let (near, far) = (CENTRAL_PLAINS.seeds_of_agents(&[]), CENTRAL_PLAINS.seeds_of_agents(&[REACH]));
    higher("urbanisation with reach", &far, &near, |run| run.region("urbanisation"));
    higher("gathering by origin with reach", &far, &near, gathering_by_origin);
}
