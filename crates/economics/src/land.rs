//! Land: released homesteads, the quota market and the land plan.

use crate::maths::{dot, power, total};

/// The part of released homestead that becomes arable land, and enters the pool as quota.
///
/// # Formula
///
/// `rec · released`; the rest becomes waste land
pub fn recultivated(released: f64, recultivation: f64) -> f64 {
    recultivation * released
}

/// How cities draw from the pool of quota.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotaTrade {
    /// Share of the pool on offer in a quarter.
    pub offered: f64,
    /// Elasticity of a city's weight with respect to its rent.
    pub rent_elasticity: f64,
    /// A city grows by at most this share of its construction land in a quarter.
    pub growth_max: f64,
    /// A place gives up at most this share of its arable land in a quarter.
    pub arable_max: f64,
    /// Price of quota, in quarters of rent.
    pub price_quarters: f64,
}

/// Fills `out` with the construction land that each city draws from the pool.
///
/// # Formula
///
/// `min(offered · pool · q²H / Σ q²H, growth_max · H, arable_max · Ar)`, with the exponent of the rent
/// as a parameter. What the caps keep a city from drawing stays in the pool.
///
/// # Units
///
/// km²; rents in thousand yuan per km² and quarter.
///
/// # Source
///
/// Model equation (9).
///
/// # Panics
///
/// When the slices differ in length.
pub fn fill_quota_draws(
    pool: f64,
    rents: &[f64],
    construction_land: &[f64],
    arable: &[f64],
    trade: &QuotaTrade,
    out: &mut [f64],
) {
    assert_eq!(rents.len(), out.len(), "quota draws need the rent of each city");
    assert_eq!(construction_land.len(), out.len(), "quota draws need the land of each city");
    assert_eq!(arable.len(), out.len(), "quota draws need the arable land of each place");
    for ((rent, land), out) in rents.iter().zip(construction_land).zip(out.iter_mut()) {
        *out = power(*rent, trade.rent_elasticity) * land;
    }
    let weights = total(out);
    let offered = trade.offered * pool;
    for ((land, arable), out) in construction_land.iter().zip(arable).zip(out.iter_mut()) {
        let share = if weights > 0.0 { *out / weights } else { 0.0 };
        *out = (offered * share).min(trade.growth_max * land).min(trade.arable_max * arable);
    }
}

/// The price of quota, the same for all that is drawn in a quarter.
///
/// # Formula
///
/// `pq · Σ q_r draw_r / Σ draw_r`, and zero when nothing is drawn
///
/// # Units
///
/// Thousand yuan per km².
///
/// # Source
///
/// Model equation (9).
///
/// # Panics
///
/// When the slices differ in length.
pub fn quota_price(rents: &[f64], draws: &[f64], price_quarters: f64) -> f64 {
    price_quarters * dot(rents, draws) / total(draws).max(1e-12)
}

/// The quota of one origin that is used up when cities draw `drawn` from a pool.
///
/// # Formula
///
/// `own · drawn / pool`: origins sell in proportion to what they hold
pub fn quota_sold(own: f64, pool: f64, drawn: f64) -> f64 {
    if pool > 0.0 { own / pool * drawn } else { 0.0 }
}

/// The construction land that the plan grants, offset by reclaiming reserve land.
///
/// # Formula
///
/// `min(g · H, .02 · reserve)`, with the share as a parameter: arable land gives way to the city and
/// the same area of reserve becomes arable (balance of occupation and compensation).
///
/// # Units
///
/// km².
///
/// # Source
///
/// Model equation (9).
pub fn plan_quota(construction_land: f64, growth: f64, reserve: f64, reserve_share_max: f64) -> f64 {
    (growth * construction_land).min(reserve_share_max * reserve)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRADE: QuotaTrade =
        QuotaTrade { offered: 0.25, rent_elasticity: 2.0, growth_max: 0.01, arable_max: 0.02, price_quarters: 8.0 };

    #[test]
    fn a_city_with_a_higher_rent_draws_more() {
        let mut draws = [0.0; 2];
        // Weights 4·100 and 1·100; the pool offers 1 km².
        fill_quota_draws(4.0, &[2.0, 1.0], &[100.0, 100.0], &[1e3, 1e3], &TRADE, &mut draws);
        assert!((draws[0] - 0.8).abs() < 1e-15 && (draws[1] - 0.2).abs() < 1e-15);
        // 8 · (2·.8 + 1·.2) / 1
        assert!((quota_price(&[2.0, 1.0], &draws, 8.0) - 14.4).abs() < 1e-12);
        assert_eq!(quota_sold(1.0, 4.0, 1.0), 0.25);
        assert_eq!(quota_sold(0.0, 0.0, 0.0), 0.0);
    }

    #[test]
    fn what_caps_refuse_stays_in_the_pool() {
        let mut draws = [0.0; 2];
        fill_quota_draws(400.0, &[2.0, 1.0], &[100.0, 100.0], &[10.0, 1e3], &TRADE, &mut draws);
        assert_eq!(draws, [0.2, 1.0]);
        assert_eq!(quota_price(&[1.0, 1.0], &[0.0, 0.0], 8.0), 0.0);
    }

    #[test]
    fn the_plan_grants_no_more_than_the_reserve_allows() {
        assert_eq!(recultivated(2.0, 0.85), 1.7);
        assert_eq!(plan_quota(100.0, 0.002, 100.0, 0.02), 0.2);
        assert_eq!(plan_quota(100.0, 0.002, 5.0, 0.02), 0.1);
    }

    proptest! {
        #[test]
        fn draws_never_exceed_the_offer(
            pool in 0.0..100.0f64, rents in prop::collection::vec(0.1..50.0f64, 4),
            land in prop::collection::vec(1.0..200.0f64, 4),
        ) {
            let mut draws = [0.0; 4];
            fill_quota_draws(pool, &rents, &land, &[1e4; 4], &TRADE, &mut draws);
            prop_assert!(total(&draws) <= 0.25 * pool * (1.0 + 1e-12));
            prop_assert!(draws.iter().zip(&land).all(|(draw, land)| *draw >= 0.0 && *draw <= 0.01 * land));
        }
    }
}
