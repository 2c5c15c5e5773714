//! Applications: eligible migrants decide whether to settle; where more apply than may, ranking and a lottery decide.
//!
//! - **Reads** [`Applications`], [`WorkerBlock`], [`Place`], [`WorkerBits`], [`Generation`], [`QuartersHere`],
//!   [`StableQuarters`], [`InsuredQuarters`], [`SettlementRuleInForce`], [`HomesteadPolicy`], [`CitizenUtility`],
//!   [`ElsewhereUtility`], [`MigrantUtility`], [`Citizens`], [`PlaceTable`], [`Clock`], [`RandomSource`]. **Writes**
//!   [`NextPlace`], [`RationedApplicants`], [`QuotaRoom`], [`Cutoffs`].
//! - **Phase** [`Phase::Choices`](crate::step::Phase::Choices) (applications),
//!   [`Phase::Rationing`](crate::step::Phase::Rationing) (cut-offs). **Random numbers** [`Purpose::Application`],
//!   [`Purpose::Settlement`].
//!   **Equation** [`economics::migration::accepts`].
//! - **Carried out** by [`relocation`](crate::mechanisms::relocation): who ranks below the cut-off is registered.
//! - **Quotas** are of a year. [`QuotaRoom`] that is not used is kept until the year ends, and then only as much as one
//!   agent needs: a city whose quota is smaller than an agent takes one every so often.

use std::cell::Cell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::migration::accepts;
use rayon::prelude::*;
use scenario::mechanisms::settlement_rules::{HomesteadRule, Rule, SettlementParameters};

use super::admission::{Qualifications, eligible, quota_share, score};
use super::{HomesteadPolicy, QuotaRoom, SettlementRuleInForce};
use crate::agents::city::{ByCity, ByCityMut};
use crate::agents::columns::each_block;
use crate::agents::worker::{
    Bits, Choice, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RationedApplicants, StableQuarters,
    Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::population::Citizens;
use crate::mechanisms::utility::{CitizenUtility, ElsewhereUtility, MigrantUtility};
use crate::random::revision::{Chance, DrawContext, each_batch};
use crate::random::{Address, AgentBatch, Purpose, RandomSource, noise};
use crate::region::PlaceTable;

const STAY: u16 = Choice::Stay.code();
const SETTLE: u16 = Choice::Settle.code();

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

/// The ranks up to which applicants settle, by city; computed again in each quarter.
#[derive(Resource, Debug, Default)]
pub struct Cutoffs {
    /// Applicants with a rank below this settle.
    pub rank_below: Vec<u64>,
    /// Whether anyone applied in this quarter where a quota rations.
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

/// What admission looks at in an applicant.
#[derive(Clone, Copy)]
pub struct Applicant {
    /// City of residence.
    pub place: u16,
    /// Status, skill, work.
    pub bits: Bits,
    /// Quarters in the place.
    pub quarters_here: u8,
    /// Whether the agent has worked for long enough without a break to count as stably housed.
    pub stable: bool,
    /// Quarters of insured work in the place.
    pub insured_quarters: u8,
}

/// The rank of one who has applied. The lottery word is drawn again from its address rather than stored.
#[must_use]
pub fn rank_of(applicant: Applicant, rules: &[Rule], random: &RandomSource, address: Address) -> u64 {
    rank(applicant.score(rules), random.words(address, 0)[LOTTERY_WORD])
}

impl Applicant {
    fn rule(self, rules: &[Rule]) -> &Rule {
        &rules[usize::from(self.place)]
    }

    fn qualifications(self) -> Qualifications {
        Qualifications {
            skilled: self.bits.skill() == 1,
            quarters_here: self.quarters_here,
            insured_quarters: self.insured_quarters,
            stable: self.stable,
        }
    }

    fn score(self, rules: &[Rule]) -> u16 {
        score(self.rule(rules), self.qualifications())
    }

    fn is_eligible(self, rules: &[Rule]) -> bool {
        eligible(self.rule(rules), self.qualifications())
    }
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

/// The columns of a block that applications read, and the choice that they make.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
pub(super) struct Applying {
    block: &'static WorkerBlock,
    place: &'static Place,
    bits: &'static WorkerBits,
    generation: &'static Generation,
    quarters_here: &'static QuartersHere,
    stable_quarters: &'static StableQuarters,
    insured_quarters: &'static InsuredQuarters,
    next_place: &'static mut NextPlace,
    rationed: &'static mut RationedApplicants,
}

/// The agents of a block as applicants.
struct Applicants<'a> {
    /// Quarters of work without a break that count as stable housing.
    stable_from: u32,
    place: &'a [u16],
    bits: &'a [u16],
    quarters_here: &'a [u8],
    stable_quarters: &'a [u8],
    insured_quarters: &'a [u8],
}

impl Applicants<'_> {
    fn at(&self, slot: usize) -> Applicant {
        Applicant {
            place: self.place[slot],
            bits: Bits(self.bits[slot]),
            quarters_here: self.quarters_here[slot],
            stable: u32::from(self.stable_quarters[slot]) >= self.stable_from,
            insured_quarters: self.insured_quarters[slot],
        }
    }
}

/// What people weigh when they decide whether to apply.
struct Prospects<'a> {
    places: usize,
    applications: &'a Applications,
    homestead: HomesteadRule,
    citizen: &'a [[f64; 2]],
    elsewhere: &'a [[f64; 2]],
    migrant: &'a MigrantUtility,
}

impl Prospects<'_> {
    /// Whether an eligible person who thinks of it applies.
    fn applies(&self, applicant: Applicant, origin: usize, noise: f64) -> bool {
        let numbers = &self.applications.numbers;
        let (here, skill) = (usize::from(applicant.place), applicant.bits.skill());
        let gives_up_land = applicant.bits.homestead() && self.homestead != HomesteadRule::Keep;
        let land = if gives_up_land { numbers.land_attachment } else { 0.0 };
        let settled = self.citizen[here][skill];
        let (unsettled, network) = if applicant.bits.status() == Status::Migrant {
            let pair = origin * self.places + here;
            (self.migrant.value[skill][pair], self.migrant.network[pair])
        } else {
            (self.elsewhere[here][skill], 0.0)
        };
        // Friends from home stay friends after settling.
        accepts(self.applications.precision, settled + network - unsettled - land, noise)
    }
}

/// Eligible people who did not choose to leave decide whether to apply.
#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
pub(super) fn apply_to_settle(
    mut workers: Query<Applying>,
    applications: Res<Applications>,
    rules: ByCity<SettlementRuleInForce>,
    homestead: Res<HomesteadPolicy>,
    citizen: ByCity<CitizenUtility>,
    elsewhere: ByCity<ElsewhereUtility>,
    migrant: Res<MigrantUtility>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    cutoffs: Res<Cutoffs>,
) {
    cutoffs.any.store(false, Relaxed);
    let (rules, stable_from) = (&*rules, applications.numbers.stable_quarters);
    let chances = [Chance::default(), Chance::new(applications.numbers.application_rate)];
    let prospects = Prospects {
        places: rules.len(),
        applications: &applications,
        homestead: homestead.0,
        citizen: &citizen,
        elsewhere: &elsewhere,
        migrant: &migrant,
    };
    each_block!(
        workers,
        (block, place, bits, generation, quarters_here, stable_quarters, insured_quarters),
        (next_place, rationed),
        {
            rationed.0.clear();
            // Room for more than apply in most quarters, so that few quarters need to find more.
            rationed.0.reserve(place.0.len() / 16 + 64);
            let applicants = Applicants {
                stable_from,
                place: &place.0,
                bits: &bits.0,
                quarters_here: &quarters_here.0,
                stable_quarters: &stable_quarters.0,
                insured_quarters: &insured_quarters.0,
            };
            let origin = usize::from(block.origin);
            // Where nobody chooses places, an application of the last quarter still stands there.
            for next in &mut next_place.0 {
                *next = if *next == SETTLE { STAY } else { *next };
            }
            let next = Cell::from_mut(&mut next_place.0[..]).as_slice_of_cells();
            let may_think = |slots: Range<usize>| {
                let of_slots = bits.0[slots.clone()].iter().zip(&next[slots]);
                of_slots.map(|(&bits, next)| {
                    let unregistered = matches!(Bits(bits).status(), Status::Migrant | Status::CitizenElsewhere);
                    u8::from(next.get() == STAY && unregistered)
                })
            };
            let context = DrawContext {
                random: &random,
                tick: clock.tick,
                whether: Purpose::Application,
                which: Purpose::Settlement,
            };
            each_batch(context, *block, place.0.len(), &generation.0, (may_think, &chances), |thinking| {
                let noise = noise::logistic(&thinking.words[0], &random);
                for (lane, at) in thinking.each() {
                    let applicant = applicants.at(at);
                    if applicant.is_eligible(rules) && prospects.applies(applicant, origin, noise[lane].into()) {
                        next[at].set(SETTLE);
                        if quota_share(&rules[usize::from(place.0[at])]).is_some() {
                            rationed.0.push(at as u32);
                        }
                    }
                }
            });
            if !rationed.0.is_empty() {
                cutoffs.any.store(true, Relaxed);
            }
        }
    );
}

/// Adds the quarter's quota to the room of each city, and finds the rank up to which applicants settle.
#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
pub(super) fn find_cutoffs(
    mut workers: Query<ApplyingReadOnly>,
    applications: Res<Applications>,
    rules: ByCity<SettlementRuleInForce>,
    citizens: ByCity<Citizens>,
    table: Res<PlaceTable>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    mut room: ByCityMut<QuotaRoom>,
    mut cutoffs: ResMut<Cutoffs>,
) {
    let (rules, stable_from) = (&*rules, applications.numbers.stable_quarters);
    let places = rules.len();
    let largest_agent = (0..=places).map(|origin| table.mass_per_agent(origin)).fold(0.0, f64::max);
    let kept = if clock.tick.is_multiple_of(4) { (largest_agent * MASS_ONE) as u64 } else { u64::MAX };
    cutoffs.begin(places);
    for place in 0..places {
        match quota_share(&rules[place]) {
            None => room[place] = u64::MAX,
            Some(share) => {
                let year = share * citizens[place];
                let before = if room[place] == u64::MAX { 0 } else { room[place].min(kept) };
                let most = if year > 0.0 { (year.max(2.0 * largest_agent) * MASS_ONE) as u64 } else { 0 };
                room[place] = (before + (year / 4.0 * MASS_ONE) as u64).min(most);
            }
        }
        cutoffs.room[place] = room[place];
    }
    if !cutoffs.any.load(Relaxed) {
        return;
    }
    for round in 0..ROUNDS {
        let shift = 8 * (ROUNDS - 1 - round);
        for bin in &cutoffs.bins {
            bin.store(0, Relaxed);
        }
        each_block!(
            workers,
            (block, place, bits, generation, quarters_here, stable_quarters, insured_quarters, rationed),
            (),
            {
                let applicants = Applicants {
                    stable_from,
                    place: &place.0,
                    bits: &bits.0,
                    quarters_here: &quarters_here.0,
                    stable_quarters: &stable_quarters.0,
                    insured_quarters: &insured_quarters.0,
                };
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
                        note(usize::from(place.0[at]), rank(applicants.at(at).score(rules), lottery));
                    }
                    people.clear();
                };
                for at in rationed.0.iter().map(|&at| at as usize) {
                    let city = usize::from(place.0[at]);
                    let first = rank(applicants.at(at).score(rules), 0);
                    if shift >= 32 {
                        note(city, first);
                    } else if first >> 32 == cutoffs.prefix[city] >> (24 - shift)
                        && drawing.add(at, block.first + at as u32, u16::from(generation.0[at]))
                    {
                        draw(&mut drawing);
                    }
                }
                draw(&mut drawing);
            }
        );
        cutoffs.narrow(places);
    }
    for place in 0..places {
        if room[place] != u64::MAX {
            cutoffs.rank_below[place] = cutoffs.prefix[place];
            room[place] = cutoffs.room[place];
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
