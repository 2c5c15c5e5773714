//! Wages: demand for labour, tightness of its market, and how wages answer.

use crate::maths::{exp, ln};

/// The log of a clearing wage moves by this at most in a quarter against those of other cities.
const CLEARING_STEP_MAX: f64 = 1.0;
/// Tightness below this moves wages as this does.
const TIGHTNESS_MIN: f64 = 1e-6;
/// Lowest elasticity of demand: fixed costs of firms that cannot leave can make demand almost rigid, and no wage would
/// then clear the market.
const ELASTICITY_MIN: f64 = 0.25;

/// How wages are set where they do not clear the market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WageSetting {
    /// Wages move towards where demand equals supply.
    Sluggish {
        /// Elasticity of the quarter's wage change with respect to tightness.
        response: f64,
        /// The largest change of the log wage in a quarter.
        change_max: f64,
    },
    /// Wages do not move: an outside good fixes them.
    Pinned,
}

/// A labour market as a clearing wage sees it: of one place, or of the region as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabourMarket {
    /// Demand over supply.
    pub tightness: f64,
    /// By how many per cent demand falls when the wage rises by one.
    pub elasticity: f64,
}

/// Jobs of one industry in one place, in efficiency units.
///
/// # Formula
///
/// `aw · cost / w`
///
/// # Units
///
/// Thousand persons at full efficiency, when cost is in thousand yuan and the wage in yuan; divided
/// by effective labour per worker it is persons.
///
/// # Source
///
/// Model equation (5): Shephard's lemma for Cobb–Douglas cost.
pub fn labour_demand(labour_share: f64, cost: f64, wage: f64) -> f64 {
    labour_share * cost / wage
}

/// Tightness of a labour market: demand for labour over its supply; one in an empty place.
///
/// # Formula
///
/// `h = LD / (N · ell)`
///
/// # Source
///
/// Model equation (5).
pub fn tightness(demand: f64, supply: f64) -> f64 {
    if supply > 0.0 { demand / supply } else { 1.0 }
}

/// The share of the labour force that has work.
///
/// # Formula
///
/// `min(1, h)`
pub fn employment_rate(tightness: f64) -> f64 {
    tightness.min(1.0)
}

/// Hours of work of those who have it, as a multiple of the normal ones.
///
/// # Formula
///
/// `clamp(h, 1, h_max)`: demand beyond the supply of normal hours is met by longer ones
///
/// # Panics
///
/// When `hours_max` is below one.
pub fn hours(tightness: f64, hours_max: f64) -> f64 {
    tightness.clamp(1.0, hours_max)
}

/// Pay that an unskilled resident can expect, whether or not the person finds work.
///
/// # Formula
///
/// `y = w · ell · h`, without a bound on `h`: what firms owe for work is always paid
///
/// # Units
///
/// Yuan a quarter, as the wage. `effective_labour` as [`crate::congestion::effective_labour`].
///
/// # Source
///
/// Model equation (5).
pub fn expected_pay(wage: f64, effective_labour: f64, tightness: f64) -> f64 {
    wage * effective_labour * tightness
}

/// What the work of a place is paid in all.
///
/// # Formula
///
/// `w · (N · ell) · h`: demand at the wage, and zero where nobody could do the work
///
/// # Units
///
/// Thousand yuan a quarter, when the wage is in yuan and supply in thousand efficiency units of full effect.
///
/// # Source
///
/// Model equation (5).
pub fn pay_bill(wage: f64, supply: f64, tightness: f64) -> f64 {
    if supply > 0.0 { wage * supply * tightness } else { 0.0 }
}

/// Next quarter's wage per efficiency unit, where it lags or does not move.
///
/// # Formula
///
/// Sluggish: `w · exp(clamp(η ln max(h, 1e-6), −cap, cap))`. Pinned: `w`.
///
/// # Units
///
/// Yuan a quarter; tightness is not cut off at the longest hours, so excess demand raises wages only.
///
/// # Source
///
/// Model equation (5).
pub fn next_wage(wage: f64, tightness: f64, setting: WageSetting) -> f64 {
    match setting {
        WageSetting::Sluggish { response, change_max } => {
            wage * exp((response * ln(tightness.max(TIGHTNESS_MIN))).clamp(-change_max, change_max))
        }
        WageSetting::Pinned => wage,
    }
}

/// The share of an industry's cost in a place that varies with its sales.
///
/// # Formula
///
/// `max(1 − n f c / cost, 0)`: the rest makes the fixed inputs
///
/// # Units
///
/// `cost` in thousand yuan and above zero; firms, fixed units and unit cost as in [`crate::cost::producer_cost`].
pub fn variable_share(cost: f64, varieties: f64, fixed_units: f64, unit_cost: f64) -> f64 {
    let fixed = varieties * fixed_units * unit_cost;
    (1.0 - fixed / cost).max(0.0)
}

/// Elasticity of an industry's demand for labour to the wage, as a positive number.
///
/// # Formula
///
/// `v (1 + a (σ − 1) x) + (1 − v)(1 − a)`: labour demand is `a · cost / w`. Unit cost and price go with `w^a`. The part
/// `v` of cost varies with sales, and sales go with `p^(1−σ)` as far as they are contested: up to the share `x`, rivals
/// whose price stays win or lose the difference. So this part of demand goes with `w^(−1 − a(σ−1)x)`. The rest, fixed
/// inputs of a given number of firms, goes with `w^(a−1)`.
///
/// With `x` = 1 this is the elasticity of one small place at given price indices: `1 + a(σ−1)` if nothing is fixed.
///
/// # Source
///
/// Shephard's lemma with Cobb–Douglas cost and the demand of Dixit and Stiglitz (1977); own derivation.
pub fn demand_elasticity(labour_share: f64, substitution: f64, variable_share: f64, contested: f64) -> f64 {
    let variable = 1.0 + labour_share * (substitution - 1.0) * contested;
    variable_share * variable + (1.0 - variable_share) * (1.0 - labour_share)
}

/// The share of an industry's sales in the cities that rivals with other wages than the cities' contest.
///
/// # Formula
///
/// `1 − (1 − e)² C / X`, with `C` sales of the cities' firms, `e` the share of exports in all sales and `X` what the
/// region spends: outside the region every sale is contested, inside it the share that others sell. Zero in a closed region
/// without towns.
pub fn contested_share(city_sales: f64, town_sales: f64, exports: f64, spent: f64) -> f64 {
    let sales = city_sales + town_sales;
    if sales <= 0.0 || spent <= 0.0 {
        return 0.0;
    }
    let at_home = (1.0 - exports / sales).clamp(0.0, 1.0);
    (1.0 - at_home * (at_home * city_sales / spent)).clamp(0.0, 1.0)
}

/// Elasticity of the demand for labour of consumer services to the wage of their city, as a positive number.
///
/// # Formula
///
/// Of the pay for work, the fringe's part has elasticity `1 + s(1−a)(σ−1)`, establishments' variable part with
/// `1 − (1−s)(1−a)(σ−1)` and their fixed part with `1 − a`, weighted by pay; `s` is the share of establishments in
/// sales. What residents spend is given; a higher wage moves it from the fringe, all labour, to establishments.
///
/// # Units
///
/// Spending and pay in thousand yuan.
///
/// # Source
///
/// As [`demand_elasticity`], with the market of [`crate::consumer_services::service_market`].
pub fn consumer_service_elasticity(
    labour_share: f64,
    substitution: f64,
    modern_share: f64,
    spending: f64,
    pay: f64,
) -> f64 {
    let shift = (1.0 - labour_share) * (substitution - 1.0);
    let fringe = (1.0 - modern_share) * spending;
    let variable = labour_share * modern_share * spending * (substitution - 1.0) / substitution;
    let fixed = (pay - fringe - variable).max(0.0);
    let paid = fringe + variable + fixed;
    if paid <= 0.0 {
        return 1.0;
    }
    (fringe * (1.0 + modern_share * shift)
        + variable * (1.0 - (1.0 - modern_share) * shift)
        + fixed * (1.0 - labour_share))
        / paid
}

/// The wage at which demand for labour meets supply, in one step of Newton's method.
///
/// # Formula
///
/// `w · H^(1/E) · (h/H)^(1/ε)`, elasticities no less than a quarter, the second factor no more than e up or down: far from rest
/// (a thousand firms and one worker) a local elasticity does not tell how far to go
///
/// Demand of a place falls with elasticity `ε` in its wage at given price indices ([`demand_elasticity`] with all sales
/// contested), so `w h^(1/ε)` would clear it if other places stood still. They do not: when all wages rise together,
/// rivals in the region are not cheaper than before, and demand then falls with the smaller `E` only. Hence the region's
/// tightness `H` moves all wages alike and a place's tightness relative to it moves its own.
///
/// The true elasticity of a place lies between `E` and `ε`, since its own price is part of the price index where it sells:
/// steps fall short and never overshoot. With `ε` = 1, as for a given wage bill, this is `w h`.
///
/// # Source
///
/// Newton's method in logarithms on two directions, all wages and one wage; gross substitutes make it converge
/// (Arrow and Hurwicz 1958 for the continuous process). Own derivation.
pub fn clearing_wage(wage: f64, place: LabourMarket, region: LabourMarket) -> f64 {
    if region.tightness <= 0.0 {
        return wage;
    }
    let all = ln(region.tightness.max(TIGHTNESS_MIN)) / region.elasticity.max(ELASTICITY_MIN);
    let relative = (place.tightness / region.tightness).max(TIGHTNESS_MIN);
    let own = ln(relative) / place.elasticity.max(ELASTICITY_MIN);
    wage * exp(all + own.clamp(-CLEARING_STEP_MAX, CLEARING_STEP_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::{FixedInput, producer_cost};
    use crate::maths::power;
    use proptest::prelude::*;

    /// Demand for labour in two places by hand, with price indices: (σ−1)/σ of sales is wages of production, and each of
    /// the firms has fixed work; one unit of labour is one unit of output.
    fn demand(wages: [f64; 2], sigma: f64, fixed: f64) -> [f64; 2] {
        let (firms, freeness, spent) = ([1.0, 3.0], [[1.0, 0.4], [0.4, 1.0]], [2.0, 5.0]);
        let pull = wages.map(|wage| power(wage, 1.0 - sigma));
        let index = [0, 1].map(|to| (0..2).map(|from| firms[from] * freeness[from][to] * pull[from]).sum::<f64>());
        [0, 1].map(|from| {
            let sold: f64 = (0..2).map(|to| freeness[from][to] * spent[to] / index[to]).sum();
            firms[from] * (pull[from] * sold * (sigma - 1.0) / sigma / wages[from] + fixed)
        })
    }

    #[test]
    fn elasticities_are_the_slopes_of_demand() {
        let (sigma, step, wages) = (5.0, 1e-6, [1.1, 0.9]);
        let slope = |after: f64, before: f64| -ln(after / before) / step;
        let here = demand(wages, sigma, 0.0);
        let own = demand([wages[0] * exp(step), wages[1]], sigma, 0.0);
        let all = demand(wages.map(|wage| wage * exp(step)), sigma, 0.0);
        // A closed region contests nothing from outside; a place is contested less than fully, being part of its index.
        assert!((slope(all[0], here[0]) - demand_elasticity(1.0, sigma, 1.0, 0.0)).abs() < 1e-5);
        assert!(slope(own[0], here[0]) < demand_elasticity(1.0, sigma, 1.0, 1.0));
        assert!(slope(own[0], here[0]) > 1.0);
        let with_fixed = demand(wages, sigma, 0.3);
        let variable = here[0] / with_fixed[0];
        let all = demand(wages.map(|wage| wage * exp(step)), sigma, 0.3);
        assert!((slope(all[0], with_fixed[0]) - demand_elasticity(1.0, sigma, variable, 0.0)).abs() < 1e-5);
        // Labour of a share 0.65, 80 % of cost variable: 0.8 (1 + 0.65 · 4) + 0.2 · 0.35
        assert!((demand_elasticity(0.65, 5.0, 0.8, 1.0) - 2.95).abs() < 1e-12);
        assert_eq!(contested_share(80.0, 0.0, 0.0, 80.0), 0.0);
        // Towns sell a fifth of 100, a quarter goes abroad, and the region spends 90: 1 − 0.75 · 0.75 · 80/90
        assert!((contested_share(80.0, 20.0, 25.0, 90.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_elasticity_of_consumer_services_is_the_slope_of_their_market() {
        use crate::consumer_services::{ConsumerServices, service_market};
        let services =
            ConsumerServices { substitution: 5.0, fixed_units: 1.6, informal_weight: 2.0, informal_labour: 1.25 };
        let labour_share = 0.88;
        let market = |wage: f64| service_market(80.0, wage, power(wage, labour_share), 6, &services);
        let pay = |wage: f64| labour_share * market(wage).modern_cost + market(wage).informal_sales;
        let step = 1e-6;
        let slope = -ln(pay(exp(step)) / exp(step) / pay(1.0)) / step;
        let said = consumer_service_elasticity(labour_share, 5.0, market(1.0).modern_share, 80.0, pay(1.0));
        assert!((slope - said).abs() < 1e-5, "{slope} {said}");
        assert_eq!(consumer_service_elasticity(labour_share, 5.0, 0.0, 80.0, 80.0), 1.0, "fringe alone");
    }

    #[test]
    fn a_given_wage_bill_and_a_small_place_clear_in_one_step() {
        // A bill of 30 hires 10 at a wage of 3.
        let alone = LabourMarket { tightness: tightness(labour_demand(1.0, 30.0, 2.0), 10.0), elasticity: 1.0 };
        assert!((clearing_wage(2.0, alone, alone) - 3.0).abs() < 1e-12);
        // Demand 8 w^−3 against a supply of one, in a region at rest: the wage is two.
        let place = LabourMarket { tightness: 8.0, elasticity: 3.0 };
        let region = LabourMarket { tightness: 1.0, elasticity: 1.0 };
        assert!((clearing_wage(1.0, place, region) - 2.0).abs() < 1e-12);
        assert_eq!(next_wage(2.0, 1.5, WageSetting::Pinned), 2.0);
        assert_eq!(clearing_wage(2.0, place, LabourMarket { tightness: 0.0, elasticity: 1.0 }), 2.0);
    }

    #[test]
    fn a_sluggish_wage_moves_by_its_cap_at_most() {
        let setting = WageSetting::Sluggish { response: 0.15, change_max: 0.04 };
        assert_eq!(next_wage(2.0, 100.0, setting), 2.0 * exp(0.04));
        assert_eq!(next_wage(2.0, 0.0, setting), 2.0 * exp(-0.04));
        assert_eq!(next_wage(2.0, 1.0, setting), 2.0);
        assert!((next_wage(2.0, 1.1, setting) - 2.0 * exp(0.15 * ln(1.1))).abs() < 1e-15);
    }

    #[test]
    fn an_empty_place_is_neither_tight_nor_slack() {
        assert_eq!(tightness(0.0, 0.0), 1.0);
        assert_eq!(pay_bill(2.0, 0.0, tightness(5.0, 0.0)), 0.0);
    }

    #[test]
    fn excess_demand_lengthens_hours_to_their_limit_and_raises_pay_beyond_it() {
        assert_eq!([0.5, 1.1, 3.0].map(|tightness| hours(tightness, 1.25)), [1.0, 1.1, 1.25]);
        // 2 · .5 · 3, and for four thousand persons
        assert_eq!(expected_pay(2.0, 0.5, 3.0), 3.0);
        assert_eq!(pay_bill(2.0, 4.0 * 0.5, 3.0), 12.0);
    }

    #[test]
    fn fixed_inputs_are_what_does_not_vary_with_sales() {
        // Sales of 10 cost 8 to make; two firms have a fixed cost of 1.5 · 2 each.
        let cost = producer_cost(10.0, 2.0, 2.0, 1.5, 5.0, FixedInput::Composite);
        assert!((variable_share(cost, 2.0, 1.5, 2.0) - 8.0 / 14.0).abs() < 1e-15);
        assert_eq!(variable_share(4.0, 2.0, 1.5, 2.0), 0.0);
        assert_eq!(variable_share(4.0, 2.0, 0.0, 2.0), 1.0);
    }

    proptest! {
        #[test]
        fn what_is_owed_for_work_is_what_residents_are_paid(
            wage in 0.1..10.0f64, people in 0.1..1e4f64, effective in 0.01..1.0f64, owed in 0.0..1e5f64,
        ) {
            let supply = people * effective;
            let tight = tightness(labour_demand(1.0, owed, wage), supply);
            prop_assert!((pay_bill(wage, supply, tight) - owed).abs() <= 1e-12 * owed);
            prop_assert!((people * expected_pay(wage, effective, tight) - owed).abs() <= 1e-12 * owed);
        }
    }
}
