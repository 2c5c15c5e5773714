//! Counting people where they are.

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use crate::agents::worker::{Bits, Place, Status, WorkerBits, WorkerBlock};
use crate::per_thread::PerThread;
use crate::places::{Counts, PlaceTable, Population};

/// Tallies of people per thread.
#[derive(Resource)]
pub struct PeopleTally(pub(super) PerThread);

/// Entries of one origin in the tally: three statuses by city and skill, then rural, outside and idle homesteads.
struct Layout {
    places: usize,
}

impl Layout {
    fn width(&self) -> usize {
        6 * self.places + 5
    }

    fn by_city(&self, origin: usize, status: usize, skill: usize, place: usize) -> usize {
        origin * self.width() + (status * 2 + skill) * self.places + place
    }

    fn at_large(&self, origin: usize, which: usize) -> usize {
        origin * self.width() + 6 * self.places + which
    }
}

/// Counts all workers by status, origin, place and skill, and weighs the counts.
pub fn count_people(
    workers: Query<(&WorkerBlock, &Place, &WorkerBits)>,
    table: Res<PlaceTable>,
    mut tally: ResMut<PeopleTally>,
    mut counts: ResMut<Counts>,
    mut population: ResMut<Population>,
) {
    let places = table.places.len();
    let layout = Layout { places };
    tally.0.clear((places + 1) * layout.width());
    let per_thread = &tally.0;
    for (blocks, place, bits) in workers.contiguous_iter().expect("blocks of columns are stored densely") {
        (blocks, place, bits).into_par_iter().for_each(|(block, place, bits)| {
            let origin = usize::from(block.origin);
            per_thread.count(|tally| {
                for (&place, &bits) in place.0.iter().zip(&bits.0) {
                    let (bits, place) = (Bits(bits), usize::from(place));
                    let skill = bits.skill();
                    let entry = match bits.status() {
                        Status::Absent => continue,
                        Status::Citizen => layout.by_city(origin, 0, skill, place),
                        Status::Migrant => layout.by_city(origin, 1, skill, place),
                        Status::CitizenElsewhere => layout.by_city(origin, 2, skill, place),
                        Status::Rural => layout.at_large(origin, skill),
                        Status::Outside => layout.at_large(origin, 2 + skill),
                    };
                    tally[entry] += 1;
                    if bits.homestead() && bits.status() != Status::Rural {
                        tally[layout.at_large(origin, 4)] += 1;
                    }
                }
            });
        });
    }
    for origin in 0..=places {
        let mut count = |entry: usize| tally.0.total(entry) as u32;
        for skill in 0..2 {
            for place in 0..places {
                let at = origin * places + place;
                counts.citizens[skill][at] = count(layout.by_city(origin, 0, skill, place));
                counts.migrants[skill][at] = count(layout.by_city(origin, 1, skill, place));
                counts.elsewhere[skill][at] = count(layout.by_city(origin, 2, skill, place));
            }
            counts.rural[skill][origin] = count(layout.at_large(origin, skill));
            counts.outside[skill][origin] = count(layout.at_large(origin, 2 + skill));
        }
        counts.idle_homesteads[origin] = count(layout.at_large(origin, 4));
    }
    population.weigh(&counts, &table);
}
