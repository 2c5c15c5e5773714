//! Moves of workers: departures, returns, and the registration of settlers. Each worker's move depends on its own choice
//! and rank alone.

use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use rayon::prelude::*;
use scenario::mechanisms::settlement_rules::{HomesteadRule, Rule};

use super::{Flows, SettlersOfQuarter, Transitions};
use crate::agents::city::ByCity;
use crate::agents::columns::{each_block, slots_where};
use crate::agents::worker::{
    Bits, Choice, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, StableQuarters, Status,
    WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::job_matching::{JobChanges, JobCounts};
use crate::mechanisms::population::{Counts, FollowedCounts};
use crate::mechanisms::settlement_rules::applications::{
    Applicant, Applications, Cutoffs, rank_of, settlement_address,
};
use crate::mechanisms::settlement_rules::{HomesteadPolicy, RegistersArrivals, SettlementRuleInForce};
use crate::random::{Address, Purpose, RandomSource, unit};
use crate::region::PlaceTable;

const STAY: u16 = Choice::Stay.code();
const SETTLE: u16 = Choice::Settle.code();

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
    rules: &'a [Rule],
    homestead: HomesteadRule,
    registers_arrivals: &'a [bool],
    release_share: f64,
    stable_from: u32,
    cutoffs: &'a Cutoffs,
    flows: &'a Flows,
    transitions: &'a Transitions,
    settlers: &'a SettlersOfQuarter,
    counts: FollowedCounts<'a>,
    random: &'a RandomSource,
    tick: u32,
}

impl Rules<'_> {
    fn note_move(&self, from: u16, to: u16) {
        let width = usize::from(self.places) + 1;
        self.flows.moved[usize::from(from) * width + usize::from(to)].fetch_add(1, Relaxed);
    }

    fn carry_out(
        &self,
        block: WorkerBlock,
        at: usize,
        generation: u8,
        choice: Choice,
        standing: &mut Standing,
        jobs: Option<&mut JobChanges>,
    ) {
        let was = (*standing.place, Bits(*standing.bits));
        let (from, before) = (was.0, was.1.status());
        match choice {
            Choice::Stay => {}
            Choice::Settle => self.settle(block, at, generation, standing),
            Choice::Home => {
                let (home, status) = match before {
                    Status::CitizenElsewhere => (*standing.registered_at, Status::Citizen),
                    _ if block.origin == self.places => (self.places, Status::Outside),
                    _ => (block.origin, Status::Rural),
                };
                standing.arrive(home, status);
                self.note_move(from, home);
            }
            Choice::To(outside) if outside == self.places => {
                standing.arrive(outside, Status::Outside);
                self.note_move(from, outside);
            }
            Choice::To(city) => {
                let status = match before {
                    Status::Citizen | Status::CitizenElsewhere if city == *standing.registered_at => Status::Citizen,
                    Status::Citizen | Status::CitizenElsewhere => Status::CitizenElsewhere,
                    _ => Status::Migrant,
                };
                standing.arrive(city, status);
                self.note_move(from, city);
                if status == Status::CitizenElsewhere && self.registers_arrivals[usize::from(city)] {
                    self.register(block.origin, standing);
                }
            }
        }
        let is = (*standing.place, Bits(*standing.bits));
        if is != was {
            self.transitions.note((before, from), (is.1.status(), is.0));
            self.counts.note(block.origin, was, is);
            if let Some(jobs) = jobs {
                jobs.note(was, is);
            }
        }
    }

    /// Settles an applicant whose rank is within the cut-off; the refused stay as they are.
    fn settle(&self, block: WorkerBlock, at: usize, generation: u8, standing: &mut Standing) {
        let bits = Bits(*standing.bits);
        let city = usize::from(*standing.place);
        let applicant = Applicant {
            place: *standing.place,
            bits,
            quarters_here: *standing.quarters_here,
            stable: u32::from(*standing.stable_quarters) >= self.stable_from,
            insured_quarters: *standing.insured_quarters,
        };
        let address = settlement_address(self.tick, block, at, generation);
        if self.cutoffs.rank_below[city] != u64::MAX
            && rank_of(applicant, self.rules, self.random, address) >= self.cutoffs.rank_below[city]
        {
            return;
        }
        let mut settled = bits;
        if settled.homestead() && self.homestead != HomesteadRule::Keep {
            let release = Address { purpose: Purpose::Homestead, ..address };
            if unit(self.random.words(release, 0)[0]) < self.release_share {
                settled = settled.without_homestead();
                self.settlers.homesteads[usize::from(block.origin)].fetch_add(1, Relaxed);
            }
        }
        *standing.bits = settled.0;
        self.register(block.origin, standing);
    }

    /// Makes the person a citizen of the place where they are.
    fn register(&self, origin: u16, standing: &mut Standing) {
        *standing.registered_at = *standing.place;
        *standing.bits = Bits(*standing.bits).with_status(Status::Citizen).0;
        let (places, origin, city) = (usize::from(self.places), usize::from(origin), usize::from(*standing.place));
        self.settlers.settled[origin * places + city].fetch_add(1, Relaxed);
        self.flows.settled[origin * (places + 1) + city].fetch_add(1, Relaxed);
    }
}

/// The columns of a block that a move reads and changes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
pub(super) struct Movers {
    block: &'static WorkerBlock,
    next_place: &'static NextPlace,
    generation: &'static Generation,
    registered_at: &'static mut RegisteredAt,
    place: &'static mut Place,
    bits: &'static mut WorkerBits,
    quarters_here: &'static mut QuartersHere,
    stable_quarters: &'static mut StableQuarters,
    insured_quarters: &'static mut InsuredQuarters,
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
pub(super) fn move_workers(
    mut workers: Query<Movers>,
    applications: Option<Res<Applications>>,
    (rules, registers_arrivals): (ByCity<SettlementRuleInForce>, ByCity<RegistersArrivals>),
    homestead: Res<HomesteadPolicy>,
    cutoffs: Res<Cutoffs>,
    table: Res<PlaceTable>,
    flows: Res<Flows>,
    transitions: Res<Transitions>,
    settlers: Res<SettlersOfQuarter>,
    mut counts: ResMut<Counts>,
    jobs: Option<Res<JobCounts>>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let rules = Rules {
        places: table.places.len() as u16,
        rules: &rules,
        homestead: homestead.0,
        registers_arrivals: &registers_arrivals,
        release_share: applications.as_ref().map_or(0.0, |applications| applications.numbers.release_share),
        stable_from: applications.map_or(0, |applications| applications.numbers.stable_quarters),
        cutoffs: &cutoffs,
        flows: &flows,
        transitions: &transitions,
        settlers: &settlers,
        counts: counts.follow(),
        random: &random,
        tick: clock.tick,
    };
    let jobs = jobs.as_deref();
    each_block!(
        workers,
        (block, next_place, generation),
        (registered_at, place, bits, quarters_here, stable_quarters, insured_quarters),
        {
            let next = &next_place.0;
            JobCounts::follow(jobs, &table, block.origin, |mut jobs| {
                for at in slots_where(next, |&next| next != STAY) {
                    let mut standing = Standing {
                        registered_at: &mut registered_at.0[at],
                        place: &mut place.0[at],
                        bits: &mut bits.0[at],
                        quarters_here: &mut quarters_here.0[at],
                        stable_quarters: &mut stable_quarters.0[at],
                        insured_quarters: &mut insured_quarters.0[at],
                    };
                    let choice = Choice::of(next[at]);
                    rules.carry_out(*block, at, generation.0[at], choice, &mut standing, jobs.as_deref_mut());
                }
            });
            // For a person who moved, even from a countryside to its own city, counting starts again.
            for (here, &next) in quarters_here.0.iter_mut().zip(next) {
                *here = here.saturating_add(u8::from(next == STAY || next == SETTLE));
            }
        }
    );
}
