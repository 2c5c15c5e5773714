//! Moves of workers: departures, returns, settling. Each worker's move depends on its own choice and rank alone.

use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;
use rayon::prelude::*;
use scenario::mechanisms::settlement_rules::HomesteadRule;

use super::{Flows, SettlersOfQuarter, Transitions};
use crate::agents::columns::slots_where;
use crate::agents::worker::{
    Bits, Generation, HOME, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, SETTLE, STAY,
    StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::settlement_rules::applications::{
    Applicant, Applications, Cutoffs, rank_of, settlement_address,
};
use crate::places::{PlaceTable, SettlementPolicy};
use crate::random::{Address, Purpose, RandomSource, unit};

/// The state of one worker that a move can change.
struct Standing<'a> {
    registered_at: &'a mut u16,
    place: &'a mut u16,
    bits: &'a mut u16,
    quarters_here: &'a mut u8,
    stable_quarters: &'a mut u8,
    insured_quarters: &'a mut u8,
}

impl Standing<'_> {
    /// In another place, everything that counts time there starts again, and so does work.
    fn arrive(&mut self, place: u16, status: Status) {
        *self.place = place;
        *self.bits = Bits(*self.bits).without_job().with_status(status).0;
        *self.quarters_here = 0;
        *self.stable_quarters = 0;
        *self.insured_quarters = 0;
    }
}

/// What all moves of a quarter read.
struct Rules<'a> {
    places: u16,
    policy: &'a SettlementPolicy,
    release_share: f64,
    cutoffs: &'a Cutoffs,
    flows: &'a Flows,
    transitions: &'a Transitions,
    settlers: &'a SettlersOfQuarter,
    random: &'a RandomSource,
    tick: u32,
}

impl Rules<'_> {
    fn note_move(&self, from: u16, to: u16) {
        let width = usize::from(self.places) + 1;
        self.flows.moved[usize::from(from) * width + usize::from(to)].fetch_add(1, Relaxed);
    }

    fn carry_out(&self, block: WorkerBlock, at: usize, generation: u8, next: u16, standing: &mut Standing) {
        let before = Bits(*standing.bits).status();
        let from = *standing.place;
        match next {
            SETTLE => self.settle(block, at, generation, standing),
            HOME => {
                let (home, status) = match before {
                    Status::CitizenElsewhere => (*standing.registered_at, Status::Citizen),
                    _ if block.origin == self.places => (self.places, Status::Outside),
                    _ => (block.origin, Status::Rural),
                };
                standing.arrive(home, status);
                self.note_move(from, home);
            }
            outside if outside == self.places => {
                standing.arrive(outside, Status::Outside);
                self.note_move(from, outside);
            }
            city => {
                let status = match before {
                    Status::Citizen | Status::CitizenElsewhere if city == *standing.registered_at => Status::Citizen,
                    Status::Citizen | Status::CitizenElsewhere => Status::CitizenElsewhere,
                    _ => Status::Migrant,
                };
                standing.arrive(city, status);
                self.note_move(from, city);
                if status == Status::CitizenElsewhere && self.policy.registers_arrivals[usize::from(city)] {
                    self.register(block.origin, standing);
                }
            }
        }
        self.transitions.note((before, from), (Bits(*standing.bits).status(), *standing.place));
    }

    /// Settles an applicant whose rank is within the cut-off; the refused stay as they are.
    fn settle(&self, block: WorkerBlock, at: usize, generation: u8, standing: &mut Standing) {
        let bits = Bits(*standing.bits);
        let city = usize::from(*standing.place);
        let applicant = Applicant {
            place: *standing.place,
            bits,
            quarters_here: *standing.quarters_here,
            stable_quarters: *standing.stable_quarters,
            insured_quarters: *standing.insured_quarters,
        };
        let address = settlement_address(self.tick, block, at, generation);
        if self.cutoffs.rank_below[city] != u64::MAX
            && rank_of(applicant, self.policy, self.random, address) >= self.cutoffs.rank_below[city]
        {
            return;
        }
        let mut settled = bits;
        if settled.homestead() && self.policy.homestead != HomesteadRule::Keep {
            let release = Address { purpose: Purpose::Homestead, ..address };
            if unit(self.random.words(release, 0)[0]) < self.release_share {
                settled = settled.without_homestead();
                self.settlers.homesteads[usize::from(block.origin)].fetch_add(1, Relaxed);
            }
        }
        *standing.bits = settled.0;
        self.register(block.origin, standing);
    }

    /// Makes the person a citizen of the place where he is.
    fn register(&self, origin: u16, standing: &mut Standing) {
        *standing.registered_at = *standing.place;
        *standing.bits = Bits(*standing.bits).with_status(Status::Citizen).0;
        let (places, origin, city) = (usize::from(self.places), usize::from(origin), usize::from(*standing.place));
        self.settlers.settled[origin * places + city].fetch_add(1, Relaxed);
        self.flows.settled[origin * (places + 1) + city].fetch_add(1, Relaxed);
    }
}

#[expect(clippy::too_many_arguments, clippy::type_complexity, reason = "a system's arguments are what it reads")]
pub(super) fn move_workers(
    mut workers: Query<(
        &WorkerBlock,
        &NextPlace,
        &Generation,
        &mut RegisteredAt,
        &mut Place,
        &mut WorkerBits,
        &mut QuartersHere,
        &mut StableQuarters,
        &mut InsuredQuarters,
    )>,
    applications: Option<Res<Applications>>,
    policy: Res<SettlementPolicy>,
    cutoffs: Res<Cutoffs>,
    table: Res<PlaceTable>,
    flows: Res<Flows>,
    transitions: Res<Transitions>,
    settlers: Res<SettlersOfQuarter>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let rules = Rules {
        places: table.places.len() as u16,
        policy: &policy,
        release_share: applications.map_or(0.0, |applications| applications.numbers.release_share),
        cutoffs: &cutoffs,
        flows: &flows,
        transitions: &transitions,
        settlers: &settlers,
        random: &random,
        tick: clock.tick,
    };
    let tables = workers.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, next, generation, mut registered, mut place, mut bits, mut here, mut stable, mut insured) in tables {
        (blocks, next, generation, &mut *registered, &mut *place, &mut *bits, &mut *here, &mut *stable, &mut *insured)
            .into_par_iter()
            .for_each(|(block, next, generation, registered, place, bits, here, stable, insured)| {
                for at in slots_where(&next.0, |&next| next != STAY) {
                    let mut standing = Standing {
                        registered_at: &mut registered.0[at],
                        place: &mut place.0[at],
                        bits: &mut bits.0[at],
                        quarters_here: &mut here.0[at],
                        stable_quarters: &mut stable.0[at],
                        insured_quarters: &mut insured.0[at],
                    };
                    rules.carry_out(*block, at, generation.0[at], next.0[at], &mut standing);
                }
                // Who moved, even from a countryside to its own city, starts to count anew.
                for (here, &next) in here.0.iter_mut().zip(&next.0) {
                    *here = here.saturating_add(u8::from(next == STAY || next == SETTLE));
                }
            });
    }
}
