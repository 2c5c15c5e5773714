//! Footloose entrepreneurs: the fixed input of each firm is a mobile skilled person, the variable input is work of people who stay.

use super::TheoryError;
use super::error::{check_length, check_masses, check_precision, check_tastes, found, within};
use super::solver::{linear_solution, ratios, root, roots};
use crate::maths::{exp, exp_m1, ln, power};

/// Natural logarithm of the smallest `−ln φ` at which a zero of drift is looked for.
const SEARCH_LOW: f64 = -14.0;
/// The largest `−ln φ` at which a zero of drift is looked for; beyond, nothing is traded.
const SEARCH_MAX: f64 = 600.0;
/// Steps of the search between the two.
const SEARCH_STEPS: u32 = 280;

/// The freeness of trade at which two equal regions become unstable.
///
/// # Formula
///
/// `φ_B = (σ − μ)(σ − 1 − μ) / ((σ + μ)(σ − 1 + μ))`. Equal regions are unstable above `φ_B`.
///
/// # Source
///
/// Forslid and Ottaviano (2003): the break point.
///
/// # Errors
///
/// [`TheoryError::BlackHole`] when `σ − 1 ≤ μ`; [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn break_point(substitution: f64, goods_share: f64) -> Result<f64, TheoryError> {
    check_no_black_hole(substitution, goods_share)?;
    let (sigma, mu) = (substitution, goods_share);
    found("break point", (sigma - mu) * (sigma - 1.0 - mu) / ((sigma + mu) * (sigma - 1.0 + mu)))
}

/// The freeness of trade above which a centre with all entrepreneurs holds.
///
/// # Formula
///
/// The root below one of `1 = φ^a [φ (σ + μ) + (σ − μ)/φ] / (2σ)`, `a = μ/(σ − 1)`: the real reward of the first
/// entrepreneur to leave against that of those who stay.
///
/// # Source
///
/// Forslid and Ottaviano (2003): the sustain point.
///
/// # Errors
///
/// [`TheoryError::BlackHole`] when `σ − 1 ≤ μ`; [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn sustain_point(substitution: f64, goods_share: f64) -> Result<f64, TheoryError> {
    check_no_black_hole(substitution, goods_share)?;
    let (sigma, mu) = (substitution, goods_share);
    let a = mu / (sigma - 1.0);
    let near = (sigma + mu) / (2.0 * sigma);
    let far = (sigma - mu) / (2.0 * sigma);
    let temptation = |closeness: f64| near * exp_m1(-closeness * (1.0 + a)) + far * exp_m1(closeness * (1.0 - a));
    let lowest = ln(near * (1.0 + a) / (far * (1.0 - a))) / 2.0;
    if lowest <= 0.0 {
        // The goods share cannot be distinguished from zero in floating point.
        return Ok(1.0);
    }
    let mut high = 2.0 * lowest;
    while temptation(high) <= 0.0 {
        high *= 2.0;
        found("sustain point", high)?;
    }
    Ok(exp(-root(|closeness| Ok(temptation(closeness)), lowest, high)?))
}

/// Refuses parameters without meaning, and returns to scale so strong that entrepreneurs agglomerate at any trade cost.
///
/// # Formula
///
/// No black hole: `μ < σ − 1`.
///
/// # Source
///
/// Forslid and Ottaviano (2003): the no-black-hole condition.
///
/// # Errors
///
/// [`TheoryError::BlackHole`], and [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn check_no_black_hole(substitution: f64, goods_share: f64) -> Result<(), TheoryError> {
    check_tastes(substitution, goods_share)?;
    if goods_share >= substitution - 1.0 {
        return Err(TheoryError::BlackHole { substitution, goods_share, goods_share_max: substitution - 1.0 });
    }
    Ok(())
}

/// The freeness of trade at which no entrepreneur gains by moving when a given share lives in one of two like regions.
///
/// # Formula
///
/// The roots, rising, of `ln ω_1 = ln ω_2` in `φ`, at `h_1 = λ`.
///
/// # Source
///
/// Forslid and Ottaviano (2003): the difference of indirect utilities.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning or a share that is not above one half and below one.
pub fn zero_at(substitution: f64, goods_share: f64, share: f64) -> Result<Vec<f64>, TheoryError> {
    zeros(substitution, goods_share, share, 0.0)
}

/// The freeness of trade at which entrepreneurs who choose by a logit rest at a given share.
///
/// # Formula
///
/// The roots, rising, of `β(ln ω_1 − ln ω_2) = ln(λ/(1 − λ))` in `φ`, at `h_1 = λ`. Between two of them the share
/// would grow.
///
/// # Source
///
/// As [`zero_at`], with the logit of Tabuchi and Thisse (2002).
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning or a share that is not above one half and below one.
pub fn logit_zero_at(substitution: f64, goods_share: f64, precision: f64, share: f64) -> Result<Vec<f64>, TheoryError> {
    check_precision(precision)?;
    zeros(substitution, goods_share, share, 1.0 / precision)
}

/// Roots of `ln ω_1 − ln ω_2 = noise · ln(λ/(1 − λ))`.
fn zeros(substitution: f64, goods_share: f64, share: f64, noise: f64) -> Result<Vec<f64>, TheoryError> {
    check_tastes(substitution, goods_share)?;
    within("share", share, share > 0.5 && share < 1.0, "above one half and below 1")?;
    let drift = |closeness: f64| {
        let free = exp(-closeness);
        let freeness = [1.0, free, free, 1.0];
        let state = short_run(&[share, 1.0 - share], &[0.5, 0.5], &freeness, substitution, goods_share)?;
        Ok(ln(state.real_rewards[0] / state.real_rewards[1]) - noise * ln(share / (1.0 - share)))
    };
    let found = roots(drift, &ratios(SEARCH_LOW, ln(SEARCH_MAX), SEARCH_STEPS))?;
    Ok(found.into_iter().rev().map(|closeness| exp(-closeness)).collect())
}

/// Rewards and prices of each place with entrepreneurs where they are. A worker's wage is one everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortRun {
    /// What an entrepreneur earns. Where there is none, what the first would earn.
    pub rewards: Vec<f64>,
    /// Price index of goods, for a variety per entrepreneur and one worker for each unit.
    pub price_indices: Vec<f64>,
    /// Reward over `G^μ`.
    pub real_rewards: Vec<f64>,
}

/// Rewards of entrepreneurs and price indices for any masses of entrepreneurs and workers.
///
/// # Formula
///
/// `G_s^(1−σ) = (σ/(σ − 1))^(1−σ) Δ_s` with `Δ_s = Σ_r h_r φ_rs`, and `R_r = (μ/σ) Σ_s φ_rs (L_s + R_s h_s)/Δ_s`: linear
/// in R, since profits are `1/σ` of sales. `freeness` is `φ`, `[from * places + to]`.
///
/// Workers earn one in each place as long as each grows some food: for two like regions, `μ < σ/(2σ − 1)`.
///
/// # Source
///
/// Forslid and Ottaviano (2003): the short-run equilibrium.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] or [`TheoryError::Length`] for numbers without meaning; [`TheoryError::NoRoot`] where
/// trade is so small that a place without firms has no price.
pub fn short_run(
    entrepreneurs: &[f64],
    workers: &[f64],
    freeness: &[f64],
    substitution: f64,
    goods_share: f64,
) -> Result<ShortRun, TheoryError> {
    check_tastes(substitution, goods_share)?;
    let places = entrepreneurs.len();
    check_masses("entrepreneurs", entrepreneurs, places)?;
    check_masses("workers", workers, places)?;
    check_length("freeness", freeness, places * places)?;
    for &free in freeness {
        within("freeness", free, (0.0..=1.0).contains(&free), "from 0 to 1")?;
    }
    let varieties: Vec<f64> = (0..places)
        .map(|to| (0..places).map(|from| entrepreneurs[from] * freeness[from * places + to]).sum())
        .collect();
    let margin = goods_share / substitution;
    let mut matrix = vec![0.0; places * places];
    let mut right = vec![0.0; places];
    for from in 0..places {
        for to in 0..places {
            let sold = margin * freeness[from * places + to] / varieties[to];
            right[from] += sold * workers[to];
            matrix[from * places + to] = if from == to { 1.0 } else { 0.0 } - sold * entrepreneurs[to];
        }
    }
    let rewards = linear_solution(matrix, right).ok_or(TheoryError::NoRoot { sought: "reward" })?;
    let markup = substitution / (substitution - 1.0);
    let price_indices: Vec<f64> =
        varieties.iter().map(|mass| markup * power(*mass, 1.0 / (1.0 - substitution))).collect();
    let real_rewards: Vec<f64> =
        rewards.iter().zip(&price_indices).map(|(reward, index)| reward * power(*index, -goods_share)).collect();
    for value in rewards.iter().chain(&real_rewards) {
        found("reward", *value)?;
    }
    Ok(ShortRun { rewards, price_indices, real_rewards })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_black_hole_is_refused_by_name() {
        let refused = break_point(1.3, 0.4).unwrap_err();
        assert!(matches!(refused, TheoryError::BlackHole { goods_share: 0.4, .. }));
        assert!(sustain_point(1.3, 0.4).is_err());
    }

    #[test]
    fn entrepreneurs_of_equal_regions_share_the_margin_equally() {
        let state = short_run(&[0.5, 0.5], &[0.5, 0.5], &[1.0, 0.3, 0.3, 1.0], 5.0, 0.4).unwrap();
        // All rewards are μ/σ of all income, and income is rewards and the wages of one worker.
        let expected = 0.08 / (1.0 - 0.08);
        assert!(state.rewards.iter().all(|reward| (reward - expected).abs() < 1e-15));
    }
}
