//! What never changes in a run, read out of the scenario: places, distances, industries.

use scenario::industry::{Industry, Role};
use scenario::scenario::Scenario;

use crate::places::{Geography, IndustryTable, PlaceTable};

/// Least share of residents who work that a place is taken to have, so that nobody has endless dependants.
const WORKING_SHARE_MIN: f64 = 0.02;

/// Places, distances and industries of a scenario.
///
/// # Formula
///
/// `dependants = 1 / (share of working age × participation)`, residents per worker, by origin. People from outside are
/// as the region's people are on average.
#[must_use]
pub fn tables(scenario: &Scenario) -> (PlaceTable, Geography, IndustryTable) {
    (place_table(scenario), geography(scenario), industry_table(scenario))
}

fn place_table(scenario: &Scenario) -> PlaceTable {
    let working = |share: f64| (share * scenario.initial.participation).max(WORKING_SHARE_MIN);
    let mut dependants: Vec<f64> = scenario.places.iter().map(|place| 1.0 / working(place.working_age_share)).collect();
    let people: f64 = scenario.places.iter().map(|place| place.population).sum();
    let mean = if people > 0.0 {
        let weighted: f64 = scenario.places.iter().zip(&dependants).map(|(place, each)| place.population * each).sum();
        weighted / people
    } else {
        1.0 / working(1.0)
    };
    dependants.push(mean);
    PlaceTable {
        places: scenario.places.clone(),
        dependants,
        workers_per_agent: scenario.workers_per_agent,
        efficiency: [1.0, scenario.initial.skill_premium],
    }
}

fn geography(scenario: &Scenario) -> Geography {
    Geography { places: scenario.places.len(), distance: scenario.distances.clone() }
}

fn industry_table(scenario: &Scenario) -> IndustryTable {
    let with_firms: Vec<(usize, &Industry)> = scenario
        .industries
        .iter()
        .enumerate()
        .filter(|(_, industry)| matches!(industry.role, Role::Goods | Role::ProducerServices))
        .collect();
    let position = |role: Role| scenario.industries.iter().position(|industry| industry.role == role);
    let name_of = |role: Role, otherwise: &str| {
        position(role).map_or_else(|| otherwise.to_owned(), |at| scenario.industries[at].name.clone())
    };
    let endowment_in = |at: usize| -> Vec<f64> {
        scenario.places.iter().map(|place| place.endowment.get(at).copied().unwrap_or(1.0)).collect()
    };
    let services_on = scenario.mechanisms.producer_services.is_some();
    let towns_on = scenario.mechanisms.towns.is_some();
    IndustryTable {
        names: with_firms.iter().map(|(_, industry)| industry.name.clone()).collect(),
        roles: with_firms.iter().map(|(_, industry)| industry.role).collect(),
        parameters: with_firms.iter().map(|(_, industry)| industry.parameters.clone()).collect(),
        producer_services: with_firms
            .iter()
            .position(|(_, industry)| services_on && industry.role == Role::ProducerServices),
        in_towns: with_firms
            .iter()
            .position(|(_, industry)| towns_on && industry.role == Role::Goods && industry.parameters.in_towns),
        consumer_services: name_of(Role::ConsumerServices, "consumer_services"),
        agriculture: name_of(Role::Agriculture, "agriculture"),
        endowment: with_firms.iter().map(|(at, _)| endowment_in(*at)).collect(),
        town_endowment: vec![1.0; scenario.places.len()],
        farm_endowment: position(Role::Agriculture).map_or_else(|| vec![1.0; scenario.places.len()], endowment_in),
    }
}
