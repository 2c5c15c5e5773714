//! Spawning workers: cohorts become agents, each with its own keyed skill, age and tenure.

use bevy_ecs::prelude::*;
use economics::maths;
use rayon::prelude::*;
use scenario::scenario::Initial;

use crate::agents::cohort::{Cohort, Whereabouts};
use crate::agents::columns::BLOCK;
use crate::agents::worker::{
    Age, Bits, InsuredQuarters, QuartersHere, StableQuarters, Status, WorkerBits, WorkerBlock, WorkerBundle,
};
use crate::places::PlaceTable;
use crate::random::{AgentBatch, Purpose, RandomSource, unit};

/// What new workers depend on beside their cohort.
#[derive(Resource, Clone, Debug)]
pub struct SkillShares(pub Vec<f64>);

/// Share of skilled people among those of each origin; people from outside are as skilled as the mean place.
#[must_use]
pub fn skill_shares(table: &PlaceTable, initial: &Initial) -> Vec<f64> {
    let share = |years: f64| (initial.skilled_share + initial.skilled_share_per_year * (years - 9.0)).clamp(0.0, 1.0);
    let mut shares: Vec<f64> = table.places.iter().map(|place| share(place.schooling_years)).collect();
    shares.push(maths::total(&shares) / shares.len().max(1) as f64);
    shares
}

fn status(cohort: &Cohort) -> (Status, u16, bool) {
    match (cohort.whereabouts, cohort.citizen) {
        (Whereabouts::RuralHome, _) => (Status::Rural, cohort.origin, true),
        (Whereabouts::Outside, _) => (Status::Outside, u16::MAX, true),
        (Whereabouts::City(city), false) => (Status::Migrant, city, true),
        (Whereabouts::City(city), true) if city == cohort.origin => (Status::Citizen, city, false),
        (Whereabouts::City(city), true) => (Status::CitizenElsewhere, city, false),
    }
}

/// Spawns the blocks of all cohorts, which are in the order of origins. Must be called inside the model's pool.
pub fn spawn_workers(world: &mut World, cohorts: &[Cohort], initial: &Initial, working_life: f64) {
    let table = world.resource::<PlaceTable>();
    let random = *world.resource::<RandomSource>();
    let shares = skill_shares(table, initial);
    let outside = table.places.len() as u16;
    let life = (working_life * 4.0).clamp(1.0, 252.0);
    let tenure = initial.migrant_tenure;
    let mut plans: Vec<(WorkerBlock, Vec<(Cohort, u32)>)> = Vec::new();
    for cohorts in cohorts.chunk_by(|one, other| one.origin == other.origin) {
        let origin = cohorts[0].origin;
        let mut first = 0;
        let mut room = 0;
        for cohort in cohorts {
            let mut left = cohort.agents;
            while left > 0 {
                if room == 0 {
                    plans.push((WorkerBlock { origin, first }, Vec::new()));
                    room = BLOCK as u32;
                }
                let taken = left.min(room);
                if let Some((_, parts)) = plans.last_mut() {
                    parts.push((*cohort, taken));
                }
                (left, room, first) = (left - taken, room - taken, first + taken);
            }
        }
    }
    let bundles: Vec<WorkerBundle> = plans
        .par_iter()
        .map(|(block, parts)| {
            let agents = parts.iter().map(|(_, taken)| *taken as usize).sum();
            let mut bundle = WorkerBundle::with_capacity(*block, agents);
            for (cohort, taken) in parts {
                let (status, place, homestead) = status(cohort);
                let place = if place == u16::MAX { outside } else { place };
                let homestead = homestead && block.origin != outside;
                let until = bundle.place.0.len() + *taken as usize;
                bundle.registered_at.0.resize(until, cohort.origin);
                bundle.place.0.resize(until, place);
                bundle.bits.0.resize(until, Bits::new(status, false, homestead).0);
            }
            let newcomers = Newcomers { random: &random, skilled: shares[usize::from(block.origin)], life, tenure };
            newcomers.draw(&mut bundle);
            bundle
        })
        .collect();
    for bundle in bundles {
        world.spawn(bundle);
    }
    world.insert_resource(SkillShares(shares));
}

/// What is drawn for each worker of the start.
struct Newcomers<'a> {
    random: &'a RandomSource,
    /// Share of skilled people.
    skilled: f64,
    /// Quarters of working life.
    life: f64,
    /// Mean years that migrants have been where they are.
    tenure: f64,
}

impl Newcomers<'_> {
    /// Draws skill, age and tenure of a block whose agents know where they stand.
    fn draw(&self, bundle: &mut WorkerBundle) {
        let WorkerBundle { block, bits, quarters_here, age, .. } = bundle;
        quarters_here.0.resize(bits.0.len(), 0);
        age.0.resize(bits.0.len(), 0);
        in_batches(*block, bits.0.len(), Purpose::Skill, |batch| {
            let words = batch.words(self.random);
            let mut tenures = words[2].map(unit);
            maths::ln_each(&mut tenures);
            for (lane, at) in batch.slots().enumerate() {
                let old = Bits(bits.0[at]);
                let skilled = unit(words[0][lane]) < self.skilled;
                let years = (unit(words[1][lane]) * self.life) as u8;
                let away = matches!(old.status(), Status::Migrant | Status::CitizenElsewhere | Status::Outside);
                let tenure = -tenures[lane] * 4.0 * self.tenure;
                bits.0[at] = Bits::new(old.status(), skilled, old.homestead()).0;
                quarters_here.0[at] = if away { tenure.min(f64::from(years)) as u8 } else { years };
                age.0[at] = years;
            }
        });
    }
}

/// Hands the agents of a block of the start to `each`, sixteen at a time.
fn in_batches(block: WorkerBlock, agents: usize, purpose: Purpose, mut each: impl FnMut(&AgentBatch)) {
    let mut batch = AgentBatch::new(0, purpose, block.origin);
    for at in 0..agents {
        if batch.add(at, block.first + at as u32, 0) {
            each(&batch);
            batch.clear();
        }
    }
    if !batch.is_empty() {
        each(&batch);
    }
}

/// Gives people who work at the start a history of stable and insured work that fits their tenure. Must be called inside
/// the model's pool.
pub fn give_work_histories(world: &mut World, turnover: f64) {
    let random = *world.resource::<RandomSource>();
    let mut workers =
        world.query::<(&WorkerBlock, &WorkerBits, &QuartersHere, &Age, &mut StableQuarters, &mut InsuredQuarters)>();
    let tables = workers.contiguous_iter_mut(world).expect("blocks of columns are stored densely");
    for (blocks, bits, here, age, mut stable, mut insured) in tables {
        (blocks, bits, here, age, &mut *stable, &mut *insured).into_par_iter().for_each(
            |(block, bits, here, age, stable, insured)| {
                in_batches(*block, bits.0.len(), Purpose::OpeningTenure, |batch| {
                    let mut spells = batch.words(&random)[0].map(unit);
                    maths::ln_each(&mut spells);
                    for (lane, at) in batch.slots().enumerate() {
                        let bits = Bits(bits.0[at]);
                        if bits.industry().is_none() {
                            continue;
                        }
                        let spell = -spells[lane] / turnover.max(0.004);
                        let quarters = spell.min(f64::from(here.0[at].min(age.0[at]))) as u8;
                        stable.0[at] = quarters;
                        insured.0[at] = if bits.insured() { quarters } else { 0 };
                    }
                });
            },
        );
    }
}
