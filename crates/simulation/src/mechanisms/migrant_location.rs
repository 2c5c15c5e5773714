//! Migrant location: people compare places and choose; nobody moves yet.
//!
//! - **Reads** [`CitizenUtility`], [`ElsewhereUtility`], [`RuralUtility`], [`MigrantUtility`], [`OutsideUtility`],
//!   [`UrbanPeople`], [`RegistersArrivals`], [`MigrantLocationParameters`], [`Destinations`], [`LooksByOrigin`],
//!   [`WorkerBlock`],
//!   [`RegisteredAt`], [`Place`], [`WorkerBits`], [`Generation`]. **Writes** [`NextPlace`].
//! - **Phase** [`Phase::Choices`](crate::step::Phase::Choices). **Random numbers** [`Purpose::Revision`],
//!   [`Purpose::Destination`]. **Equation** [`economics::migration::accepts`],
//!   [`economics::migration::destination_weight`].
//! - **Carried out** by [`relocation`](crate::mechanisms::relocation).
//! - **Switched off**: nobody moves.

use std::ops::Range;

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::migration::accepts;
use rayon::prelude::*;
use scenario::mechanisms::migrant_location::MigrantLocation;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, WorldColumns};
use crate::agents::columns::each_block;
use crate::agents::worker::{
    Bits, Choice, Generation, NextPlace, Place, RegisteredAt, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::consideration::{LooksByOrigin, sizes};
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::settlement_rules::RegistersArrivals;
use crate::mechanisms::utility::UtilitiesOfPlaces;
use crate::model::Model;
use crate::random::race::{Proposal, RaceWeights, Rivals};
use crate::random::revision::{Chance, DrawContext, each_batch};
use crate::random::{Purpose, RandomSource, noise};
use crate::step::Step;

#[cfg(doc)]
use crate::mechanisms::utility::{CitizenUtility, ElsewhereUtility, MigrantUtility, OutsideUtility, RuralUtility};

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
pub struct MigrantLocationParameters {
    numbers: MigrantLocation,
    outside_size: Option<f64>,
}

/// Where people look: fixed for the whole run from the opening populations, so that what is drawn does not depend on what
/// happens later.
#[derive(Resource, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Destinations(Proposal);

/// The weights of the quarter.
#[derive(Resource, Default)]
struct DestinationWeights(RaceWeights);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.migrant_location else { return };
    let outside_size = scenario.mechanisms.outside.as_ref().map(|outside| outside.size);
    let parameters = MigrantLocationParameters { numbers: block.clone(), outside_size };
    let opening: Vec<f64> = weights(model.world.by_city::<UrbanPeople>(), &parameters).collect();
    model.world.insert_resource(Destinations(Proposal::new(&opening)));
    model.world.insert_resource(parameters);
    model.world.init_resource::<DestinationWeights>();
    model.keep::<Destinations>("destinations");
    model.add(Step::WeighDestinations, weigh_destinations).add(Step::ChoosePlaces, choose_places);
}

/// Weights of cities, and of the outside last.
fn weights<'a>(urban: &'a [f64], parameters: &'a MigrantLocationParameters) -> impl Iterator<Item = f64> + Clone + 'a {
    sizes(urban, parameters.outside_size, parameters.numbers.size_exponent)
}

fn weigh_destinations(
    urban: ByCity<UrbanPeople>,
    parameters: Res<MigrantLocationParameters>,
    destinations: Res<Destinations>,
    mut weights_of_quarter: ResMut<DestinationWeights>,
) {
    weights_of_quarter.0.set(&destinations.0, weights(&urban, &parameters));
}

/// Who chooses.
#[derive(Clone, Copy, Debug)]
struct Person {
    origin: usize,
    registered_at: u16,
    place: u16,
    bits: Bits,
}

/// What a choice reads: the same for all people of a quarter.
struct Prospects<'a> {
    places: usize,
    utilities: &'a UtilitiesOfPlaces<'a>,
    /// Whether a city takes citizens of others as its own when they arrive.
    registers_arrivals: &'a [bool],
    numbers: &'a MigrantLocation,
    /// Where everybody looks, or else people of each origin by themselves.
    looks: &'a RaceWeights,
    by_origin: Option<&'a LooksByOrigin>,
    random: &'a RandomSource,
    tick: u32,
}

impl Prospects<'_> {
    /// What the person chooses: home or another place is looked at, which is `destination`, and accepted or not by the
    /// person's own `noise`.
    fn next_place(&self, person: Person, looks_home: bool, destination: Option<usize>, noise: f64) -> Choice {
        let skill = person.bits.skill();
        let here = usize::from(person.place);
        let accepts = |gain: f64| accepts(self.numbers.precision, gain, noise);
        match person.bits.status() {
            Status::Absent => Choice::Stay,
            Status::Rural => {
                let stay = self.utilities.rural[person.origin];
                self.away(person, skill, destination, stay, &accepts)
            }
            Status::Migrant => {
                let stay = self.utilities.migrant.value[skill][person.origin * self.places + here];
                if !looks_home {
                    return self.away(person, skill, destination.filter(|&label| label != here), stay, &accepts);
                }
                let home = if person.origin < self.places {
                    self.utilities.rural[person.origin]
                } else {
                    self.utilities.outside.value[skill][person.origin]
                };
                if accepts(home - self.numbers.return_cost - stay) { Choice::Home } else { Choice::Stay }
            }
            Status::Outside => {
                let stay = self.utilities.outside.value[skill][person.origin];
                if !looks_home {
                    return self.away(person, skill, destination.filter(|&label| label != self.places), stay, &accepts);
                }
                // People from outside who went back are at home already.
                let returns = person.origin < self.places
                    && accepts(self.utilities.rural[person.origin] - self.numbers.return_cost - stay);
                if returns { Choice::Home } else { Choice::Stay }
            }
            Status::Citizen => {
                let stay = self.utilities.citizen[here][skill];
                self.to_another_city(skill, destination.filter(|&label| label != here), stay, &accepts)
            }
            Status::CitizenElsewhere => {
                let stay = self.utilities.elsewhere[here][skill];
                let home = usize::from(person.registered_at);
                if !looks_home {
                    let other = destination.filter(|&label| label != here && label != home);
                    return self.to_another_city(skill, other, stay, &accepts);
                }
                if accepts(self.utilities.citizen[home][skill] - self.numbers.return_cost - stay) {
                    Choice::Home
                } else {
                    Choice::Stay
                }
            }
        }
    }

    /// A rural-registered person's answer to a city or the outside.
    fn away(
        &self,
        person: Person,
        skill: usize,
        label: Option<usize>,
        stay: f64,
        accepts: &impl Fn(f64) -> bool,
    ) -> Choice {
        let Some(label) = label else { return Choice::Stay };
        let there = if label < self.places {
            let pair = person.origin * self.places + label;
            self.utilities.migrant.value[skill][pair] - self.utilities.migrant.cost[pair]
        } else if person.origin < self.places {
            self.utilities.outside.value[skill][person.origin] - self.utilities.outside.cost[person.origin]
        } else {
            // For people from outside that is home, which the other half of their looks considers.
            return Choice::Stay;
        };
        if accepts(there - stay) { Choice::To(label as u16) } else { Choice::Stay }
    }

    /// A registered citizen's answer to another city.
    fn to_another_city(&self, skill: usize, label: Option<usize>, stay: f64, accepts: &impl Fn(f64) -> bool) -> Choice {
        match label {
            Some(label) if label < self.places => {
                let utilities = self.utilities;
                let standing =
                    if self.registers_arrivals[label] { utilities.citizen[label] } else { utilities.elsewhere[label] };
                let there = standing[skill] - self.numbers.citizen_cost;
                if accepts(there - stay) { Choice::To(label as u16) } else { Choice::Stay }
            }
            _ => Choice::Stay,
        }
    }

    /// Probability that a person of each status reconsiders.
    fn revision_chances(&self) -> [Chance; 6] {
        let mut chances = [Chance::default(); 6];
        chances[Status::Rural as usize] = Chance::new(self.numbers.revision_rural);
        for away in [Status::Migrant, Status::Outside, Status::CitizenElsewhere] {
            chances[away as usize] = Chance::new(self.numbers.revision_migrant);
        }
        chances[Status::Citizen as usize] = Chance::new(self.numbers.revision_citizen);
        chances
    }
}

/// The columns of a block that a choice reads and writes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Choosers {
    block: &'static WorkerBlock,
    registered_at: &'static RegisteredAt,
    place: &'static Place,
    bits: &'static WorkerBits,
    generation: &'static Generation,
    next_place: &'static mut NextPlace,
}

/// Those of a block who reconsider choose.
fn choose_block(
    prospects: &Prospects,
    chances: &[Chance; 6],
    block: WorkerBlock,
    (registered_at, place, bits, generation): (&[u16], &[u16], &[u16], &[u8]),
    next_place: &mut [u16],
) {
    next_place.fill(Choice::Stay.code());
    let random = prospects.random;
    let looks = prospects.by_origin.map_or(prospects.looks, |by_origin| by_origin.of(block.origin.into()));
    let context = DrawContext { random, tick: prospects.tick, whether: Purpose::Revision, which: Purpose::Destination };
    let status = |slots: Range<usize>| bits[slots].iter().map(|&bits| Bits(bits).status() as u8);
    each_batch(context, block, bits.len(), generation, (status, chances), |revisers| {
        let words = &revisers.words;
        let noise = noise::logistic(&words[0], random);
        let destinations = looks.winners(random, revisers.batch, words, &Rivals::NONE);
        for (lane, at) in revisers.each() {
            let person = Person {
                origin: usize::from(block.origin),
                registered_at: registered_at[at],
                place: place[at],
                bits: Bits(bits[at]),
            };
            // The lower bits of the word are used up by the decision to reconsider.
            let looks_home = words[1][lane] >> 31 == 0;
            let choice = prospects.next_place(person, looks_home, destinations.of(lane), noise[lane].into());
            next_place[at] = choice.code();
        }
    });
}

fn choose_places(
    mut workers: Query<Choosers>,
    parameters: Res<MigrantLocationParameters>,
    (weights, by_origin): (Res<DestinationWeights>, Option<Res<LooksByOrigin>>),
    utilities: UtilitiesOfPlaces,
    registers_arrivals: ByCity<RegistersArrivals>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let prospects = Prospects {
        places: registers_arrivals.len(),
        utilities: &utilities,
        registers_arrivals: &registers_arrivals,
        numbers: &parameters.numbers,
        looks: &weights.0,
        by_origin: by_origin.as_deref(),
        random: &random,
        tick: clock.tick,
    };
    let chances = prospects.revision_chances();
    each_block!(workers, (block, registered_at, place, bits, generation), (next_place), {
        let columns = (&registered_at.0[..], &place.0[..], &bits.0[..], &generation.0[..]);
        choose_block(&prospects, &chances, *block, columns, &mut next_place.0);
    });
}
