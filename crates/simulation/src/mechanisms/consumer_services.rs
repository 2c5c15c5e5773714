//! Consumer services: indivisible establishments enter where enough people live; the rest is an informal fringe.
//!
//! - **Reads** spending on consumer services, wages, rents, [`Establishments`]. **Writes** the price of consumer services
//!   in [`Prices`], labour and land of their market and profits of establishments in [`Markets`], and, at the end of
//!   the quarter, [`Establishments`].
//! - **Phases** [`Phase::Markets`] and [`Phase::Incomes`]; also in burn-in. **Chance** none. **Equations**
//!   [`economics::consumer_services`].
//! - **Switched off**: only the informal fringe sells.

use bevy_ecs::prelude::*;
use economics::consumer_services::{ServiceMarket, next_establishments, service_market};
use economics::cost::{FactorPrices, unit_cost};

use crate::economy::{Fringe, Step};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Establishments, Labour, Markets, Prices, Rents};
use crate::plugin::Plugin;

/// Consumer services. Their numbers stand in [`Fringe`], which every model has.
pub struct ConsumerServicesPlugin;

/// What the markets of the cities came to, kept until establishments open and close.
#[derive(Resource, Clone, Debug, Default)]
struct ServiceMarkets(Vec<(ServiceMarket, f64)>);

impl Plugin for ConsumerServicesPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(ServiceMarkets::default());
        model.add_systems(Phase::Markets, serve_residents.in_set(Step::Establishments));
        model.add_systems(Phase::Incomes, open_and_close.in_set(Step::Entry));
    }
}

fn serve_residents(
    fringe: Res<Fringe>,
    labour: Res<Labour>,
    rents: Res<Rents>,
    establishments: Res<Establishments>,
    mut prices: ResMut<Prices>,
    mut markets: ResMut<Markets>,
    mut held: ResMut<ServiceMarkets>,
) {
    let markets = &mut *markets;
    held.0.clear();
    for (place, &count) in establishments.0.iter().enumerate() {
        let factors = FactorPrices {
            wage: labour.wage[place],
            rent: rents.rent[place],
            capital_rental: 1.0,
            producer_services: 1.0,
        };
        let cost = unit_cost(&factors, 1.0, &fringe.shares);
        let market = service_market(markets.consumer_spending[place], factors.wage, cost, count, &fringe.services);
        prices.consumer_services_log[place] = market.ln_price_index;
        markets.modern_share[place] = market.modern_share;
        markets.consumer_wages[place] = fringe.shares.labour * market.modern_cost + market.informal_sales;
        markets.consumer_land[place] = fringe.shares.land * market.modern_cost;
        markets.entrant_profit[place] = market.profit_next;
        markets.establishment_profit[place] = market.profit_now;
        held.0.push((market, fringe.exit_margin * fringe.services.fixed_units * cost));
    }
}

fn open_and_close(held: Res<ServiceMarkets>, mut establishments: ResMut<Establishments>) {
    for (count, (market, loss_tolerated)) in establishments.0.iter_mut().zip(&held.0) {
        *count = next_establishments(*count, market, *loss_tolerated);
    }
}
