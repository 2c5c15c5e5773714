//! Single persons at the end of a quarter, for comparing two worlds person by person.
//!
//! A person is known by origin, ordinal and generation of the slot, whatever the world. What they have follows from
//! their *kind*: where they are from, where they are, how they are registered, their skill. So two worlds are compared by
//! counting who is of which kind in either.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;

use super::memory::Memory;
use super::people::{
    AWAY, COUNTRYSIDE, MIGRANT, OUTSIDE, Person, REGISTERED, RURAL, SKILLS, STANDINGS, TIERS, View, tier,
};
use super::reading::Reading;
use crate::agents::worker::{Bits, Generation, Place, Status, WorkerBits, WorkerBlock};

/// Persons alike in origin, place, registration and skill, and what each of them has.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonKind {
    /// Origin: a place, or the number of places for people from outside.
    pub origin: usize,
    /// Place: of the city or the countryside, or the number of places for the outside.
    pub place: usize,
    /// Registration and residence: `registered`, `migrant`, `rural`, `outside`.
    pub hukou: &'static str,
    /// Skill: `unskilled`, `skilled`.
    pub skill: &'static str,
    /// Class of size of the city, or `countryside`, or `outside`.
    pub city_tier: &'static str,
    /// Persons of the kind, dependants included.
    pub people: f64,
    /// Persons that one agent stands for, dependants included.
    pub people_per_agent: f64,
    /// Income that would be worth as much at base prices and the mean base cost of living, yuan per quarter.
    pub real_income: f64,
    /// The part of it above subsistence.
    pub real_income_above_subsistence: f64,
    /// Utility, log points; NaN where none is defined.
    pub utility: f64,
}

/// Every person of working age of a world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Persons {
    /// Kinds that have anyone.
    pub kinds: Vec<PersonKind>,
    /// In the order of origin and ordinal.
    blocks: Vec<Block>,
}

/// The persons of a block: kind and generation by slot; [`NO_KIND`] for empty slots.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    block: WorkerBlock,
    kinds: Vec<u32>,
    generations: Vec<u8>,
}

/// The kind of an empty slot.
const NO_KIND: u32 = u32::MAX;
/// Statuses, the empty slot included.
const STATUSES: usize = Status::Outside as usize + 1;

/// Reads every person of a world at the end of a quarter; changes nothing.
pub fn persons(world: &mut World) -> Persons {
    let read = |reading: Reading,
                memory: Res<Memory>,
                workers: Query<(&WorkerBlock, &Place, &WorkerBits, &Generation)>| {
        let places = reading.places();
        let mut kinds = Kinds {
            places,
            of: vec![NO_KIND; (places + 1) * (places + 1) * SKILLS.len() * STATUSES],
            found: Vec::new(),
        };
        let mut blocks: Vec<_> = workers.iter().collect();
        blocks.sort_by_key(|(block, ..)| **block);
        let blocks = blocks.into_iter().map(|(block, place, bits, generation)| {
            let each = place.0.iter().zip(&bits.0);
            let of = each.map(|(&place, &bits)| kinds.count(usize::from(block.origin), usize::from(place), Bits(bits)));
            Block { block: *block, kinds: of.collect(), generations: generation.0.clone() }
        });
        let blocks: Vec<Block> = blocks.collect();
        let view = View::of(&reading, &memory.base);
        Persons { kinds: kinds.found.iter().map(|found| found.kind(&reading, &view)).collect(), blocks }
    };
    world.run_system_once(read).expect("the columns of the places are in the world")
}

/// Kinds by origin, place, skill and status, numbered as they are found.
struct Kinds {
    places: usize,
    of: Vec<u32>,
    found: Vec<Found>,
}

struct Found {
    origin: usize,
    place: usize,
    skill: usize,
    status: Status,
    agents: u64,
}

impl Kinds {
    /// The kind of one more agent.
    fn count(&mut self, origin: usize, place: usize, bits: Bits) -> u32 {
        let (status, skill) = (bits.status(), bits.skill());
        if status == Status::Absent {
            return NO_KIND;
        }
        let pair = origin * (self.places + 1) + place;
        let kind = &mut self.of[(pair * SKILLS.len() + skill) * STATUSES + status as usize];
        if *kind == NO_KIND {
            *kind = self.found.len() as u32;
            self.found.push(Found { origin, place, skill, status, agents: 0 });
        }
        self.found[*kind as usize].agents += 1;
        *kind
    }
}

impl Found {
    fn kind(&self, reading: &Reading, view: &View) -> PersonKind {
        let (origin, place, skill) = (self.origin, self.place, self.skill);
        let in_city = || TIERS[tier(reading, place)];
        let (standing, person, city_tier): (usize, Person, &'static str) = match self.status {
            Status::Citizen => (REGISTERED, view.citizen(skill, place), in_city()),
            Status::CitizenElsewhere => (MIGRANT, view.elsewhere(skill, place), in_city()),
            Status::Migrant => (MIGRANT, view.migrant(skill, origin, place), in_city()),
            Status::Rural => (RURAL, view.rural(origin), TIERS[COUNTRYSIDE]),
            Status::Outside | Status::Absent => (AWAY, view.away(skill, origin), TIERS[OUTSIDE]),
        };
        let (real_income, real_income_above_subsistence) = view.real(&person);
        let people_per_agent = 1000.0 * reading.table.mass_per_agent(origin);
        PersonKind {
            origin,
            place,
            hukou: STANDINGS[standing],
            skill: SKILLS[skill],
            city_tier,
            people: people_per_agent * self.agents as f64,
            people_per_agent,
            real_income,
            real_income_above_subsistence,
            utility: person.utility,
        }
    }
}

impl Persons {
    /// Agents who are in both worlds, counted by their kind here and their kind there.
    #[must_use]
    pub fn pairs(&self, there: &Self) -> BTreeMap<(usize, usize), u64> {
        let mut pairs = BTreeMap::new();
        let mut others = there.blocks.iter().peekable();
        for block in &self.blocks {
            while others.next_if(|other| other.block < block.block).is_some() {}
            let Some(other) = others.next_if(|other| other.block == block.block) else { continue };
            let here = block.kinds.iter().zip(&block.generations);
            for ((here, generation), (there, other)) in here.zip(other.kinds.iter().zip(&other.generations)) {
                if *here != NO_KIND && *there != NO_KIND && generation == other {
                    *pairs.entry((*here as usize, *there as usize)).or_insert(0) += 1;
                }
            }
        }
        pairs
    }

    /// Agents of the world.
    #[must_use]
    pub fn agents(&self) -> u64 {
        self.blocks.iter().flat_map(|block| &block.kinds).filter(|&&kind| kind != NO_KIND).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(place: usize) -> PersonKind {
        PersonKind {
            origin: 0,
            place,
            hukou: STANDINGS[RURAL],
            skill: SKILLS[0],
            city_tier: TIERS[0],
            people: 1.0,
            people_per_agent: 1.0,
            real_income: 1.0,
            real_income_above_subsistence: 1.0,
            utility: 0.0,
        }
    }

    fn world(first: u32, kinds: &[u32], generations: &[u8]) -> Persons {
        let block = WorkerBlock { origin: 0, first };
        let block = Block { block, kinds: kinds.to_vec(), generations: generations.to_vec() };
        Persons { kinds: vec![kind(0), kind(1)], blocks: vec![block] }
    }

    #[test]
    fn the_same_person_is_found_in_both_worlds_and_a_successor_in_the_slot_is_not() {
        let here = world(0, &[0, 0, NO_KIND, 1], &[0, 0, 0, 4]);
        let there = world(0, &[1, 0, 0, 1, 1], &[0, 1, 0, 4, 0]);
        let pairs = here.pairs(&there);
        assert_eq!(pairs.into_iter().collect::<Vec<_>>(), [((0, 1), 1), ((1, 1), 1)]);
        assert_eq!((here.agents(), there.agents()), (3, 5));
        assert!(here.pairs(&world(65_536, &[0], &[0])).is_empty());
    }
}
