//! Demography: people reach the end of working life, and the young take their places.
//!
//! - **Reads** [`SkillShares`], [`PlaceTable`], [`WorkerBlock`], [`RegisteredAt`], [`Transitions`] and [`JobCounts`]
//!   (adds to their counters). **Writes** [`Counts`], [`Age`] of every worker, and in a slot that changes hands [`Place`], [`NextPlace`],
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
    Age, Bits, Choice, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, SkillShares,
    StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::job_matching::JobCounts;
use crate::mechanisms::population::Counts;
use crate::mechanisms::relocation::Transitions;
use crate::model::Model;
use crate::random::{AgentBatch, Purpose, RandomSource, unit};
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

fn cells<T>(column: &mut [T]) -> &[Cell<T>] {
    Cell::from_mut(column).as_slice_of_cells()
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
fn grow_older(
    mut workers: Query<Generations>,
    parameters: Res<DemographyParameters>,
    shares: Res<SkillShares>,
    table: Res<PlaceTable>,
    transitions: Res<Transitions>,
    mut counts: ResMut<Counts>,
    jobs: Option<Res<JobCounts>>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let outside = table.places.len() as u16;
    let life = (parameters.0.working_life * 4.0) as u8;
    let (counts, jobs) = (counts.follow(), jobs.as_deref());
    each_block!(
        workers,
        (block, registered_at),
        (place, bits, quarters_here, stable_quarters, insured_quarters, age, generation, next_place),
        {
            let skilled_share = (shares.0[usize::from(block.origin)] + parameters.0.skill_gain).clamp(0.0, 1.0);
            for age in &mut age.0 {
                *age = age.saturating_add(1);
            }
            let (age, bits, generation) = (cells(&mut age.0), cells(&mut bits.0), cells(&mut generation.0));
            JobCounts::follow(jobs, &table, block.origin, |mut jobs| {
                let mut change_hands = |leavers: &AgentBatch| {
                    let words = leavers.words(&random);
                    for (lane, at) in leavers.slots().enumerate() {
                        let old = (place.0[at], Bits(bits[at].get()));
                        quarters_here.0[at] = 0;
                        stable_quarters.0[at] = 0;
                        insured_quarters.0[at] = 0;
                        age[at].set(0);
                        // What the one before chose was not the newcomer's choice.
                        next_place.0[at] = Choice::Stay.code();
                        // Children start where their parents are registered.
                        let (home, status) = match old.1.status() {
                            Status::Citizen | Status::CitizenElsewhere => (registered_at.0[at], Status::Citizen),
                            _ if block.origin == outside => (outside, Status::Outside),
                            _ => (block.origin, Status::Rural),
                        };
                        let gone = (old.0, Bits::new(Status::Absent, false, false));
                        let skilled = unit(words[1][lane]) < skilled_share;
                        let new = if unit(words[0][lane]) < parameters.0.replacement {
                            (home, Bits::new(status, skilled, status == Status::Rural).inheriting(old.1))
                        } else {
                            gone
                        };
                        place.0[at] = new.0;
                        bits[at].set(new.1.0);
                        transitions.note((old.1.status(), old.0), (Status::Absent, old.0));
                        transitions.note((Status::Absent, old.0), (new.1.status(), new.0));
                        counts.note(block.origin, old, new);
                        if let Some(jobs) = &mut jobs {
                            jobs.note(old, new);
                        }
                    }
                };
                let mut leavers = AgentBatch::new(clock.tick, Purpose::Newcomer, block.origin);
                let old = |&at: &usize| Bits(bits[at].get()).status() != Status::Absent;
                for at in slots_where(age, |age| age.get() >= life).filter(old) {
                    let next = generation[at].get().wrapping_add(1);
                    generation[at].set(next);
                    if leavers.add(at, block.first + at as u32, u16::from(next)) {
                        change_hands(&leavers);
                        leavers.clear();
                    }
                }
                change_hands(&leavers);
            });
        }
    );
}
