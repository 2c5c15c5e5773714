//! Welfare: real incomes, output at base prices, what a change is worth, and how things are spread.

use crate::maths::{dot, exp, ln, total};
use crate::utility::SUPERNUMERARY_SHARE_MIN;

/// Income deflated by a price level.
///
/// # Formula
///
/// `Y · exp(−ln P)`
///
/// # Units
///
/// As the income, in the prices at which `ln P` is nought.
pub fn real_income(income: f64, ln_price_level: f64) -> f64 {
    income * exp(-ln_price_level)
}

/// The quantity of one traded good consumed in a place.
///
/// # Formula
///
/// `Q = μ (S_g + r S_f / τ_h) / G`: rural people receive less for their money by the last mile.
///
/// # Units
///
/// Units of the composite good; incomes as in [`crate::goods_market::expenditure`].
///
/// # Source
///
/// Demand of Dixit and Stiglitz (1977): quantity is spending over the price index.
pub fn goods_consumed(
    share: f64,
    goods_income: f64,
    rural_supernumerary: f64,
    rural_scale: f64,
    last_mile_cost: f64,
    price_index: f64,
) -> f64 {
    share * (goods_income + rural_scale * rural_supernumerary / last_mile_cost) / price_index
}

/// Real gross domestic product as a Laspeyres quantity index.
///
/// # Formula
///
/// `Σ_k p_k(base) · Q_k`; the base price of a good is its spending in the base quarter over its
/// quantity, see [`base_price`]. Compared worlds must share their base prices.
///
/// # Units
///
/// Thousand yuan of the base quarter.
///
/// # Source
///
/// Model section on welfare; Laspeyres (1871).
///
/// # Panics
///
/// When the slices differ in length.
pub fn output_at_base_prices(quantities: &[f64], base_prices: &[f64]) -> f64 {
    dot(quantities, base_prices)
}

/// The price of a good in the base quarter.
///
/// # Formula
///
/// `spending / max(quantity, 1e-12)`
pub fn base_price(spending: f64, quantity: f64) -> f64 {
    spending / quantity.max(1e-12)
}

/// Means and prices that one person faces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    /// Income, in yuan a quarter.
    pub income: f64,
    /// Cost of subsistence food, in yuan a quarter.
    pub subsistence_cost: f64,
    /// Log price level of supernumerary spending, food included.
    pub ln_price_level: f64,
    /// Utility from services, amenity and standing.
    pub amenity: f64,
}

/// The equivalent variation of a change: the gift before the change that would be worth as much.
///
/// # Formula
///
/// `EV = p0 ā + (P0/P1) · (z1 − p1 ā) · exp(amenity1 − amenity0) − z0`
///
/// # Units
///
/// Yuan a quarter, at prices before. A supernumerary income below nought counts as nought.
///
/// # Source
///
/// Hicks (1939), for the expenditure function of Stone–Geary utility.
pub fn equivalent_variation(before: &Means, after: &Means) -> f64 {
    let prices = before.ln_price_level - after.ln_price_level;
    let gain = exp(prices + after.amenity - before.amenity);
    before.subsistence_cost + gain * (after.income - after.subsistence_cost).max(0.0) - before.income
}

/// The equivalent variation of a change of utility, where utility is the log of real income above subsistence plus what
/// is not money: [`equivalent_variation`] without taking means, prices and amenities apart.
///
/// # Formula
///
/// `EV = (z0 − p0 ā) · (exp(V1 − V0) − 1)`, with income above subsistence at least 2 % of income as in
/// [`crate::utility::ln_supernumerary`]
///
/// # Units
///
/// As the income, at the prices in which it is given. Equal utilities give exactly nought.
///
/// # Source
///
/// Hicks (1939), for the expenditure function of Stone–Geary utility.
pub fn equivalent_variation_of_utility(
    income: f64,
    above_subsistence: f64,
    utility_before: f64,
    utility_after: f64,
) -> f64 {
    let spare = above_subsistence.max(SUPERNUMERARY_SHARE_MIN * income);
    spare * (exp(utility_after - utility_before) - 1.0)
}

/// The Gini coefficient of a quantity per head.
///
/// # Formula
///
/// `G = 1 − Σ_i n_i (L_i + L_(i−1))`, with groups by rising value, population shares `n` and cumulated
/// income shares `L`
///
/// # Units
///
/// `values` per head, in rising order; `people` in any unit. Nought where nothing or nobody is.
///
/// # Source
///
/// Gini (1912), in the form of Brown (1994).
///
/// # Panics
///
/// When the slices differ in length or the values are not in rising order.
pub fn gini(values: &[f64], people: &[f64]) -> f64 {
    assert!(values.is_sorted(), "the Gini coefficient needs values in rising order");
    let (everyone, everything) = (total(people), dot(values, people));
    if everyone <= 0.0 || everything <= 0.0 {
        return 0.0;
    }
    let (mut owned, mut area) = (0.0, 0.0);
    for (value, people) in values.iter().zip(people) {
        let before = owned;
        owned += value * people / everything;
        area += people / everyone * (owned + before);
    }
    1.0 - area
}

/// The Theil index of a quantity per head.
///
/// # Formula
///
/// `T = Σ_i n_i (y_i / ȳ) ln(y_i / ȳ)`, groups of nought adding nothing
///
/// # Units
///
/// `values` per head and not negative. Nought where nothing or nobody is.
///
/// # Source
///
/// Theil (1967).
///
/// # Panics
///
/// When the slices differ in length.
pub fn theil(values: &[f64], people: &[f64]) -> f64 {
    let (everyone, everything) = (total(people), dot(values, people));
    if everyone <= 0.0 || everything <= 0.0 {
        return 0.0;
    }
    let mean = everything / everyone;
    let mut index = 0.0;
    for (value, people) in values.iter().zip(people) {
        if *value > 0.0 {
            index += people / everyone * (value / mean) * ln(value / mean);
        }
    }
    index
}

/// The Herfindahl index of concentration.
///
/// # Formula
///
/// `Σ_i s_i²`, with `s` the shares in the total; from `1/n` to one
///
/// # Source
///
/// Herfindahl (1950).
pub fn herfindahl(quantities: &[f64]) -> f64 {
    let sum = total(quantities);
    if sum > 0.0 { dot(quantities, quantities) / (sum * sum) } else { 0.0 }
}

/// The location quotient of an industry in a place.
///
/// # Formula
///
/// `(jobs of the industry here / jobs here) / (its jobs in the region / jobs in the region)`
///
/// # Units
///
/// A pure number; nought in a place, or for an industry, without jobs.
///
/// # Source
///
/// Florence (1939).
pub fn location_quotient(here: f64, all_here: f64, region: f64, all_region: f64) -> f64 {
    if all_here > 0.0 && region > 0.0 { (here / all_here) / (region / all_region) } else { 0.0 }
}

/// How far a city specialises in managing rather than making.
///
/// # Formula
///
/// `(services here / production here) / (services in the region / production in the region) − 1`
///
/// # Units
///
/// Jobs in producer services and in manufacturing; the result is nought at the regional mix and in
/// a place without production.
///
/// # Source
///
/// Duranton and Puga (2005).
pub fn functional_specialisation(services: f64, production: f64, services_region: f64, production_region: f64) -> f64 {
    if production > 0.0 && services_region > 0.0 {
        (services / production) / (services_region / production_region) - 1.0
    } else {
        0.0
    }
}

/// How far two kinds of jobs live in different places: the functional division of the region.
///
/// # Formula
///
/// `½ Σ_r |a_r / Σ a − b_r / Σ b|`: nought when spread alike, one when nowhere together
///
/// # Source
///
/// Duncan and Duncan (1955); for industries, Krugman (1991).
///
/// # Panics
///
/// When the slices differ in length.
pub fn dissimilarity(left: &[f64], right: &[f64]) -> f64 {
    assert_eq!(left.len(), right.len(), "dissimilarity needs both kinds for each place");
    let (all_left, all_right) = (total(left), total(right));
    if all_left <= 0.0 || all_right <= 0.0 {
        return 0.0;
    }
    let mut distance = 0.0;
    for (left, right) in left.iter().zip(right) {
        distance += (left / all_left - right / all_right).abs();
    }
    distance / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn inequality_of_two_groups_by_hand() {
        // Half the people own nothing.
        assert!((gini(&[0.0, 2.0], &[1.0, 1.0]) - 0.5).abs() < 1e-15);
        assert!((theil(&[0.0, 2.0], &[1.0, 1.0]) - ln(2.0)).abs() < 1e-15);
        assert!(gini(&[3.0, 3.0, 3.0], &[1.0, 5.0, 2.0]).abs() < 1e-15);
        assert_eq!(herfindahl(&[1.0, 1.0, 2.0]), 0.375);
        assert_eq!((gini(&[], &[]), theil(&[], &[]), herfindahl(&[])), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_gift_is_worth_itself() {
        let before = Means { income: 3.0, subsistence_cost: 1.0, ln_price_level: 0.2, amenity: 0.0 };
        let after = Means { income: 3.5, ..before };
        assert!((equivalent_variation(&before, &after) - 0.5).abs() < 1e-15);
        assert_eq!(equivalent_variation(&before, &before), 0.0);
        // Halving the price of all but subsistence doubles what remains: worth 2.
        let cheaper = Means { ln_price_level: 0.2 - ln(2.0), ..before };
        assert!((equivalent_variation(&before, &cheaper) - 2.0).abs() < 1e-14);
    }

    #[test]
    fn specialisation_by_hand() {
        assert_eq!(location_quotient(2.0, 4.0, 10.0, 40.0), 2.0);
        assert_eq!(functional_specialisation(3.0, 4.0, 10.0, 40.0), 2.0);
        assert_eq!(dissimilarity(&[1.0, 0.0], &[0.0, 5.0]), 1.0);
        assert_eq!(dissimilarity(&[1.0, 3.0], &[2.0, 6.0]), 0.0);
    }

    #[test]
    fn base_quantities_at_base_prices_are_base_spending() {
        let quantities = [goods_consumed(0.3, 10.0, 2.0, 1.5, 1.0, 2.0), 4.0];
        assert!((quantities[0] - 1.95).abs() < 1e-15);
        let prices = [base_price(3.9, quantities[0]), base_price(6.0, 4.0)];
        assert!((output_at_base_prices(&quantities, &prices) - 9.9).abs() < 1e-14);
        assert_eq!(real_income(5.0, 0.0), 5.0);
    }

    proptest! {
        #[test]
        fn indices_keep_within_their_bounds_and_ignore_units(
            mut values in prop::collection::vec(0.01..100.0f64, 5),
            people in prop::collection::vec(0.01..100.0f64, 5), scale in 0.01..100.0f64,
        ) {
            values.sort_by(f64::total_cmp);
            let scaled: Vec<f64> = values.iter().map(|v| v * scale).collect();
            let (g, t) = (gini(&values, &people), theil(&values, &people));
            prop_assert!((-1e-12..1.0).contains(&g) && t >= -1e-12);
            prop_assert!((gini(&scaled, &people) - g).abs() < 1e-10);
            prop_assert!((theil(&scaled, &people) - t).abs() < 1e-10);
            prop_assert!(herfindahl(&values) >= 0.2 - 1e-12 && herfindahl(&values) <= 1.0);
        }

        #[test]
        fn a_change_is_worth_the_same_by_means_and_by_utility(
            income in 1.2..5.0f64, cost in 0.1..1.1f64, ln_price in -0.5..0.5f64, amenity in -0.3..0.3f64
        ) {
            let before = Means { income: 3.0, subsistence_cost: 1.0, ln_price_level: 0.1, amenity: 0.2 };
            let after = Means { income, subsistence_cost: cost, ln_price_level: ln_price, amenity };
            let utility = |m: &Means| ln(m.income - m.subsistence_cost) - m.ln_price_level + m.amenity;
            let worth = equivalent_variation_of_utility(3.0, 2.0, utility(&before), utility(&after));
            prop_assert!((worth - equivalent_variation(&before, &after)).abs() < 1e-12);
            prop_assert_eq!(equivalent_variation_of_utility(income, cost, ln_price, ln_price), 0.0);
        }

        #[test]
        fn equivalent_variation_has_the_sign_of_the_change_in_utility(
            income in 1.2..5.0f64, cost in 0.1..1.1f64, ln_price in -0.5..0.5f64, amenity in -0.3..0.3f64
        ) {
            let before = Means { income: 3.0, subsistence_cost: 1.0, ln_price_level: 0.0, amenity: 0.0 };
            let after = Means { income, subsistence_cost: cost, ln_price_level: ln_price, amenity };
            let gain = ln(income - cost) - ln_price + amenity - ln(2.0);
            prop_assert!(equivalent_variation(&before, &after) * gain >= -1e-12);
        }
    }
}
