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
use crate::randomness::{Address, Luck, Purpose, unit};

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
    let luck = *world.resource::<Luck>();
    let shares = skill_shares(table, initial);
    let outside = table.places.len() as u16;
    let life = (working_life * 4.0).clamp(1.0, 252.0);
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
                for _ in 0..*taken {
                    let ordinal = block.first + bundle.place.0.len() as u32;
                    let words = luck.words(
                        Address { tick: 0, purpose: Purpose::Skill, group: block.origin, ordinal, generation: 0 },
                        0,
                    );
                    let skilled = unit(words[0]) < shares[usize::from(block.origin)];
                    let age = (unit(words[1]) * life) as u8;
                    let away = matches!(status, Status::Migrant | Status::CitizenElsewhere | Status::Outside);
                    let tenure = -maths::ln(unit(words[2])) * 4.0 * initial.migrant_tenure;
                    let homestead = homestead && block.origin != outside;
                    bundle.registered_at.0.push(cohort.origin);
                    bundle.place.0.push(place);
                    bundle.bits.0.push(Bits::new(status, skilled, homestead).0);
                    bundle.quarters_here.0.push(if away { tenure.min(f64::from(age)) as u8 } else { age });
                    bundle.age.0.push(age);
                }
            }
            bundle
        })
        .collect();
    for bundle in bundles {
        world.spawn(bundle);
    }
    world.insert_resource(SkillShares(shares));
}

/// Gives people who work at the start a history of stable and insured work that fits their tenure. Must be called inside
/// the model's pool.
pub fn give_work_histories(world: &mut World, turnover: f64) {
    let luck = *world.resource::<Luck>();
    let mut workers = world.query::<(
        &WorkerBlock,
        &WorkerBits,
        &QuartersHere,
        &Age,
        &mut StableQuarters,
        &mut InsuredQuarters,
    )>();
    let tables = workers.contiguous_iter_mut(world).expect("blocks of columns are stored densely");
    for (blocks, bits, here, age, mut stable, mut insured) in tables {
        (blocks, bits, here, age, &mut *stable, &mut *insured).into_par_iter().for_each(
            |(block, bits, here, age, stable, insured)| {
                for (at, &bits) in bits.0.iter().enumerate() {
                    let bits = Bits(bits);
                    if bits.industry().is_none() {
                        continue;
                    }
                    let address = Address {
                        tick: 0,
                        purpose: Purpose::OpeningTenure,
                        group: block.origin,
                        ordinal: block.first + at as u32,
                        generation: 0,
                    };
                    let spell = -maths::ln(unit(luck.words(address, 0)[0])) / turnover.max(0.004);
                    let quarters = spell.min(f64::from(here.0[at].min(age.0[at]))) as u8;
                    stable.0[at] = quarters;
                    insured.0[at] = if bits.insured() { quarters } else { 0 };
                }
            },
        );
    }
}
