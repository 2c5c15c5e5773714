//! Producer services: industry buys them, they gather where industry is, and distance to them costs.
//!
//! - **Reads** [`Wage`], [`GoingRent`], [`CapitalRental`], [`Productivity`], [`Firms`], [`EffectiveFirms`],
//!   [`Freeness`], [`SubsidyRate`], [`TownCost`], [`IndustryTable`]. **Writes** of the services, [`UnitCost`],
//!   [`MillPrice`], [`PriceIndex`], [`IndexPower`], [`VarietySupply`], [`Expenditure`], [`MarketAccess`], [`Revenue`],
//!   [`ProductionCost`], [`ProfitRate`]; [`Ledger`].
//! - **Phases** [`Phase::Prices`](crate::step::Phase::Prices) and [`Phase::Markets`](crate::step::Phase::Markets).
//!   **Random numbers** none. **Equations** [`economics::producer_services`], [`economics::market_access`].
//! - **Switched off**: labour does their work in goods industries; there are no such firms.

use bevy_ecs::prelude::*;
use economics::cost::{FactorPrices, FixedInput};
use economics::market_access::{price_index, real_demand, supply};
use economics::maths::total;
use economics::producer_services::{add_demand, variety_factor};
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, BySector, BySectorMut};
use crate::mechanisms::capital::CapitalRental;
use crate::mechanisms::firms::{EffectiveFirms, Firms};
use crate::mechanisms::goods_market::{
    Expenditure, IndexPower, MarketAccess, MillPrice, PriceIndex, ProductionCost, ProfitRate, Revenue, Sellers,
    UnitCost, VarietySupply, fill_access, fill_index_powers, set_prices,
};
use crate::mechanisms::market_access::Freeness;
use crate::mechanisms::productivity::Productivity;
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::subsidies::SubsidyRate;
use crate::mechanisms::towns::TownCost;
use crate::mechanisms::wage_setting::Wage;
use crate::model::Model;
use crate::region::{IndustryTable, cost_shares};
use crate::step::Step;

/// How far variety lowers cost.
#[derive(Resource, Clone, Copy, Debug)]
struct VarietyGain(f64);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.producer_services else { return };
    model.world.insert_resource(VarietyGain(block.variety_gain));
    model
        .add(Step::SetServicePrices, set_service_prices)
        .add(Step::FillServiceIndex, fill_service_index)
        .add(Step::SellServices, sell_services);
}

fn set_service_prices(
    industries: Res<IndustryTable>,
    productivity: BySector<Productivity>,
    (wage, rent): (ByCity<Wage>, ByCity<GoingRent>),
    capital: Res<CapitalRental>,
    subsidy: BySector<SubsidyRate>,
    mut cost: BySectorMut<UnitCost>,
    mut price: BySectorMut<MillPrice>,
) {
    let Some(services) = industries.producer_services else { return };
    let factors = |place: usize| FactorPrices {
        wage: wage[place],
        rent: rent[place],
        capital_rental: capital.rental,
        producer_services: 1.0,
    };
    let set = (&mut cost[services][..], &mut price[services][..]);
    set_prices(&industries, services, factors, &productivity[services], &subsidy[services], set);
}

#[expect(clippy::too_many_arguments, reason = "varieties, prices and distances make an index")]
fn fill_service_index(
    gain: Res<VarietyGain>,
    industries: Res<IndustryTable>,
    firms: BySector<EffectiveFirms>,
    freeness: Res<Freeness>,
    price: BySector<MillPrice>,
    mut offered: BySectorMut<VarietySupply>,
    mut powers: BySectorMut<IndexPower>,
    mut index: BySectorMut<PriceIndex>,
) {
    let Some(services) = industries.producer_services else { return };
    let substitution = industries.parameters[services].substitution;
    let varieties = &firms[services];
    for (place, at_gate) in offered[services].iter_mut().enumerate() {
        *at_gate = supply(varieties[place], price[services][place], substitution);
    }
    fill_index_powers(&freeness.0[services], &offered[services], &[], &mut powers[services]);
    let variety_lost = variety_factor(total(varieties), gain.0, substitution);
    for (index, &power) in index[services].iter_mut().zip(&powers[services]) {
        *index = if power > 0.0 { price_index(power, substitution) * variety_lost } else { 1.0 };
    }
}

/// What is bought of services in the quarter, and the demand that a variety meets, by place.
#[derive(Default)]
struct Bought {
    spent: Vec<f64>,
    demand: Vec<f64>,
}

#[expect(clippy::too_many_arguments, reason = "firms, prices, markets and money meet in a sale")]
fn sell_services(
    industries: Res<IndustryTable>,
    (firms, effective): (BySector<Firms>, BySector<EffectiveFirms>),
    subsidy: BySector<SubsidyRate>,
    freeness: Res<Freeness>,
    (unit_cost, mill_price, powers): (BySector<UnitCost>, BySector<MillPrice>, BySector<IndexPower>),
    town_cost: ByCity<TownCost>,
    mut bought: Local<Bought>,
    (mut expenditure, mut access): (BySectorMut<Expenditure>, BySectorMut<MarketAccess>),
    (mut earned, mut cost, mut rate): (BySectorMut<Revenue>, BySectorMut<ProductionCost>, BySectorMut<ProfitRate>),
    mut ledger: ResMut<Ledger>,
) {
    let Some(services) = industries.producer_services else { return };
    let numbers = &industries.parameters[services];
    let Bought { spent, demand } = &mut *bought;
    spent.clear();
    spent.resize(town_cost.len(), 0.0);
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        add_demand(cost_shares(&industries, industry).producer_services, &cost[industry], false, spent);
    }
    if let Some(industry) = industries.in_towns {
        add_demand(cost_shares(&industries, industry).producer_services, &town_cost, false, spent);
    }
    demand.clear();
    for (place, spent) in spent.iter_mut().enumerate() {
        let reached = powers[services][place];
        if reached <= 0.0 {
            *spent = 0.0;
        }
        demand.push(real_demand(*spent, reached));
        ledger.pay(Holder::Producers(place as u16), Holder::Transit, *spent, Payment::Services);
    }
    expenditure[services].copy_from_slice(spent);
    fill_access(&freeness.0[services], demand, &mut access[services]);
    for place in 0..demand.len() {
        let sellers = Sellers {
            firms: firms[services][place],
            varieties: effective[services][place],
            unit_cost: unit_cost[services][place],
            price: mill_price[services][place],
            subsidy: subsidy[services][place],
        };
        let sold = sellers.sell(access[services][place], numbers, FixedInput::Composite);
        earned[services][place] = sold.revenue;
        cost[services][place] = sold.cost;
        rate[services][place] = sold.profit_rate;
        let from_buyers = sellers.varieties * (sold.revenue * (1.0 - sellers.subsidy));
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), from_buyers, Payment::Services);
    }
}
