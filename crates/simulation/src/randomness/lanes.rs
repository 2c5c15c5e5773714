//! Filling tiles of words with as many blocks side by side as the machine has lanes for.
//!
//! The arithmetic is integer arithmetic in every width, so the bits are the same; a test holds the wide fills to the
//! scalar one.
#![expect(
    unsafe_code,
    reason = "a function compiled for wider registers may only be called where the machine has them"
)]

use super::chacha::blocks;
use crate::model::{Lanes, RunError};

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
    std::arch::is_x86_feature_detected!("avx512f")
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

#[inline(always)]
fn fill_by<const WIDTH: usize>(key: &[u32; 8], first_block: u32, nonce: [u32; 3], words: &mut [u32]) {
    let mut counter = first_block;
    for chunk in words.chunks_mut(16 * WIDTH) {
        let lanes = blocks::<WIDTH>(key, counter, nonce);
        for (lane, block) in chunk.chunks_mut(16).enumerate() {
            for (word, out) in block.iter_mut().enumerate() {
                *out = lanes[word][lane];
            }
        }
        counter = counter.wrapping_add(WIDTH as u32);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn fill_avx2(key: &[u32; 8], first_block: u32, nonce: [u32; 3], words: &mut [u32]) {
    fill_by::<8>(key, first_block, nonce, words);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn fill_avx512(key: &[u32; 8], first_block: u32, nonce: [u32; 3], words: &mut [u32]) {
    fill_by::<16>(key, first_block, nonce, words);
}

pub(super) fn fill(width: Width, key: &[u32; 8], first_block: u32, nonce: [u32; 3], words: &mut [u32]) {
    match width {
        Width::Scalar => fill_by::<1>(key, first_block, nonce, words),
        // SAFETY: `width` is made only by the function above, which has seen that the machine has these registers.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { fill_avx2(key, first_block, nonce, words) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { fill_avx512(key, first_block, nonce, words) },
        #[cfg(not(target_arch = "x86_64"))]
        Width::Avx2 | Width::Avx512 => fill_by::<1>(key, first_block, nonce, words),
    }
}
