//! Producer services: the traded services that manufacturers buy as an input.
//!
//! Their price index is that of any traded industry, see [`crate::market_access`]; what differs is
//! the buyer: firms, not households.

use crate::maths::power;

/// Fills `out` with each place's demand for producer services.
///
/// # Formula
///
/// `E_S[r] = Σ_k as_k · cost_k[r]`: call once per using industry; the first call with `first` true
/// overwrites `out`, later ones add to it, in the order of the calls.
///
/// # Units
///
/// Thousand yuan a quarter; `costs` as [`crate::cost::producer_cost`].
///
/// # Source
///
/// Model equation (4): input linkage as in Venables (1996).
///
/// # Panics
///
/// When the slices differ in length.
pub fn add_demand(cost_share: f64, costs: &[f64], first: bool, out: &mut [f64]) {
    assert_eq!(costs.len(), out.len(), "demand for producer services needs one cost for each place");
    for (out, cost) in out.iter_mut().zip(costs) {
        let before = if first { 0.0 } else { *out };
        *out = before + cost_share * cost;
    }
}

/// What the price index of producer services is multiplied by where variety gains less than in the standard case.
///
/// # Formula
///
/// `n^((1 − gain) / (σ − 1))`: with `n` varieties of one price `p` the index `p n^(1/(1−σ))` becomes `p n^(−gain/(σ−1))`
///
/// # Units
///
/// A pure number; `gain` lies in [0, 1], and at 1 the factor is 1.
///
/// # Source
///
/// The form is ours: the part of the gain of Ethier (1982) that is taken back.
pub fn variety_factor(varieties: f64, gain: f64, substitution: f64) -> f64 {
    power(varieties, (1.0 - gain) / (substitution - 1.0))
}

/// The price index that users pay in towns, which bear the last mile as well.
///
/// # Formula
///
/// `G_S,town = G_S · τ_h`
///
/// # Source
///
/// Model equations (2) and (3).
pub fn town_price_index(price_index: f64, last_mile_cost: f64) -> f64 {
    price_index * last_mile_cost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market_access::{price_index, supply};

    #[test]
    fn demand_adds_over_users() {
        let mut demand = [99.0, 99.0];
        add_demand(0.5, &[2.0, 4.0], true, &mut demand);
        add_demand(0.25, &[4.0, 0.0], false, &mut demand);
        assert_eq!(demand, [2.0, 2.0]);
        assert_eq!(town_price_index(2.0, 1.5), 3.0);
    }

    #[test]
    fn without_any_gain_from_variety_the_index_is_the_price() {
        let (varieties, price, substitution) = (30.0, 1.7, 4.0);
        let index = price_index(supply(varieties, price, substitution), substitution);
        assert!((index * variety_factor(varieties, 0.0, substitution) - price).abs() < 1e-12);
        assert_eq!(variety_factor(varieties, 1.0, substitution), 1.0);
    }
}
