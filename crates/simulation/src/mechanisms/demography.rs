//! Demography: people reach the end of working life, and the young take their places.
//!
//! - **Reads** [`SkillShares`], [`PlaceTable`], [`WorkerBlock`], [`RegisteredAt`], [`Transitions`] (adds to its
//!   counters). **Writes** [`Age`] of every worker, and in a slot that changes hands [`Place`], [`NextPlace`],
//!   [`WorkerBits`], [`QuartersHere`], [`StableQuarters`], [`InsuredQuarters`], [`Generation`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), after matching. **Random numbers** [`Purpose::Newcomer`].
//!   **Equation** none.
//! - **Switched off**: nobody ages.

use std::cell::Cell;

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use rayon::prelude::*;
use scenario::mechanisms::demography::Demography;
use scenario::scenario::Scenario;

use crate::agents::columns::{each_block, slots_where};
use crate::agents::worker::{
    Age, Bits, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, STAY, SkillShares,
    StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::relocation::Transitions;
use crate::model::Model;
use crate::random::{Address, Purpose, RandomSource, unit};
use crate::region::PlaceTable;
use crate::step::Step;

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct DemographyParameters(Demography);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.demography else { return };
    model.world.insert_resource(DemographyParameters(block.clone()));
    model.add(Step::GrowOlder, grow_older);
}

/// The columns of a block that change when a slot changes hands.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Generations {
    block: &'static WorkerBlock,
    registered_at: &'static RegisteredAt,
    place: &'static mut Place,
    bits: &'static mut WorkerBits,
    quarters_here: &'static mut QuartersHere,
    stable_quarters: &'static mut StableQuarters,
    insured_quarters: &'static mut InsuredQuarters,
    age: &'static mut Age,
    generation: &'static mut Generation,
    next_place: &'static mut NextPlace,
}

fn grow_older(
    mut workers: Query<Generations>,
    parameters: Res<DemographyParameters>,
    shares: Res<SkillShares>,
    table: Res<PlaceTable>,
    transitions: Res<Transitions>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let outside = table.places.len() as u16;
    let life = (parameters.0.working_life * 4.0) as u8;
    each_block!(
        workers,
        (block, registered_at),
        (place, bits, quarters_here, stable_quarters, insured_quarters, age, generation, next_place),
        {
            let skilled_share = (shares.0[usize::from(block.origin)] + parameters.0.skill_gain).clamp(0.0, 1.0);
            for age in &mut age.0 {
                *age = age.saturating_add(1);
            }
            let age = Cell::from_mut(&mut age.0[..]).as_slice_of_cells();
            for at in slots_where(age, |age| age.get() >= life) {
                let old = Bits(bits.0[at]);
                if old.status() == Status::Absent {
                    continue;
                }
                let gone = (Status::Absent, place.0[at]);
                transitions.note((old.status(), place.0[at]), gone);
                generation.0[at] = generation.0[at].wrapping_add(1);
                let address = Address {
                    tick: clock.tick,
                    purpose: Purpose::Newcomer,
                    group: block.origin,
                    ordinal: block.first + at as u32,
                    generation: u16::from(generation.0[at]),
                };
                let words = random.words(address, 0);
                quarters_here.0[at] = 0;
                stable_quarters.0[at] = 0;
                insured_quarters.0[at] = 0;
                age[at].set(0);
                // What the one before chose was not the newcomer's choice.
                next_place.0[at] = STAY;
                if unit(words[0]) >= parameters.0.replacement {
                    bits.0[at] = Bits::new(Status::Absent, false, false).0;
                    continue;
                }
                // Children start where their parents are registered.
                let (home, status) = match old.status() {
                    Status::Citizen | Status::CitizenElsewhere => (registered_at.0[at], Status::Citizen),
                    _ if block.origin == outside => (outside, Status::Outside),
                    _ => (block.origin, Status::Rural),
                };
                place.0[at] = home;
                bits.0[at] = Bits::new(status, unit(words[1]) < skilled_share, status == Status::Rural).0;
                transitions.note(gone, (status, home));
            }
        }
    );
}
