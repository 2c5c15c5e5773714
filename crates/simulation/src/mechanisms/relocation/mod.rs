//! Relocation: carries out what people and firms chose. The only place where anyone moves, where applicants who are
//! admitted are registered, and where firms open and close.
//!
//! - **Reads** [`NextPlace`], [`Generation`], [`Cutoffs`], [`Applications`], [`SettlementRuleInForce`],
//!   [`RegistersArrivals`], [`HomesteadPolicy`], [`Totals`], [`PlaceTable`], [`HomesteadPerHead`], [`WorkerBlock`], [`Flows`] and
//!   [`JobCounts`] (to whose counters it adds). **Writes** [`Counts`], [`Place`], [`RegisteredAt`], [`WorkerBits`], [`QuartersHere`],
//!   [`StableQuarters`], [`InsuredQuarters`], [`Transitions`], [`HomesteadsGivenUp`], [`NewlySettled`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves). **Random numbers** [`Purpose::Homestead`]. **Equation**
//!   none.
//! - **Firms**: what their moves read and write is in the card of `firms.rs`; the rest of this card is about people.
//! - A phase, not a mechanism: with nothing chosen, nothing moves.

mod firms;
mod workers;

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, ByCityMut};
use crate::agents::worker::Status;
use crate::mechanisms::land_use::{HomesteadPerHead, HomesteadsGivenUp};
use crate::mechanisms::population::Totals;
use crate::mechanisms::programmes::NewlySettled;
use crate::mechanisms::settlement_rules::applications::Cutoffs;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

#[cfg(doc)]
use crate::{
    agents::worker::{
        Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, StableQuarters, WorkerBits,
        WorkerBlock,
    },
    mechanisms::job_matching::JobCounts,
    mechanisms::population::Counts,
    mechanisms::settlement_rules::{
        HomesteadPolicy, RegistersArrivals, SettlementRuleInForce, applications::Applications,
    },
    random::Purpose,
};

/// Moves of worker agents since the year began, row-major with the outside as the last row and column; a move between a
/// countryside and its own city is on the diagonal. `settled` counts agents by origin and place of settling.
#[derive(Resource, Debug, Default, Serialize, Deserialize)]
pub struct Flows {
    /// Moved, by place before and after.
    pub moved: Vec<AtomicU32>,
    /// Settled, by origin and place.
    pub settled: Vec<AtomicU32>,
}

impl Flows {
    /// Forgets the past year.
    pub fn clear(&mut self) {
        for count in self.moved.iter_mut().chain(&mut self.settled) {
            *count.get_mut() = 0;
        }
    }
}

/// Worker agents who changed status or place in the quarter: the people accounts' in and out.
#[derive(Resource, Debug, Default, Serialize, Deserialize)]
pub struct Transitions {
    /// By status before and after, `[before * 6 + after]`; [`Status::Absent`] is outside working life.
    pub agents: Vec<AtomicU32>,
    /// Agents by status at the start of the quarter.
    pub opening: [u64; 6],
    /// Agents who came to each place, the outside last.
    pub arrived: Vec<AtomicU32>,
    /// Agents who left each place, the outside last.
    pub departed: Vec<AtomicU32>,
    /// Agents by place at the start of the quarter, the outside last.
    pub opening_by_place: Vec<u64>,
}

/// An agent's status and place.
pub type Whereabouts = (Status, u16);

impl Transitions {
    /// Agents who went from one status to another.
    #[must_use]
    pub fn between(&self, before: Status, after: Status) -> u64 {
        u64::from(self.agents[before as usize * 6 + after as usize].load(Relaxed))
    }

    /// Nobody yet.
    #[must_use]
    pub fn none(places: usize) -> Self {
        Self {
            agents: counters(36),
            opening: [0; 6],
            arrived: counters(places + 1),
            departed: counters(places + 1),
            opening_by_place: vec![0; places + 1],
        }
    }

    /// Notes one agent. Who is out of working life is in no place.
    pub fn note(&self, (before, from): Whereabouts, (after, to): Whereabouts) {
        if before != after {
            self.agents[before as usize * 6 + after as usize].fetch_add(1, Relaxed);
        }
        if before == after && from == to {
            return;
        }
        if before != Status::Absent {
            self.departed[usize::from(from)].fetch_add(1, Relaxed);
        }
        if after != Status::Absent {
            self.arrived[usize::from(to)].fetch_add(1, Relaxed);
        }
    }

    /// Forgets the past quarter, and notes who is where now.
    fn begin(&mut self, totals: &Totals) {
        self.opening = totals.by_status;
        self.opening_by_place.clone_from(&totals.by_place);
        for count in self.agents.iter_mut().chain(&mut self.arrived).chain(&mut self.departed) {
            *count.get_mut() = 0;
        }
    }
}

/// What settlers of the quarter left behind and where they settled, to be turned into land and cost.
#[derive(Resource, Debug, Default)]
struct SettlersOfQuarter {
    /// Homesteads given up, by origin.
    homesteads: Vec<AtomicU32>,
    /// Settlers by origin and city.
    settled: Vec<AtomicU32>,
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    let places = model.world.resource::<PlaceTable>().places.len();
    let pairs = (places + 1) * (places + 1);
    model.world.insert_resource(Flows { moved: counters(pairs), settled: counters(pairs) });
    model.world.insert_resource(Transitions::none(places));
    model.world.insert_resource(SettlersOfQuarter {
        homesteads: counters(places + 1),
        settled: counters((places + 1) * places),
    });
    model.world.init_resource::<Cutoffs>();
    model.world.init_resource::<firms::FirmOrder>();
    model.keep::<Flows>("flows");
    model
        .add(Step::BeginMoves, begin_moves)
        .add(Step::MoveWorkers, workers::move_workers)
        .add(Step::AfterSettling, after_settling)
        .add(Step::MoveFirms, firms::move_firms);
}

fn counters(entries: usize) -> Vec<AtomicU32> {
    std::iter::repeat_with(AtomicU32::default).take(entries).collect()
}

fn begin_moves(totals: Res<Totals>, mut transitions: ResMut<Transitions>, mut settlers: ResMut<SettlersOfQuarter>) {
    transitions.begin(&totals);
    let SettlersOfQuarter { homesteads, settled } = &mut *settlers;
    for count in homesteads.iter_mut().chain(settled) {
        *count.get_mut() = 0;
    }
}

/// Turns what settlers did into land given up and people newly settled.
fn after_settling(
    mut settlers: ResMut<SettlersOfQuarter>,
    table: Res<PlaceTable>,
    homestead_per_head: ByCity<HomesteadPerHead>,
    mut given_up: ByCityMut<HomesteadsGivenUp>,
    mut newly_settled: ByCityMut<NewlySettled>,
) {
    let places = table.places.len();
    for origin in 0..=places {
        let mass = table.mass_per_agent(origin);
        if origin < places {
            let homesteads = f64::from(*settlers.homesteads[origin].get_mut());
            given_up[origin] = homesteads * mass * homestead_per_head[origin];
        }
        for place in 0..places {
            let settled = f64::from(*settlers.settled[origin * places + place].get_mut());
            newly_settled[place] += settled * mass;
        }
    }
}
