//! Counting people where they are.

use std::sync::{Mutex, PoisonError};

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use crate::agents::worker::{Bits, Place, Status, WorkerBits, WorkerBlock};
use crate::per_thread::PerThread;
use crate::region::PlaceTable;

use super::counts::keeps_idle_homestead;
use super::{Counts, Masses};

/// All workers, to be counted.
pub type CountedPeople<'w, 's> = Query<'w, 's, (&'static WorkerBlock, &'static Place, &'static WorkerBits)>;

/// Where people are counted from nothing: one row for each origin, and a row for each thread that takes in a block before it is added
/// to its origin's.
#[derive(Resource, Debug, Default)]
pub struct PeopleTally {
    scratch: PerThread,
    origins: Vec<Mutex<Vec<u32>>>,
}

/// Copies of each entry that a thread counts into in turn: neighbours are often alike, and a sum that was just written is
/// slow to be read again.
const COPIES: usize = 2;

/// Entries of an origin's row: three statuses by skill and city, then rural and outside people by skill, idle
/// homesteads, empty slots, and rural people who became urban on the spot.
#[derive(Clone, Copy)]
struct Layout {
    places: usize,
}

impl Layout {
    fn width(self) -> usize {
        6 * self.places + 7
    }

    fn by_city(self, status: usize, skill: usize) -> usize {
        (status * 2 + skill) * self.places
    }

    fn at_large(self, which: usize) -> usize {
        6 * self.places + which
    }

    const IDLE: usize = 4;
    const EMPTY: usize = 5;
    const ON_THE_SPOT: usize = 6;

    /// The counts of an origin with their names, and where their entries start.
    fn counted<'a>(self, counts: &'a Counts, origin: usize) -> [(&'static str, usize, &'a [u32]); 12] {
        let cities = origin * self.places..(origin + 1) * self.places;
        let in_cities = |name, status, by_skill: &'a [Vec<u32>; 2], skill: usize| {
            (name, self.by_city(status, skill), &by_skill[skill][cities.clone()])
        };
        let at_large = |name, which, counts: &'a [u32]| (name, self.at_large(which), &counts[origin..=origin]);
        [
            in_cities("unskilled citizens", 0, &counts.citizens, 0),
            in_cities("skilled citizens", 0, &counts.citizens, 1),
            in_cities("unskilled migrants", 1, &counts.migrants, 0),
            in_cities("skilled migrants", 1, &counts.migrants, 1),
            in_cities("unskilled citizens elsewhere", 2, &counts.elsewhere, 0),
            in_cities("skilled citizens elsewhere", 2, &counts.elsewhere, 1),
            at_large("unskilled rural people", 0, &counts.rural[0]),
            at_large("skilled rural people", 1, &counts.rural[1]),
            at_large("unskilled people outside", 2, &counts.outside[0]),
            at_large("skilled people outside", 3, &counts.outside[1]),
            at_large("idle homesteads", Self::IDLE, &counts.idle_homesteads),
            at_large("rural people urban on the spot", Self::ON_THE_SPOT, &counts.on_the_spot),
        ]
    }

    /// For every status and skill, as the last four bits of a worker hold them: where its entries start, and the bits of
    /// its place that count.
    fn starts(self) -> [(usize, usize); 16] {
        std::array::from_fn(|code| {
            let bits = Bits(code as u16);
            let skill = bits.skill();
            match bits.status() {
                Status::Absent => (self.at_large(Self::EMPTY), 0),
                Status::Citizen => (self.by_city(0, skill), usize::MAX),
                Status::Migrant => (self.by_city(1, skill), usize::MAX),
                Status::CitizenElsewhere => (self.by_city(2, skill), usize::MAX),
                Status::Rural => (self.at_large(skill), 0),
                Status::Outside => (self.at_large(2 + skill), 0),
            }
        })
    }
}

impl PeopleTally {
    /// Counts all workers by status, origin, place and skill. Must be called inside the model's pool.
    fn count(&mut self, workers: &CountedPeople, layout: Layout) {
        let starts = layout.starts();
        let Self { scratch, origins } = self;
        scratch.clear(COPIES * layout.width());
        origins.resize_with(layout.places + 1, Mutex::default);
        for row in origins.iter_mut() {
            let row = row.get_mut().unwrap_or_else(PoisonError::into_inner);
            row.clear();
            row.resize(layout.width(), 0);
        }
        let (scratch, origins_of_blocks) = (&*scratch, &*origins);
        for (blocks, place, bits) in workers.contiguous_iter().expect("blocks of columns are stored densely") {
            (blocks, place, bits).into_par_iter().for_each(|(block, place, bits)| {
                scratch.count(|scratch| {
                    let (mut idle, mut on_the_spot) = (0, 0);
                    for (at, (&place, &bits)) in place.0.iter().zip(&bits.0).enumerate() {
                        let (start, mask) = starts[usize::from(bits & 15)];
                        scratch[COPIES * (start + (usize::from(place) & mask)) + at % COPIES] += 1;
                        idle += u64::from(keeps_idle_homestead(Bits(bits)));
                        on_the_spot += u64::from(Bits(bits).lives_urban_on_the_spot());
                    }
                    scratch[COPIES * layout.at_large(Layout::IDLE)] += idle;
                    scratch[COPIES * layout.at_large(Layout::ON_THE_SPOT)] += on_the_spot;
                    let mut row =
                        origins_of_blocks[usize::from(block.origin)].lock().unwrap_or_else(PoisonError::into_inner);
                    for (sum, copies) in row.iter_mut().zip(scratch.as_chunks_mut::<COPIES>().0) {
                        *sum += copies.iter().sum::<u64>() as u32;
                        *copies = [0; COPIES];
                    }
                });
            });
        }
    }

    /// Counts all workers again, and gives the first count that differs: its name, what it says, and how many there are.
    /// Must be called inside the model's pool.
    pub fn differs(
        &mut self,
        workers: &CountedPeople,
        table: &PlaceTable,
        counts: &Counts,
    ) -> Option<(String, u32, u32)> {
        let layout = Layout { places: table.places.len() };
        self.count(workers, layout);
        let of_origin = |origin: usize| match table.places.get(origin) {
            Some(place) => format!("of {}", place.key),
            None => "from outside".to_owned(),
        };
        self.origins.iter_mut().enumerate().find_map(|(origin, row)| {
            let row = row.get_mut().unwrap_or_else(PoisonError::into_inner);
            let named = layout.counted(counts, origin).into_iter();
            let different = |(name, start, count): (&str, usize, &[u32])| {
                let found = &row[start..start + count.len()];
                let at = (0..count.len()).find(|&at| count[at] != found[at])?;
                let place = if count.len() > 1 { format!(" in {}", table.places[at].key) } else { String::new() };
                Some((format!("people counted: {name} {}{place}", of_origin(origin)), count[at], found[at]))
            };
            named.into_iter().find_map(different)
        })
    }

    /// What was counted last: all workers by status, and by the place they are in with the outside last.
    pub fn sums(&mut self, table: &PlaceTable) -> ([u64; 6], Vec<u64>) {
        let layout = Layout { places: table.places.len() };
        let mut by_status = [0; 6];
        let mut by_place = vec![0; layout.places + 1];
        for (origin, row) in self.origins.iter_mut().enumerate() {
            let row = row.get_mut().unwrap_or_else(PoisonError::into_inner);
            for skill in 0..2 {
                for (of_city, status) in [Status::Citizen, Status::Migrant, Status::CitizenElsewhere].iter().enumerate()
                {
                    let start = layout.by_city(of_city, skill);
                    for (sum, &count) in by_place.iter_mut().zip(&row[start..start + layout.places]) {
                        *sum += u64::from(count);
                        by_status[*status as usize] += u64::from(count);
                    }
                }
                let at_large = [(Status::Rural, skill, origin), (Status::Outside, 2 + skill, layout.places)];
                for (status, which, place) in at_large {
                    let count = u64::from(row[layout.at_large(which)]);
                    by_status[status as usize] += count;
                    by_place[place] += count;
                }
            }
        }
        (by_status, by_place)
    }
}

/// Counts all workers and weighs the counts: where counts start.
pub fn count_people(
    workers: CountedPeople,
    table: Res<PlaceTable>,
    mut tally: ResMut<PeopleTally>,
    mut counts: ResMut<Counts>,
    mut masses: Masses,
) {
    let layout = Layout { places: table.places.len() };
    tally.count(&workers, layout);
    fill(&mut counts, layout, &mut tally.origins);
    masses.weigh(&counts, &table);
}

fn fill(counts: &mut Counts, layout: Layout, origins: &mut [Mutex<Vec<u32>>]) {
    let places = layout.places;
    for (origin, row) in origins.iter_mut().enumerate() {
        let row = row.get_mut().unwrap_or_else(PoisonError::into_inner);
        let cities = origin * places..(origin + 1) * places;
        for skill in 0..2 {
            for (status, out) in
                [&mut counts.citizens, &mut counts.migrants, &mut counts.elsewhere].into_iter().enumerate()
            {
                let start = layout.by_city(status, skill);
                out[skill][cities.clone()].copy_from_slice(&row[start..start + places]);
            }
            counts.rural[skill][origin] = row[layout.at_large(skill)];
            counts.outside[skill][origin] = row[layout.at_large(2 + skill)];
        }
        counts.idle_homesteads[origin] = row[layout.at_large(Layout::IDLE)];
        counts.on_the_spot[origin] = row[layout.at_large(Layout::ON_THE_SPOT)];
    }
}
