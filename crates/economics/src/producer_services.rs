//! Producer services: the traded services that manufacturers buy as an input.
//!
//! Their price index is that of any traded industry, see [`crate::market_access`]; what differs is
//! the buyer: firms, not households.

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

    #[test]
    fn demand_adds_over_users() {
        let mut demand = [99.0, 99.0];
        add_demand(0.5, &[2.0, 4.0], true, &mut demand);
        add_demand(0.25, &[4.0, 0.0], false, &mut demand);
        assert_eq!(demand, [2.0, 2.0]);
        assert_eq!(town_price_index(2.0, 1.5), 3.0);
    }
}
