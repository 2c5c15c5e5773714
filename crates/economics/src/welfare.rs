//! Welfare: output at base prices, equivalent variation, and measures of inequality and concentration.

use crate::maths::{dot, exp, ln, total};
use crate::utility::SUPERNUMERARY_SHARE_MIN;

/// The quantity of one traded good consumed in a place.
///
/// # Formula
///
/// `Q = μ (S_g + r S_f / τ_h) / G`: the last mile makes goods more expensive for rural people.
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

/// The equivalent variation of a change of utility, where utility is the log of real income above subsistence plus what
/// is not money: the gift before the change that would be worth as much.
///
/// # Formula
///
/// `EV = (z0 − p0 ā) · (exp(V1 − V0) − 1)`, with income above subsistence at least 2 % of income as in
/// [`crate::utility::ln_supernumerary`]
///
/// # Units
///
/// As the income, at the prices in which it is given. Equal utilities give exactly zero.
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
/// `values` per head, in rising order; `people` in any unit. Zero where the total or the number of people is zero.
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
/// `T = Σ_i n_i (y_i / ȳ) ln(y_i / ȳ)`, groups of zero adding nothing
///
/// # Units
///
/// `values` per head and not negative. Zero where the total or the number of people is zero.
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
/// A pure number; zero in a place, or for an industry, without jobs.
///
/// # Source
///
/// Florence (1939).
pub fn location_quotient(here: f64, all_here: f64, region: f64, all_region: f64) -> f64 {
    if all_here > 0.0 && region > 0.0 { (here / all_here) / (region / all_region) } else { 0.0 }
}

/// How far two kinds of jobs are in different places: the functional division of the region.
///
/// # Formula
///
/// `½ Σ_r |a_r / Σ a − b_r / Σ b|`: zero when both have the same distribution, one when they share no place
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
    fn specialisation_by_hand() {
        assert_eq!(location_quotient(2.0, 4.0, 10.0, 40.0), 2.0);
        assert_eq!(dissimilarity(&[1.0, 0.0], &[0.0, 5.0]), 1.0);
        assert_eq!(dissimilarity(&[1.0, 3.0], &[2.0, 6.0]), 0.0);
    }

    #[test]
    fn base_quantities_at_base_prices_are_base_spending() {
        let quantities = [goods_consumed(0.3, 10.0, 2.0, 1.5, 1.0, 2.0), 4.0];
        assert!((quantities[0] - 1.95).abs() < 1e-15);
        let prices = [base_price(3.9, quantities[0]), base_price(6.0, 4.0)];
        assert!((output_at_base_prices(&quantities, &prices) - 9.9).abs() < 1e-14);
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
        fn a_gift_is_worth_itself_and_no_change_nothing(income in 1.2..5.0f64, cost in 0.1..1.1f64, gift in 0.0..2.0f64) {
            let above = income - cost;
            let worth = equivalent_variation_of_utility(income, above, ln(above), ln(above + gift));
            prop_assert!((worth - gift).abs() < 1e-12);
            prop_assert_eq!(equivalent_variation_of_utility(income, above, cost, cost), 0.0);
        }
    }
}
