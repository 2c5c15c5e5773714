//! Exact counts of worker agents by status, origin, place and skill, and the masses that follow from them.

use bevy_ecs::prelude::*;

use super::geography::PlaceTable;
use super::masses::Population;

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

impl Population {
    /// An empty population of the right shape.
    #[must_use]
    pub fn none(places: usize) -> Self {
        let column = || vec![0.0; places];
        let pairs = || vec![0.0; (places + 1) * places];
        Self {
            citizens: column(),
            migrants: pairs(),
            citizens_elsewhere: column(),
            rural: column(),
            outside: vec![0.0; places + 1],
            urban: column(),
            migrants_total: column(),
            labour: column(),
            labour_migrants: column(),
            labour_by_origin: pairs(),
            owners: column(),
            labour_outside: vec![0.0; places + 1],
        }
    }

    /// Turns counts into masses, origin by origin in the order of the table, so that the same counts give the same bits.
    pub fn weigh(&mut self, counts: &Counts, table: &PlaceTable) {
        let places = counts.places;
        for column in [
            &mut self.citizens,
            &mut self.citizens_elsewhere,
            &mut self.rural,
            &mut self.migrants_total,
            &mut self.labour,
            &mut self.labour_migrants,
        ] {
            column.fill(0.0);
        }
        for origin in 0..=places {
            let mass = table.mass_per_agent(origin);
            let weigh = |by_skill: &[Vec<u32>; 2], at: usize| {
                let (unskilled, skilled) = (f64::from(by_skill[0][at]), f64::from(by_skill[1][at]));
                let heads = mass * (unskilled + skilled);
                let labour = mass * (table.efficiency[0] * unskilled + table.efficiency[1] * skilled);
                (heads, labour)
            };
            for place in 0..places {
                let at = origin * places + place;
                let (citizens, citizen_labour) = weigh(&counts.citizens, at);
                let (migrants, migrant_labour) = weigh(&counts.migrants, at);
                let (elsewhere, elsewhere_labour) = weigh(&counts.elsewhere, at);
                self.citizens[place] += citizens;
                self.citizens_elsewhere[place] += elsewhere;
                self.migrants[at] = migrants;
                self.labour_by_origin[at] = migrant_labour;
                self.migrants_total[place] += migrants + elsewhere;
                self.labour_migrants[place] += migrant_labour + elsewhere_labour;
                self.labour[place] += citizen_labour + migrant_labour + elsewhere_labour;
            }
            if origin < places {
                self.rural[origin] = weigh(&counts.rural, origin).0;
            }
            let (away, away_labour) = weigh(&counts.outside, origin);
            self.outside[origin] = away;
            self.labour_outside[origin] = away_labour;
        }
        for place in 0..places {
            self.urban[place] = self.citizens[place] + self.migrants_total[place];
            self.owners[place] = self.citizens[place] + self.citizens_elsewhere[place];
        }
    }
}
