//! Utility of a quarter in a place to citizens, migrants and rural people.
//!
//! Logarithms of real income above subsistence, of public services that reach a person, and what
//! is not money. Differences of these move people.

use crate::goods_market::{Tastes, rural_scale};
use crate::maths::{ln, ln_1p};

/// Income above subsistence is at least this share of income, so that its logarithm exists.
pub(crate) const SUPERNUMERARY_SHARE_MIN: f64 = 0.02;
/// Rents count in a citizen's expectations up to this share of earnings.
const RENT_SHARE_MAX: f64 = 0.5;
/// Income below this counts as this.
const INCOME_MIN: f64 = 1e-9;
/// Thousand citizens below this count as this.
const CITIZENS_MIN: f64 = 1e-9;

/// The logarithm of income above subsistence, with a floor for the poor.
///
/// # Formula
///
/// `ln max(z − p ā, .02 · max(z, 1e-9))`
///
/// # Units
///
/// Yuan per person and quarter.
///
/// # Source
///
/// Model equation (8); Stone (1954).
pub fn ln_supernumerary(income: f64, subsistence_cost: f64) -> f64 {
    ln((income - subsistence_cost).max(SUPERNUMERARY_SHARE_MIN * income.max(INCOME_MIN)))
}

/// The public services of a city as far as they reach migrants.
///
/// # Formula
///
/// `G_rural + ζ · max(G − G_rural, 0)`
///
/// # Units
///
/// Index of service output; `access` ζ lies in [0, 1].
///
/// # Source
///
/// Model equation (8).
pub fn services_for_migrants(service_output: f64, rural_output: f64, access: f64) -> f64 {
    rural_output + access * (service_output - rural_output).max(0.0)
}

/// Log price level of a city besides food.
///
/// # Formula
///
/// `ln P̄ = Σ_k μ_k ln P_k + μ_C ln P_C + μ_H ln q`, over goods in the order given; what nothing is spent on does not count,
/// whatever its price
///
/// # Units
///
/// Log points. `goods` are the share of spending and the price index of each good, in the taste of city people;
/// `ln_consumer_services` is the log of a price index as well.
///
/// # Source
///
/// Model equation (8): the price index of Stone–Geary utility, Cobb–Douglas above subsistence.
pub fn ln_city_prices(
    goods: impl IntoIterator<Item = (f64, f64)>,
    ln_consumer_services: f64,
    rent: f64,
    tastes: &Tastes,
) -> f64 {
    let mut level = 0.0;
    for (share, price_index) in goods {
        if share > 0.0 {
            level += share * ln(price_index);
        }
    }
    level += tastes.consumer_services * ln_consumer_services;
    if tastes.housing > 0.0 {
        level += tastes.housing * ln(rent);
    }
    level
}

/// Log price level of a countryside besides food. Rural people buy goods alone, and bear the last mile.
///
/// # Formula
///
/// `ln P̄_F = λ Σ_k μ_k (ln P_k + ln τ_T)`, with `λ` as [`rural_scale`]
///
/// # Units
///
/// Log points; `goods` as in [`ln_city_prices`].
///
/// # Source
///
/// Model equation (8).
pub fn ln_rural_prices(goods: impl IntoIterator<Item = (f64, f64)>, last_mile_cost: f64, tastes: &Tastes) -> f64 {
    let last_mile = ln(last_mile_cost);
    let mut level = 0.0;
    for (share, price_index) in goods {
        if share > 0.0 {
            level += share * (ln(price_index) + last_mile);
        }
    }
    rural_scale(tastes) * level
}

/// What makes up the utility of people who live and spend in one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Living {
    /// Income per person after tax, in yuan a quarter.
    pub income: f64,
    /// Cost of subsistence food, in yuan a quarter.
    pub subsistence_cost: f64,
    /// Share of supernumerary income spent on food, times the log of its price.
    pub ln_food: f64,
    /// Log price level of everything else.
    pub ln_price_level: f64,
    /// Public-service output that reaches the person.
    pub services: f64,
    /// Weight of the log of public services.
    pub services_weight: f64,
    /// What the place offers beyond money and services, as utility.
    pub amenity: f64,
}

/// Utility of citizens and of rural people.
///
/// # Formula
///
/// `V = ln(y − p ā) − μ_A ln p_A − ln P + b ln G + amenity`
///
/// # Units
///
/// Log points. For citizens `y` contains rents and capital income, for rural people the amenity is
/// their attachment to home.
///
/// # Source
///
/// Model equation (8).
pub fn resident_utility(living: &Living) -> f64 {
    ln_supernumerary(living.income, living.subsistence_cost) - living.ln_food - living.ln_price_level
        + living.services_weight * ln(living.services)
        + living.amenity
}

/// The part of a migrant's utility that depends on the destination alone.
///
/// # Formula
///
/// `ln(y − p ā) − μ_A ln p_A − (1 − rem) ln P_d + b ln G_reached − pen (1 − ζ) + amenity`
///
/// # Units
///
/// Log points. `living.services` as [`services_for_migrants`]; `remitted` is the share sent home,
/// `penalty` the loss of a migrant without any entitlement, `access` ζ.
///
/// # Source
///
/// Model equation (8).
pub fn migrant_utility_at_destination(living: &Living, remitted: f64, penalty: f64, access: f64) -> f64 {
    ln_supernumerary(living.income, living.subsistence_cost) - living.ln_food - (1.0 - remitted) * living.ln_price_level
        + living.services_weight * ln(living.services)
        - penalty * (1.0 - access)
        + living.amenity
}

/// Utility of a migrant: what the destination gives, less the prices at home of what is sent there.
///
/// # Formula
///
/// `V_d − rem (λ μ_A ln p_A + ln P̄_F)`
///
/// # Units
///
/// Log points; `at_destination` as [`migrant_utility_at_destination`], `ln_prices_at_home` with food.
///
/// # Source
///
/// Model equation (8).
#[inline]
pub fn migrant_utility(at_destination: f64, remitted: f64, ln_prices_at_home: f64) -> f64 {
    at_destination - remitted * ln_prices_at_home
}

/// Land rents that a citizen receives.
///
/// # Formula
///
/// `(1 − th_l) · rents / max(C, 1e-9)`
///
/// # Units
///
/// Yuan per person and quarter, when rents are in thousand yuan and citizens in thousand persons.
///
/// # Source
///
/// Model equation (8).
pub fn rent_per_citizen(rents: f64, taken_by_government: f64, citizens: f64) -> f64 {
    (1.0 - taken_by_government) * rents / citizens.max(CITIZENS_MIN)
}

/// Income per citizen as it enters utility: pay after tax, rents and capital income.
///
/// # Formula
///
/// `y (1 − tax) + min(rent, ½ y) + capital income`, with the rent of [`rent_per_citizen`]
///
/// # Units
///
/// Yuan per person and quarter, when rents are in thousand yuan and citizens in thousand persons. The
/// cap keeps rents per citizen from dominating utility in a city with few citizens; it bounds what people
/// expect, not what is paid.
///
/// # Source
///
/// Model equation (8).
pub fn citizen_income(
    earnings: f64,
    tax_rate: f64,
    rents: f64,
    rents_taken_by_government: f64,
    citizens: f64,
    capital_income: f64,
) -> f64 {
    let rent_each = rent_per_citizen(rents, rents_taken_by_government, citizens);
    earnings * (1.0 - tax_rate) + rent_each.min(RENT_SHARE_MAX * earnings) + capital_income
}

/// The cost of moving between two places.
///
/// # Formula
///
/// `m0 + m1 · d / 100 + kh`
///
/// # Units
///
/// Log points; distance in km, `entry` is what the destination's settlement rule adds.
///
/// # Source
///
/// Model equation (8).
pub fn moving_cost(distance: f64, fixed: f64, per_100_km: f64, entry: f64) -> f64 {
    fixed + per_100_km * distance / 100.0 + entry
}

/// The part of the cost of moving that goes with the logarithm of distance.
///
/// # Formula
///
/// `m2 · ln(1 + d/d₀)`: ten per cent farther costs about a tenth of `m2`, from near and from far
///
/// # Units
///
/// Log points; distance and its scale in km.
///
/// # Source
///
/// Zhang and Zhao: the pay that makes up for distance hardly varies with distance if both are in logarithms.
pub fn log_distance_cost(distance: f64, scale: f64, per_log: f64) -> f64 {
    per_log * ln_1p(distance / scale)
}

/// How much less a move costs after some years.
///
/// # Formula
///
/// `ρ · max(min(t, T), 0)`
///
/// # Units
///
/// Log points; years since the start, and years until costs stop falling.
///
/// # Source
///
/// Migration costs that fall at a steady rate: Tombe and Zhu (2019).
pub fn fallen_cost(decline: f64, years: f64, years_max: f64) -> f64 {
    decline * years.min(years_max).max(0.0)
}

/// Utility that a newcomer gains from people of the same origin who live there.
///
/// # Formula
///
/// `ν ln(1 + M_od / M0)`
///
/// # Units
///
/// Log points; migrants in thousand persons.
///
/// # Source
///
/// Model equation (8); Munshi (2003).
pub fn network_gain(migrants: f64, strength: f64, migrants_base: f64) -> f64 {
    strength * ln_1p(migrants / migrants_base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::exp;
    use proptest::prelude::*;

    const LIVING: Living = Living {
        income: 3.0,
        subsistence_cost: 1.0,
        ln_food: 0.0,
        ln_price_level: 0.5,
        services: 1.0,
        services_weight: 0.12,
        amenity: 0.1,
    };

    #[test]
    fn utility_by_hand() {
        assert!((resident_utility(&LIVING) - (ln(2.0) - 0.5 + 0.1)).abs() < 1e-15);
        let migrant = migrant_utility_at_destination(&LIVING, 0.25, 0.3, 0.5);
        assert!((migrant - (ln(2.0) - 0.375 - 0.15 + 0.1)).abs() < 1e-15);
        assert_eq!(migrant_utility(2.0, 0.25, 3.0), 1.25);
    }

    #[test]
    fn income_below_subsistence_has_a_utility() {
        assert_eq!(ln_supernumerary(1.0, 5.0), ln(0.02));
        assert_eq!(ln_supernumerary(0.0, 5.0), ln(0.02 * 1e-9));
    }

    #[test]
    fn price_levels_by_hand() {
        let tastes = Tastes { subsistence: 0.6, food: 0.1, consumer_services: 0.2, housing: 0.3 };
        let goods = [(0.25, exp(2.0)), (0.15, exp(-1.0)), (0.0, 0.0)];
        // .25·2 − .15, then .2·4 and .3·3
        let city = ln_city_prices(goods, 4.0, exp(3.0), &tastes);
        assert!((city - (0.35 + 0.8 + 0.9)).abs() < 1e-15);
        // (.25·2.5 − .15·.5) / (1 − .2 − .3)
        let rural = ln_rural_prices(goods, exp(0.5), &tastes);
        assert!((rural - 1.1).abs() < 1e-15);
        let homeless = Tastes { housing: 0.0, ..tastes };
        assert!(ln_city_prices(goods, 4.0, 0.0, &homeless).is_finite(), "a rent that nobody pays");
    }

    #[test]
    fn rents_count_up_to_half_of_earnings() {
        // 2·.9 + .6·10/10 + .1, then 2·.9 + 1 + .1
        assert!((citizen_income(2.0, 0.1, 10.0, 0.4, 10.0, 0.1) - 2.5).abs() < 1e-15);
        assert!((citizen_income(2.0, 0.1, 10.0, 0.4, 1e-6, 0.1) - 2.9).abs() < 1e-15);
    }

    #[test]
    fn full_access_gives_migrants_what_citizens_have() {
        assert_eq!(services_for_migrants(1.2, 0.4, 1.0), 1.2);
        assert_eq!(services_for_migrants(1.2, 0.4, 0.0), 0.4);
        assert_eq!(services_for_migrants(0.2, 0.4, 1.0), 0.4);
    }

    #[test]
    fn moving_costs_go_by_distance_and_destination() {
        assert_eq!(moving_cost(200.0, 0.5, 0.25, 2.0), 3.0);
        assert_eq!(network_gain(0.0, 0.09, 20.0), 0.0);
        assert!((network_gain(20.0 * exp(1.0) - 20.0, 0.09, 20.0) - 0.09).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn utility_is_homogeneous_of_degree_zero_in_money(income in 0.1..10.0f64, scale in 0.01..100.0f64) {
            // All spending shares sum to one, so a price level k times higher costs ln k.
            let scaled = Living {
                income: income * scale,
                subsistence_cost: 0.6 * scale,
                ln_food: 0.1 * ln(scale),
                ln_price_level: 0.5 + 0.9 * ln(scale),
                ..LIVING
            };
            let before = Living { income, subsistence_cost: 0.6, ..LIVING };
            prop_assert!((resident_utility(&scaled) - resident_utility(&before)).abs() < 1e-12);
        }

        #[test]
        fn price_levels_rise_with_all_prices_by_what_is_not_spent_on_food(
            prices in prop::collection::vec(0.1..10.0f64, 2), services in -1.0..1.0f64, rent in 0.1..10.0f64,
            last_mile in 1.0..2.0f64, scale in 0.01..100.0f64,
        ) {
            let tastes = Tastes { subsistence: 0.62, food: 0.10, consumer_services: 0.16, housing: 0.16 };
            let goods = |scale: f64| [(0.3, prices[0] * scale), (0.28, prices[1] * scale)];
            let city = |scale: f64| ln_city_prices(goods(scale), services + ln(scale), rent * scale, &tastes);
            prop_assert!((city(scale) - city(1.0) - 0.9 * ln(scale)).abs() < 1e-12);
            let rural = |scale: f64| ln_rural_prices(goods(scale), last_mile, &tastes);
            prop_assert!((rural(scale) - rural(1.0) - 0.58 / 0.68 * ln(scale)).abs() < 1e-12);
        }

        #[test]
        fn more_income_is_never_worse(income in 0.0..10.0f64, more in 0.0..10.0f64) {
            prop_assert!(ln_supernumerary(income + more, 0.62) >= ln_supernumerary(income, 0.62));
        }
    }
}
