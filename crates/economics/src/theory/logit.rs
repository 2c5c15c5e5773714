//! Logit choice: the share of people who choose each alternative.

use super::TheoryError;
use super::error::{check_precision, within};
use crate::maths::{exp, total};

/// The share of people who choose each alternative.
///
/// # Formula
///
/// `s_i = exp(β u_i) / Σ_j exp(β u_j)`, computed from differences to the best alternative, so that no exponential overflows
///
/// # Source
///
/// Luce (1959); Train (2009), chapter 3.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for no alternatives or numbers without meaning.
pub fn shares(utilities: &[f64], precision: f64) -> Result<Vec<f64>, TheoryError> {
    check_precision(precision)?;
    within("number of utilities", utilities.len() as f64, !utilities.is_empty(), "1 or more")?;
    for &utility in utilities {
        within("utility", utility, true, "a finite number")?;
    }
    let best = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = utilities.iter().map(|utility| exp(precision * (utility - best))).collect();
    let all = total(&odds);
    Ok(odds.iter().map(|odds| odds / all).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn huge_utilities_neither_overflow_nor_vanish() {
        assert_eq!(shares(&[1e6, 1e6], 100.0), Ok(vec![0.5, 0.5]));
        assert_eq!(shares(&[1e6, -1e6], 100.0), Ok(vec![1.0, 0.0]));
    }
}
