//! Rent: the price of construction land, paid by households and firms.

use crate::maths::{exp, ln};

/// Land spending below this share of the going rent counts as this.
const SPENDING_MIN: f64 = 1e-12;

/// Adds what the firms of an industry spend on land to the spending on land of each place.
///
/// # Formula
///
/// `e_Q[r] = e_H[r] + Σ_k aq_k · cost_k[r]`: start from spending on housing, then call once per industry; sums are in the
/// order of the calls
///
/// # Units
///
/// Thousand yuan a quarter; `costs` as [`crate::cost::producer_cost`].
///
/// # Source
///
/// Model equation (5): Shephard's lemma for Cobb–Douglas cost.
///
/// # Panics
///
/// When the slices differ in length.
pub fn add_land_spending(land_share: f64, costs: &[f64], spending: &mut [f64]) {
    assert_eq!(costs.len(), spending.len(), "spending on land needs the cost of each place");
    for (spending, cost) in spending.iter_mut().zip(costs) {
        *spending += land_share * cost;
    }
}

/// Next quarter's rent.
///
/// # Formula
///
/// `q · exp(clamp(η ln(spending / (H q)), −cap, cap))`
///
/// # Units
///
/// Thousand yuan per km² and quarter, land in km². Without land the rent stays; without spending it
/// falls by the cap.
///
/// # Source
///
/// Model equation (5).
pub fn next_rent(rent: f64, spending: f64, construction_land: f64, response: f64, change_max: f64) -> f64 {
    if construction_land <= 0.0 {
        return rent;
    }
    let pressure = spending / construction_land / rent;
    rent * exp((response * ln(pressure.max(SPENDING_MIN))).clamp(-change_max, change_max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spending_on_land_adds_over_households_and_industries() {
        let mut spending = [3.0, 0.0];
        add_land_spending(0.25, &[8.0, 4.0], &mut spending);
        add_land_spending(0.5, &[0.0, 1.0], &mut spending);
        assert_eq!(spending, [5.0, 1.5]);
    }

    #[test]
    fn a_rent_equal_to_spending_per_area_stays() {
        assert_eq!(next_rent(2.0, 10.0, 5.0, 0.25, 0.1), 2.0);
    }

    #[test]
    fn no_spending_lowers_the_rent_by_the_cap() {
        assert_eq!(next_rent(2.0, 0.0, 5.0, 0.25, 0.1), 2.0 * exp(-0.1));
        assert_eq!(next_rent(2.0, 3.0, 0.0, 0.25, 0.1), 2.0);
    }

    proptest! {
        #[test]
        fn more_spending_never_lowers_the_rent(
            rent in 0.1..100.0f64, spending in 0.0..1e4f64, more in 0.0..100.0f64, land in 0.1..1e3f64
        ) {
            let next = |s: f64| next_rent(rent, s, land, 0.25, 0.1);
            prop_assert!(next(spending + more) >= next(spending));
            prop_assert!((next(spending) / rent).abs() <= exp(0.1) * (1.0 + 1e-12));
        }
    }
}
