//! Population: how many people of which status are where. Counts follow whoever moves, comes or leaves; they are counted
//! from the agents where they start and where they are checked.
//!
//! - **Reads** [`Counts`], [`PlaceTable`]. **Writes** [`Totals`], [`UrbanPeople`], [`RuralPeople`], [`Citizens`],
//!   [`CitizensElsewhere`], [`Migrants`], [`CapitalOwners`], [`LabourSupply`], [`MigrantStocks`], [`OutsideStocks`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), last. **Random numbers** none. **Equation** agents of an
//!   origin × workers per agent × residents per worker.
//! - A count, not a mechanism: every model has it.

mod counts;
mod tally;
mod totals;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

pub use counts::{Counts, FollowedCounts};
pub use tally::{CountedPeople, PeopleTally, count_people};
pub use totals::Totals;

use crate::agents::city::{ByCityMut, columns};
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

columns! {
    /// Registered citizens who live where they are registered, thousand persons.
    city Citizens(f64);
    /// Citizens of other places who live in the city without local registration, thousand persons.
    city CitizensElsewhere(f64);
    /// Rural people at home, thousand persons.
    city RuralPeople(f64);
    /// All residents of the city, thousand persons.
    city UrbanPeople(f64);
    /// Residents of the city without local registration, thousand persons.
    city Migrants(f64);
    /// Labour supply of the city in thousand efficiency units, before congestion: residents times their efficiency.
    city LabourSupply(f64);
    /// Capital owners who live in the city: registered citizens of any place of the region, thousand persons.
    city CapitalOwners(f64);
}

/// Rural-registered people in cities without local registration, by origin and city: `[origin * places + city]`, with one
/// more row for people from outside.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MigrantStocks {
    /// Thousand persons.
    pub people: Vec<f64>,
    /// Their labour, thousand efficiency units: remittances come from its pay.
    pub labour: Vec<f64>,
}

/// People outside the region by origin; the last entry is for people from outside who went back.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutsideStocks {
    /// Thousand persons.
    pub people: Vec<f64>,
    /// Their labour, thousand efficiency units.
    pub labour: Vec<f64>,
}

impl MigrantStocks {
    /// Nobody, of so many places.
    #[must_use]
    pub fn none(places: usize) -> Self {
        let pairs = || vec![0.0; (places + 1) * places];
        Self { people: pairs(), labour: pairs() }
    }
}

impl OutsideStocks {
    /// Nobody, of so many places.
    #[must_use]
    pub fn none(places: usize) -> Self {
        Self { people: vec![0.0; places + 1], labour: vec![0.0; places + 1] }
    }
}

/// Inserts what is counted, with nobody in it.
pub(crate) fn insert_empty(world: &mut World, places: usize) {
    world.insert_resource(Counts::none(places));
    world.insert_resource(MigrantStocks::none(places));
    world.insert_resource(OutsideStocks::none(places));
    world.init_resource::<Totals>();
    world.init_resource::<PeopleTally>();
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.add(Step::WeighPeople, weigh).add(Step::AddUpPeople, add_up);
}

/// Weighs who is where.
fn weigh(counts: Res<Counts>, table: Res<PlaceTable>, mut masses: Masses) {
    masses.weigh(&counts, &table);
}

/// Adds up who is where.
pub(crate) fn add_up(counts: Res<Counts>, mut totals: ResMut<Totals>) {
    totals.add_up(&counts);
}

/// Everything that follows from the counts.
#[derive(SystemParam)]
pub struct Masses<'w> {
    citizens: ByCityMut<'w, Citizens>,
    citizens_elsewhere: ByCityMut<'w, CitizensElsewhere>,
    rural: ByCityMut<'w, RuralPeople>,
    urban: ByCityMut<'w, UrbanPeople>,
    migrants: ByCityMut<'w, Migrants>,
    labour: ByCityMut<'w, LabourSupply>,
    owners: ByCityMut<'w, CapitalOwners>,
    migrant_stocks: ResMut<'w, MigrantStocks>,
    outside_stocks: ResMut<'w, OutsideStocks>,
}

impl Masses<'_> {
    /// Turns counts into masses, origin by origin in the order of the table, so that the same counts give the same bits.
    pub(crate) fn weigh(&mut self, counts: &Counts, table: &PlaceTable) {
        let places = counts.places;
        for column in [
            &mut self.citizens[..],
            &mut self.citizens_elsewhere[..],
            &mut self.rural[..],
            &mut self.migrants[..],
            &mut self.labour[..],
        ] {
            column.fill(0.0);
        }
        let (stocks, outside) = (&mut *self.migrant_stocks, &mut *self.outside_stocks);
        for origin in 0..=places {
            let mass = table.mass_per_agent(origin);
            let weigh = |by_skill: &[Vec<u32>; 2], at: usize| {
                let (unskilled, skilled) = (f64::from(by_skill[0][at]), f64::from(by_skill[1][at]));
                let heads = mass * (unskilled + skilled);
                let labour = mass * (table.efficiency[0] * unskilled + table.efficiency[1] * skilled);
                (heads, labour)
            };
            for place in 0..places {
                let at = origin * places + place;
                let (citizens, citizen_labour) = weigh(&counts.citizens, at);
                let (migrants, migrant_labour) = weigh(&counts.migrants, at);
                let (elsewhere, elsewhere_labour) = weigh(&counts.elsewhere, at);
                self.citizens[place] += citizens;
                self.citizens_elsewhere[place] += elsewhere;
                stocks.people[at] = migrants;
                stocks.labour[at] = migrant_labour;
                self.migrants[place] += migrants + elsewhere;
                self.labour[place] += citizen_labour + migrant_labour + elsewhere_labour;
            }
            if origin < places {
                self.rural[origin] = weigh(&counts.rural, origin).0;
            }
            (outside.people[origin], outside.labour[origin]) = weigh(&counts.outside, origin);
        }
        for place in 0..places {
            self.urban[place] = self.citizens[place] + self.migrants[place];
            self.owners[place] = self.citizens[place] + self.citizens_elsewhere[place];
        }
    }
}
