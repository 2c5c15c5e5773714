//! Job matching: contraction ends jobs, the unemployed fill vacancies, and some jobs carry insurance.
//!
//! - **Reads** [`Labour`], [`Productivities`], [`PlaceTable`]. **Writes** work and counters of each worker, [`Workforce`].
//! - **Phase** [`Phase::Moves`], after relocation. **Chance** [`Purpose::Work`], [`Purpose::Insurance`].
//!   **Equation** [`economics::matching`].
//! - **Switched off**: everyone counts as in stable, insured work; nobody has an industry.

use bevy_ecs::prelude::*;
use economics::matching::{hiring_rate, separation_rate, vacancies};
use rayon::prelude::*;
use scenario::mechanisms::job_matching::JobMatching;
use serde::{Deserialize, Serialize};

use crate::agents::columns::TILE;
use crate::agents::worker::{
    Bits, Generation, InsuredQuarters, Place, StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::relocation::Relocated;
use crate::model::Model;
use crate::per_thread::PerThread;
use crate::phase::Phase;
use crate::places::{IndustryTable, Labour, PlaceTable, Productivities};
use crate::plugin::Plugin;
use crate::random::{AgentBatch, Purpose, RandomSource, of_generation, threshold};

/// Wires the mechanism.
pub struct JobMatchingPlugin {
    /// Its numbers.
    pub parameters: JobMatching,
}

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct JobMatchingParameters(JobMatching);

/// One, in the fixed-point masses of workers: sums do not depend on order.
const MASS_ONE: f64 = 4_294_967_296.0;

/// Codes of the industries that a worker's bits can name, beside the industries with firms (`0..firms`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndustryCodes {
    /// Industries with firms.
    pub firms: usize,
    /// Consumer services.
    pub consumer_services: usize,
    /// Government.
    pub public: usize,
    /// Farming.
    pub agriculture: usize,
    /// Work outside the region.
    pub outside: usize,
}

impl IndustryCodes {
    /// The codes for so many industries with firms.
    #[must_use]
    pub fn new(firms: usize) -> Self {
        Self { firms, consumer_services: firms, public: firms + 1, agriculture: firms + 2, outside: firms + 3 }
    }

    /// Industries in which people work in cities.
    #[must_use]
    pub fn urban(self) -> usize {
        self.firms + 2
    }
}

/// People at work, as counted from the agents after matching. Thousand efficiency units in cities, thousand persons in
/// the countryside.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workforce {
    /// By urban industry code and city.
    pub employed: Vec<Vec<f64>>,
    /// Without work, by city.
    pub unemployed: Vec<f64>,
    /// In town jobs, by place.
    pub town: Vec<f64>,
    /// Farmers, by place.
    pub farmers: Vec<f64>,
}

/// Tallies and rates of the quarter.
#[derive(Resource)]
struct Matching {
    /// What the words are drawn for: first jobs at the start have their own.
    purpose: Purpose,
    tally: PerThread,
    /// Separation threshold by place and urban industry.
    separation: Vec<u64>,
    /// Hiring threshold by place.
    hiring: Vec<u64>,
    /// Vacancies of a place up to each urban industry.
    open: Vec<f64>,
    /// Hiring thresholds by place, cumulated over urban industries in proportion to vacancies.
    vacancy: Vec<u64>,
    /// Separation and hiring thresholds of town jobs by place.
    town_separation: Vec<u64>,
    town_hiring: Vec<u64>,
}

impl Plugin for JobMatchingPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(JobMatchingParameters(self.parameters.clone()));
        model.world.insert_resource(Matching {
            purpose: Purpose::Work,
            tally: PerThread::default(),
            separation: Vec::new(),
            hiring: Vec::new(),
            open: Vec::new(),
            vacancy: Vec::new(),
            town_separation: Vec::new(),
            town_hiring: Vec::new(),
        });
        model.world.init_resource::<Workforce>();
        model.keep::<Workforce>("workforce");
        model.add_systems(
            Phase::Moves,
            (count_jobs, set_rates, match_workers, count_jobs_again).chain().in_set(JobMatches).after(Relocated),
        );
    }
}

/// Matching of workers and jobs, after everyone has moved.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobMatches;

/// Fills the jobs of the opening state, with luck of its own. Must be called inside the model's pool.
///
/// # Panics
/// If the mechanism has not been added.
pub fn open_jobs(world: &mut World) {
    world.resource_mut::<Matching>().purpose = Purpose::OpeningJob;
    let missing = "the mechanism has been added";
    world.run_system_cached(count_jobs).expect(missing);
    world.run_system_cached(set_rates).expect(missing);
    world.run_system_cached(match_workers).expect(missing);
    world.run_system_cached(count_jobs_again).expect(missing);
    world.resource_mut::<Matching>().purpose = Purpose::Work;
}

/// What holds where the mechanism is off: every quarter counts as one of stable, insured work.
pub struct EveryoneWorksPlugin;

impl Plugin for EveryoneWorksPlugin {
    fn build(&self, model: &mut Model) {
        model.add_systems(Phase::Moves, count_every_quarter.in_set(JobMatches).after(Relocated));
    }
}

fn count_every_quarter(mut workers: Query<(&mut StableQuarters, &mut InsuredQuarters)>) {
    for (mut stable, mut insured) in &mut workers {
        for quarters in stable.0.iter_mut().chain(&mut insured.0) {
            *quarters = quarters.saturating_add(1);
        }
    }
}

/// Copies of each entry that a thread adds to in turn: neighbours are often alike, and a sum that was just written is slow
/// to be read again.
const COPIES: usize = 2;

/// The mass of an entry.
fn mass_of(tally: &mut PerThread, entry: usize) -> f64 {
    let mass: u64 = (0..COPIES).map(|copy| tally.total(COPIES * entry + copy)).sum();
    mass as f64 / MASS_ONE
}

/// Entries of a place in the tally: urban industries, the urban unemployed, town workers, farmers.
struct Layout {
    urban: usize,
    width: usize,
}

impl Layout {
    fn new(codes: IndustryCodes) -> Self {
        Self { urban: codes.urban(), width: codes.urban() + 3 }
    }

    fn entry(&self, bits: Bits) -> usize {
        match bits.status() {
            Status::Migrant | Status::Citizen | Status::CitizenElsewhere => bits.industry().unwrap_or(self.urban),
            Status::Rural => {
                let in_town = bits.industry().is_some_and(|industry| industry < self.urban);
                self.urban + if in_town { 1 } else { 2 }
            }
            // They weigh nothing.
            Status::Absent | Status::Outside => 0,
        }
    }
}

fn tally_jobs(
    workers: &Query<(&WorkerBlock, &Place, &WorkerBits)>,
    industries: &IndustryTable,
    table: &PlaceTable,
    tally: &mut PerThread,
) {
    let layout = Layout::new(IndustryCodes::new(industries.firms()));
    // One place more: the outside, where nobody weighs anything.
    tally.clear(COPIES * (table.places.len() + 1) * layout.width);
    let tally = &*tally;
    let entries: [u8; Bits::PATTERNS] = std::array::from_fn(|bits| layout.entry(Bits(bits as u16)) as u8);
    for (blocks, place, bits) in workers.contiguous_iter().expect("blocks of columns are stored densely") {
        (blocks, place, bits).into_par_iter().for_each(|(block, place, bits)| {
            let mass = table.mass_per_agent(usize::from(block.origin));
            let heads = (mass * MASS_ONE) as u64;
            let labour = table.efficiency.map(|efficiency| (mass * efficiency * MASS_ONE) as u64);
            let weights: [u64; 16] = std::array::from_fn(|code| {
                let bits = Bits(code as u16);
                match bits.status() {
                    Status::Absent | Status::Outside => 0,
                    Status::Rural => heads,
                    _ => labour[bits.skill()],
                }
            });
            tally.count(|tally| {
                for (at, (&place, &bits)) in place.0.iter().zip(&bits.0).enumerate() {
                    let entry =
                        usize::from(place) * layout.width + usize::from(entries[usize::from(bits) % Bits::PATTERNS]);
                    tally[COPIES * entry + at % COPIES] += weights[usize::from(bits & 15)];
                }
            });
        });
    }
}

fn count_jobs(
    workers: Query<(&WorkerBlock, &Place, &WorkerBits)>,
    industries: Res<IndustryTable>,
    table: Res<PlaceTable>,
    mut matching: ResMut<Matching>,
) {
    tally_jobs(&workers, &industries, &table, &mut matching.tally);
}

fn set_rates(
    parameters: Res<JobMatchingParameters>,
    industries: Res<IndustryTable>,
    labour: Res<Labour>,
    productivities: Res<Productivities>,
    mut matching: ResMut<Matching>,
) {
    let codes = IndustryCodes::new(industries.firms());
    let layout = Layout::new(codes);
    let places = labour.tightness.len();
    let turnover = parameters.0.turnover;
    let Matching { tally, separation, hiring, open, vacancy, town_separation, town_hiring, .. } = &mut *matching;
    separation.clear();
    vacancy.clear();
    hiring.clear();
    town_separation.clear();
    town_hiring.clear();
    let mut mass = |entry: usize| mass_of(tally, entry);
    for place in 0..places {
        let start = place * layout.width;
        // Demand beyond supply raises pay, not heads: heads follow the employment rate.
        let heads_per_demand = labour.employment_rate[place]
            / (labour.tightness[place].max(1e-12) * productivities.effective_labour[place]);
        let mut all_open = 0.0;
        open.clear();
        for code in 0..codes.urban() {
            let demand = if code < codes.firms {
                labour.demand[code][place]
            } else if code == codes.consumer_services {
                labour.demand_consumer[place]
            } else {
                labour.demand_public[place]
            };
            let (held, wanted) = (mass(start + code), demand * heads_per_demand);
            let rate = separation_rate(held, wanted, turnover);
            separation.push(threshold(rate));
            all_open += vacancies(held, wanted, rate);
            open.push(all_open);
        }
        let unemployed = mass(start + layout.urban);
        let rate = hiring_rate(all_open, unemployed);
        hiring.push(threshold(rate));
        vacancy.extend(open.iter().map(|up_to| threshold(if all_open > 0.0 { rate * up_to / all_open } else { 0.0 })));
        let (held, farmers) = (mass(start + layout.urban + 1), mass(start + layout.urban + 2));
        let rate = separation_rate(held, labour.town_jobs[place], turnover);
        town_separation.push(threshold(rate));
        town_hiring.push(threshold(hiring_rate(vacancies(held, labour.town_jobs[place], rate), farmers)));
    }
}

/// What one quarter of work does to a person; `word` decides on separation or hiring. New jobs are not insured yet.
fn next_job(
    bits: Bits,
    place: usize,
    word: u32,
    codes: IndustryCodes,
    in_towns: Option<usize>,
    matching: &Matching,
) -> Bits {
    let word = u64::from(word);
    match bits.status() {
        Status::Absent => bits,
        Status::Outside => bits.with_job(codes.outside, false),
        Status::Rural => match (bits.industry(), in_towns) {
            (Some(industry), Some(town)) if industry == town => {
                if word < matching.town_separation[place] {
                    bits.with_job(codes.agriculture, false)
                } else {
                    bits
                }
            }
            (_, Some(town)) if word < matching.town_hiring[place] => bits.with_job(town, false),
            _ => bits.with_job(codes.agriculture, false),
        },
        _ => {
            let row = place * codes.urban()..(place + 1) * codes.urban();
            match bits.industry().filter(|&industry| industry < codes.urban()) {
                Some(industry) => {
                    if word < matching.separation[row][industry] {
                        bits.without_job()
                    } else {
                        bits
                    }
                }
                None if word < matching.hiring[place] => {
                    let industry = matching.vacancy[row].iter().position(|&share| word < share);
                    bits.with_job(industry.unwrap_or(codes.consumer_services), false)
                }
                None => bits.without_job(),
            }
        }
    }
}

fn match_workers(
    mut workers: Query<(&WorkerBlock, &Place, &Generation, &mut WorkerBits, &mut StableQuarters, &mut InsuredQuarters)>,
    parameters: Res<JobMatchingParameters>,
    industries: Res<IndustryTable>,
    matching: Res<Matching>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let codes = IndustryCodes::new(industries.firms());
    let insured = [parameters.0.insured_share_migrant, parameters.0.insured_share_citizen].map(threshold);
    let tables = workers.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, place, generation, mut bits, mut stable, mut insured_quarters) in tables {
        (blocks, place, generation, &mut *bits, &mut *stable, &mut *insured_quarters).into_par_iter().for_each(
            |(block, place, generation, bits, stable, insured_quarters)| {
                let insure = |hired: &AgentBatch, bits: &mut [u16], insured_quarters: &mut [u8]| {
                    let words = hired.words(&random);
                    for (at, &word) in hired.slots().zip(&words[0]) {
                        let share = insured[usize::from(Bits(bits[at]).status() == Status::Citizen)];
                        if u64::from(word) < share {
                            bits[at] = Bits(bits[at]).with_insurance().0;
                            insured_quarters[at] = insured_quarters[at].saturating_add(1);
                        }
                    }
                };
                let mut hired = AgentBatch::new(clock.tick, Purpose::Insurance, block.origin);
                let mut words = [0; TILE];
                for start in (0..place.0.len()).step_by(TILE) {
                    let end = (start + TILE).min(place.0.len());
                    let words = &mut words[..end - start];
                    random.tile(clock.tick, matching.purpose, block.origin, block.first + start as u32, words);
                    for at in start..end {
                        let before = Bits(bits.0[at]);
                        let word = of_generation(words[at - start], generation.0[at]);
                        let place = usize::from(place.0[at]);
                        let after = next_job(before, place, word, codes, industries.in_towns, &matching);
                        bits.0[at] = after.0;
                        let keeps = before.industry().is_some() && after.industry() == before.industry();
                        stable.0[at] = if keeps { stable.0[at].saturating_add(1) } else { 0 };
                        insured_quarters.0[at] = insured_quarters.0[at].saturating_add(u8::from(after.insured()));
                        let in_new_job = after.industry().is_some_and(|industry| industry < codes.urban()) && !keeps;
                        let ordinal = block.first + at as u32;
                        if in_new_job && hired.add(at, ordinal, u16::from(generation.0[at])) {
                            insure(&hired, &mut bits.0, &mut insured_quarters.0);
                            hired.clear();
                        }
                    }
                }
                insure(&hired, &mut bits.0, &mut insured_quarters.0);
            },
        );
    }
}

fn count_jobs_again(
    workers: Query<(&WorkerBlock, &Place, &WorkerBits)>,
    industries: Res<IndustryTable>,
    table: Res<PlaceTable>,
    mut matching: ResMut<Matching>,
    mut workforce: ResMut<Workforce>,
) {
    tally_jobs(&workers, &industries, &table, &mut matching.tally);
    let codes = IndustryCodes::new(industries.firms());
    let layout = Layout::new(codes);
    let places = table.places.len();
    workforce.employed.resize_with(codes.urban(), || vec![0.0; places]);
    workforce.unemployed.resize(places, 0.0);
    workforce.town.resize(places, 0.0);
    workforce.farmers.resize(places, 0.0);
    for place in 0..places {
        let mut mass = |entry: usize| mass_of(&mut matching.tally, place * layout.width + entry);
        for code in 0..codes.urban() {
            workforce.employed[code][place] = mass(code);
        }
        workforce.unemployed[place] = mass(layout.urban);
        workforce.town[place] = mass(layout.urban + 1);
        workforce.farmers[place] = mass(layout.urban + 2);
    }
}
