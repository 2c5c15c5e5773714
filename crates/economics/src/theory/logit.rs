//! Logit choice: how many choose what, with and without crowding, and how far a few choosers stray from it.

use super::TheoryError;
use super::error::{check_precision, found, within};
use crate::maths::{exp, ln, total};

/// The most agents for which a distribution is made.
const AGENTS_MAX: u32 = 10_000_000;

/// The share of people who choose each alternative.
///
/// # Formula
///
/// `s_i = exp(β u_i) / Σ_j exp(β u_j)`, reckoned from the best alternative, so that no exponential overflows
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

/// The shares at which a logit rests when each alternative loses by being chosen.
///
/// # Formula
///
/// `u_i = ln a_i − κ ln s_i` gives `s_i = a_i^(β/(1+βκ)) / Σ_j a_j^(β/(1+βκ))`: crowding lowers precision. An
/// alternative without attraction is not chosen.
///
/// # Source
///
/// Substitution of the crowded utility in the logit of Luce (1959); Redding and Rossi-Hansberg (2017) for the use in
/// spatial models.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for negative attractions, none above nought, a negative congestion, or a precision that
/// is not positive.
pub fn congested_shares(attractions: &[f64], precision: f64, congestion: f64) -> Result<Vec<f64>, TheoryError> {
    check_precision(precision)?;
    check_congestion(congestion)?;
    let mut best = 0.0_f64;
    for &attraction in attractions {
        within("attraction", attraction, attraction >= 0.0, "a finite number, 0 or more")?;
        best = best.max(attraction);
    }
    within("largest attraction", best, best > 0.0, "above 0")?;
    let exponent = effective_precision(precision, congestion);
    let odds: Vec<f64> = attractions
        .iter()
        .map(|&attraction| if attraction > 0.0 { exp(exponent * (ln(attraction) - ln(best))) } else { 0.0 })
        .collect();
    let all = total(&odds);
    Ok(odds.iter().map(|odds| odds / all).collect())
}

/// `β/(1 + βκ)`, which loses neither at large β nor at small.
fn effective_precision(precision: f64, congestion: f64) -> f64 {
    1.0 / (1.0 / precision + congestion)
}

/// Refuses a congestion that is negative or no number.
fn check_congestion(congestion: f64) -> Result<(), TheoryError> {
    within("congestion", congestion, congestion >= 0.0, "a finite number, 0 or more").map(|_| ())
}

/// How many of a finite number of agents are in the first of two cities, in the long run.
#[derive(Clone, Debug, PartialEq)]
pub struct FiniteAgents {
    /// Chance of each number of agents from nought to all.
    pub chances: Vec<f64>,
    /// Expected number.
    pub mean: f64,
    /// Standard deviation of the number.
    pub standard_deviation: f64,
}

/// The stationary distribution of agents who, one at a time, reconsider between two crowded cities.
///
/// An agent drawn at random compares the two as they would be with it inside: where it is, `n_i` agents; where it is
/// not, `n_j + 1`. It chooses by a logit. This chain is reversible, since the game has a potential, and rests in the Gibbs
/// measure of that potential with the number of ways to place the agents as weight.
///
/// # Formula
///
/// `u_i(n) = v_i − κ ln n`. Detailed balance, `P(n) (N − n) s_1 = P(n + 1) (n + 1) s_2` with `s_1/s_2 = exp β(v_1 −
/// v_2) · ((N − n)/(n + 1))^(βκ)`, gives `P(n) ∝ C(N, n) exp(β(v_1 n + v_2 (N − n))) (n! (N − n)!)^(−βκ)`.
///
/// Of many agents the mean share is the [crowded logit](congested_shares), and the variance `N s_1 s_2/(1 + βκ)`.
///
/// # Source
///
/// Blume (1993) for the logit chain of a potential game; Monderer and Shapley (1996) for the potential of crowding.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for no agents, more than ten million, or numbers without meaning; [`TheoryError::NoRoot`] where
/// the weights exceed all numbers.
pub fn finite_agents(
    agents: u32,
    utilities: [f64; 2],
    precision: f64,
    congestion: f64,
) -> Result<FiniteAgents, TheoryError> {
    within("agents", f64::from(agents), (1..=AGENTS_MAX).contains(&agents), "from 1 to 10000000")?;
    check_precision(precision)?;
    check_congestion(congestion)?;
    let lead = precision * (utilities[0] - utilities[1]);
    within("utility", lead, true, "finite in both cities")?;
    within("precision times congestion", precision * congestion, true, "a finite number")?;
    let crowding = 1.0 + precision * congestion;
    let mut logs = Vec::with_capacity(agents as usize + 1);
    let mut log = 0.0;
    logs.push(log);
    for here in 1..=agents {
        log += lead - crowding * ln(f64::from(here) / f64::from(agents - here + 1));
        logs.push(log);
    }
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| exp(log - most)).collect();
    let all = total(&weights);
    let chances: Vec<f64> = weights.iter().map(|weight| weight / all).collect();
    let moment = |value: &dyn Fn(f64) -> f64| {
        let terms: Vec<f64> = (0..=agents).zip(&chances).map(|(n, chance)| value(f64::from(n)) * chance).collect();
        total(&terms)
    };
    let mean = moment(&|n| n);
    let variance = moment(&|n| (n - mean) * (n - mean));
    found("mean number of agents", mean)?;
    found("variance of the number of agents", variance)?;
    Ok(FiniteAgents { mean, standard_deviation: variance.sqrt(), chances })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn huge_utilities_neither_overflow_nor_vanish() {
        assert_eq!(shares(&[1e6, 1e6], 100.0), Ok(vec![0.5, 0.5]));
        assert_eq!(shares(&[1e6, -1e6], 100.0), Ok(vec![1.0, 0.0]));
        assert_eq!(congested_shares(&[1e200, 1e200, 0.0], 1e9, 0.0), Ok(vec![0.5, 0.5, 0.0]));
    }

    #[test]
    fn agents_who_do_not_care_are_spread_binomially() {
        let spread = finite_agents(4, [0.3, 0.3], 5.0, 0.0).unwrap();
        for (chance, ways) in spread.chances.iter().zip([1.0, 4.0, 6.0, 4.0, 1.0]) {
            assert!((chance - ways / 16.0).abs() < 1e-15);
        }
        assert!((spread.standard_deviation - 1.0).abs() < 1e-14);
    }
}
