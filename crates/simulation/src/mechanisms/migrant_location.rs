//! Migrant location: people compare places and choose; nobody moves yet.
//!
//! - **Reads** [`Utilities`], [`Population`], [`SettlementPolicy`], status and place of each worker. **Writes** [`NextPlace`].
//! - **Phase** [`Phase::Choices`]. **Chance** [`Purpose::Revision`], [`Purpose::Destination`].
//!   **Equation** [`economics::migration::acceptance`], [`economics::migration::destination_weight`].
//! - **Switched off**: nobody moves.

use bevy_ecs::prelude::*;
use economics::migration::{acceptance, destination_weight};
use rayon::prelude::*;
use scenario::mechanisms::migrant_location::MigrantLocation;
use serde::{Deserialize, Serialize};

use crate::agents::worker::{
    Bits, Generation, HOME, NextPlace, Place, RegisteredAt, STAY, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Population, SettlementPolicy, Utilities};
use crate::plugin::Plugin;
use crate::random::race::{Arrivals, Proposal, RaceWeights};
use crate::random::revision::{DrawContext, each_batch};
use crate::random::{AgentBatch, Purpose, RandomSource, threshold, unit};

/// Wires the mechanism.
pub struct MigrantLocationPlugin {
    /// Its numbers.
    pub parameters: MigrantLocation,
    /// City size of the outside in the chance that it is looked at, thousand persons; `None` without an outside.
    pub outside_size: Option<f64>,
}

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
pub struct MigrantLocationParameters {
    numbers: MigrantLocation,
    outside_size: Option<f64>,
}

/// Where people look: fixed for the whole run from the opening populations, so that luck does not depend on what
/// happens later.
#[derive(Resource, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Destinations(Proposal);

/// The weights of the quarter.
#[derive(Resource, Default)]
struct DestinationWeights(RaceWeights);

impl Plugin for MigrantLocationPlugin {
    fn build(&self, model: &mut Model) {
        let parameters =
            MigrantLocationParameters { numbers: self.parameters.clone(), outside_size: self.outside_size };
        let opening = weights(model.world.resource::<Population>(), &parameters);
        let destinations = Destinations(Proposal::new(&opening.collect::<Vec<f64>>()));
        model.world.insert_resource(parameters);
        model.world.insert_resource(destinations);
        model.world.init_resource::<DestinationWeights>();
        model.keep::<Destinations>("destinations");
        model.add_systems(Phase::Choices, (weigh_destinations, choose_places).chain().in_set(PlaceChoices));
    }
}

/// The choice of a place, which other choices of the same quarter (such as applying to settle) come after.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlaceChoices;

/// Weights of cities, and of the outside last.
fn weights<'a>(
    population: &'a Population,
    parameters: &'a MigrantLocationParameters,
) -> impl Iterator<Item = f64> + 'a {
    population
        .urban
        .iter()
        .copied()
        .chain(parameters.outside_size)
        .map(|people| destination_weight(people, parameters.numbers.size_exponent))
}

fn weigh_destinations(
    population: Res<Population>,
    parameters: Res<MigrantLocationParameters>,
    destinations: Res<Destinations>,
    mut race_weights: ResMut<DestinationWeights>,
) {
    race_weights.0.set(&destinations.0, weights(&population, &parameters));
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
    utilities: &'a Utilities,
    /// Whether a city takes citizens of others as its own when they arrive.
    registers_arrivals: &'a [bool],
    numbers: &'a MigrantLocation,
    proposal: &'a Proposal,
    race_weights: &'a RaceWeights,
    random: &'a RandomSource,
    tick: u32,
}

impl Prospects<'_> {
    /// What the person chooses. `words` are the person's own: the first decides on acceptance, the second whether home
    /// or another place is looked at; `destination` runs the race.
    fn next_place(&self, person: Person, words: [u32; 2], destination: impl FnOnce() -> Option<usize>) -> u16 {
        let skill = person.bits.skill();
        let here = usize::from(person.place);
        let looks_home = words[1] < 1 << 31;
        let accepts = |gain: f64| unit(words[0]) < acceptance(self.numbers.precision, gain);
        match person.bits.status() {
            Status::Absent => STAY,
            Status::Rural => {
                let stay = self.utilities.rural[person.origin];
                self.away(person, skill, destination(), stay, &accepts)
            }
            Status::Migrant => {
                let stay = self.utilities.migrant[skill][person.origin * self.places + here];
                if !looks_home {
                    return self.away(person, skill, destination().filter(|&label| label != here), stay, &accepts);
                }
                let home = if person.origin < self.places {
                    self.utilities.rural[person.origin]
                } else {
                    self.utilities.outside[skill][person.origin]
                };
                if accepts(home - self.numbers.return_cost - stay) { HOME } else { STAY }
            }
            Status::Outside => {
                let stay = self.utilities.outside[skill][person.origin];
                if !looks_home {
                    return self.away(
                        person,
                        skill,
                        destination().filter(|&label| label != self.places),
                        stay,
                        &accepts,
                    );
                }
                // People from outside who went back are at home already.
                let returns = person.origin < self.places
                    && accepts(self.utilities.rural[person.origin] - self.numbers.return_cost - stay);
                if returns { HOME } else { STAY }
            }
            Status::Citizen => {
                let stay = self.utilities.citizen[skill][here];
                self.to_another_city(skill, destination().filter(|&label| label != here), stay, &accepts)
            }
            Status::CitizenElsewhere => {
                let stay = self.utilities.citizen_elsewhere[skill][here];
                let home = usize::from(person.registered_at);
                if !looks_home {
                    let other = destination().filter(|&label| label != here && label != home);
                    return self.to_another_city(skill, other, stay, &accepts);
                }
                if accepts(self.utilities.citizen[skill][home] - self.numbers.return_cost - stay) { HOME } else { STAY }
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
    ) -> u16 {
        let Some(label) = label else { return STAY };
        let there = if label < self.places {
            let pair = person.origin * self.places + label;
            self.utilities.migrant[skill][pair] - self.utilities.cost[pair]
        } else if person.origin < self.places {
            self.utilities.outside[skill][person.origin] - self.utilities.outside_cost[person.origin]
        } else {
            // For people from outside that is home, which the other half of their looks considers.
            return STAY;
        };
        if accepts(there - stay) { label as u16 } else { STAY }
    }

    /// A registered citizen's answer to another city.
    fn to_another_city(&self, skill: usize, label: Option<usize>, stay: f64, accepts: &impl Fn(f64) -> bool) -> u16 {
        match label {
            Some(label) if label < self.places => {
                let standing = if self.registers_arrivals[label] {
                    &self.utilities.citizen
                } else {
                    &self.utilities.citizen_elsewhere
                };
                let there = standing[skill][label] - self.numbers.citizen_cost;
                if accepts(there - stay) { label as u16 } else { STAY }
            }
            _ => STAY,
        }
    }

    /// Number of words out of 2³² below which a person of each status reconsiders.
    fn revision_thresholds(&self) -> [u64; 6] {
        let mut thresholds = [0; 6];
        thresholds[Status::Rural as usize] = threshold(self.numbers.revision_rural);
        thresholds[Status::Migrant as usize] = threshold(self.numbers.revision_migrant);
        thresholds[Status::Outside as usize] = threshold(self.numbers.revision_migrant);
        thresholds[Status::CitizenElsewhere as usize] = threshold(self.numbers.revision_migrant);
        thresholds[Status::Citizen as usize] = threshold(self.numbers.revision_citizen);
        thresholds
    }
}

/// The columns that a choice reads.
struct Columns<'a> {
    registered_at: &'a [u16],
    place: &'a [u16],
    bits: &'a [u16],
    generation: &'a [u8],
}

fn choose_block(
    prospects: &Prospects,
    thresholds: &[u64; 6],
    block: WorkerBlock,
    columns: &Columns,
    next_place: &mut [u16],
) {
    next_place.fill(STAY);
    let context = DrawContext {
        random: prospects.random,
        tick: prospects.tick,
        whether: Purpose::Revision,
        which: Purpose::Destination,
    };
    let reconsiders = |at: usize, word: u32| u64::from(word) < thresholds[Bits(columns.bits[at]).status() as usize];
    each_batch(context, block, columns.bits.len(), columns.generation, reconsiders, |revising| {
        revise(prospects, block, columns, revising, next_place);
    });
}

/// Those who reconsider choose.
fn revise(prospects: &Prospects, block: WorkerBlock, columns: &Columns, revising: &AgentBatch, next_place: &mut [u16]) {
    let words = revising.words(prospects.random);
    let arrivals = Arrivals::of(&words, prospects.random);
    for (lane, at) in revising.slots().enumerate() {
        let person = Person {
            origin: usize::from(block.origin),
            registered_at: columns.registered_at[at],
            place: columns.place[at],
            bits: Bits(columns.bits[at]),
        };
        let destination = || {
            prospects.race_weights.winner_of(prospects.proposal, prospects.random, (revising, lane), &words, &arrivals)
        };
        next_place[at] = prospects.next_place(person, [words[0][lane], words[1][lane]], destination);
    }
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
fn choose_places(
    mut workers: Query<(&WorkerBlock, &RegisteredAt, &Place, &WorkerBits, &Generation, &mut NextPlace)>,
    parameters: Res<MigrantLocationParameters>,
    destinations: Res<Destinations>,
    race_weights: Res<DestinationWeights>,
    population: Res<Population>,
    utilities: Res<Utilities>,
    settlement: Res<SettlementPolicy>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let prospects = Prospects {
        places: population.urban.len(),
        utilities: &utilities,
        registers_arrivals: &settlement.registers_arrivals,
        numbers: &parameters.numbers,
        proposal: &destinations.0,
        race_weights: &race_weights.0,
        random: &random,
        tick: clock.tick,
    };
    let thresholds = prospects.revision_thresholds();
    let tables = workers.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, registered_at, place, bits, generation, mut next_place) in tables {
        (blocks, registered_at, place, bits, generation, &mut *next_place).into_par_iter().for_each(
            |(block, registered_at, place, bits, generation, next_place)| {
                let columns = Columns {
                    registered_at: &registered_at.0,
                    place: &place.0,
                    bits: &bits.0,
                    generation: &generation.0,
                };
                choose_block(&prospects, &thresholds, *block, &columns, &mut next_place.0);
            },
        );
    }
}
