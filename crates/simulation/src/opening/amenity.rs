//! Base-year inversion, second part: amenities meet the base year's migration.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use super::flows::{Choosers, ExpectedFlows, looks, stocks};
use super::inversion::{InversionReport, TOLERANCE};
use crate::agents::city::WorldColumns;
use crate::mechanisms::consideration::Affinity;
use crate::mechanisms::utility::{Amenity, OutsideUtility};
use crate::region::PlaceTable;

/// Corrections tried before giving up.
const ROUNDS_MAX: u32 = 200;
/// Part of a Newton step that is taken.
const DAMPING: f64 = 0.8;
/// Largest correction, utility.
pub(super) const STEP_MAX: f64 = 0.5;
/// Largest amenity found here, utility.
pub(super) const AMENITY_MAX: f64 = 4.0;

/// Sets the amenity of each city, and of the outside, so that the expected net flow of migrants into it in a quarter
/// is `(migrant_growth / 4 + 1 / working life) × migrants there`: the stock grows by `migrant_growth` a year after the
/// young have taken the places of those who stop working.
///
/// Prices do not depend on amenities while people stay, so the tables of the last quarter are enough. In each round
/// every place takes a damped Newton step on its own equation; better places draw from others, so the rounds converge
/// as for gross substitutes. Places where nobody lives are left alone; amenities stay within ±4.
pub(super) fn meet_flows(world: &mut World, scenario: &Scenario, report: &mut InversionReport) {
    let Some(rule) = &scenario.mechanisms.migrant_location else {
        return;
    };
    let places = world.resource::<PlaceTable>().places.len();
    let outside = scenario.mechanisms.outside.as_ref().map_or(0.0, |outside| outside.size);
    let looks = looks(world, outside, rule, &Affinity::default());
    let stocks = stocks(world);
    let quarterly = quarterly_growth(scenario);
    let wanted: Vec<f64> = stocks.iter().map(|stock| quarterly * stock).collect();
    let fitted: Vec<bool> = (0..=places).map(|site| stocks[site] > 0.0 && looks.of(0)[site] > 0.0).collect();
    let (table, choosers) = (world.resource::<PlaceTable>(), Choosers::of(world, rule, &looks));
    // The scenario's own amenities come on top of what is found: to change one is a change, not a thing to explain away.
    let own: Vec<f64> = table.places.iter().map(|place| place.amenity).chain([0.0]).collect();
    let on_top = |better: &[f64]| -> Vec<f64> { better.iter().zip(&own).map(|(found, own)| found - own).collect() };
    let mut better = vec![0.0; places + 1];
    for round in 1..=ROUNDS_MAX {
        report.flow_rounds = round;
        let flows = choosers.expected_flows(&on_top(&better));
        report.flow_error = largest(&flows, &wanted, &fitted, &better);
        if report.flow_error < TOLERANCE / 10.0 {
            break;
        }
        for site in (0..=places).filter(|&site| fitted[site] && flows.response[site] > 0.0) {
            let step = DAMPING * (wanted[site] - flows.net(site)) / flows.response[site];
            if step.is_finite() {
                better[site] = (better[site] + step.clamp(-STEP_MAX, STEP_MAX)).clamp(-AMENITY_MAX, AMENITY_MAX);
            }
        }
    }
    let flows = choosers.expected_flows(&on_top(&better));
    report.flow_error = largest(&flows, &wanted, &fitted, &better);
    let name = |site: usize| table.places.get(site).map_or_else(|| "outside".to_owned(), |place| place.key.clone());
    report.flow_unreachable = (0..=places).filter(|&site| fitted[site] && stuck(better[site])).map(name).collect();
    report.amenity_outside = better.pop().unwrap_or(0.0);
    report.amenity = better;
    for (amenity, found) in world.by_city_mut::<Amenity>().iter_mut().zip(&report.amenity) {
        *amenity += found;
    }
    world.resource_mut::<OutsideUtility>().amenity += report.amenity_outside;
}

/// Expected net flow of a quarter over the stock.
pub(super) fn quarterly_growth(scenario: &Scenario) -> f64 {
    // Those who reach the end of working life are followed by the young at home, so others must come for them as well.
    let retiring = scenario.mechanisms.demography.as_ref().map_or(0.0, |block| 1.0 / (4.0 * block.working_life));
    scenario.initial.migrant_growth / 4.0 + retiring
}

pub(super) fn stuck(amenity: f64) -> bool {
    amenity.abs() >= AMENITY_MAX
}

/// Largest error of a net flow, relative to all who come and go.
fn largest(flows: &ExpectedFlows, wanted: &[f64], fitted: &[bool], better: &[f64]) -> f64 {
    (0..wanted.len())
        .filter(|&site| fitted[site] && !stuck(better[site]))
        .map(|site| {
            let gross = flows.arrivals[site] + flows.departures[site];
            if gross > 0.0 { (flows.net(site) - wanted[site]).abs() / gross } else { 0.0 }
        })
        .fold(0.0, f64::max)
}
