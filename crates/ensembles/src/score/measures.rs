//! Measures of a forecast: weighted absolute error, rank correlation, skill.

use economics::maths::total;

/// Sum of absolute errors, each with its weight.
///
/// # Formula
/// `Σ w |f − o|`. With weights of one and shares that sum to one it is the mean of relative errors `|f/o − 1|`, weighted
/// by the observed share: twice the index of dissimilarity (Duncan and Duncan 1955). With weights that sum to one it is
/// a weighted mean absolute error.
#[must_use]
pub fn weighted_error(forecast: &[f64], observed: &[f64], weights: &[f64]) -> f64 {
    let terms: Vec<f64> = forecast
        .iter()
        .zip(observed)
        .zip(weights)
        .map(|((forecast, observed), weight)| weight * (forecast - observed).abs())
        .collect();
    total(&terms)
}

/// Spearman's rank correlation; equal values share the mean of their ranks. NaN if either side has only one value.
///
/// # Formula
/// Pearson's correlation of the ranks (Spearman 1904).
#[must_use]
pub fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    let (one, other) = (ranks(one), ranks(other));
    let middle = (one.len() as f64 + 1.0) / 2.0;
    let product =
        |a: &[f64], b: &[f64]| total(&a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).collect::<Vec<_>>());
    product(&one, &other) / (product(&one, &one) * product(&other, &other)).sqrt()
}

/// Ranks from 1, ties at the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = first as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for at in tied {
            ranks[*at] = rank;
        }
        first += tied.len();
    }
    ranks
}

/// How much of a naive forecast's error a forecast avoids: 1 is perfect, 0 no better, below 0 worse. NaN if the naive
/// forecast has no error.
///
/// # Formula
/// `1 − error/naive`, the skill score of Murphy (1988) with absolute errors.
#[must_use]
pub fn skill(error: f64, naive: f64) -> f64 {
    if naive > 0.0 { 1.0 - error / naive } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_shares_is_twice_the_share_of_people_misplaced() {
        // A tenth of all people is in the first place instead of the second.
        let error = weighted_error(&[0.6, 0.2, 0.2], &[0.5, 0.3, 0.2], &[1.0; 3]);
        assert!((error - 0.2).abs() < 1e-15);
    }

    #[test]
    fn ranks_correlate_as_in_hand_arithmetic() {
        // Differences of ranks 1, 1, 0, 0: 1 − 6·2/(4·15) = .8.
        assert!((rank_correlation(&[1.0, 2.0, 30.0, 400.0], &[2.0, 1.0, 3.0, 4.0]) - 0.8).abs() < 1e-12);
        assert!((rank_correlation(&[1.0, 2.0, 3.0], &[9.0, 5.0, 1.0]) + 1.0).abs() < 1e-12);
        // Ties: ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5/√(1.5 · 2) = √.75.
        assert!((rank_correlation(&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0]) - 0.75_f64.sqrt()).abs() < 1e-12);
        assert!(rank_correlation(&[1.0, 1.0], &[1.0, 2.0]).is_nan());
    }

    #[test]
    fn skill_is_one_if_perfect_and_zero_if_no_better() {
        assert_eq!((skill(0.0, 0.2), skill(0.2, 0.2), skill(0.4, 0.2)), (1.0, 0.0, -1.0));
        assert!(skill(0.1, 0.0).is_nan());
    }
}
