//! Costs, mill prices and price indices of goods.

use bevy_ecs::prelude::*;
use economics::cost::{FactorPrices, mill_price, unit_cost};
use economics::market_access::{fill_market_access, fill_price_index_powers, price_index, supply};
use rayon::prelude::*;

use super::{IndexPower, MillPrice, PriceIndex, UnitCost, VarietySupply};
use crate::agents::city::{ByCity, BySector, BySectorMut};
use crate::mechanisms::capital::CapitalRental;
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms};
use crate::mechanisms::market_access::{Freeness, LastMile};
use crate::mechanisms::outside::OutsideSupply;
use crate::mechanisms::productivity::Productivity;
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::subsidies::SubsidyRate;
use crate::mechanisms::towns::TownPrice;
use crate::mechanisms::wage_setting::Wage;
use crate::region::{IndustryTable, cost_shares};

/// From this many places on, threads share the pairs.
const PLACES_SHARED: usize = 64;
/// Places that a thread takes at a time.
const PLACES_AT_ONCE: usize = 32;

#[expect(clippy::too_many_arguments, reason = "every factor has its price")]
pub(super) fn set_goods_prices(
    industries: Res<IndustryTable>,
    productivity: BySector<Productivity>,
    (wage, rent): (ByCity<Wage>, ByCity<GoingRent>),
    capital: Res<CapitalRental>,
    price_index: BySector<PriceIndex>,
    subsidy: BySector<SubsidyRate>,
    mut cost: BySectorMut<UnitCost>,
    mut price: BySectorMut<MillPrice>,
) {
    let factors = |place: usize| FactorPrices {
        wage: wage[place],
        rent: rent[place],
        capital_rental: capital.rental,
        producer_services: industries.producer_services.map_or(1.0, |services| price_index[services][place]),
    };
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        let set = (&mut cost[industry][..], &mut price[industry][..]);
        set_prices(&industries, industry, factors, &productivity[industry], &subsidy[industry], set);
    }
}

/// Fills unit costs of an industry's firms in each place, and the prices that buyers pay: those of the firms less the
/// subsidy.
pub(crate) fn set_prices(
    industries: &IndustryTable,
    industry: usize,
    factors: impl Fn(usize) -> FactorPrices,
    productivity: &[f64],
    subsidy: &[f64],
    (cost, price): (&mut [f64], &mut [f64]),
) {
    let shares = cost_shares(industries, industry);
    let substitution = industries.parameters[industry].substitution;
    for (place, (cost, price)) in cost.iter_mut().zip(price).enumerate() {
        *cost = unit_cost(&factors(place), productivity[place], &shares);
        *price = mill_price(*cost, substitution) * (1.0 - subsidy[place]);
    }
}

#[expect(clippy::too_many_arguments, reason = "cities, towns and the outside supply a market")]
pub(super) fn fill_indices(
    industries: Res<IndustryTable>,
    (firms, town_firms): (BySector<EffectiveFirms>, ByCity<EffectiveTownFirms>),
    (price, town_price): (BySector<MillPrice>, ByCity<TownPrice>),
    last_mile: Res<LastMile>,
    freeness: Res<Freeness>,
    imported: BySector<OutsideSupply>,
    mut offered: BySectorMut<VarietySupply>,
    mut power: BySectorMut<IndexPower>,
    mut index: BySectorMut<PriceIndex>,
) {
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        let substitution = industries.parameters[industry].substitution;
        for (place, at_gate) in offered[industry].iter_mut().enumerate() {
            *at_gate = supply_of(firms[industry][place], price[industry][place], substitution);
            if industries.in_towns == Some(industry) {
                let price = town_price[place] * last_mile.0;
                *at_gate += supply_of(town_firms[place], price, substitution);
            }
        }
        let powers = &mut power[industry];
        fill_index_powers(&freeness.0[industry], &offered[industry], &imported[industry], powers);
        for (index, power) in index[industry].iter_mut().zip(powers) {
            *index = price_index(*power, substitution);
        }
    }
}

/// Varieties at the factory gate; none without firms, whatever a firm would charge there.
fn supply_of(varieties: f64, price: f64, substitution: f64) -> f64 {
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
