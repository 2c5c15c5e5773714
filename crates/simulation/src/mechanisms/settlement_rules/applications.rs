//! Applications: eligible migrants decide whether to settle; where more apply than may, ranking and a lottery decide.
//!
//! - **Reads** [`SettlementPolicy`], [`Utilities`], counters of each worker. **Writes** [`NextPlace`], [`Cutoffs`].
//! - **Phase** [`Phase::Choices`] (applications), [`Phase::Rationing`] (cut-offs). **Chance** [`Purpose::Settlement`].
//!   **Equation** [`economics::migration::acceptance`].

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use bevy_ecs::prelude::*;
use economics::migration::acceptance;
use rayon::prelude::*;
use scenario::mechanisms::settlement_rules::{HomesteadRule, SettlementParameters};
use serde::{Deserialize, Serialize};

use super::{eligible, quota_share, score};
use crate::agents::columns::slots_where;
use crate::agents::worker::{
    Bits, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, SETTLE, STAY, StableQuarters, Status,
    WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::places::{PlaceTable, Population, SettlementPolicy, Utilities};
use crate::random::{Address, AgentBatch, Purpose, RandomSource, unit};

/// The block's numbers in the world, and the precision of choices that it borrows from migrant location.
#[derive(Resource, Clone, Debug)]
pub struct Applications {
    /// Its numbers.
    pub numbers: SettlementParameters,
    /// Log odds per utility.
    pub precision: f64,
}

/// One, in the fixed-point masses by which quotas are counted: sums do not depend on order.
const MASS_ONE: f64 = 4_294_967_296.0;

/// Which of an applicant's words is its lottery ticket.
const LOTTERY_WORD: usize = 2;

/// Rounds of eight bits in which the cut-off of a city is found: two for the score, four for the lottery.
const ROUNDS: usize = 6;

/// Settlers that each city may still take, thousand persons in fixed point. Room that is not used is kept until the
/// year ends, and then only as much as one agent needs: a quota is of a year, and a city whose quota is smaller than an
/// agent takes one every so often.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaRoom(pub Vec<u64>);

/// The ranks up to which applicants settle, by city; found anew in each quarter.
#[derive(Resource, Debug, Default)]
pub struct Cutoffs {
    /// Applicants with a rank below this settle.
    pub rank_below: Vec<u64>,
    /// Whether anyone applied in this quarter.
    any: AtomicBool,
    /// Mass of applicants by city and by the next eight bits of their rank.
    bins: Vec<AtomicU64>,
    /// The part of the cut-off found so far, and the room left below it.
    prefix: Vec<u64>,
    room: Vec<u64>,
}

/// The rank of an applicant: a better score first, then the lottery. 48 bits; lower is better.
fn rank(score: u16, lottery: u32) -> u64 {
    u64::from(!score) << 32 | u64::from(lottery)
}

/// What an applicant brings: its counters and its luck of the quarter.
#[derive(Clone, Copy)]
pub struct Applicant {
    /// Where it lives.
    pub place: u16,
    /// Status, skill, work.
    pub bits: Bits,
    /// Quarters in the place.
    pub quarters_here: u8,
    /// Quarters of work without a break.
    pub stable_quarters: u8,
    /// Quarters of insured work in the place.
    pub insured_quarters: u8,
}

/// The rank of one who has applied. The lottery word is drawn again from its address rather than stored.
#[must_use]
pub fn rank_of(applicant: Applicant, policy: &SettlementPolicy, random: &RandomSource, address: Address) -> u64 {
    rank(score_of(applicant, policy), random.words(address, 0)[LOTTERY_WORD])
}

fn score_of(applicant: Applicant, policy: &SettlementPolicy) -> u16 {
    score(
        &policy.rules[usize::from(applicant.place)],
        applicant.bits.skill() == 1,
        applicant.quarters_here,
        applicant.insured_quarters,
        applicant.stable_quarters >= policy.stable_quarters,
    )
}

/// The address of an agent's settlement words.
#[must_use]
pub fn settlement_address(tick: u32, block: WorkerBlock, at: usize, generation: u8) -> Address {
    Address {
        tick,
        purpose: Purpose::Settlement,
        group: block.origin,
        ordinal: block.first + at as u32,
        generation: u16::from(generation),
    }
}

type Columns<'a> = (
    &'a WorkerBlock,
    &'a Place,
    &'a WorkerBits,
    &'a Generation,
    &'a QuartersHere,
    &'a StableQuarters,
    &'a InsuredQuarters,
);

fn applicant(columns: &Columns, at: usize) -> Applicant {
    Applicant {
        place: columns.1.0[at],
        bits: Bits(columns.2.0[at]),
        quarters_here: columns.4.0[at],
        stable_quarters: columns.5.0[at],
        insured_quarters: columns.6.0[at],
    }
}

/// Eligible people who did not choose to leave decide whether to apply.
#[expect(clippy::too_many_arguments, clippy::type_complexity, reason = "a system's arguments are what it reads")]
pub(super) fn apply_to_settle(
    mut workers: Query<(
        &WorkerBlock,
        &Place,
        &WorkerBits,
        &Generation,
        &QuartersHere,
        &StableQuarters,
        &InsuredQuarters,
        &mut NextPlace,
    )>,
    applications: Res<Applications>,
    policy: Res<SettlementPolicy>,
    utilities: Res<Utilities>,
    population: Res<Population>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    cutoffs: Res<Cutoffs>,
) {
    let places = population.urban.len();
    cutoffs.any.store(false, Relaxed);
    let wants = |applicant: Applicant, origin: usize, words: [u32; 2]| {
        if unit(words[0]) >= applications.numbers.application_rate {
            return false;
        }
        let (here, skill) = (usize::from(applicant.place), applicant.bits.skill());
        let land = if applicant.bits.homestead() && policy.homestead != HomesteadRule::Keep {
            applications.numbers.land_attachment
        } else {
            0.0
        };
        let settled = utilities.citizen[skill][here];
        let (unsettled, network) = if applicant.bits.status() == Status::Migrant {
            let pair = origin * places + here;
            (utilities.migrant[skill][pair], utilities.network[pair])
        } else {
            (utilities.citizen_elsewhere[skill][here], 0.0)
        };
        // Friends from home stay friends after settling.
        unit(words[1]) < acceptance(applications.precision, settled + network - unsettled - land)
    };
    let tables = workers.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, place, bits, generation, here, stable, insured, mut next_place) in tables {
        (blocks, place, bits, generation, here, stable, insured, &mut *next_place).into_par_iter().for_each(
            |(block, place, bits, generation, here, stable, insured, next_place)| {
                let columns = (block, place, bits, generation, here, stable, insured);
                let origin = usize::from(block.origin);
                let mut any = false;
                let mut eligible_people = AgentBatch::new(clock.tick, Purpose::Settlement, block.origin);
                let mut apply = |people: &mut AgentBatch, next_place: &mut [u16]| {
                    let words = people.words(&random);
                    for (lane, at) in people.slots().enumerate() {
                        if wants(applicant(&columns, at), origin, [words[0][lane], words[1][lane]]) {
                            next_place[at] = SETTLE;
                            any = true;
                        }
                    }
                    people.clear();
                };
                for at in 0..place.0.len() {
                    // Where nobody chooses places, an application of the last quarter still stands there.
                    if next_place.0[at] == SETTLE {
                        next_place.0[at] = STAY;
                    }
                    let status = Bits(bits.0[at]).status();
                    let without_registration = matches!(status, Status::Migrant | Status::CitizenElsewhere);
                    if !without_registration || next_place.0[at] != STAY {
                        continue;
                    }
                    let applicant = applicant(&columns, at);
                    let rule = &policy.rules[usize::from(applicant.place)];
                    let may = eligible(
                        rule,
                        applicant.bits.skill() == 1,
                        applicant.quarters_here,
                        applicant.insured_quarters,
                        applicant.stable_quarters >= policy.stable_quarters,
                    );
                    let ordinal = block.first + at as u32;
                    if may && eligible_people.add(at, ordinal, u16::from(generation.0[at])) {
                        apply(&mut eligible_people, &mut next_place.0);
                    }
                }
                apply(&mut eligible_people, &mut next_place.0);
                if any {
                    cutoffs.any.store(true, Relaxed);
                }
            },
        );
    }
}

/// Adds the quarter's quota to the room of each city, and finds the rank up to which applicants settle.
#[expect(clippy::too_many_arguments, clippy::type_complexity, reason = "a system's arguments are what it reads")]
pub(super) fn find_cutoffs(
    workers: Query<(
        &WorkerBlock,
        &Place,
        &WorkerBits,
        &Generation,
        &QuartersHere,
        &StableQuarters,
        &InsuredQuarters,
        &NextPlace,
    )>,
    policy: Res<SettlementPolicy>,
    population: Res<Population>,
    table: Res<PlaceTable>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    mut room: ResMut<QuotaRoom>,
    mut cutoffs: ResMut<Cutoffs>,
) {
    let places = population.urban.len();
    let largest_agent = (0..=places).map(|origin| table.mass_per_agent(origin)).fold(0.0, f64::max);
    let kept = if clock.tick.is_multiple_of(4) { (largest_agent * MASS_ONE) as u64 } else { u64::MAX };
    room.0.resize(places, 0);
    cutoffs.begin(places);
    for place in 0..places {
        match quota_share(&policy.rules[place]) {
            None => room.0[place] = u64::MAX,
            Some(share) => {
                let year = share * population.citizens[place];
                let before = if room.0[place] == u64::MAX { 0 } else { room.0[place].min(kept) };
                let most = if year > 0.0 { (year.max(2.0 * largest_agent) * MASS_ONE) as u64 } else { 0 };
                room.0[place] = (before + (year / 4.0 * MASS_ONE) as u64).min(most);
            }
        }
        cutoffs.room[place] = room.0[place];
    }
    if !cutoffs.any.load(Relaxed) {
        return;
    }
    for round in 0..ROUNDS {
        let shift = 8 * (ROUNDS - 1 - round);
        for bin in &cutoffs.bins {
            bin.store(0, Relaxed);
        }
        let tables = workers.contiguous_iter().expect("blocks of columns are stored densely");
        for (blocks, place, bits, generation, here, stable, insured, next_place) in tables {
            (blocks, place, bits, generation, here, stable, insured, next_place).into_par_iter().for_each(
                |(block, place, bits, generation, here, stable, insured, next_place)| {
                    let columns = (block, place, bits, generation, here, stable, insured);
                    let mass = agent_mass(&table, usize::from(block.origin));
                    // Only those who share all digits found so far are still undecided.
                    let note = |city: usize, rank: u64| {
                        if rank >> (shift + 8) == cutoffs.prefix[city] {
                            cutoffs.bins[city * 256 + (rank >> shift & 255) as usize].fetch_add(mass, Relaxed);
                        }
                    };
                    let mut drawing = AgentBatch::new(clock.tick, Purpose::Settlement, block.origin);
                    let draw = |people: &mut AgentBatch| {
                        let words = people.words(&random);
                        for (at, &lottery) in people.slots().zip(&words[LOTTERY_WORD]) {
                            let score = score_of(applicant(&columns, at), &policy);
                            note(usize::from(place.0[at]), rank(score, lottery));
                        }
                        people.clear();
                    };
                    for at in slots_where(&next_place.0, |&next| next == SETTLE) {
                        let city = usize::from(place.0[at]);
                        if cutoffs.room[city] == u64::MAX {
                            continue;
                        }
                        let first = rank(score_of(applicant(&columns, at), &policy), 0);
                        if shift >= 32 {
                            note(city, first);
                        } else if first >> 32 == cutoffs.prefix[city] >> (24 - shift)
                            && drawing.add(at, block.first + at as u32, u16::from(generation.0[at]))
                        {
                            draw(&mut drawing);
                        }
                    }
                    draw(&mut drawing);
                },
            );
        }
        cutoffs.narrow(places);
    }
    for place in 0..places {
        if room.0[place] != u64::MAX {
            cutoffs.rank_below[place] = cutoffs.prefix[place];
            room.0[place] = cutoffs.room[place];
        }
    }
}

fn agent_mass(table: &PlaceTable, origin: usize) -> u64 {
    (table.mass_per_agent(origin) * MASS_ONE) as u64
}

impl Cutoffs {
    fn begin(&mut self, places: usize) {
        self.rank_below.clear();
        self.rank_below.resize(places, u64::MAX);
        self.prefix.clear();
        self.prefix.resize(places, 0);
        self.room.clear();
        self.room.resize(places, 0);
        self.bins.resize_with(places * 256, AtomicU64::default);
    }

    /// Settles the next eight bits of each cut-off: all whole bins that fit are in, and the first that does not fit is
    /// looked into in the next round. After the last round that bin is out, so a quota is never exceeded.
    fn narrow(&mut self, places: usize) {
        for city in 0..places {
            let mut digit = 0;
            while digit < 255 {
                let mass = self.bins[city * 256 + digit].load(Relaxed);
                if mass > self.room[city] {
                    break;
                }
                self.room[city] -= mass;
                digit += 1;
            }
            self.prefix[city] = self.prefix[city] << 8 | digit as u64;
        }
    }
}
