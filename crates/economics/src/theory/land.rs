//! Housing against variety: people spend on goods and on immobile land, and rents rise in centres.

use super::TheoryError;
use super::error::{check_length, check_masses, check_tastes, check_trade_cost, found, within};
use super::solver::rest_point;
use crate::maths::{exp, ln, power, total};

/// Whether there is one equilibrium at any trade cost.
///
/// # Formula
///
/// `σ(1 − α) > 1`, α being the share of income spent on goods and `1 − α` that spent on land
///
/// # Source
///
/// Helpman (1998); Redding and Rossi-Hansberg (2017): existence and uniqueness.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn unique(substitution: f64, goods_share: f64) -> Result<bool, TheoryError> {
    check_tastes(substitution, goods_share)?;
    Ok(substitution * (1.0 - goods_share) > 1.0)
}

/// The trade cost above which two equal regions are unstable; none where they are always stable.
///
/// The reverse of the core and periphery: with free trade people avoid high rents, with costly trade they concentrate
/// near the variety of goods.
///
/// # Formula
///
/// `Z_B = σ(σ − 1)(1 − α) / (α(2σ − 1) − (1 − α)(σ − 1)²)`, `T_B = ((1 + Z_B)/(1 − Z_B))^(1/(σ−1))`. There is one
/// exactly where `σ(1 − α) < 1`. Follows from the linearised equilibrium `ŵ = Z l/(σ + (σ − 1)Z)`,
/// `Ĝ = Zŵ − Z l/(σ − 1)`, `q̂ = ŵ + l`, of which `αŵ − αĜ − (1 − α)l` is the change of real income.
///
/// # Source
///
/// Helpman (1998), with the rents of each place shared by its residents as in Redding and Rossi-Hansberg (2017).
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning; [`TheoryError::NoRoot`] where the point exceeds all
/// numbers.
pub fn break_point(substitution: f64, goods_share: f64) -> Result<Option<f64>, TheoryError> {
    check_tastes(substitution, goods_share)?;
    let (sigma, alpha) = (substitution, goods_share);
    let land_share = 1.0 - alpha;
    if sigma * land_share >= 1.0 {
        return Ok(None);
    }
    let variety = alpha * (2.0 * sigma - 1.0) - land_share * (sigma - 1.0) * (sigma - 1.0);
    let z = sigma * (sigma - 1.0) * land_share / variety;
    found("break point", power((1.0 + z) / (1.0 - z), 1.0 / (sigma - 1.0))).map(Some)
}

/// Prices and incomes of each place with people where they are. Income of all places is one.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortRun {
    /// Wage of a resident.
    pub wages: Vec<f64>,
    /// Price index of goods, for as many varieties as residents and one worker for each further unit.
    pub price_indices: Vec<f64>,
    /// Rent of a unit of land.
    pub rents: Vec<f64>,
    /// Wage and rents of a resident, over `G^α q^(1−α)`.
    pub real_incomes: Vec<f64>,
}

/// Wages, rents and real incomes for any masses of residents and land, with zero profits.
///
/// # Formula
///
/// - Income `Y_s = w_s L_s/α`: wages, and the place's rents `(1 − α)Y_s`, divided per head of its residents.
/// - Price `p_r = w_r σ/(σ − 1)`; index `G_s^(1−σ) = Σ_r L_r (p_r T_rs)^(1−σ)`; firms `n_r = L_r`, fixed work `1/σ`.
/// - Goods: `w_r L_r = Σ_s L_r p_r^(1−σ) T_rs^(1−σ) α Y_s G_s^(σ−1)`.
/// - Rent `q_s = (1 − α) Y_s/H_s`. Real income `(w_s/α) / (G_s^α q_s^(1−α))`.
///
/// # Source
///
/// Redding and Rossi-Hansberg (2017): wages, price indices and rents of a region.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] or [`TheoryError::Length`] for numbers without meaning, which include a place without
/// residents or land, where there is no rent; [`TheoryError::NoRoot`] without trade, which leaves relative wages of
/// places undetermined.
pub fn short_run(
    residents: &[f64],
    land: &[f64],
    trade_costs: &[f64],
    substitution: f64,
    goods_share: f64,
) -> Result<ShortRun, TheoryError> {
    check_tastes(substitution, goods_share)?;
    let places = residents.len();
    for (name, masses) in [("residents", residents), ("land", land)] {
        check_masses(name, masses, places)?;
        for &mass in masses {
            within(name, mass, mass > 0.0, "above 0 in each place")?;
        }
    }
    check_length("trade_costs", trade_costs, places * places)?;
    let mut freeness = Vec::with_capacity(places * places);
    for &cost in trade_costs {
        check_trade_cost(cost)?;
        freeness.push(power(cost, 1.0 - substitution));
    }
    let market = Market { residents, freeness, substitution, goods_share };
    let start = vec![ln(goods_share / total(residents)); places];
    let log_wages = rest_point(|log_wages| market.next_log_wages(log_wages), start, "wages")?;
    let wages: Vec<f64> = log_wages.iter().map(|x| exp(*x)).collect();
    let price_indices: Vec<f64> = market
        .supplies(&market.weights(&wages))
        .iter()
        .map(|supply| power(*supply, 1.0 / (1.0 - substitution)))
        .collect();
    let land_share = 1.0 - goods_share;
    let rents: Vec<f64> = (0..places).map(|s| land_share / goods_share * wages[s] * residents[s] / land[s]).collect();
    let real_incomes = (0..places)
        .map(|s| wages[s] / goods_share * power(price_indices[s], -goods_share) * power(rents[s], -land_share))
        .collect();
    Ok(ShortRun { wages, price_indices, rents, real_incomes })
}

/// Residents, and freeness between their places.
struct Market<'a> {
    residents: &'a [f64],
    freeness: Vec<f64>,
    substitution: f64,
    goods_share: f64,
}

impl Market<'_> {
    /// Weight of varieties of each place in an index: `L_r p_r^(1−σ)`.
    fn weights(&self, wages: &[f64]) -> Vec<f64> {
        let sigma = self.substitution;
        let price = |wage: f64| wage * sigma / (sigma - 1.0);
        wages.iter().zip(self.residents).map(|(wage, people)| people * power(price(*wage), 1.0 - sigma)).collect()
    }

    /// `G_s^(1−σ)` of each place.
    fn supplies(&self, weights: &[f64]) -> Vec<f64> {
        let places = weights.len();
        (0..places).map(|to| (0..places).map(|from| weights[from] * self.freeness[from * places + to]).sum()).collect()
    }

    /// The next step towards balanced trade, as logarithms of wages; scaled so that income is one.
    ///
    /// In equilibrium the exports of a place are worth its imports. Without trade their ratio falls with its
    /// wage by the power `2σ − 1`; that keeps wages well determined where hardly anything is traded.
    fn next_log_wages(&self, log_wages: &[f64]) -> Vec<f64> {
        let places = self.residents.len();
        let wages: Vec<f64> = log_wages.iter().map(|x| exp(*x)).collect();
        let weights = self.weights(&wages);
        let supplies = self.supplies(&weights);
        // Spending on goods is α Y = w L.
        let spent: Vec<f64> = wages.iter().zip(self.residents).map(|(wage, people)| wage * people).collect();
        let mut next = log_wages.to_vec();
        for (here, log_wage) in next.iter_mut().enumerate() {
            let (mut exports, mut imports) = (0.0, 0.0);
            for there in (0..places).filter(|there| *there != here) {
                exports += weights[here] * self.freeness[here * places + there] * spent[there] / supplies[there];
                imports += weights[there] * self.freeness[there * places + here] * spent[here] / supplies[here];
            }
            if places > 1 {
                *log_wage += ln(exports / imports) / (2.0 * self.substitution - 1.0);
            }
        }
        let paid: Vec<f64> = next.iter().zip(self.residents).map(|(wage, people)| exp(*wage) * people).collect();
        let scale = ln(self.goods_share / total(&paid));
        next.iter().map(|log_wage| log_wage + scale).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_large_land_share_there_is_no_break() {
        assert_eq!(unique(5.0, 0.75), Ok(true));
        assert_eq!(break_point(5.0, 0.75), Ok(None));
        assert_eq!(unique(4.0, 0.8), Ok(false));
    }

    #[test]
    fn a_place_without_land_is_refused() {
        let refused = short_run(&[0.5, 0.5], &[1.0, 0.0], &[1.0, 1.5, 1.5, 1.0], 4.0, 0.8).unwrap_err();
        assert!(refused.to_string().starts_with("land is 0"));
    }
}
