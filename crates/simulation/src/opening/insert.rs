//! Puts every place and its figures into the world with first values.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use super::people::People;
use super::{OpeningNotes, firms, land};
use crate::accounts::{Holder, Ledger};
use crate::agents::city::spawn_rows;
use crate::base_year::Opening;
use crate::mechanisms;
use crate::mechanisms::{population, utility};
use crate::region::{Geography, IndustryTable, MoneyUnit, PlaceTable};

/// Spawns the places of a scenario with first values of all their columns, inserts what never changes and the opening
/// balances of the [`Ledger`]. The population is empty until agents exist and are weighed.
pub fn insert(world: &mut World, scenario: &Scenario, people: &People) {
    let (table, industries) = (PlaceTable::of(scenario), IndustryTable::of(scenario));
    let margins = &people.margins;
    let places = margins.len();
    let mut notes = people.notes.clone();
    let opening_firms = firms::firms(scenario, &table, &industries, margins);
    let opening_land = land::land(scenario, &table, margins, &opening_firms.town_count, &mut notes);
    let opening =
        Opening { scenario, table: &table, industries: &industries, margins, firms: opening_firms, land: opening_land };
    spawn_rows(world, places, industries.firms());
    mechanisms::open_columns(world, &opening);
    world.insert_resource(ledger(&opening));
    world.insert_resource(MoneyUnit(scenario.money.farm_income));
    population::insert_empty(world, places);
    utility::insert_empty(world, places);
    world.insert_resource(table);
    world.insert_resource(Geography::of(scenario));
    world.insert_resource(industries);
    world.insert_resource(OpeningNotes(notes));
}

/// The money stock: what cities, their governments and countrysides spend in the first quarter.
fn ledger(opening: &Opening) -> Ledger {
    let initial = &opening.scenario.initial;
    // Without public finance nobody would spend what a government held, but for a half in each quarter of burn-in.
    let public = if opening.scenario.mechanisms.fiscal.is_some() { initial.opening_public_spending } else { 0.0 };
    let mut ledger = Ledger::new(opening.margins.len());
    for place in 0..opening.margins.len() {
        let (urban, rural) = (opening.urban(place) * opening.unit(), opening.rural(place) * opening.unit());
        let name = place as u16;
        ledger.endow(Holder::CityHouseholds(name), (initial.opening_city_income - public) * urban);
        ledger.endow(Holder::Government(name), public * urban);
        ledger.endow(Holder::RuralHouseholds(name), rural);
    }
    ledger
}
