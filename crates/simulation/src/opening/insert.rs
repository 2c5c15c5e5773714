//! Puts every column of the places into the world with its opening value.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use super::columns::Opening;
use super::people::People;
use super::{OpeningNotes, firms, land, neutral};
use crate::accounts::{Holder, Ledger};
use crate::places::{Geography, IndustryTable, MoneyUnit, PlaceTable, Population};

/// Inserts all resources of [`crate::places`] and the opening balances of the [`Ledger`].
///
/// Opening values are those of the mean-field prototype in units of `money.farm_income`: multiplying that figure by any
/// factor multiplies every nominal column by it and changes nothing else. The population is empty until agents exist
/// and are weighed.
pub fn insert(
    world: &mut World,
    scenario: &Scenario,
    table: PlaceTable,
    geography: Geography,
    industries: IndustryTable,
    people: &People,
) {
    let margins = &people.margins;
    let places = margins.len();
    let mut notes = people.notes.clone();
    let firms_mass = firms::firms(scenario, &table, &industries, margins);
    let opening = Opening { scenario, table: &table, industries: &industries, margins };
    world.insert_resource(ledger(&opening));
    world.insert_resource(MoneyUnit(scenario.money.farm_income));
    world.insert_resource(opening.prices());
    world.insert_resource(opening.markets());
    world.insert_resource(opening.labour(&firms_mass));
    world.insert_resource(opening.productivities(&firms_mass));
    world.insert_resource(opening.rents());
    world.insert_resource(opening.incomes());
    world.insert_resource(opening.services());
    world.insert_resource(opening.utilities());
    world.insert_resource(opening.emissions());
    world.insert_resource(land::land(scenario, &table, margins, &firms_mass, &mut notes));
    world.insert_resource(firms::establishments(scenario, margins));
    world.insert_resource(neutral::trade_policy(places));
    world.insert_resource(neutral::service_policy(places));
    world.insert_resource(neutral::subsidy_rates(industries.firms(), places));
    world.insert_resource(neutral::programme(places));
    world.insert_resource(neutral::settlement_policy(scenario, &table));
    world.insert_resource(firms_mass);
    world.insert_resource(Population::none(places));
    world.insert_resource(table);
    world.insert_resource(geography);
    world.insert_resource(industries);
    world.insert_resource(OpeningNotes(notes));
}

/// The money stock: what cities, their governments and countrysides spend in the first quarter.
fn ledger(opening: &Opening) -> Ledger {
    let places = opening.margins.len();
    // Without public finance nobody would spend what a government held, but for a half in each quarter of burn-in.
    let initial = &opening.scenario.initial;
    let public = if opening.scenario.mechanisms.fiscal.is_some() { initial.opening_public_spending } else { 0.0 };
    let mut ledger = Ledger::new(places);
    for place in 0..places {
        let (urban, rural) = (opening.urban(place) * opening.unit(), opening.rural(place) * opening.unit());
        let name = place as u16;
        ledger.endow(Holder::CityHouseholds(name), (initial.opening_city_income - public) * urban);
        ledger.endow(Holder::Government(name), public * urban);
        ledger.endow(Holder::RuralHouseholds(name), rural);
    }
    ledger
}
