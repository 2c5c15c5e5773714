//! Sobol sequences: points that fill a cube evenly, whatever number of them is taken.
//!
//! Our own, because the sequence is forty lines beside its table, while published designs depend on the order of points,
//! the number of bits and the digital shift, which a crate could change. The shift is drawn by `rand`.

use crate::draws::Draws;

/// Bits of a coordinate.
const BITS: usize = 52;
/// Dimensions that direction numbers are given for.
pub(super) const DIMENSIONS_MAX: usize = 1 + DIRECTIONS.len();

/// A primitive polynomial and the first direction numbers of a dimension.
struct Direction {
    /// Degree of the polynomial.
    degree: usize,
    /// Its inner coefficients, as bits.
    coefficients: u64,
    /// The first numbers m, one for each degree.
    first: &'static [u64],
}

const fn direction(degree: usize, coefficients: u64, first: &'static [u64]) -> Direction {
    Direction { degree, coefficients, first }
}

/// Dimensions 2 to 32: Joe and Kuo 2008, file `new-joe-kuo-6.21201`.
const DIRECTIONS: [Direction; 31] = [
    direction(1, 0, &[1]),
    direction(2, 1, &[1, 3]),
    direction(3, 1, &[1, 3, 1]),
    direction(3, 2, &[1, 1, 1]),
    direction(4, 1, &[1, 1, 3, 3]),
    direction(4, 4, &[1, 3, 5, 13]),
    direction(5, 2, &[1, 1, 5, 5, 17]),
    direction(5, 4, &[1, 1, 5, 5, 5]),
    direction(5, 7, &[1, 1, 7, 11, 19]),
    direction(5, 11, &[1, 1, 5, 1, 1]),
    direction(5, 13, &[1, 1, 1, 3, 11]),
    direction(5, 14, &[1, 3, 5, 5, 31]),
    direction(6, 1, &[1, 3, 3, 9, 7, 49]),
    direction(6, 13, &[1, 1, 1, 15, 21, 21]),
    direction(6, 16, &[1, 3, 1, 13, 27, 49]),
    direction(6, 19, &[1, 1, 1, 15, 7, 5]),
    direction(6, 22, &[1, 3, 1, 15, 13, 25]),
    direction(6, 25, &[1, 1, 5, 5, 19, 61]),
    direction(7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    direction(7, 4, &[1, 3, 7, 13, 13, 15, 69]),
    direction(7, 7, &[1, 1, 3, 13, 7, 35, 63]),
    direction(7, 8, &[1, 3, 5, 9, 1, 25, 53]),
    direction(7, 14, &[1, 3, 1, 13, 9, 35, 107]),
    direction(7, 19, &[1, 3, 1, 5, 27, 61, 31]),
    direction(7, 21, &[1, 1, 5, 11, 19, 41, 61]),
    direction(7, 28, &[1, 3, 5, 3, 3, 13, 69]),
    direction(7, 31, &[1, 1, 7, 13, 1, 19, 1]),
    direction(7, 32, &[1, 3, 7, 5, 13, 19, 59]),
    direction(7, 37, &[1, 1, 3, 9, 25, 29, 41]),
    direction(7, 41, &[1, 3, 5, 13, 23, 1, 55]),
    direction(7, 42, &[1, 3, 7, 3, 13, 59, 17]),
];

/// A Sobol sequence in the order of Gray codes.
///
/// # Source
/// Sobol 1967; Antonov and Saleev 1979 for the order; Joe and Kuo 2008 for the direction numbers.
#[derive(Clone, Debug)]
pub struct Sobol {
    /// Direction numbers by dimension and bit.
    directions: Vec<[u64; BITS]>,
    state: Vec<u64>,
    shift: Vec<u64>,
    index: u64,
}

impl Sobol {
    /// A sequence in a number of dimensions, at most 32. With a seed every coordinate is shifted in its binary digits by a
    /// number drawn for its dimension (a random digital shift, which leaves the evenness as it is); without, the first
    /// point is the origin.
    ///
    /// # Panics
    /// If there are more dimensions.
    #[must_use]
    pub fn new(dimensions: usize, seed: Option<u64>) -> Self {
        assert!(dimensions <= DIMENSIONS_MAX, "direction numbers are given for {DIMENSIONS_MAX} dimensions");
        let directions = (0..dimensions).map(numbers).collect();
        let shift = match seed {
            None => vec![0; dimensions],
            Some(seed) => {
                let mut draws = Draws::new(seed);
                (0..dimensions).map(|_| (draws.uniform() * scale()) as u64).collect()
            }
        };
        Self { directions, state: vec![0; dimensions], shift, index: 0 }
    }
}

impl Iterator for Sobol {
    type Item = Vec<f64>;

    /// The next point, every coordinate at least 0 and below 1.
    fn next(&mut self) -> Option<Vec<f64>> {
        let point = self.state.iter().zip(&self.shift).map(|(bits, shift)| (bits ^ shift) as f64 / scale()).collect();
        let bit = self.index.trailing_ones() as usize;
        for (state, directions) in self.state.iter_mut().zip(&self.directions) {
            *state ^= directions.get(bit)?;
        }
        self.index += 1;
        Some(point)
    }
}

fn scale() -> f64 {
    (1_u64 << BITS) as f64
}

/// Direction numbers of a dimension: `v_k = m_k 2^(BITS − k)`, with `m_k` by the recurrence of its polynomial.
fn numbers(dimension: usize) -> [u64; BITS] {
    let mut m = [1_u64; BITS];
    if let Some(Direction { degree, coefficients, first }) = dimension.checked_sub(1).map(|at| &DIRECTIONS[at]) {
        for k in 0..BITS {
            m[k] = if k < *degree {
                first[k]
            } else {
                let mut next = m[k - degree] ^ (m[k - degree] << degree);
                for step in 1..*degree {
                    if coefficients >> (degree - 1 - step) & 1 == 1 {
                        next ^= m[k - step] << step;
                    }
                }
                next
            };
        }
    }
    let mut numbers = [0; BITS];
    for (k, (number, m)) in numbers.iter_mut().zip(m).enumerate() {
        *number = m << (BITS - 1 - k);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_of_joe_and_kuo() {
        // The list that comes with their generator, three dimensions.
        let known = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        let found: Vec<Vec<f64>> = Sobol::new(3, None).take(8).collect();
        assert_eq!(found, known);
    }

    #[test]
    fn a_later_point_in_every_dimension_is_that_of_another_generator() {
        // Point 37 (from 0) in 64ths, as SciPy's generator has it.
        let known = [
            59, 41, 37, 59, 49, 19, 11, 51, 39, 11, 1, 5, 37, 55, 7, 31, 51, 27, 3, 9, 61, 5, 35, 41, 19, 23, 51, 25,
            33, 7, 23, 9,
        ];
        let point = Sobol::new(DIMENSIONS_MAX, None).nth(37).expect("the sequence is long");
        let found: Vec<i32> = point.iter().map(|x| (64.0 * x) as i32).collect();
        assert_eq!(found, known);
    }

    #[test]
    fn every_half_and_quarter_of_every_dimension_is_met_equally_often_also_when_shifted() {
        for seed in [None, Some(1), Some(2)] {
            let points: Vec<Vec<f64>> = Sobol::new(DIMENSIONS_MAX, seed).take(256).collect();
            for dimension in 0..DIMENSIONS_MAX {
                let mut parts: Vec<usize> = points.iter().map(|point| (point[dimension] * 256.0) as usize).collect();
                parts.sort_unstable();
                assert_eq!(parts, (0..256).collect::<Vec<_>>(), "dimension {dimension}");
            }
        }
        let first = |seed| Sobol::new(2, Some(seed)).next();
        assert_ne!(first(1), first(2));
    }
}
