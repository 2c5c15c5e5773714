//! Market access: distance, roads and local protection separate the region's markets.
//!
//! Freeness is computed when roads or barriers change; each tick then needs two passes over the
//! pairs per industry, one for price indices and one for market access. Both go row by row, so that
//! memory is read in order and the additions have one order whatever the vector width.

use crate::maths::{dot, exp, ln_1p, power, total};

/// Rounds in which the level of imports is found at most.
const ROUNDS_MAX: usize = 500;

/// The factor by which trade raises the price of a good.
///
/// # Formula
///
/// `τ = exp(t · d / 100) · (1 + b)`
///
/// # Units
///
/// `cost_per_100_km` is a log cost per 100 km, `distance` km, `barrier` the share lost to local
/// protection (0 within a place); the result is at least one.
///
/// # Source
///
/// Model equation (3): iceberg cost after Samuelson (1954).
pub fn iceberg_cost(distance: f64, cost_per_100_km: f64, barrier: f64) -> f64 {
    exp(cost_per_100_km * distance / 100.0) * (1.0 + barrier)
}

/// Freeness of trade: the share of demand for a variety that remains at its iceberg cost.
///
/// # Formula
///
/// `φ = τ^(1 − σ)`
///
/// # Source
///
/// Baldwin, Forslid, Martin, Ottaviano and Robert-Nicoud (2003).
pub fn freeness(iceberg_cost: f64, substitution: f64) -> f64 {
    power(iceberg_cost, 1.0 - substitution)
}

/// Fills `out` with the freeness of trade of one industry for every pair of places.
///
/// # Formula
///
/// `φ[from, to] = exp((1 − σ) · (t · d[from, to] / 100 + ln(1 + b[from, to])))`
///
/// # Units
///
/// As [`iceberg_cost`] and [`freeness`]; all slices hold one number per pair, `[from * places + to]`.
///
/// # Panics
///
/// When the slices differ in length.
pub fn fill_freeness(distances: &[f64], barriers: &[f64], cost_per_100_km: f64, substitution: f64, out: &mut [f64]) {
    assert_eq!(distances.len(), out.len(), "freeness needs a distance for each pair");
    assert_eq!(barriers.len(), out.len(), "freeness needs a barrier for each pair");
    for ((distance, barrier), out) in distances.iter().zip(barriers).zip(out) {
        *out = exp((1.0 - substitution) * (cost_per_100_km * distance / 100.0 + ln_1p(*barrier)));
    }
}

/// Weight of the varieties of one place in price indices, before trade costs.
///
/// # Formula
///
/// `varieties · p^(1 − σ)`
///
/// # Units
///
/// Varieties are firms × mass × productivity^(σ−1). Sites of one place at different cost (its city
/// and its towns, whose goods bear `τ_h` more) add up: `n p^(1−σ) + n_T (p_T τ_h)^(1−σ)`.
///
/// # Source
///
/// Model equation (3).
pub fn supply(varieties: f64, price: f64, substitution: f64) -> f64 {
    varieties * power(price, 1.0 - substitution)
}

/// Fills `out` with the power sum of an industry's price index in each place.
///
/// # Formula
///
/// `P[to] = imported[to] + Σ_from φ[from, to] · supply[from]`, added in the order of `from`
///
/// # Units
///
/// The price index is this to the power `1/(1 − σ)`, see [`price_index`]. `imported` holds what
/// varieties from outside the region contribute; an empty slice stands for none.
///
/// # Source
///
/// Model equation (3); Dixit and Stiglitz (1977).
///
/// # Panics
///
/// When the lengths do not fit together.
pub fn fill_price_index_powers(freeness: &[f64], supply: &[f64], imported: &[f64], out: &mut [f64]) {
    let places = out.len();
    assert_eq!(freeness.len(), supply.len() * places, "freeness needs one number for each pair");
    if imported.is_empty() {
        out.fill(0.0);
    } else {
        out.copy_from_slice(imported);
    }
    if places == 0 {
        return;
    }
    for (row, supply) in freeness.chunks_exact(places).zip(supply) {
        for (out, freeness) in out.iter_mut().zip(row) {
            *out += freeness * supply;
        }
    }
}

/// What imports must add to the power sum of each place, the same everywhere, to take a share of the region's spending.
///
/// # Formula
///
/// The root `a` of `Σ E a / (H + a) = share · Σ E`, with `H` the power sum of a place without imports. Each round sets `a` to
/// `share · Σ E / Σ E / (H + a)`, until it stays. Places that nothing from the region reaches do not count.
///
/// # Units
///
/// A power of price, as [`supply`]; `powers` include what `imported` adds to them at present. `share` lies below 0.9, so
/// that each round closes at least a tenth of the gap.
///
/// # Source
///
/// Own derivation from the demand of Dixit and Stiglitz (1977).
pub fn import_supply(share: f64, expenditure: &[f64], powers: &[f64], imported: &[f64]) -> f64 {
    let target = share * total(expenditure);
    let home = || powers.iter().zip(imported).map(|(power, imported)| (power - imported).max(0.0));
    let mut supply: f64 = home().fold(0.0, f64::max);
    for _ in 0..ROUNDS_MAX {
        let demand: f64 = expenditure
            .iter()
            .zip(home())
            .map(|(spent, home)| if home > 0.0 { spent / (home + supply) } else { 0.0 })
            .sum();
        let next = if demand > 0.0 { target / demand } else { 0.0 };
        let settled = (next - supply).abs() <= 1e-15 * supply;
        supply = next;
        if settled {
            break;
        }
    }
    supply
}

/// The price index that belongs to a power sum; one where no variety arrives.
///
/// # Formula
///
/// `G = P^(1 / (1 − σ))`
///
/// # Source
///
/// Dixit and Stiglitz (1977).
pub fn price_index(index_power: f64, substitution: f64) -> f64 {
    if index_power > 0.0 { power(index_power, 1.0 / (1.0 - substitution)) } else { 1.0 }
}

/// Spending in a place per unit of its power sum: the demand that a variety meets there.
///
/// # Formula
///
/// `E / P = E · G^(σ − 1)`, and zero where no variety arrives
///
/// # Source
///
/// Model equation (4).
pub fn real_demand(expenditure: f64, index_power: f64) -> f64 {
    if index_power > 0.0 { expenditure / index_power } else { 0.0 }
}

/// Fills `out` with the real market access of each place of origin.
///
/// # Formula
///
/// `RMA[from] = Σ_to φ[from, to] · demand[to]`
///
/// # Units
///
/// `demand` as [`real_demand`]. `freeness` may hold any whole rows of the matrix, so that threads can
/// share the origins without changing a bit.
///
/// # Source
///
/// Model equation (4); Redding and Venables (2004).
///
/// # Panics
///
/// When `freeness` does not hold one row of `demand.len()` for each of `out`.
pub fn fill_market_access(freeness: &[f64], demand: &[f64], out: &mut [f64]) {
    assert_eq!(freeness.len(), out.len() * demand.len(), "market access needs one row for each origin");
    if demand.is_empty() {
        return;
    }
    for (row, out) in freeness.chunks_exact(demand.len()).zip(out) {
        *out = dot(row, demand);
    }
}

/// Revenue of one variety.
///
/// # Formula
///
/// `R = p^(1 − σ) · RMA`
///
/// # Units
///
/// Thousand yuan a quarter, for a firm of unit productivity; one of productivity `a` earns `a^(σ−1)`
/// times as much. For town varieties give the price times `τ_h`.
///
/// # Source
///
/// Model equation (4).
pub fn revenue(price: f64, market_access: f64, substitution: f64) -> f64 {
    power(price, 1.0 - substitution) * market_access
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_places_by_hand() {
        // σ = 2, so freeness is one over the iceberg cost, and supply is varieties over price.
        let mut free = [0.0; 4];
        fill_freeness(&[0.0, 100.0, 100.0, 0.0], &[0.0, 1.0, 1.0, 0.0], 0.0, 2.0, &mut free);
        assert!((free[0] - 1.0).abs() < 1e-15 && (free[1] - 0.5).abs() < 1e-15);
        let supplies = [supply(4.0, 2.0, 2.0), supply(3.0, 1.0, 2.0)];
        let mut powers = [0.0; 2];
        fill_price_index_powers(&free, &supplies, &[], &mut powers);
        assert!((powers[0] - 3.5).abs() < 1e-14 && (powers[1] - 4.0).abs() < 1e-14);
        assert!((price_index(powers[1], 2.0) - 0.25).abs() < 1e-15);
        let demand = [real_demand(7.0, powers[0]), real_demand(4.0, powers[1])];
        let mut access = [0.0; 2];
        fill_market_access(&free, &demand, &mut access);
        assert!((access[0] - 2.5).abs() < 1e-14 && (access[1] - 2.0).abs() < 1e-14);
        // All that is spent is earned: 4 · 2.5/2 + 3 · 2/1 = 11 = 7 + 4
        let earned = 4.0 * revenue(2.0, access[0], 2.0) + 3.0 * revenue(1.0, access[1], 2.0);
        assert!((earned - 11.0).abs() < 1e-13);
    }

    #[test]
    fn imports_lower_the_price_index() {
        let mut powers = [0.0];
        fill_price_index_powers(&[1.0], &[2.0], &[6.0], &mut powers);
        assert_eq!(powers, [8.0]);
    }

    #[test]
    fn imports_take_their_share_of_spending() {
        let (expenditure, home) = ([3.0, 1.0, 2.0], [1.0, 5.0, 0.2]);
        let taken = |a: f64| expenditure.iter().zip(home).map(|(spent, home)| spent * a / (home + a)).sum::<f64>();
        let supply = import_supply(0.2, &expenditure, &home, &[0.0; 3]);
        assert!((taken(supply) - 0.2 * 6.0).abs() < 1e-12, "{supply}");
        // The same from power sums that hold imports already.
        let again = import_supply(0.2, &expenditure, &home.map(|home| home + supply), &[supply; 3]);
        assert!((again / supply - 1.0).abs() < 1e-12);
        assert_eq!(import_supply(0.2, &expenditure, &[0.0; 3], &[0.0; 3]), 0.0);
    }

    #[test]
    fn a_market_without_varieties_has_an_index_of_one() {
        assert_eq!(price_index(0.0, 5.0), 1.0);
        assert_eq!(real_demand(3.0, 0.0), 0.0);
    }

    #[test]
    fn freeness_agrees_with_its_definition() {
        let mut free = [0.0];
        fill_freeness(&[80.0], &[0.13], 0.25, 6.0, &mut free);
        let defined = freeness(iceberg_cost(80.0, 0.25, 0.13), 6.0);
        assert!((free[0] / defined - 1.0).abs() < 1e-14);
    }

    proptest! {
        #[test]
        fn revenue_adds_up_to_spending(
            varieties in prop::collection::vec(0.01..10.0f64, 5),
            prices in prop::collection::vec(0.5..3.0f64, 5),
            spending in prop::collection::vec(0.0..100.0f64, 5),
            distances in prop::collection::vec(0.0..300.0f64, 25),
            sigma in 2.0..8.0f64,
        ) {
            let mut free = [0.0; 25];
            fill_freeness(&distances, &[0.2; 25], 0.2, sigma, &mut free);
            let supplies: Vec<f64> = (0..5).map(|r| supply(varieties[r], prices[r], sigma)).collect();
            let (mut powers, mut access) = ([0.0; 5], [0.0; 5]);
            fill_price_index_powers(&free, &supplies, &[], &mut powers);
            let demand: Vec<f64> = (0..5).map(|r| real_demand(spending[r], powers[r])).collect();
            fill_market_access(&free, &demand, &mut access);
            let earned: f64 = (0..5).map(|r| varieties[r] * revenue(prices[r], access[r], sigma)).sum();
            let spent: f64 = spending.iter().sum();
            prop_assert!((earned - spent).abs() <= 1e-10 * spent.max(1.0));
        }

        #[test]
        fn a_higher_barrier_never_raises_freeness(distance in 0.0..500.0f64, wedge in 0.0..1.0f64, more in 0.0..1.0f64) {
            let with = |b: f64| freeness(iceberg_cost(distance, 0.2, b), 5.0);
            prop_assert!(with(wedge + more) <= with(wedge));
            prop_assert!(with(wedge) <= 1.0);
        }
    }
}
