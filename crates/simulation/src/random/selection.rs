//! Who of a tile is selected by a random number, found without a branch on it.

use super::{Wide, Width, widely};

/// Agents whose random words are drawn at once; they stay in the first-level cache.
pub const TILE: usize = 256;

/// The tiles of two columns: where each starts, and what they hold there.
pub fn tiles<'a, A, B>(one: &'a [A], other: &'a [B]) -> impl Iterator<Item = (usize, &'a [A], &'a [B])> {
    let of_tiles = one.chunks(TILE).zip(other.chunks(TILE));
    of_tiles.enumerate().map(|(tile, (one, other))| (tile * TILE, one, other))
}

/// Notes answers as bytes.
struct Flag<'a, I> {
    answers: I,
    flags: &'a mut [u8; TILE],
}

impl<I: Iterator<Item = bool>> Wide for Flag<'_, I> {
    #[inline(always)]
    fn work(self) {
        for (flag, holds) in self.flags.iter_mut().zip(self.answers) {
            *flag = u8::from(holds);
        }
    }
}

/// Slots of a tile, counted from its start, for which something holds.
pub struct Selection {
    slots: [u16; TILE],
    count: usize,
}

impl Selection {
    /// Those, in order, for which the answer is yes: one answer for each slot, found in registers of this width.
    ///
    /// Flags become bits before any is looked at: a branch on each would often be mispredicted.
    #[inline(always)]
    pub fn of(width: Width, answers: impl Iterator<Item = bool>) -> Self {
        let mut flags = [0_u8; TILE];
        widely(width, Flag { answers, flags: &mut flags });
        let mut selection = Self { slots: [0; TILE], count: 0 };
        for (group, flags) in flags.as_chunks::<64>().0.iter().enumerate() {
            let eights = flags.as_chunks::<8>().0.iter().enumerate();
            // The product has flag i of eight, a byte each, in bit i of its last byte.
            let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            let mut mask = eights.fold(0, |mask, (at, eight)| mask | bits(eight) << (8 * at));
            while mask != 0 {
                selection.slots[selection.count % TILE] = (64 * group) as u16 + mask.trailing_zeros() as u16;
                selection.count += 1;
                mask &= mask - 1;
            }
        }
        selection
    }

    /// The slots.
    pub fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots[..self.count].iter().map(|&slot| usize::from(slot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_has_the_slots_of_its_tile_in_order() {
        for length in [0, 1, 255, 256] {
            let holds = |at: &usize| at % 5 != 2;
            let selection = Selection::of(Width::Scalar, (0..length).map(|at| holds(&at)));
            assert!(selection.slots().eq((0..length).filter(holds)), "{length}");
        }
    }
}
