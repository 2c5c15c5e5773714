//! Sums over the counts of worker agents, made in one pass whenever people have been counted: the counts are by pairs of
//! places, which are many.

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use super::counts::Counts;
use crate::agents::worker::Status;
use crate::per_thread::PerThread;

/// Origins that a thread adds up at a time.
const ORIGINS_AT_ONCE: usize = 8;

/// Worker agents in all.
#[derive(Resource, Debug, Default)]
pub struct Totals {
    /// By [`Status`].
    pub by_status: [u64; 6],
    /// By origin.
    pub by_origin: Vec<u64>,
    /// By the city they live in.
    pub in_cities: Vec<u64>,
    /// By the place they are in, city and countryside together, and outside last.
    pub by_place: Vec<u64>,
    tally: PerThread,
}

impl Totals {
    /// Adds up the counts. Must be called inside the model's pool.
    pub fn add_up(&mut self, counts: &Counts) {
        let places = counts.places;
        let in_cities = [
            (Status::Citizen, &counts.citizens),
            (Status::Migrant, &counts.migrants),
            (Status::CitizenElsewhere, &counts.elsewhere),
        ];
        self.tally.clear(places + self.by_status.len());
        self.by_origin.clear();
        self.by_origin.resize(places + 1, 0);
        let tally = &self.tally;
        self.by_origin.par_iter_mut().enumerate().with_min_len(ORIGINS_AT_ONCE).for_each(|(origin, of_origin)| {
            tally.count(|tally| {
                for (status, by_skill) in in_cities {
                    let rows = by_skill.iter().map(|counts| &counts[origin * places..(origin + 1) * places]);
                    for row in rows {
                        let mut of_row = 0;
                        for (sum, &count) in tally.iter_mut().zip(row) {
                            *sum += u64::from(count);
                            of_row += u64::from(count);
                        }
                        tally[places + status as usize] += of_row;
                        *of_origin += of_row;
                    }
                }
                for (status, by_skill) in [(Status::Rural, &counts.rural), (Status::Outside, &counts.outside)] {
                    let at_large = by_skill.iter().map(|counts| u64::from(counts[origin])).sum::<u64>();
                    tally[places + status as usize] += at_large;
                    *of_origin += at_large;
                }
            });
        });
        self.in_cities.clear();
        self.in_cities.extend((0..places).map(|place| self.tally.total(place)));
        for (status, sum) in self.by_status.iter_mut().enumerate() {
            *sum = self.tally.total(places + status);
        }
        self.by_place.clear();
        let rural = |place: usize| counts.rural.iter().map(|counts| u64::from(counts[place])).sum::<u64>();
        self.by_place.extend(self.in_cities.iter().enumerate().map(|(place, cities)| cities + rural(place)));
        self.by_place.push(self.by_status[Status::Outside as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_with_the_counts() {
        let mut counts = Counts::none(3);
        let all =
            [&mut counts.citizens, &mut counts.migrants, &mut counts.elsewhere, &mut counts.rural, &mut counts.outside];
        for (at, count) in all.into_iter().flatten().flatten().enumerate() {
            *count = (at * at % 17) as u32;
        }
        // Nobody from outside is rural.
        counts.rural.iter_mut().for_each(|counts| counts[3] = 0);
        let mut totals = Totals::default();
        totals.add_up(&counts);
        let all = |counts: &[Vec<u32>; 2]| counts.iter().flatten().map(|&count| u64::from(count)).sum();
        let [rural, outside] = [&counts.rural, &counts.outside].map(all);
        let by_status = [0, rural, all(&counts.migrants), all(&counts.citizens), all(&counts.elsewhere), outside];
        assert_eq!(totals.by_status, by_status);
        let in_place = |place: usize| {
            let in_city = [&counts.citizens, &counts.migrants, &counts.elsewhere].into_iter().flatten();
            let city: u32 = in_city.map(|counts| (0..4).map(|origin| counts[origin * 3 + place]).sum::<u32>()).sum();
            u64::from(city + counts.rural[0][place] + counts.rural[1][place])
        };
        let by_place: Vec<u64> = (0..3).map(in_place).chain([outside]).collect();
        assert_eq!(totals.by_place, by_place);
        assert_eq!(totals.by_origin.iter().sum::<u64>(), counts.total());
        assert_eq!(totals.in_cities.iter().sum::<u64>(), totals.by_status[2..5].iter().sum::<u64>());
    }
}
