//! Job matching: contraction ends jobs, the unemployed fill vacancies, and some jobs carry insurance.
//!
//! - **Reads** [`LabourDemand`], [`ConsumerServiceLabour`], [`PublicLabour`], [`Tightness`], [`EmploymentRate`],
//!   [`EffectiveLabour`], [`TownJobs`], [`PlaceTable`], [`WorkerBlock`], [`Place`], [`Generation`]. **Writes**
//!   [`WorkerBits`], [`StableQuarters`], [`InsuredQuarters`], [`JobCounts`], [`Workforce`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), after relocation. **Random numbers** [`Purpose::Work`],
//!   [`Purpose::Insurance`]. **Equation** [`economics::matching`].
//! - **Switched off**: everyone counts as in stable, insured work; nobody has an industry.

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::matching::{hiring_rate, separation_rate, vacancies};
use rayon::prelude::*;
use scenario::mechanisms::job_matching::JobMatching;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, BySector};
use crate::agents::columns::{Selection, TILE, each_block};
use crate::agents::worker::{
    Bits, Generation, InsuredQuarters, Place, StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::congestion::EffectiveLabour;
use crate::mechanisms::population::CountedPeople;
use crate::mechanisms::towns::TownJobs;
use crate::mechanisms::wage_setting::{ConsumerServiceLabour, EmploymentRate, LabourDemand, PublicLabour, Tightness};
use crate::model::Model;
use crate::per_thread::PerThread;
use crate::random::{AgentBatch, Purpose, RandomSource, Wide, threshold, widely};
use crate::region::{IndustryTable, PlaceTable};
use crate::step::Step;

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

/// Entries of a place among jobs: urban industries, the urban unemployed, town workers, farmers, and those who have
/// nothing to do with jobs. One column more is for whoever a quarter changes whatever the luck.
#[derive(Clone, Copy, Debug)]
struct Layout {
    codes: IndustryCodes,
    /// Code of the industry of town jobs.
    in_towns: Option<usize>,
}

impl Layout {
    fn of(industries: &IndustryTable) -> Self {
        Self { codes: IndustryCodes::new(industries.firms()), in_towns: industries.in_towns }
    }

    fn unemployed(self) -> usize {
        self.codes.urban()
    }

    fn town(self) -> usize {
        self.codes.urban() + 1
    }

    fn farmers(self) -> usize {
        self.codes.urban() + 2
    }

    /// People who are absent or outside.
    fn none(self) -> usize {
        self.codes.urban() + 3
    }

    fn certain(self) -> usize {
        self.codes.urban() + 4
    }

    fn width(self) -> usize {
        self.codes.urban() + 5
    }

    /// Where a person is counted, and whose chance of a change is theirs.
    fn entry(self, bits: Bits) -> usize {
        match bits.status() {
            Status::Migrant | Status::Citizen | Status::CitizenElsewhere => {
                bits.industry().filter(|&industry| industry < self.codes.urban()).unwrap_or(self.unemployed())
            }
            Status::Rural if self.in_towns.is_some() && bits.industry() == self.in_towns => self.town(),
            Status::Rural => self.farmers(),
            Status::Absent | Status::Outside => self.none(),
        }
    }

    /// What one quarter of work does to a person: `happens` says whether the chance of their entry came true, and
    /// `industry` where a hired person works. New jobs are not insured yet.
    fn next_job(self, bits: Bits, happens: bool, industry: impl FnOnce() -> usize) -> Bits {
        match (bits.status(), bits.industry()) {
            (Status::Absent, _) => bits,
            (Status::Outside, _) => bits.with_job(self.codes.outside, false),
            (Status::Rural, held) => match self.in_towns {
                Some(town) if held == Some(town) && !happens => bits,
                Some(town) if held != Some(town) && happens => bits.with_job(town, false),
                _ => bits.with_job(self.codes.agriculture, false),
            },
            (_, Some(held)) if held < self.codes.urban() && !happens => bits,
            (_, Some(held)) if held < self.codes.urban() => bits.without_job(),
            _ if happens => bits.with_job(industry(), false),
            _ => bits.without_job(),
        }
    }

    /// The column of chances to compare a word with, by a worker's bits.
    fn columns(self) -> [u8; Bits::PATTERNS] {
        std::array::from_fn(|bits| {
            let bits = Bits(bits as u16);
            let changes_anyway = self.next_job(bits, false, || 0) != bits;
            (if changes_anyway { self.certain() } else { self.entry(bits) }) as u8
        })
    }
}

/// Who holds which job: the mass of workers by place and entry of [`Layout`], in fixed point. It follows whoever changes,
/// and is counted from the agents only where it starts and where it is checked.
#[derive(Resource)]
pub struct JobCounts {
    layout: Layout,
    held: Vec<u64>,
    /// Changes since they were last added.
    changes: PerThread,
}

/// What the workers of one origin weigh, by the last four bits: heads in the countryside, efficiency units in cities.
#[derive(Clone, Copy)]
pub struct JobWeights([u64; 16]);

impl JobWeights {
    fn of(table: &PlaceTable, origin: u16) -> Self {
        let mass = table.mass_per_agent(usize::from(origin));
        let heads = (mass * MASS_ONE) as u64;
        let labour = table.efficiency.map(|efficiency| (mass * efficiency * MASS_ONE) as u64);
        Self(std::array::from_fn(|code| {
            let bits = Bits(code as u16);
            match bits.status() {
                Status::Absent | Status::Outside => 0,
                Status::Rural => heads,
                _ => labour[bits.skill()],
            }
        }))
    }

    fn of_bits(&self, bits: Bits) -> u64 {
        self.0[usize::from(bits.0 & 15)]
    }
}

/// Changes of jobs that one thread notes.
pub struct JobChanges<'a> {
    layout: Layout,
    weights: JobWeights,
    changes: &'a mut [u64],
}

impl JobChanges<'_> {
    /// Notes that a worker, by place and bits, is another now.
    pub fn note(&mut self, (from, before): (u16, Bits), (to, after): (u16, Bits)) {
        let width = self.layout.width();
        let entry = |place: u16, bits: Bits| usize::from(place) * width + self.layout.entry(bits);
        let (old, new) = (entry(from, before), entry(to, after));
        self.changes[old] = self.changes[old].wrapping_sub(self.weights.of_bits(before));
        self.changes[new] = self.changes[new].wrapping_add(self.weights.of_bits(after));
    }
}

impl JobCounts {
    fn new(industries: &IndustryTable, places: usize) -> Self {
        let layout = Layout::of(industries);
        // One place more: the outside, where nobody weighs anything.
        Self { layout, held: vec![0; (places + 1) * layout.width()], changes: PerThread::default() }
    }

    /// Lets a thread note what changes among the workers of an origin, where jobs are counted at all.
    pub fn follow(counts: Option<&Self>, table: &PlaceTable, origin: u16, work: impl FnOnce(Option<&mut JobChanges>)) {
        let Some(Self { layout, changes, .. }) = counts else { return work(None) };
        let weights = JobWeights::of(table, origin);
        changes.count(|changes| work(Some(&mut JobChanges { layout: *layout, weights, changes })));
    }

    /// Adds the changes since the last time.
    fn catch_up(&mut self) {
        let changes = &mut self.changes;
        for (entry, held) in self.held.iter_mut().enumerate() {
            *held = held.wrapping_add(changes.total(entry));
        }
        self.begin();
    }

    /// Forgets changes that are not added. Must be called inside the pool that will note them.
    fn begin(&mut self) {
        self.changes.clear(self.held.len());
    }

    /// Counts all jobs again, and gives the first count that differs: its account, what it should be, and what is there.
    /// Must be called inside the model's pool.
    pub fn differs(&mut self, workers: &CountedPeople, table: &PlaceTable) -> Option<(String, f64, f64)> {
        self.catch_up();
        let Self { layout, held, changes } = self;
        tally_jobs(workers, *layout, table, changes);
        let mut found = (0..held.len()).map(|entry| (entry, tallied(changes, entry)));
        let different = found.find(|&(entry, counted)| held[entry] != counted);
        changes.clear(held.len());
        let (entry, counted) = different?;
        let place = table.places.get(entry / layout.width()).map_or("the outside", |place| &place.key);
        let account = format!("jobs counted: entry {} of {place}", entry % layout.width());
        let mass = |of: u64| of as f64 / MASS_ONE;
        Some((account, mass(counted), mass(held[entry])))
    }

    /// Makes the counts those of the agents. Must be called inside the model's pool.
    fn count_all(&mut self, workers: &CountedPeople, table: &PlaceTable) {
        let Self { layout, held, changes } = self;
        tally_jobs(workers, *layout, table, changes);
        for (entry, held) in held.iter_mut().enumerate() {
            *held = tallied(changes, entry);
        }
        self.begin();
    }

    /// The mass of an entry.
    fn mass(&self, place: usize, entry: usize) -> f64 {
        self.held[place * self.layout.width() + entry] as f64 / MASS_ONE
    }
}

/// Rates of the quarter.
#[derive(Resource)]
struct Matching {
    /// What the words are drawn for: first jobs at the start have their own.
    purpose: Purpose,
    /// The column of chances to compare a word with, by a worker's bits.
    columns: [u8; Bits::PATTERNS],
    /// Thresholds by place and entry of [`Layout`]: separation from a job held, hiring of one without.
    chance: Vec<u64>,
    /// Words above these leave everything as it is; some that are not above do so too.
    above: Vec<u32>,
    /// Vacancies of a place up to each urban industry.
    open: Vec<f64>,
    /// Hiring thresholds by place, cumulated over urban industries in proportion to vacancies.
    vacancy: Vec<u64>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.job_matching else {
        model.add(Step::MatchWorkers, count_every_quarter);
        return;
    };
    model.world.insert_resource(JobMatchingParameters(block.clone()));
    let industries = model.world.resource::<IndustryTable>();
    let counts = JobCounts::new(industries, model.world.resource::<PlaceTable>().places.len());
    model.world.insert_resource(Matching {
        purpose: Purpose::Work,
        columns: counts.layout.columns(),
        chance: Vec::new(),
        above: Vec::new(),
        open: Vec::new(),
        vacancy: Vec::new(),
    });
    model.world.insert_resource(counts);
    model.world.init_resource::<Workforce>();
    model.keep::<Workforce>("workforce");
    model
        .add(Step::CountJobs, count_jobs)
        .add(Step::SetJobRates, set_rates)
        .add(Step::MatchWorkers, match_workers)
        .add(Step::AddUpJobs, add_up_jobs);
}

/// Fills the jobs of the opening state, with random numbers of its own. Must be called inside the model's pool.
///
/// # Panics
/// If the mechanism has not been added.
pub fn open_jobs(world: &mut World) {
    world.resource_mut::<Matching>().purpose = Purpose::OpeningJob;
    count_again(world);
    let missing = "the mechanism has been added";
    world.run_system_cached(set_rates).expect(missing);
    world.run_system_cached(match_workers).expect(missing);
    world.run_system_cached(add_up_jobs).expect(missing);
    world.resource_mut::<Matching>().purpose = Purpose::Work;
}

/// Counts jobs from the agents, where the mechanism is on. Must be called inside the model's pool.
pub fn count_again(world: &mut World) {
    if world.contains_resource::<JobCounts>() {
        world.run_system_cached(count_all_jobs).expect("job counts are there");
    }
}

/// What holds where the mechanism is off: every quarter counts as one of stable, insured work.
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

/// Counts from all agents who holds which job, into `tally`, with several copies of each entry.
fn tally_jobs(workers: &CountedPeople, layout: Layout, table: &PlaceTable, tally: &mut PerThread) {
    tally.clear(COPIES * (table.places.len() + 1) * layout.width());
    let tally = &*tally;
    let entries: [u8; Bits::PATTERNS] = std::array::from_fn(|bits| layout.entry(Bits(bits as u16)) as u8);
    for (blocks, place, bits) in workers.contiguous_iter().expect("blocks of columns are stored densely") {
        (blocks, place, bits).into_par_iter().for_each(|(block, place, bits)| {
            let weights = JobWeights::of(table, block.origin);
            tally.count(|tally| {
                for (at, (&place, &bits)) in place.0.iter().zip(&bits.0).enumerate() {
                    let entry =
                        usize::from(place) * layout.width() + usize::from(entries[usize::from(bits) % Bits::PATTERNS]);
                    tally[COPIES * entry + at % COPIES] += weights.of_bits(Bits(bits));
                }
            });
        });
    }
}

/// What [`tally_jobs`] counted at an entry.
fn tallied(tally: &mut PerThread, entry: usize) -> u64 {
    (0..COPIES).map(|copy| tally.total(COPIES * entry + copy)).sum()
}

/// Makes the counts those of the agents.
fn count_all_jobs(workers: CountedPeople, table: Res<PlaceTable>, mut counts: ResMut<JobCounts>) {
    counts.count_all(&workers, &table);
}

/// Brings the counts up to whoever moved, came or left since the last matching.
fn count_jobs(mut counts: ResMut<JobCounts>) {
    counts.catch_up();
}

fn set_rates(
    parameters: Res<JobMatchingParameters>,
    (demand, consumer, public): (BySector<LabourDemand>, ByCity<ConsumerServiceLabour>, ByCity<PublicLabour>),
    (tightness, employment_rate): (ByCity<Tightness>, ByCity<EmploymentRate>),
    effective_labour: ByCity<EffectiveLabour>,
    town_jobs: ByCity<TownJobs>,
    counts: Res<JobCounts>,
    mut matching: ResMut<Matching>,
) {
    let layout = counts.layout;
    let codes = layout.codes;
    let turnover = parameters.0.turnover;
    let Matching { chance, above, open, vacancy, .. } = &mut *matching;
    chance.clear();
    vacancy.clear();
    for place in 0..tightness.len() {
        // Demand beyond supply raises pay, not heads: heads follow the employment rate.
        let heads_per_demand = employment_rate[place] / (tightness[place].max(1e-12) * effective_labour[place]);
        let mut all_open = 0.0;
        open.clear();
        for code in 0..codes.urban() {
            let demand = if code < codes.firms {
                demand[code][place]
            } else if code == codes.consumer_services {
                consumer[place]
            } else {
                public[place]
            };
            let (held, wanted) = (counts.mass(place, code), demand * heads_per_demand);
            let rate = separation_rate(held, wanted, turnover);
            chance.push(threshold(rate));
            all_open += vacancies(held, wanted, rate);
            open.push(all_open);
        }
        let rate = hiring_rate(all_open, counts.mass(place, layout.unemployed()));
        chance.push(threshold(rate));
        vacancy.extend(open.iter().map(|up_to| threshold(if all_open > 0.0 { rate * up_to / all_open } else { 0.0 })));
        let (held, farmers) = (counts.mass(place, layout.town()), counts.mass(place, layout.farmers()));
        let rate = separation_rate(held, town_jobs[place], turnover);
        chance.push(threshold(rate));
        let hired = hiring_rate(vacancies(held, town_jobs[place], rate), farmers);
        chance.push(if layout.in_towns.is_some() { threshold(hired) } else { 0 });
        chance.extend([0, threshold(1.0)]);
    }
    let outside = chance.len()..chance.len() + layout.width();
    chance.resize(outside.end, 0);
    chance[outside.start + layout.certain()] = threshold(1.0);
    above.clear();
    above.extend(chance.iter().map(|&threshold| threshold.saturating_sub(1) as u32));
}

/// The columns of a block that matching reads and changes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Jobs {
    block: &'static WorkerBlock,
    place: &'static Place,
    generation: &'static Generation,
    bits: &'static mut WorkerBits,
    stable_quarters: &'static mut StableQuarters,
    insured_quarters: &'static mut InsuredQuarters,
}

/// A quarter more of work without a break for those in work, and of insured work for the insured.
struct CountQuarters<'a> {
    bits: &'a [u16],
    stable: &'a mut [u8],
    insured: &'a mut [u8],
}

impl Wide for CountQuarters<'_> {
    #[inline(always)]
    fn work(self) {
        for ((&bits, stable), insured) in self.bits.iter().zip(self.stable).zip(self.insured) {
            let bits = Bits(bits);
            *stable = if bits.employed() { stable.saturating_add(1) } else { 0 };
            *insured = insured.saturating_add(u8::from(bits.insured()));
        }
    }
}

fn match_workers(
    mut workers: Query<Jobs>,
    parameters: Res<JobMatchingParameters>,
    table: Res<PlaceTable>,
    counts: Res<JobCounts>,
    matching: Res<Matching>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let layout = counts.layout;
    let (codes, width) = (layout.codes, layout.width());
    let insured = [parameters.0.insured_share_migrant, parameters.0.insured_share_citizen].map(threshold);
    each_block!(workers, (block, place, generation), (bits, stable_quarters, insured_quarters), {
        let (place, generation) = (&place.0[..], &generation.0[..]);
        let (bits, stable) = (&mut bits.0[..], &mut stable_quarters.0[..]);
        let insured_quarters = &mut insured_quarters.0[..];
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
        JobCounts::follow(Some(&*counts), &table, block.origin, |mut changes| {
            for start in (0..place.len()).step_by(TILE) {
                let tile = start..(start + TILE).min(place.len());
                let words = &mut words[..tile.len()];
                let first = block.first + start as u32;
                let drawn_for = (first, &generation[tile.clone()]);
                random.tile_of(clock.tick, matching.purpose, block.origin, drawn_for, words);
                let of_tile = words.iter().zip(&place[tile.clone()]).zip(&bits[tile.clone()]);
                let selection = Selection::of(of_tile.map(|((&word, &place), &bits)| {
                    let column = usize::from(matching.columns[usize::from(bits) % Bits::PATTERNS]);
                    word <= matching.above[usize::from(place) * width + column]
                }));
                let mut keeps = [false; TILE];
                for (at, keeps) in selection.slots().zip(&mut keeps) {
                    let (word, here, bits) = (u64::from(words[at]), place[start + at], &mut bits[start + at]);
                    let before = Bits(*bits);
                    let row = usize::from(here);
                    let happens = word < matching.chance[row * width + layout.entry(before)];
                    let vacancies = || {
                        let shares = &matching.vacancy[row * codes.urban()..(row + 1) * codes.urban()];
                        shares.iter().position(|&share| word < share).unwrap_or(codes.consumer_services)
                    };
                    let after = layout.next_job(before, happens, vacancies);
                    *bits = after.0;
                    *keeps = before.employed() && after.industry() == before.industry();
                    if let Some(changes) = &mut changes {
                        changes.note((here, before), (here, after));
                    }
                }
                let quarters = CountQuarters {
                    bits: &bits[tile.clone()],
                    stable: &mut stable[tile.clone()],
                    insured: &mut insured_quarters[tile],
                };
                widely(random.width(), quarters);
                for (at, _) in selection.slots().zip(keeps).filter(|&(_, keeps)| !keeps) {
                    let at = start + at;
                    stable[at] = 0;
                    let in_new_job = Bits(bits[at]).industry().is_some_and(|industry| industry < codes.urban());
                    if in_new_job && hired.add(at, block.first + at as u32, u16::from(generation[at])) {
                        insure(&hired, bits, insured_quarters);
                        hired.clear();
                    }
                }
            }
        });
        insure(&hired, bits, insured_quarters);
    });
}

/// Brings the counts up to who was hired and who lost a job, and reads who works where off them.
fn add_up_jobs(mut counts: ResMut<JobCounts>, mut workforce: ResMut<Workforce>) {
    counts.catch_up();
    let layout = counts.layout;
    // The outside has no city.
    let places = counts.held.len() / layout.width() - 1;
    workforce.employed.resize_with(layout.codes.urban(), || vec![0.0; places]);
    workforce.unemployed.resize(places, 0.0);
    workforce.town.resize(places, 0.0);
    workforce.farmers.resize(places, 0.0);
    for place in 0..places {
        for code in 0..layout.codes.urban() {
            workforce.employed[code][place] = counts.mass(place, code);
        }
        workforce.unemployed[place] = counts.mass(place, layout.unemployed());
        workforce.town[place] = counts.mass(place, layout.town());
        workforce.farmers[place] = counts.mass(place, layout.farmers());
    }
}
