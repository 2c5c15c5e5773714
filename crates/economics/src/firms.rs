//! Firms: profit rates, exit, entry and choice of site.

use crate::maths::{dot, exp, logistic, power, total};

/// The lowest profit rate that moves a decision.
const PULL_MIN: f64 = -1.0;
/// The highest profit rate that moves a decision.
const PULL_MAX: f64 = 1.5;
/// The mean profit rate moves total entry by at most e to this power.
const ENTRY_RESPONSE_MAX: f64 = 2.0;
/// The pull of a site is at most e to this power.
const SITE_RESPONSE_MAX: f64 = 20.0;

/// The profit rate of a firm: pure profit in units of normal operating profit.
///
/// # Formula
///
/// `π = R / (σ f c) − 1`
///
/// # Units
///
/// A pure number; zero at free entry.
///
/// # Source
///
/// Model equation (4); Dixit and Stiglitz (1977).
pub fn profit_rate(revenue: f64, unit_cost: f64, fixed_units: f64, substitution: f64) -> f64 {
    revenue / (substitution * fixed_units * unit_cost) - 1.0
}

/// What the income of an entrepreneur buys where the firm is.
///
/// # Formula
///
/// `R · exp(−ln P̄)`
///
/// # Units
///
/// Revenue in any unit of money; the log price level as [`crate::utility::ln_city_prices`] or
/// [`crate::utility::ln_rural_prices`]. Only ratios between places have a meaning, see [`relative_return`].
///
/// # Source
///
/// Forslid and Ottaviano (2003).
pub fn real_return(revenue: f64, ln_price_level: f64) -> f64 {
    revenue * exp(-ln_price_level)
}

/// The return of a mobile factor in a place, relative to its mean in the region.
///
/// # Formula
///
/// `π = (R/σ) / mean(R/σ) − 1`: for footloose capital and footloose entrepreneurs, whose income is
/// operating profit.
///
/// # Source
///
/// Martin and Rogers (1995); Forslid and Ottaviano (2003).
pub fn relative_return(revenue: f64, mean_revenue: f64) -> f64 {
    revenue / mean_revenue.max(1e-12) - 1.0
}

/// The mean of a quantity over firms, weighted by their number; zero without firms.
///
/// # Panics
///
/// When the slices differ in length.
pub fn mean_over_firms(quantity: &[f64], firms: &[f64]) -> f64 {
    let count = total(firms);
    if count > 0.0 { dot(quantity, firms) / count } else { 0.0 }
}

/// The representative profit rate of a place as firms respond to it.
///
/// # Formula
///
/// `clamp(π, −1, 1.5)`
pub fn pull(profit_rate: f64) -> f64 {
    profit_rate.clamp(PULL_MIN, PULL_MAX)
}

/// The share of the firms of a place that exit in a quarter.
///
/// # Formula
///
/// `clamp(δ · exp(−ε π), 0, limit)` with `π` as [`pull`]
///
/// # Units
///
/// `turnover` is the quarterly rate at zero profit, the industry's speed included; `limit` is a share of firms, from 0
/// to 1.
///
/// # Source
///
/// Model equation (7).
pub fn exit_rate(turnover: f64, response: f64, pull: f64, limit: f64) -> f64 {
    (turnover * exp(-response * pull)).clamp(0.0, limit)
}

/// Firms that enter an industry in a quarter, in the whole region.
///
/// # Formula
///
/// `δ n exp(clamp(ε π̄, −2, 2))`
///
/// # Units
///
/// As `firms`; `mean_profit_rate` is the mean over firms, not clipped.
///
/// # Source
///
/// Model equation (7).
pub fn entrants(firms: f64, turnover: f64, response: f64, mean_profit_rate: f64) -> f64 {
    let lift = (response * mean_profit_rate).clamp(-ENTRY_RESPONSE_MAX, ENTRY_RESPONSE_MAX);
    turnover * firms * exp(lift)
}

/// Fills `out` with the probability that a firm which looks for a site considers each of them.
///
/// # Formula
///
/// `W_s = (1 − mut) · n_s^θ size_s^(1−θ) / Σ + mut · size_s / Σ size`: the second term lets an empty
/// place be entered.
///
/// # Units
///
/// `sizes` are residents of cities, and a fraction of rural people for towns, in thousand persons.
/// Without firms only sizes count; without firms and sizes all weights are zero.
///
/// # Source
///
/// Model equation (7); the size term after Ben-Akiva and Lerman (1985).
///
/// # Panics
///
/// When the slices differ in length.
pub fn fill_site_weights(firms: &[f64], sizes: &[f64], clustering: f64, mutation: f64, out: &mut [f64]) {
    assert_eq!(firms.len(), out.len(), "site weights need the firms of each site");
    assert_eq!(sizes.len(), out.len(), "site weights need the size of each site");
    for ((firms, size), out) in firms.iter().zip(sizes).zip(out.iter_mut()) {
        *out = power(*firms, clustering) * power(*size, 1.0 - clustering);
    }
    let (attraction, size) = (total(out), total(sizes));
    let known = if attraction > 0.0 { (1.0 - mutation) / attraction } else { 0.0 };
    let blind = if attraction > 0.0 { mutation } else { 1.0 };
    for (out, own) in out.iter_mut().zip(sizes) {
        *out = known * *out + if size > 0.0 { blind * own / size } else { 0.0 };
    }
}

/// Fills `out` with the share of all entrants that each site receives.
///
/// # Formula
///
/// `W_s exp(min(β (π_s − π̄), 20)) / Σ`
///
/// # Source
///
/// Model equation (7).
///
/// # Panics
///
/// When the slices differ in length.
pub fn fill_entry_shares(
    site_weights: &[f64],
    pulls: &[f64],
    mean_profit_rate: f64,
    sensitivity: f64,
    out: &mut [f64],
) {
    assert_eq!(site_weights.len(), out.len(), "entry shares need the weight of each site");
    assert_eq!(pulls.len(), out.len(), "entry shares need the profit rate of each site");
    for ((weight, pull), out) in site_weights.iter().zip(pulls).zip(out.iter_mut()) {
        *out = weight * exp((sensitivity * (pull - mean_profit_rate)).min(SITE_RESPONSE_MAX));
    }
    let sum = total(out);
    for share in out {
        *share /= sum.max(f64::MIN_POSITIVE);
    }
}

/// The probability that a firm moves to the site it looked at.
///
/// # Formula
///
/// `Λ(β (π_there − π_here − cost))`
///
/// # Units
///
/// Both profit rates as [`pull`]; the cost is a profit rate as well.
///
/// # Source
///
/// Model equation (7).
pub fn relocation_acceptance(sensitivity: f64, pull_there: f64, pull_here: f64, cost: f64) -> f64 {
    logistic(sensitivity * (pull_there - pull_here - cost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::ln;
    use proptest::prelude::*;

    #[test]
    fn free_entry_is_a_profit_rate_of_zero() {
        assert_eq!(profit_rate(20.0, 4.0, 1.0, 5.0), 0.0);
        assert_eq!(profit_rate(40.0, 4.0, 1.0, 5.0), 1.0);
        assert_eq!(relative_return(3.0, 2.0), 0.5);
        assert_eq!(mean_over_firms(&[1.0, 4.0], &[2.0, 1.0]), 2.0);
    }

    #[test]
    fn a_return_buys_less_where_living_costs_more() {
        // Prices twice as high halve it.
        assert!((real_return(3.0, ln(2.0)) - 1.5).abs() < 1e-15);
        assert_eq!(real_return(3.0, 0.0), 3.0);
    }

    #[test]
    fn at_zero_profit_entry_replaces_exit() {
        assert_eq!(exit_rate(0.02, 2.0, 0.0, 0.25) * 50.0, entrants(50.0, 0.02, 2.0, 0.0));
        assert_eq!(exit_rate(0.2, 2.0, -1.0, 0.25), 0.25);
        assert_eq!(exit_rate(0.2, 2.0, -1.0, 0.5), 0.5);
        assert_eq!(entrants(1.0, 1.0, 2.0, 9.0), exp(2.0));
    }

    #[test]
    fn site_weights_by_hand() {
        let mut weights = [0.0; 2];
        // √(4·9) = 6 and √(0·27) = 0; sizes share ¼ and ¾
        fill_site_weights(&[4.0, 0.0], &[9.0, 27.0], 0.5, 0.2, &mut weights);
        assert!((weights[0] - (0.8 + 0.05)).abs() < 1e-15);
        assert!((weights[1] - 0.15).abs() < 1e-15);
        fill_site_weights(&[0.0, 0.0], &[1.0, 3.0], 0.5, 0.2, &mut weights);
        assert_eq!(weights, [0.25, 0.75]);
    }

    #[test]
    fn a_moving_cost_keeps_firms_between_equal_sites() {
        assert!(relocation_acceptance(1.5, 0.1, 0.1, 0.03) < 0.5);
        assert_eq!(relocation_acceptance(1.5, 0.1, 0.1, 0.0), 0.5);
    }

    proptest! {
        #[test]
        fn weights_and_shares_sum_to_one(
            firms in prop::collection::vec(0.0..50.0f64, 7), sizes in prop::collection::vec(0.1..900.0f64, 7),
            theta in 0.0..1.0f64, mutation in 0.0..0.2f64, profit in prop::collection::vec(-2.0..3.0f64, 7),
        ) {
            let (mut weights, mut shares) = ([0.0; 7], [0.0; 7]);
            fill_site_weights(&firms, &sizes, theta, mutation, &mut weights);
            prop_assert!((total(&weights) - 1.0).abs() < 1e-12);
            let pulls: Vec<f64> = profit.iter().map(|p| pull(*p)).collect();
            fill_entry_shares(&weights, &pulls, 0.1, 0.3, &mut shares);
            prop_assert!((total(&shares) - 1.0).abs() < 1e-12);
        }
    }
}
