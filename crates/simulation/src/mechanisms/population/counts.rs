//! Exact counts of worker agents by status, origin, place and skill. They follow whoever changes.
#![expect(
    unsafe_code,
    reason = "counts are plain numbers for who reads them, and atomic while many threads change them"
)]

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;

use crate::agents::worker::{Bits, Status};

/// Worker agents by status. Pairs are `[origin * places + place]` with one more origin row (`origin == places`) for
/// people from outside; each count is by skill (0 unskilled, 1 skilled).
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of places.
    pub places: usize,
    /// Citizens who live where they are registered.
    pub citizens: [Vec<u32>; 2],
    /// Rural-registered (or registered outside) people in a city without local registration.
    pub migrants: [Vec<u32>; 2],
    /// Citizens who live in another city than the one they are registered in.
    pub elsewhere: [Vec<u32>; 2],
    /// Rural people at home, by origin (the entry of the outside stays zero).
    pub rural: [Vec<u32>; 2],
    /// People outside, by origin (for the outside's own people: those who went back).
    pub outside: [Vec<u32>; 2],
    /// People who are not at their rural home and keep a homestead there, by origin.
    pub idle_homesteads: Vec<u32>,
    /// People at rural homes that have become urban where they stand, by origin; they are counted among `rural` too.
    pub on_the_spot: Vec<u32>,
}

impl Counts {
    /// No agents anywhere.
    #[must_use]
    pub fn none(places: usize) -> Self {
        let pairs = || [vec![0; (places + 1) * places], vec![0; (places + 1) * places]];
        let origins = || [vec![0; places + 1], vec![0; places + 1]];
        Self {
            places,
            citizens: pairs(),
            migrants: pairs(),
            elsewhere: pairs(),
            rural: origins(),
            outside: origins(),
            idle_homesteads: vec![0; places + 1],
            on_the_spot: vec![0; places + 1],
        }
    }

    /// The counts, for many threads that note changes at once.
    pub fn follow(&mut self) -> FollowedCounts<'_> {
        FollowedCounts {
            places: self.places,
            in_cities: [&mut self.citizens, &mut self.migrants, &mut self.elsewhere].map(shared_by_skill),
            rural: shared_by_skill(&mut self.rural),
            outside: shared_by_skill(&mut self.outside),
            idle_homesteads: shared(&mut self.idle_homesteads),
            on_the_spot: shared(&mut self.on_the_spot),
        }
    }

    /// All agents of the world.
    #[must_use]
    pub fn total(&self) -> u64 {
        [&self.citizens, &self.migrants, &self.elsewhere, &self.rural, &self.outside]
            .into_iter()
            .flatten()
            .flatten()
            .map(|&count| u64::from(count))
            .sum()
    }
}

fn shared(counts: &mut [u32]) -> &[AtomicU32] {
    let counts: *const [u32] = counts;
    // SAFETY: an atomic number has the size, the alignment and the values of its plain form, and nobody else can reach
    // these while they are borrowed here.
    unsafe { &*(counts as *const [AtomicU32]) }
}

fn shared_by_skill([unskilled, skilled]: &mut [Vec<u32>; 2]) -> [&[AtomicU32]; 2] {
    [shared(unskilled), shared(skilled)]
}

/// Counts that many threads change at once. Sums of whole numbers do not depend on who comes first.
pub struct FollowedCounts<'a> {
    places: usize,
    /// Citizens, migrants, citizens elsewhere.
    in_cities: [[&'a [AtomicU32]; 2]; 3],
    rural: [&'a [AtomicU32]; 2],
    outside: [&'a [AtomicU32]; 2],
    idle_homesteads: &'a [AtomicU32],
    on_the_spot: &'a [AtomicU32],
}

impl FollowedCounts<'_> {
    /// Notes that a worker of an origin, by place and bits, is another now.
    pub fn note(&self, origin: u16, before: (u16, Bits), after: (u16, Bits)) {
        self.entry(origin, before).inspect(|count| _ = count.fetch_sub(1, Relaxed));
        self.entry(origin, after).inspect(|count| _ = count.fetch_add(1, Relaxed));
        let follow = |count: &AtomicU32, holds: fn(Bits) -> bool| match (holds(before.1), holds(after.1)) {
            (true, false) => _ = count.fetch_sub(1, Relaxed),
            (false, true) => _ = count.fetch_add(1, Relaxed),
            _ => {}
        };
        follow(&self.idle_homesteads[usize::from(origin)], keeps_idle_homestead);
        follow(&self.on_the_spot[usize::from(origin)], Bits::lives_urban_on_the_spot);
    }

    /// Notes that so many people at home in the countryside of an origin have become urban there.
    pub fn note_on_the_spot(&self, origin: u16, people: u32) {
        self.on_the_spot[usize::from(origin)].fetch_add(people, Relaxed);
    }

    /// Where a worker is counted; nowhere if the slot is empty.
    fn entry(&self, origin: u16, (place, bits): (u16, Bits)) -> Option<&AtomicU32> {
        let (origin, skill) = (usize::from(origin), bits.skill());
        let in_city = |status: usize| &self.in_cities[status][skill][origin * self.places + usize::from(place)];
        match bits.status() {
            Status::Absent => None,
            Status::Citizen => Some(in_city(0)),
            Status::Migrant => Some(in_city(1)),
            Status::CitizenElsewhere => Some(in_city(2)),
            Status::Rural => Some(&self.rural[skill][origin]),
            Status::Outside => Some(&self.outside[skill][origin]),
        }
    }
}

/// Whether a person keeps a homestead and does not live in it.
pub(super) fn keeps_idle_homestead(bits: Bits) -> bool {
    bits.homestead() && bits.status() != Status::Rural
}
