//! Exact counts of worker agents by status, origin, place and skill.

use bevy_ecs::prelude::*;

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
        }
    }

    /// Agents by [`crate::agents::worker::Status`].
    #[must_use]
    pub fn by_status(&self) -> [u64; 6] {
        let all = |counts: &[Vec<u32>; 2]| counts.iter().flatten().map(|&count| u64::from(count)).sum();
        [0, all(&self.rural), all(&self.migrants), all(&self.citizens), all(&self.elsewhere), all(&self.outside)]
    }

    /// Agents by the place they are in, city and countryside together, and outside last.
    pub fn by_place(&self, out: &mut Vec<u64>) {
        out.clear();
        out.resize(self.places + 1, 0);
        for by_skill in [&self.citizens, &self.migrants, &self.elsewhere] {
            for row in by_skill.iter().flat_map(|counts| counts.chunks_exact(self.places.max(1))) {
                for (sum, &count) in out.iter_mut().zip(row) {
                    *sum += u64::from(count);
                }
            }
        }
        for counts in &self.rural {
            for (sum, &count) in out.iter_mut().zip(counts) {
                *sum += u64::from(count);
            }
        }
        out[self.places] += self.outside.iter().flatten().map(|&count| u64::from(count)).sum::<u64>();
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
