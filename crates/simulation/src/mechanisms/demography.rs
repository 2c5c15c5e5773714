//! Demography: people reach the end of working life, and the young take their places.
//!
//! - **Reads** [`SkillShares`]. **Writes** age, and everything of the worker in a slot that changes hands;
//!   [`Transitions`]. **Phase** [`Phase::Moves`], after matching. **Chance** [`Purpose::Newcomer`]. **Equation** none.
//! - **Switched off**: nobody ages.

use std::cell::Cell;

use bevy_ecs::prelude::*;
use rayon::prelude::*;
use scenario::mechanisms::demography::Demography;

use crate::agents::columns::slots_where;
use crate::agents::worker::{
    Age, Bits, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, STAY, StableQuarters, Status,
    WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::job_matching::JobMatches;
use crate::mechanisms::relocation::{Counted, Relocated, Transitions};
use crate::model::Model;
use crate::opening::spawn_workers::SkillShares;
use crate::phase::Phase;
use crate::places::PlaceTable;
use crate::plugin::Plugin;
use crate::random::{Address, Purpose, RandomSource, unit};

/// Wires the mechanism.
pub struct DemographyPlugin {
    /// Its numbers.
    pub parameters: Demography,
}

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct DemographyParameters(Demography);

impl Plugin for DemographyPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(DemographyParameters(self.parameters.clone()));
        model.add_systems(Phase::Moves, grow_older.after(Relocated).after(JobMatches).before(Counted));
    }
}

#[expect(clippy::type_complexity, reason = "a query of columns is a tuple of columns")]
fn grow_older(
    mut workers: Query<(
        &WorkerBlock,
        &mut RegisteredAt,
        &mut Place,
        &mut WorkerBits,
        &mut QuartersHere,
        &mut StableQuarters,
        &mut InsuredQuarters,
        &mut Age,
        &mut Generation,
        &mut NextPlace,
    )>,
    parameters: Res<DemographyParameters>,
    shares: Res<SkillShares>,
    table: Res<PlaceTable>,
    transitions: Res<Transitions>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let outside = table.places.len() as u16;
    let life = (parameters.0.working_life * 4.0) as u8;
    let tables = workers.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for columns in tables {
        let (blocks, mut registered, mut place, mut bits, mut here, mut stable, mut insured, ..) = columns;
        let (.., mut age, mut generation, mut next) = columns;
        (
            blocks,
            &mut *registered,
            &mut *place,
            &mut *bits,
            &mut *here,
            &mut *stable,
            &mut *insured,
            &mut *age,
            &mut *generation,
            &mut *next,
        )
            .into_par_iter()
            .for_each(|(block, registered, place, bits, here, stable, insured, age, generation, next)| {
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
                    (here.0[at], stable.0[at], insured.0[at]) = (0, 0, 0);
                    age[at].set(0);
                    // What the one before chose was not the newcomer's choice.
                    next.0[at] = STAY;
                    if unit(words[0]) >= parameters.0.replacement {
                        bits.0[at] = Bits::new(Status::Absent, false, false).0;
                        continue;
                    }
                    // Children start where their parents are registered.
                    let citizen = match old.status() {
                        Status::Citizen | Status::CitizenElsewhere => true,
                        Status::Absent | Status::Rural | Status::Migrant | Status::Outside => false,
                    };
                    let (home, status) = if citizen {
                        (registered.0[at], Status::Citizen)
                    } else if block.origin == outside {
                        (outside, Status::Outside)
                    } else {
                        (block.origin, Status::Rural)
                    };
                    let rural = matches!(status, Status::Rural);
                    place.0[at] = home;
                    bits.0[at] = Bits::new(status, unit(words[1]) < skilled_share, rural).0;
                    transitions.note(gone, (status, home));
                }
            });
    }
}
