//! Producer services: industry buys them, they gather where industry is, and distance to them costs.
//!
//! - **Reads** wages, rents, productivity, firms, freeness of trade, cost of goods firms. **Writes** cost, price and index
//!   of the services in [`Prices`], and their market in [`Markets`].
//! - **Phases** [`Phase::Prices`] and [`Phase::Markets`]. **Chance** none. **Equations**
//!   [`economics::producer_services`], [`economics::market_access`].
//! - **Switched off**: labour does their work in goods industries; there are no such firms.

use bevy_ecs::prelude::*;
use economics::cost::{FactorPrices, FixedInput, mill_price, producer_cost, unit_cost};
use economics::firms::profit_rate;
use economics::market_access::{price_index, real_demand, revenue, supply};
use economics::maths::{power, total};
use economics::producer_services::add_demand;
use scenario::industry::Role;
use scenario::mechanisms::producer_services::ProducerServices;

use super::goods_market::{fill_access, fill_index_powers};
use crate::accounts::{Holder, Ledger, Payment};
use crate::economy::{MarketFlows, Step, cost_shares};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, IndustryTable, Labour, Markets, Prices, Productivities, Rents, SubsidyRates};
use crate::plugin::Plugin;

/// Producer services.
pub struct ProducerServicesPlugin(pub ProducerServices);

/// How far variety lowers cost.
#[derive(Resource, Clone, Copy, Debug)]
struct VarietyGain(f64);

impl Plugin for ProducerServicesPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(VarietyGain(self.0.variety_gain));
        model.add_systems(Phase::Prices, (set_service_prices, fill_service_index).chain().in_set(Step::ServicePrices));
        model.add_systems(Phase::Markets, sell_services.in_set(Step::ServiceSales));
    }
}

fn set_service_prices(
    industries: Res<IndustryTable>,
    productivities: Res<Productivities>,
    labour: Res<Labour>,
    rents: Res<Rents>,
    subsidies: Res<SubsidyRates>,
    mut prices: ResMut<Prices>,
) {
    let Some(services) = industries.producer_services else {
        return;
    };
    let shares = cost_shares(&industries, services);
    let substitution = industries.parameters[services].substitution;
    let prices = &mut *prices;
    for place in 0..labour.wage.len() {
        let factors = FactorPrices {
            wage: labour.wage[place],
            rent: rents.rent[place],
            capital_rental: prices.capital_rental,
            producer_services: 1.0,
        };
        let cost = unit_cost(&factors, productivities.city[services][place], &shares);
        prices.unit_cost[services][place] = cost;
        prices.mill_price[services][place] = mill_price(cost, substitution) * (1.0 - subsidies.city[services][place]);
    }
}

fn fill_service_index(
    gain: Res<VarietyGain>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    mut prices: ResMut<Prices>,
    mut market_flows: ResMut<MarketFlows>,
) {
    let Some(services) = industries.producer_services else {
        return;
    };
    let substitution = industries.parameters[services].substitution;
    let (prices, market_flows) = (&mut *prices, &mut *market_flows);
    let varieties = &firms.effective[services];
    for (place, at_gate) in market_flows.supply[services].iter_mut().enumerate() {
        *at_gate = supply(varieties[place], prices.mill_price[services][place], substitution);
    }
    let powers = &mut market_flows.index_power[services];
    fill_index_powers(&prices.freeness[services], &market_flows.supply[services], &[], powers);
    let variety_lost = power(total(varieties), (1.0 - gain.0) / (substitution - 1.0));
    for (index, &power) in prices.index[services].iter_mut().zip(powers.iter()) {
        *index = if power > 0.0 { price_index(power, substitution) * variety_lost } else { 1.0 };
    }
}

fn sell_services(
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    subsidies: Res<SubsidyRates>,
    prices: Res<Prices>,
    mut market_flows: ResMut<MarketFlows>,
    mut markets: ResMut<Markets>,
    mut ledger: ResMut<Ledger>,
) {
    let Some(services) = industries.producer_services else {
        return;
    };
    let numbers = &industries.parameters[services];
    let (market_flows, markets) = (&mut *market_flows, &mut *markets);
    let bought = &mut market_flows.services_bought;
    bought.fill(0.0);
    for industry in 0..industries.firms() {
        if industries.roles[industry] == Role::Goods {
            let share = cost_shares(&industries, industry).producer_services;
            add_demand(share, &markets.cost[industry], false, bought);
        }
    }
    if let Some(industry) = industries.in_towns {
        add_demand(cost_shares(&industries, industry).producer_services, &markets.town_cost, false, bought);
    }
    for (place, bought) in bought.iter_mut().enumerate() {
        let reached = market_flows.index_power[services][place];
        if reached <= 0.0 {
            *bought = 0.0;
        }
        market_flows.demand[place] = real_demand(*bought, reached);
        ledger.pay(Holder::Producers(place as u16), Holder::Transit, *bought, Payment::Services);
    }
    markets.expenditure[services].copy_from_slice(bought);
    fill_access(&prices.freeness[services], &market_flows.demand, &mut markets.market_access[services]);
    for place in 0..market_flows.demand.len() {
        let access = markets.market_access[services][place];
        let paid = revenue(prices.mill_price[services][place], access, numbers.substitution);
        let received = paid / (1.0 - subsidies.city[services][place]);
        let cost = prices.unit_cost[services][place];
        let varieties = firms.effective[services][place];
        markets.revenue[services][place] = received;
        markets.cost[services][place] = producer_cost(
            varieties * received,
            firms.count[services][place],
            cost,
            numbers.fixed_cost,
            numbers.substitution,
            FixedInput::Composite,
        );
        markets.profit_rate[services][place] = profit_rate(received, cost, numbers.fixed_cost, numbers.substitution);
        let from_buyers = varieties * (received * (1.0 - subsidies.city[services][place]));
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), from_buyers, Payment::Services);
    }
}
