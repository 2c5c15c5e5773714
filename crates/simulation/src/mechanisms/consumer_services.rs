//! Consumer services: indivisible establishments enter where enough people live; the rest is an informal fringe.
//!
//! - **Reads** [`ConsumerSpending`], [`Wage`], [`GoingRent`], [`Fringe`]. **Writes** [`ConsumerServicesPrice`],
//!   [`ModernShare`], [`ConsumerServiceWages`], [`ConsumerServiceLand`], [`EstablishmentProfit`] and, at the end of the
//!   quarter, [`Establishments`].
//! - **Phases** [`Phase::Markets`](crate::step::Phase::Markets) and [`Phase::Incomes`](crate::step::Phase::Incomes);
//!   also in burn-in. **Random numbers** none. **Equations** [`economics::consumer_services`].
//! - **Switched off**: only the informal fringe sells.

use bevy_ecs::prelude::*;
use economics::consumer_services::{ConsumerServices, ServiceMarket, next_establishments, service_market};
use economics::cost::{CostShares, FactorPrices, unit_cost};
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::wage_setting::Wage;
use crate::model::Model;
use crate::snapshot::city;
use crate::step::Step;

columns! {
    /// Log of the price index of consumer services.
    city ConsumerServicesPrice(f64);
    /// Spending on consumer services, thousand yuan.
    nominal city ConsumerSpending(f64);
    /// Share of consumer services that modern establishments sell.
    city ModernShare(f64);
    /// What consumer services, fringe included, pay for labour, thousand yuan.
    nominal city ConsumerServiceWages(f64);
    /// What consumer services pay for land, thousand yuan.
    nominal city ConsumerServiceLand(f64);
    /// Profit of a present establishment, thousand yuan.
    nominal city EstablishmentProfit(f64);
    /// Modern establishments.
    city Establishments(u32) = |opening, place| {
        let on = opening.scenario.mechanisms.consumer_services.is_some();
        let people = opening.margins[place].urban() as f64 / 1000.0;
        if on { (people / opening.scenario.initial.people_per_establishment).floor() as u32 } else { 0 }
    };
}

/// Technology of establishments and of the informal fringe. Every model has it; its numbers are the block's defaults where
/// the mechanism is off.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Fringe {
    /// Establishments and fringe.
    pub services: ConsumerServices,
    /// Cost shares of establishments.
    pub shares: CostShares,
    /// Loss at which an establishment leaves, share of fixed cost.
    exit_margin: f64,
}

/// What the markets of the cities came to, kept until establishments open and close: with the loss that is tolerated.
#[derive(Resource, Clone, Debug, Default)]
struct ServiceMarkets(Vec<(ServiceMarket, f64)>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let block = scenario.mechanisms.consumer_services.clone().unwrap_or_default();
    model.world.insert_resource(Fringe {
        services: ConsumerServices {
            substitution: block.substitution,
            fixed_units: block.fixed_cost,
            informal_weight: block.fringe_size,
            informal_labour: block.fringe_cost,
        },
        shares: CostShares {
            labour: block.labour_share,
            land: 1.0 - block.labour_share,
            capital: 0.0,
            producer_services: 0.0,
        },
        exit_margin: block.exit_margin,
    });
    model.keep_pieces("establishments", vec![city::<Establishments>()]);
    model.add(Step::ServeFromFringe, serve_from_fringe);
    if scenario.mechanisms.consumer_services.is_some() {
        model.world.insert_resource(ServiceMarkets::default());
        model.add(Step::ServeResidents, serve_residents).add(Step::OpenAndClose, open_and_close);
    }
}

fn serve_from_fringe(
    fringe: Res<Fringe>,
    wage: ByCity<Wage>,
    spending: ByCity<ConsumerSpending>,
    mut price: ByCityMut<ConsumerServicesPrice>,
    mut modern_share: ByCityMut<ModernShare>,
    mut wages: ByCityMut<ConsumerServiceWages>,
    mut land: ByCityMut<ConsumerServiceLand>,
) {
    for (place, &wage) in wage.iter().enumerate() {
        let market = service_market(spending[place], wage, wage, 0, &fringe.services);
        price[place] = market.ln_price_index;
        modern_share[place] = 0.0;
        wages[place] = market.informal_sales;
        land[place] = 0.0;
    }
}

#[expect(clippy::too_many_arguments, reason = "a market has two sides and two factors")]
fn serve_residents(
    fringe: Res<Fringe>,
    (wage, rent): (ByCity<Wage>, ByCity<GoingRent>),
    spending: ByCity<ConsumerSpending>,
    establishments: ByCity<Establishments>,
    mut price: ByCityMut<ConsumerServicesPrice>,
    mut modern_share: ByCityMut<ModernShare>,
    (mut wages, mut land): (ByCityMut<ConsumerServiceWages>, ByCityMut<ConsumerServiceLand>),
    mut profit: ByCityMut<EstablishmentProfit>,
    mut markets: ResMut<ServiceMarkets>,
) {
    markets.0.clear();
    for (place, &count) in establishments.iter().enumerate() {
        let factors =
            FactorPrices { wage: wage[place], rent: rent[place], capital_rental: 1.0, producer_services: 1.0 };
        let cost = unit_cost(&factors, 1.0, &fringe.shares);
        let market = service_market(spending[place], factors.wage, cost, count, &fringe.services);
        price[place] = market.ln_price_index;
        modern_share[place] = market.modern_share;
        wages[place] = fringe.shares.labour * market.modern_cost + market.informal_sales;
        land[place] = fringe.shares.land * market.modern_cost;
        profit[place] = market.profit_now;
        markets.0.push((market, fringe.exit_margin * fringe.services.fixed_units * cost));
    }
}

fn open_and_close(markets: Res<ServiceMarkets>, mut establishments: ByCityMut<Establishments>) {
    for (count, (market, loss_tolerated)) in establishments.iter_mut().zip(&markets.0) {
        *count = next_establishments(*count, market, *loss_tolerated);
    }
}
