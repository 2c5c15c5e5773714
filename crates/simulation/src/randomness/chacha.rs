//! The ChaCha8 block function, on one block or on many side by side.
#![expect(
    clippy::needless_range_loop,
    reason = "lanes are walked by number, so that each loop becomes one vector instruction"
)]

/// "expand 32-byte k", the constants of the cipher.
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// `WIDTH` words side by side, one of each block.
type Lane<const WIDTH: usize> = [u32; WIDTH];

#[inline(always)]
fn quarter_round<const WIDTH: usize>(x: &mut [Lane<WIDTH>; 16], a: usize, b: usize, c: usize, d: usize) {
    for lane in 0..WIDTH {
        x[a][lane] = x[a][lane].wrapping_add(x[b][lane]);
        x[d][lane] = (x[d][lane] ^ x[a][lane]).rotate_left(16);
    }
    for lane in 0..WIDTH {
        x[c][lane] = x[c][lane].wrapping_add(x[d][lane]);
        x[b][lane] = (x[b][lane] ^ x[c][lane]).rotate_left(12);
    }
    for lane in 0..WIDTH {
        x[a][lane] = x[a][lane].wrapping_add(x[b][lane]);
        x[d][lane] = (x[d][lane] ^ x[a][lane]).rotate_left(8);
    }
    for lane in 0..WIDTH {
        x[c][lane] = x[c][lane].wrapping_add(x[d][lane]);
        x[b][lane] = (x[b][lane] ^ x[c][lane]).rotate_left(7);
    }
}

/// `WIDTH` blocks with consecutive first counter words, word by word.
#[inline(always)]
pub(super) fn blocks<const WIDTH: usize>(key: &[u32; 8], counter: u32, rest: [u32; 3]) -> [Lane<WIDTH>; 16] {
    let mut start = [[0; WIDTH]; 16];
    for word in 0..4 {
        start[word] = [CONSTANTS[word]; WIDTH];
    }
    for word in 0..8 {
        start[4 + word] = [key[word]; WIDTH];
    }
    for lane in 0..WIDTH {
        start[12][lane] = counter.wrapping_add(lane as u32);
    }
    for word in 0..3 {
        start[13 + word] = [rest[word]; WIDTH];
    }
    let mut x = start;
    for _ in 0..4 {
        quarter_round(&mut x, 0, 4, 8, 12);
        quarter_round(&mut x, 1, 5, 9, 13);
        quarter_round(&mut x, 2, 6, 10, 14);
        quarter_round(&mut x, 3, 7, 11, 15);
        quarter_round(&mut x, 0, 5, 10, 15);
        quarter_round(&mut x, 1, 6, 11, 12);
        quarter_round(&mut x, 2, 7, 8, 13);
        quarter_round(&mut x, 3, 4, 9, 14);
    }
    for word in 0..16 {
        for lane in 0..WIDTH {
            x[word][lane] = x[word][lane].wrapping_add(start[word][lane]);
        }
    }
    x
}

/// One block.
pub(super) fn block(key: &[u32; 8], counters: [u32; 4]) -> [u32; 16] {
    let [counter, a, b, c] = counters;
    blocks::<1>(key, counter, [a, b, c]).map(|lane| lane[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vector of ChaCha8 with a zero key and a zero nonce (draft-strombergson-chacha-test-vectors, TC1).
    #[test]
    fn a_zero_key_gives_the_published_words() {
        let words = block(&[0; 8], [0; 4]);
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        assert_eq!(bytes[..8], [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]);
    }
}
