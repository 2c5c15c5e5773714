//! ChaCha8 blocks one at a time, for processors without AVX2. `rand_chacha` always computes four blocks in a row, of which
//! an agent needs one, so that a block takes 2.5 times as long there.

use super::blocks::{CONSTANTS, SIDE, SideBySide};

macro_rules! quarter_round {
    ($x:ident, $a:literal, $b:literal, $c:literal, $d:literal) => {
        $x[$a] = $x[$a].wrapping_add($x[$b]);
        $x[$d] = ($x[$d] ^ $x[$a]).rotate_left(16);
        $x[$c] = $x[$c].wrapping_add($x[$d]);
        $x[$b] = ($x[$b] ^ $x[$c]).rotate_left(12);
        $x[$a] = $x[$a].wrapping_add($x[$b]);
        $x[$d] = ($x[$d] ^ $x[$a]).rotate_left(8);
        $x[$c] = $x[$c].wrapping_add($x[$d]);
        $x[$b] = ($x[$b] ^ $x[$c]).rotate_left(7);
    };
}

/// The block function on the block with these last four words.
fn block(key: &[u32; 8], counters: [u32; 4]) -> [u32; 16] {
    let mut start = [0; 16];
    start[..4].copy_from_slice(&CONSTANTS);
    start[4..12].copy_from_slice(key);
    start[12..].copy_from_slice(&counters);
    let mut x = start;
    for _ in 0..4 {
        double_round!(quarter_round, x);
    }
    for (word, start) in x.iter_mut().zip(start) {
        *word = word.wrapping_add(start);
    }
    x
}

pub(super) fn fill(key: &[u32; 8], first_block: u32, [a, b, c]: [u32; 3], words: &mut [u32]) {
    for (number, out) in words.chunks_mut(16).enumerate() {
        let drawn = block(key, [first_block.wrapping_add(number as u32), a, b, c]);
        out.copy_from_slice(&drawn[..out.len()]);
    }
}

pub(super) fn side_by_side(key: &[u32; 8], first: &[u32; SIDE], second: &[u32; SIDE], rest: [u32; 2]) -> SideBySide {
    let mut words = [[0; SIDE]; 16];
    for agent in 0..SIDE {
        let drawn = block(key, [first[agent], second[agent], rest[0], rest[1]]);
        for (row, word) in words.iter_mut().zip(drawn) {
            row[agent] = word;
        }
    }
    words
}
