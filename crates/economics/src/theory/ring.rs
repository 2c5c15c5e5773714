//! Core and periphery on a ring: any number of equal regions, each pair trades along the shorter way round.

use super::TheoryError;
use super::core_periphery::check_no_black_hole;
use super::error::{found, within};
use super::solver::root;
use crate::maths::{cosine, power, total};

/// Where equal regions on a ring become unstable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RingBreak {
    /// Trade cost of one step.
    pub trade_cost: f64,
    /// The pattern that grows first as trade becomes cheaper: the number of centres on the ring.
    pub mode: usize,
}

/// The largest trade cost of a step at which equal regions on a ring are unstable to some pattern.
///
/// # Formula
///
/// Mode m is the pattern `cos(2π m r/R)`. Its trade eigenvalue is `Z_m = Σ_d φ^dist(d) cos(2π m d/R) / Σ_d φ^dist(d)`,
/// `dist(d) = min(d, R − d)`, and the flat state is unstable to it where `0 < Z_m < μ(1 + ρ)/(μ² + ρ)`. As φ rises from
/// zero every `Z_m` falls from one to zero; the first to reach the bound breaks the flat state.
///
/// # Source
///
/// Fujita, Krugman and Venables (1999), chapter 6; Ikeda, Akamatsu and Kono (2012) for patterns of many centres.
///
/// # Errors
///
/// [`TheoryError::BlackHole`] when `ρ ≤ μ`; [`TheoryError::OutOfRange`] for fewer than two regions or parameters
/// without meaning.
pub fn break_point(regions: usize, substitution: f64, goods_share: f64) -> Result<RingBreak, TheoryError> {
    check_regions(regions)?;
    check_no_black_hole(substitution, goods_share)?;
    let (rho, mu) = (1.0 - 1.0 / substitution, goods_share);
    let bound = mu * (1.0 + rho) / (mu * mu + rho);
    let mut first = (1.0, 0);
    for mode in 1..=regions / 2 {
        let freeness = root(|freeness| Ok(bound - trade_eigenvalue(regions, freeness, mode)), 0.0, 1.0)?;
        if freeness < first.0 {
            first = (freeness, mode);
        }
    }
    if first.1 == 0 {
        return Err(TheoryError::NoRoot { sought: "break point of the ring" });
    }
    let trade_cost = found("break point of the ring", power(first.0, 1.0 / (1.0 - substitution)))?;
    Ok(RingBreak { trade_cost, mode: first.1 })
}

/// Refuses a ring of fewer than two.
fn check_regions(regions: usize) -> Result<(), TheoryError> {
    within("regions", regions as f64, regions >= 2, "2 or more").map(|_| ())
}

/// `Z_m`: the trade eigenvalue of a pattern.
fn trade_eigenvalue(regions: usize, freeness: f64, mode: usize) -> f64 {
    let weights: Vec<f64> = (0..regions).map(|d| power(freeness, d.min(regions - d) as f64)).collect();
    let turn = std::f64::consts::TAU / regions as f64;
    let waves: Vec<f64> =
        weights.iter().enumerate().map(|(d, weight)| weight * cosine(turn * ((mode * d) % regions) as f64)).collect();
    total(&waves) / total(&weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_four_regions_the_second_pattern_is_the_square_of_the_first() {
        let (first, second) = (trade_eigenvalue(4, 0.2, 1), trade_eigenvalue(4, 0.2, 2));
        assert!((first - 0.8 / 1.2).abs() < 1e-15 && (second - first * first).abs() < 1e-15);
    }

    #[test]
    fn one_region_is_no_ring() {
        assert!(break_point(1, 5.0, 0.4).is_err());
    }
}
