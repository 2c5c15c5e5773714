//! Costs, mill prices and price indices of goods.

use bevy_ecs::prelude::*;
use economics::cost::{FactorPrices, mill_price, unit_cost};
use economics::market_access::{fill_market_access, fill_price_index_powers, price_index, supply};
use rayon::prelude::*;
use scenario::industry::Role;

use crate::economy::{LastMile, MarketFlows, cost_shares};
use crate::places::{FirmMass, IndustryTable, Labour, Prices, Productivities, Rents, SubsidyRates};

/// From this many places on, threads share the pairs.
const PLACES_SHARED: usize = 64;
/// Places that a thread takes at a time.
const PLACES_AT_ONCE: usize = 32;

pub(super) fn set_goods_prices(
    industries: Res<IndustryTable>,
    productivities: Res<Productivities>,
    labour: Res<Labour>,
    rents: Res<Rents>,
    subsidies: Res<SubsidyRates>,
    mut prices: ResMut<Prices>,
) {
    let prices = &mut *prices;
    for industry in 0..industries.firms() {
        if industries.roles[industry] != Role::Goods {
            continue;
        }
        let shares = cost_shares(&industries, industry);
        let substitution = industries.parameters[industry].substitution;
        for place in 0..labour.wage.len() {
            let factors = FactorPrices {
                wage: labour.wage[place],
                rent: rents.rent[place],
                capital_rental: prices.capital_rental,
                producer_services: industries.producer_services.map_or(1.0, |services| prices.index[services][place]),
            };
            let cost = unit_cost(&factors, productivities.city[industry][place], &shares);
            prices.unit_cost[industry][place] = cost;
            prices.mill_price[industry][place] =
                mill_price(cost, substitution) * (1.0 - subsidies.city[industry][place]);
        }
    }
}

pub(super) fn fill_indices(
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    last_mile: Res<LastMile>,
    mut prices: ResMut<Prices>,
    mut market_flows: ResMut<MarketFlows>,
) {
    let (prices, market_flows) = (&mut *prices, &mut *market_flows);
    for industry in 0..industries.firms() {
        if industries.roles[industry] != Role::Goods {
            continue;
        }
        let substitution = industries.parameters[industry].substitution;
        let at_gate = &mut market_flows.supply[industry];
        for (place, at_gate) in at_gate.iter_mut().enumerate() {
            *at_gate = offered(firms.effective[industry][place], prices.mill_price[industry][place], substitution);
            if industries.in_towns == Some(industry) {
                let price = prices.town_price[place] * last_mile.0;
                *at_gate += offered(firms.town_effective[place], price, substitution);
            }
        }
        let powers = &mut market_flows.index_power[industry];
        fill_index_powers(&prices.freeness[industry], at_gate, &prices.outside_supply[industry], powers);
        for (index, power) in prices.index[industry].iter_mut().zip(powers) {
            *index = price_index(*power, substitution);
        }
    }
}

/// Varieties at the gate; none without firms, whatever a firm would charge there.
fn offered(varieties: f64, price: f64, substitution: f64) -> f64 {
    if varieties > 0.0 { supply(varieties, price, substitution) } else { 0.0 }
}

/// Power sums of price indices, shared among threads by buyers where places are many: every sum has the same order.
pub(crate) fn fill_index_powers(freeness: &[f64], supply: &[f64], imported: &[f64], out: &mut [f64]) {
    let places = out.len();
    if places < PLACES_SHARED {
        return fill_price_index_powers(freeness, supply, imported, out);
    }
    out.par_chunks_mut(PLACES_AT_ONCE).enumerate().for_each(|(chunk, out)| {
        let first = chunk * PLACES_AT_ONCE;
        let buyers = first..first + out.len();
        match imported.get(buyers.clone()) {
            Some(imported) => out.copy_from_slice(imported),
            None => out.fill(0.0),
        }
        for (row, supply) in freeness.chunks_exact(places).zip(supply) {
            for (out, freeness) in out.iter_mut().zip(&row[buyers.clone()]) {
                *out += freeness * supply;
            }
        }
    });
}

/// Real market access, shared among threads by sellers where places are many.
pub(crate) fn fill_access(freeness: &[f64], demand: &[f64], out: &mut [f64]) {
    let places = out.len();
    if places < PLACES_SHARED {
        return fill_market_access(freeness, demand, out);
    }
    out.par_chunks_mut(PLACES_AT_ONCE)
        .zip(freeness.par_chunks(PLACES_AT_ONCE * places))
        .for_each(|(out, rows)| fill_market_access(rows, demand, out));
}
