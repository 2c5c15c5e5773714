//! Costs: unit cost, mill price, and what the fixed input of a firm consists of.

use crate::maths::{power, total};

/// Shares of the factors in the cost of an industry; they sum to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostShares {
    /// Share of labour.
    pub labour: f64,
    /// Share of urban land.
    pub land: f64,
    /// Share of capital.
    pub capital: f64,
    /// Share of producer services.
    pub producer_services: f64,
}

/// Prices of the factors in one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FactorPrices {
    /// Wage per efficiency unit of labour, in yuan a quarter.
    pub wage: f64,
    /// Rent per km² of construction land.
    pub rent: f64,
    /// Rental of capital.
    pub capital_rental: f64,
    /// Price index of producer services.
    pub producer_services: f64,
}

/// What the fixed input of a firm consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedInput {
    /// Units of the industry's own composite input: the standard case, with free entry.
    Composite,
    /// Skilled people who move: operating profit is their income (footloose entrepreneur).
    MobileSkilled,
    /// Capital that moves while its owners stay: operating profit is its return (footloose capital).
    Capital,
}

/// Unit cost of an industry in a place.
///
/// # Formula
///
/// `c = w^aw · q^aq · rK^ar · GS^as / A`
///
/// # Units
///
/// Yuan per unit of output; homogeneous of degree one in the factor prices.
///
/// # Source
///
/// Model equation (3): Cobb–Douglas cost.
pub fn unit_cost(prices: &FactorPrices, productivity: f64, shares: &CostShares) -> f64 {
    power(prices.wage, shares.labour)
        * power(prices.rent, shares.land)
        * power(prices.capital_rental, shares.capital)
        * power(prices.producer_services, shares.producer_services)
        / productivity
}

/// The mill price that a monopolistic competitor sets.
///
/// # Formula
///
/// `p = c · σ / (σ − 1)`
///
/// # Source
///
/// Dixit and Stiglitz (1977).
///
/// # Panics
///
/// When `substitution` is not above one: such a firm has no profit-maximising price.
pub fn mill_price(unit_cost: f64, substitution: f64) -> f64 {
    assert!(substitution > 1.0, "elasticity of substitution is {substitution}, but must exceed 1");
    unit_cost * substitution / (substitution - 1.0)
}

/// What the firms of an industry in a place spend on inputs.
///
/// # Formula
///
/// `sales · (σ − 1)/σ + varieties · f · c`, the second term only for [`FixedInput::Composite`]
///
/// # Units
///
/// Thousand yuan. `sales` is revenue of all firms; `varieties` counts firms × mass per firm, without
/// their productivity, because the fixed input does not shrink with it.
///
/// # Source
///
/// Model equation (4).
pub fn producer_cost(
    sales: f64,
    varieties: f64,
    unit_cost: f64,
    fixed_units: f64,
    substitution: f64,
    fixed_input: FixedInput,
) -> f64 {
    let variable = sales * (substitution - 1.0) / substitution;
    match fixed_input {
        FixedInput::Composite => variable + varieties * fixed_units * unit_cost,
        FixedInput::MobileSkilled | FixedInput::Capital => variable,
    }
}

/// Sales less variable cost: the income of the fixed input where that is a mobile factor.
///
/// # Formula
///
/// `sales / σ`
///
/// # Source
///
/// Dixit and Stiglitz (1977): the markup over variable cost.
pub fn operating_profit(sales: f64, substitution: f64) -> f64 {
    sales / substitution
}

/// The mean wage of the region, weighted by residents; the plain mean while all cities are empty.
///
/// # Formula
///
/// `Σ w_r N_r / Σ N_r`
///
/// # Panics
///
/// When the slices differ in length.
pub fn mean_wage(wages: &[f64], residents: &[f64]) -> f64 {
    let people = total(residents);
    if people > 0.0 {
        crate::maths::dot(wages, residents) / people
    } else {
        total(wages) / (wages.len() as f64).max(1.0)
    }
}

/// The rental of capital, which moves freely within the region and follows its mean wage.
///
/// # Formula
///
/// `rK = rK0 · (mean wage / mean wage at the start)^indexation`
///
/// # Units
///
/// As `rental_base`. With `indexation` 1 the model is homogeneous of degree zero in the price
/// level; with 0 the rental is fixed in money.
///
/// # Source
///
/// Model equation (3).
pub fn capital_rental(rental_base: f64, mean_wage: f64, mean_wage_base: f64, indexation: f64) -> f64 {
    rental_base * power(mean_wage / mean_wage_base, indexation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHARES: CostShares = CostShares { labour: 0.5, land: 0.25, capital: 0.25, producer_services: 0.0 };

    #[test]
    fn unit_cost_by_hand() {
        let prices = FactorPrices { wage: 4.0, rent: 16.0, capital_rental: 81.0, producer_services: 7.0 };
        // 2 · 2 · 3 / 1.5
        assert!((unit_cost(&prices, 1.5, &SHARES) - 8.0).abs() < 1e-12);
    }

    #[test]
    fn a_price_covers_the_markup() {
        assert_eq!(mill_price(4.0, 5.0), 5.0);
    }

    #[test]
    fn at_zero_profit_a_firm_spends_what_it_earns() {
        // A firm earns σ f c; then (σ−1) f c + f c = σ f c.
        let (fixed, cost, substitution) = (1.3, 2.0, 5.0);
        let sales = substitution * fixed * cost;
        let spent = producer_cost(sales, 1.0, cost, fixed, substitution, FixedInput::Composite);
        assert!((spent - sales).abs() < 1e-12);
        let without = producer_cost(sales, 1.0, cost, fixed, substitution, FixedInput::Capital);
        assert!((without - sales * 0.8).abs() < 1e-12);
        assert!((without + operating_profit(sales, substitution) - sales).abs() < 1e-12);
    }

    #[test]
    fn an_unindexed_rental_is_fixed() {
        assert_eq!(capital_rental(1.5, 3.0, 2.0, 0.0), 1.5);
        assert_eq!(capital_rental(1.5, 3.0, 2.0, 1.0), 2.25);
        assert_eq!(mean_wage(&[1.0, 2.0], &[3.0, 1.0]), 1.25);
        assert_eq!(mean_wage(&[1.0, 2.0], &[0.0, 0.0]), 1.5);
    }

    proptest! {
        #[test]
        fn cost_is_homogeneous_of_degree_one_in_prices(
            wage in 0.1..10.0f64, rent in 0.1..10.0f64, rental in 0.1..10.0f64, scale in 0.01..100.0f64
        ) {
            let shares = CostShares { labour: 0.65, land: 0.13, capital: 0.12, producer_services: 0.10 };
            let at = |k: f64| FactorPrices {
                wage: wage * k, rent: rent * k, capital_rental: rental * k, producer_services: 1.3 * k,
            };
            let ratio = unit_cost(&at(scale), 2.0, &shares) / unit_cost(&at(1.0), 2.0, &shares);
            prop_assert!((ratio / scale - 1.0).abs() < 1e-12);
        }
    }
}
