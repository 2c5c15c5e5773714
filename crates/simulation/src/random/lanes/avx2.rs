//! Eight ChaCha8 blocks in the eight 32-bit lanes of AVX2 registers.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_setr_epi8,
    _mm256_setr_epi32, _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srli_epi32, _mm256_unpackhi_epi32,
    _mm256_unpackhi_epi64, _mm256_unpacklo_epi32, _mm256_unpacklo_epi64, _mm256_xor_si256,
};

use super::{CONSTANTS, SIDE, SideBySide, Wide};

/// One register of eight words.
type Lane = __m256i;

#[inline]
#[target_feature(enable = "avx2")]
fn to_lanes(words: [u32; SIDE]) -> [Lane; 2] {
    // SAFETY: both are 64 bytes in which every pattern is a value.
    unsafe { std::mem::transmute::<[u32; SIDE], [Lane; 2]>(words) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn to_words(lane: Lane) -> [u32; 8] {
    // SAFETY: both are 32 bytes in which every pattern is a value.
    unsafe { std::mem::transmute::<Lane, [u32; 8]>(lane) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn all(word: u32) -> Lane {
    _mm256_set1_epi32(word.cast_signed())
}

/// Whole bytes are rotated by moving them.
macro_rules! rotated_bytes {
    ($lane:expr, $($from:literal)+) => {
        _mm256_shuffle_epi8($lane, _mm256_setr_epi8($($from,)+ $($from,)+))
    };
}

macro_rules! rotated_bits {
    ($lane:expr, $left:literal, $right:literal) => {{
        let lane = $lane;
        _mm256_or_si256(_mm256_slli_epi32::<$left>(lane), _mm256_srli_epi32::<$right>(lane))
    }};
}

macro_rules! quarter_round {
    ($x:ident, $a:literal, $b:literal, $c:literal, $d:literal) => {
        $x[$a] = _mm256_add_epi32($x[$a], $x[$b]);
        $x[$d] = rotated_bytes!(_mm256_xor_si256($x[$d], $x[$a]), 2 3 0 1 6 7 4 5 10 11 8 9 14 15 12 13);
        $x[$c] = _mm256_add_epi32($x[$c], $x[$d]);
        $x[$b] = rotated_bits!(_mm256_xor_si256($x[$b], $x[$c]), 12, 20);
        $x[$a] = _mm256_add_epi32($x[$a], $x[$b]);
        $x[$d] = rotated_bytes!(_mm256_xor_si256($x[$d], $x[$a]), 3 0 1 2 7 4 5 6 11 8 9 10 15 12 13 14);
        $x[$c] = _mm256_add_epi32($x[$c], $x[$d]);
        $x[$b] = rotated_bits!(_mm256_xor_si256($x[$b], $x[$c]), 7, 25);
    };
}

/// The block function on eight blocks with these last four words each.
#[inline]
#[target_feature(enable = "avx2")]
fn blocks(key: &[u32; 8], counters: [Lane; 4]) -> [Lane; 16] {
    let mut start = [all(0); 16];
    for (lane, word) in start.iter_mut().zip(CONSTANTS.iter().chain(key)) {
        *lane = all(*word);
    }
    start[12..].copy_from_slice(&counters);
    let mut x = start;
    for _ in 0..4 {
        double_round!(quarter_round, x);
    }
    for (lane, start) in x.iter_mut().zip(start) {
        *lane = _mm256_add_epi32(*lane, start);
    }
    x
}

/// Rows of a square of eight become columns.
#[inline]
#[target_feature(enable = "avx2")]
fn transposed(rows: &[Lane]) -> [Lane; 8] {
    let mut pairs = [rows[0]; 8];
    for four in [0, 4] {
        let [a, b, c, d] = [rows[four], rows[four + 1], rows[four + 2], rows[four + 3]];
        let (ab_low, ab_high) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
        let (cd_low, cd_high) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
        pairs[four] = _mm256_unpacklo_epi64(ab_low, cd_low);
        pairs[four + 1] = _mm256_unpackhi_epi64(ab_low, cd_low);
        pairs[four + 2] = _mm256_unpacklo_epi64(ab_high, cd_high);
        pairs[four + 3] = _mm256_unpackhi_epi64(ab_high, cd_high);
    }
    let mut columns = pairs;
    for word in 0..4 {
        columns[word] = _mm256_permute2x128_si256::<0x20>(pairs[word], pairs[4 + word]);
        columns[4 + word] = _mm256_permute2x128_si256::<0x31>(pairs[word], pairs[4 + word]);
    }
    columns
}

#[target_feature(enable = "avx2")]
pub(super) fn fill(key: &[u32; 8], first_block: u32, [a, b, c]: [u32; 3], words: &mut [u32]) {
    let steps = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    let mut counter = first_block;
    for chunk in words.chunks_mut(16 * 8) {
        let drawn = blocks(key, [_mm256_add_epi32(all(counter), steps), all(a), all(b), all(c)]);
        let (low, high) = (transposed(&drawn[..8]), transposed(&drawn[8..]));
        for (block, (low, high)) in chunk.chunks_mut(16).zip(low.into_iter().zip(high)) {
            let words = [to_words(low), to_words(high)];
            block.copy_from_slice(&words.as_flattened()[..block.len()]);
        }
        counter = counter.wrapping_add(8);
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn side_by_side(key: &[u32; 8], first: &[u32; SIDE], second: &[u32; SIDE], rest: [u32; 2]) -> SideBySide {
    let (first, second) = (to_lanes(*first), to_lanes(*second));
    let mut words = [[0; SIDE]; 16];
    for half in 0..2 {
        let drawn = blocks(key, [first[half], second[half], all(rest[0]), all(rest[1])]);
        for (row, lane) in words.iter_mut().zip(drawn) {
            row[8 * half..8 * half + 8].copy_from_slice(&to_words(lane));
        }
    }
    words
}

#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn widely(work: impl Wide) {
    work.work();
}
