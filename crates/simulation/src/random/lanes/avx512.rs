//! Sixteen ChaCha8 blocks in the sixteen 32-bit lanes of AVX-512 registers.

use std::arch::x86_64::{
    __m512i, _mm512_add_epi32, _mm512_rol_epi32, _mm512_set1_epi32, _mm512_setr_epi32, _mm512_shuffle_i32x4,
    _mm512_unpackhi_epi32, _mm512_unpackhi_epi64, _mm512_unpacklo_epi32, _mm512_unpacklo_epi64, _mm512_xor_si512,
};

use super::{CONSTANTS, SIDE, SideBySide, Wide};

/// One register of sixteen words.
type Lane = __m512i;

#[inline]
#[target_feature(enable = "avx512f")]
fn to_lane(words: [u32; SIDE]) -> Lane {
    // SAFETY: both are 64 bytes in which every pattern is a value.
    unsafe { std::mem::transmute::<[u32; SIDE], Lane>(words) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn to_words(lanes: [Lane; 16]) -> SideBySide {
    // SAFETY: both are 1024 bytes in which every pattern is a value.
    unsafe { std::mem::transmute::<[Lane; 16], SideBySide>(lanes) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn all(word: u32) -> Lane {
    _mm512_set1_epi32(word.cast_signed())
}

macro_rules! quarter_round {
    ($x:ident, $a:literal, $b:literal, $c:literal, $d:literal) => {
        $x[$a] = _mm512_add_epi32($x[$a], $x[$b]);
        $x[$d] = _mm512_rol_epi32::<16>(_mm512_xor_si512($x[$d], $x[$a]));
        $x[$c] = _mm512_add_epi32($x[$c], $x[$d]);
        $x[$b] = _mm512_rol_epi32::<12>(_mm512_xor_si512($x[$b], $x[$c]));
        $x[$a] = _mm512_add_epi32($x[$a], $x[$b]);
        $x[$d] = _mm512_rol_epi32::<8>(_mm512_xor_si512($x[$d], $x[$a]));
        $x[$c] = _mm512_add_epi32($x[$c], $x[$d]);
        $x[$b] = _mm512_rol_epi32::<7>(_mm512_xor_si512($x[$b], $x[$c]));
    };
}

/// The block function on sixteen blocks with these last four words each.
#[inline]
#[target_feature(enable = "avx512f")]
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
        *lane = _mm512_add_epi32(*lane, start);
    }
    x
}

/// Rows become columns.
#[inline]
#[target_feature(enable = "avx512f")]
fn transposed(rows: [Lane; 16]) -> [Lane; 16] {
    let mut pairs = rows;
    for four in (0..16).step_by(4) {
        let [a, b, c, d] = [rows[four], rows[four + 1], rows[four + 2], rows[four + 3]];
        let (ab_low, ab_high) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
        let (cd_low, cd_high) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
        pairs[four] = _mm512_unpacklo_epi64(ab_low, cd_low);
        pairs[four + 1] = _mm512_unpackhi_epi64(ab_low, cd_low);
        pairs[four + 2] = _mm512_unpacklo_epi64(ab_high, cd_high);
        pairs[four + 3] = _mm512_unpackhi_epi64(ab_high, cd_high);
    }
    // Each register now holds, in its four quarters, one word of four blocks in a row: quarters change places.
    let mut columns = pairs;
    for word in 0..4 {
        let [a, b, c, d] = [pairs[word], pairs[4 + word], pairs[8 + word], pairs[12 + word]];
        let (ab_even, ab_odd) = (_mm512_shuffle_i32x4::<0x88>(a, b), _mm512_shuffle_i32x4::<0xdd>(a, b));
        let (cd_even, cd_odd) = (_mm512_shuffle_i32x4::<0x88>(c, d), _mm512_shuffle_i32x4::<0xdd>(c, d));
        columns[word] = _mm512_shuffle_i32x4::<0x88>(ab_even, cd_even);
        columns[4 + word] = _mm512_shuffle_i32x4::<0x88>(ab_odd, cd_odd);
        columns[8 + word] = _mm512_shuffle_i32x4::<0xdd>(ab_even, cd_even);
        columns[12 + word] = _mm512_shuffle_i32x4::<0xdd>(ab_odd, cd_odd);
    }
    columns
}

#[target_feature(enable = "avx512f")]
pub(super) fn fill(key: &[u32; 8], first_block: u32, [a, b, c]: [u32; 3], words: &mut [u32]) {
    let steps = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    let mut counter = first_block;
    for chunk in words.chunks_mut(16 * SIDE) {
        let counters = [_mm512_add_epi32(all(counter), steps), all(a), all(b), all(c)];
        let drawn = to_words(transposed(blocks(key, counters)));
        chunk.copy_from_slice(&drawn.as_flattened()[..chunk.len()]);
        counter = counter.wrapping_add(SIDE as u32);
    }
}

#[target_feature(enable = "avx512f")]
pub(super) fn side_by_side(key: &[u32; 8], first: &[u32; SIDE], second: &[u32; SIDE], rest: [u32; 2]) -> SideBySide {
    to_words(blocks(key, [to_lane(*first), to_lane(*second), all(rest[0]), all(rest[1])]))
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx2")]
pub(super) fn widely(work: impl Wide) {
    work.work();
}
