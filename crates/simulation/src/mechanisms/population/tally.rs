//! Counting people where they are.

use std::sync::{Mutex, PoisonError};

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use crate::agents::worker::{Bits, Place, Status, WorkerBits, WorkerBlock};
use crate::per_thread::PerThread;
use crate::region::PlaceTable;

use super::{Counts, Masses};

/// Where people are counted: one row for each origin, and a row for each thread that takes in a block before it is added
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
/// homesteads, and empty slots.
#[derive(Clone, Copy)]
struct Layout {
    places: usize,
}

impl Layout {
    fn width(self) -> usize {
        6 * self.places + 6
    }

    fn by_city(self, status: usize, skill: usize) -> usize {
        (status * 2 + skill) * self.places
    }

    fn at_large(self, which: usize) -> usize {
        6 * self.places + which
    }

    const IDLE: usize = 4;
    const EMPTY: usize = 5;

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

/// Counts all workers by status, origin, place and skill, and weighs the counts.
pub fn count_people(
    workers: Query<(&WorkerBlock, &Place, &WorkerBits)>,
    table: Res<PlaceTable>,
    mut tally: ResMut<PeopleTally>,
    mut counts: ResMut<Counts>,
    mut masses: Masses,
) {
    let layout = Layout { places: table.places.len() };
    let starts = layout.starts();
    let PeopleTally { scratch, origins } = &mut *tally;
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
                let mut idle = 0;
                for (at, (&place, &bits)) in place.0.iter().zip(&bits.0).enumerate() {
                    let (start, mask) = starts[usize::from(bits & 15)];
                    scratch[COPIES * (start + (usize::from(place) & mask)) + at % COPIES] += 1;
                    let bits = Bits(bits);
                    idle += u64::from(bits.homestead() && bits.status() != Status::Rural);
                }
                scratch[COPIES * layout.at_large(Layout::IDLE)] += idle;
                let mut row =
                    origins_of_blocks[usize::from(block.origin)].lock().unwrap_or_else(PoisonError::into_inner);
                for (sum, copies) in row.iter_mut().zip(scratch.as_chunks_mut::<COPIES>().0) {
                    *sum += copies.iter().sum::<u64>() as u32;
                    *copies = [0; COPIES];
                }
            });
        });
    }
    fill(&mut counts, layout, origins);
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
    }
}
