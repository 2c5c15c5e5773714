//! Consumer services: indivisible establishments compete with an informal fringe for local customers.
//!
//! Because an establishment is indivisible, a city below a threshold of people has none.

use crate::maths::{ln, power};

/// At most this share of establishments opens or closes in a quarter, and at least one.
const STEP_SHARE: f64 = 0.02;

/// Consumer services of one city.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConsumerServices {
    /// Elasticity of substitution between establishments.
    pub substitution: f64,
    /// Fixed input of an establishment, in units of its composite input.
    pub fixed_units: f64,
    /// Weight of the informal fringe, counted in establishments.
    pub informal_weight: f64,
    /// Labour that the informal fringe needs for a unit of service.
    pub informal_labour: f64,
}

/// Result of the market for consumer services of one city.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceMarket {
    /// Share of spending that goes to establishments.
    pub modern_share: f64,
    /// Logarithm of the price index, fringe included.
    pub ln_price_index: f64,
    /// Sales of establishments, in thousand yuan.
    pub modern_sales: f64,
    /// What establishments spend on inputs, in thousand yuan.
    pub modern_cost: f64,
    /// Sales of the informal fringe, all of it pay for work, in thousand yuan.
    pub informal_sales: f64,
    /// Profit of one establishment.
    pub profit_now: f64,
    /// Profit of one establishment if one more opened.
    pub profit_next: f64,
}

/// The market for consumer services of one city.
///
/// # Formula
///
/// With `x = p^(1−s)`, `p = c s/(s−1)` and `v = hh (z w)^(1−s)`: modern share `n x / (n x + v)`,
/// `ln G = ln(n x + v)/(1−s)`, profit `E x / (n x + v) / s − f c`, and with `n + 1` the next one's.
///
/// # Units
///
/// Expenditure in thousand yuan a quarter, establishments an integer count.
///
/// # Source
///
/// Model equation (4): thresholds from indivisibility after Christaller (1933) and Bresnahan and
/// Reiss (1991), in the demand system of Dixit and Stiglitz (1977).
pub fn service_market(
    expenditure: f64,
    wage: f64,
    unit_cost: f64,
    establishments: u32,
    services: &ConsumerServices,
) -> ServiceMarket {
    let sigma = services.substitution;
    let count = f64::from(establishments);
    let price = unit_cost * sigma / (sigma - 1.0);
    let pull = power(price, 1.0 - sigma);
    let informal_pull = services.informal_weight * power(wage * services.informal_labour, 1.0 - sigma);
    let everything = count * pull + informal_pull;
    let modern_share = if everything > 0.0 { count * pull / everything } else { 0.0 };
    let fixed_cost = services.fixed_units * unit_cost;
    let profit_at = |pulls: f64| {
        if pulls > 0.0 { expenditure * pull / pulls / sigma - fixed_cost } else { 0.0 }
    };
    ServiceMarket {
        modern_share,
        ln_price_index: if everything > 0.0 { ln(everything) / (1.0 - sigma) } else { 0.0 },
        modern_sales: modern_share * expenditure,
        modern_cost: modern_share * expenditure * (sigma - 1.0) / sigma + count * fixed_cost,
        informal_sales: (1.0 - modern_share) * expenditure,
        profit_now: profit_at(everything),
        profit_next: profit_at((count + 1.0) * pull + informal_pull),
    }
}

/// Establishments after this quarter's openings and closures.
///
/// # Formula
///
/// `n ± max(1, floor(.02 n))`: plus if one more would earn a profit, minus if those open lose more
/// than is tolerated; at least zero.
///
/// # Units
///
/// `loss_tolerated` per establishment, in thousand yuan; a small share of the fixed cost, so that a
/// city at the threshold does not open and close every quarter.
///
/// # Source
///
/// Model equation (4): entry until the next would lose.
pub fn next_establishments(establishments: u32, market: &ServiceMarket, loss_tolerated: f64) -> u32 {
    let step = ((STEP_SHARE * f64::from(establishments)) as u32).max(1);
    let opened = if market.profit_next > 0.0 { step } else { 0 };
    let closed = if establishments > 0 && market.profit_now < -loss_tolerated { step } else { 0 };
    (establishments + opened).saturating_sub(closed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SERVICES: ConsumerServices =
        ConsumerServices { substitution: 5.0, fixed_units: 1.6, informal_weight: 2.0, informal_labour: 1.25 };

    #[test]
    fn equal_prices_share_by_count() {
        // Unit cost 1 gives price 1.25, the fringe's too: 6 establishments against a weight of 2.
        let market = service_market(80.0, 1.0, 1.0, 6, &SERVICES);
        assert!((market.modern_share - 0.75).abs() < 1e-14);
        assert!((market.informal_sales - 20.0).abs() < 1e-12);
        // 80/8/5 − 1.6 = .4 and 80/9/5 − 1.6
        assert!((market.profit_now - 0.4).abs() < 1e-12);
        assert!((market.profit_next - (80.0 / 45.0 - 1.6)).abs() < 1e-12);
        assert_eq!(next_establishments(6, &market, 0.032), 7);
        // Sales minus cost is the profit of six.
        assert!((market.modern_sales - market.modern_cost - 6.0 * 0.4).abs() < 1e-12);
    }

    #[test]
    fn losses_close_establishments_down_to_zero() {
        let market = service_market(1.0, 1.0, 1.0, 1, &SERVICES);
        assert_eq!(next_establishments(1, &market, 0.032), 0);
        assert_eq!(next_establishments(0, &market, 0.032), 0);
        assert_eq!(next_establishments(200, &market, 0.032), 196);
    }

    proptest! {
        #[test]
        fn sales_add_up_to_spending(
            spending in 0.0..1e4f64, wage in 0.5..5.0f64, cost in 0.5..5.0f64, count in 0u32..5000
        ) {
            let market = service_market(spending, wage, cost, count, &SERVICES);
            prop_assert!((market.modern_sales + market.informal_sales - spending).abs() <= 1e-9 * spending.max(1.0));
            prop_assert!((0.0..=1.0).contains(&market.modern_share));
        }
    }
}
