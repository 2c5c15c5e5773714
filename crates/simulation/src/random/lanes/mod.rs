//! Drawing words for many agents side by side, in the widest registers that the machine has.
//!
//! Kept beside `rand_chacha` because sixteen agents have sixteen different counters, and a generator computes only blocks
//! in a row. The arithmetic is integer arithmetic in every width, so the bits are the same; a property test holds
//! every width to `rand_chacha`. Here is all of the program's `unsafe` code: a function compiled for wider registers may only be called
//! where the machine has them.
#![expect(
    unsafe_code,
    reason = "a function compiled for wider registers may only be called where the machine has them"
)]

/// The eight quarter rounds of a double round, on columns and then on diagonals, by the quarter round of a width.
#[cfg(target_arch = "x86_64")]
macro_rules! double_round {
    ($quarter_round:ident, $x:ident) => {
        $quarter_round!($x, 0, 4, 8, 12);
        $quarter_round!($x, 1, 5, 9, 13);
        $quarter_round!($x, 2, 6, 10, 14);
        $quarter_round!($x, 3, 7, 11, 15);
        $quarter_round!($x, 0, 5, 10, 15);
        $quarter_round!($x, 1, 6, 11, 12);
        $quarter_round!($x, 2, 7, 8, 13);
        $quarter_round!($x, 3, 4, 9, 14);
    };
}

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use rand::Rng;

use super::reference::{block, stream};
use crate::model::{Lanes, RunError};

/// "expand 32-byte k", the constants of ChaCha.
#[cfg(target_arch = "x86_64")]
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// Agents whose words are drawn side by side.
pub const SIDE: usize = 16;

/// Words of agents side by side: `[word][agent]`.
pub type SideBySide = [[u32; SIDE]; 16];

/// A width that this machine was seen to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// One block at a time.
    Scalar,
    /// Eight blocks at a time.
    Avx2,
    /// Sixteen blocks at a time.
    Avx512,
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512f") && has_avx2()
}

#[cfg(not(target_arch = "x86_64"))]
fn has_avx2() -> bool {
    false
}

#[cfg(not(target_arch = "x86_64"))]
fn has_avx512() -> bool {
    false
}

pub(super) fn width(lanes: Lanes) -> Result<Width, RunError> {
    match lanes {
        Lanes::Auto if has_avx512() => Ok(Width::Avx512),
        Lanes::Auto if has_avx2() => Ok(Width::Avx2),
        Lanes::Auto | Lanes::Scalar => Ok(Width::Scalar),
        Lanes::Avx2 if has_avx2() => Ok(Width::Avx2),
        Lanes::Avx512 if has_avx512() => Ok(Width::Avx512),
        Lanes::Avx2 => Err(RunError::Unsupported { what: "AVX2 lanes".to_owned() }),
        Lanes::Avx512 => Err(RunError::Unsupported { what: "AVX-512 lanes".to_owned() }),
    }
}

/// Fills `words` with consecutive blocks from `first_block` on.
pub(super) fn fill(width: Width, key: &[u32; 8], first_block: u32, nonce: [u32; 3], words: &mut [u32]) {
    let [a, b, c] = nonce;
    match width {
        // SAFETY: `width` is made only by the function above, which has seen that the machine has these registers.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { avx512::fill(key, first_block, nonce, words) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { avx2::fill(key, first_block, nonce, words) },
        _ => {
            let mut stream = stream(key, [first_block, a, b, c]);
            words.fill_with(|| stream.next_u32());
        }
    }
}

/// The blocks of sixteen agents, whose first two counter words differ.
pub(super) fn side_by_side(
    width: Width,
    key: &[u32; 8],
    first: &[u32; SIDE],
    second: &[u32; SIDE],
    rest: [u32; 2],
) -> SideBySide {
    match width {
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { avx512::side_by_side(key, first, second, rest) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { avx2::side_by_side(key, first, second, rest) },
        _ => {
            let mut words = [[0; SIDE]; 16];
            for agent in 0..SIDE {
                let drawn = block(key, [first[agent], second[agent], rest[0], rest[1]]);
                for (row, word) in words.iter_mut().zip(drawn) {
                    row[agent] = word;
                }
            }
            words
        }
    }
}

/// Work that gains from wide registers: plain arithmetic on arrays, without a branch on their contents.
pub(crate) trait Wide {
    /// Does it. Mark it `#[inline(always)]`, so that it is compiled anew for each width.
    fn work(self);
}

/// Does work in registers of this width. The bits are the same in all: nothing fuses or reorders arithmetic.
#[inline]
pub(crate) fn widely(width: Width, work: impl Wide) {
    match width {
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { avx512::widely(work) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { avx2::widely(work) },
        _ => work.work(),
    }
}
