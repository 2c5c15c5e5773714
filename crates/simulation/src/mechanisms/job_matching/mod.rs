//! Job matching: contraction ends jobs, the unemployed fill vacancies, and some jobs carry insurance.
//!
//! - **Reads** [`LabourDemand`], [`ConsumerServiceLabour`], [`PublicLabour`], [`Tightness`], [`EmploymentRate`],
//!   [`EffectiveLabour`], [`TownJobs`], [`PlaceTable`], [`WorkerBlock`], [`Place`], [`Generation`]. **Writes**
//!   [`WorkerBits`], [`StableQuarters`], [`InsuredQuarters`], [`JobCounts`], [`Workforce`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), after relocation. **Random numbers** [`Purpose::Work`],
//!   [`Purpose::Insurance`]. **Equation** [`economics::matching`].
//! - **Switched off**: everyone counts as in stable, insured work; nobody has an industry.

mod counts;

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::matching::{hiring_rate, separation_rate, vacancies};
use rayon::prelude::*;
use scenario::mechanisms::job_matching::JobMatching;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, BySector};
use crate::agents::columns::each_block;
use crate::agents::worker::{
    Bits, Generation, InsuredQuarters, Place, StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::mechanisms::congestion::EffectiveLabour;
use crate::mechanisms::towns::TownJobs;
use crate::mechanisms::wage_setting::{ConsumerServiceLabour, EmploymentRate, LabourDemand, PublicLabour, Tightness};
use crate::model::Model;
use crate::random::{AgentBatch, Purpose, RandomSource, Selection, TILE, Wide, threshold, widely};
use crate::region::{IndustryTable, PlaceTable};
use crate::step::Step;

use counts::count_all_jobs;
pub use counts::{IndustryCodes, JobChanges, JobCounts};

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct JobMatchingParameters(JobMatching);

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
    let (columns, above) = (&matching.columns, &matching.above[..]);
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
                let selection = Selection::of(
                    random.width(),
                    of_tile.map(move |((&word, &place), &bits)| {
                        let column = usize::from(columns[usize::from(bits) % Bits::PATTERNS]);
                        // Wrapping, since a check for overflow costs as much as the sum.
                        word <= above[usize::from(place).wrapping_mul(width).wrapping_add(column)]
                    }),
                );
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
    let places = counts.places();
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
