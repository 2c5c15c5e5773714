//! Sales: demand finds varieties, firms earn, and the informal fringe serves residents.

use bevy_ecs::prelude::*;
use economics::consumer_services::service_market;
use economics::cost::{FixedInput, producer_cost};
use economics::firms::{mean_over_firms, profit_rate, relative_return};
use economics::market_access::{real_demand, revenue};
use economics::maths::total;
use scenario::industry::Role;

use super::prices::fill_access;
use crate::accounts::{Holder, Ledger, Payment};
use crate::economy::{Fringe, MarketFlows, Tastes};
use crate::places::{FirmMass, IndustryTable, Labour, Markets, Prices, SubsidyRates};

pub(super) fn sell_goods(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    subsidies: Res<SubsidyRates>,
    prices: Res<Prices>,
    mut market_flows: ResMut<MarketFlows>,
    mut markets: ResMut<Markets>,
) {
    let (market_flows, markets) = (&mut *market_flows, &mut *markets);
    for industry in 0..industries.firms() {
        if industries.roles[industry] != Role::Goods {
            continue;
        }
        let numbers = &industries.parameters[industry];
        let (spent, powers) = (&markets.expenditure[industry], &market_flows.index_power[industry]);
        for ((demand, &spent), &power) in market_flows.demand.iter_mut().zip(spent).zip(powers) {
            *demand = real_demand(spent, power);
        }
        let access = &mut markets.market_access[industry];
        fill_access(&prices.freeness[industry], &market_flows.demand, access);
        let imported = &prices.outside_supply[industry];
        market_flows.imports[industry] =
            imported.iter().zip(&market_flows.demand).map(|(supply, demand)| supply * demand).sum();
        let wanted = &prices.outside_demand[industry];
        let offered = &market_flows.supply[industry];
        market_flows.exports[industry] = wanted.iter().zip(offered).map(|(demand, supply)| supply * demand).sum();
        for (access, wanted) in access.iter_mut().zip(wanted) {
            *access += wanted;
        }
        for place in 0..market_flows.demand.len() {
            let paid = revenue(
                prices.mill_price[industry][place],
                markets.market_access[industry][place],
                numbers.substitution,
            );
            let received = paid / (1.0 - subsidies.city[industry][place]);
            let cost = prices.unit_cost[industry][place];
            markets.revenue[industry][place] = received;
            markets.cost[industry][place] = producer_cost(
                firms.effective[industry][place] * received,
                firms.count[industry][place],
                cost,
                numbers.fixed_cost,
                numbers.substitution,
                tastes.fixed_input,
            );
            markets.profit_rate[industry][place] =
                profit_rate(received, cost, numbers.fixed_cost, numbers.substitution);
        }
        if tastes.fixed_input != FixedInput::Composite {
            let mean = mean_over_firms(&markets.revenue[industry], &firms.count[industry]);
            for (rate, revenue) in markets.profit_rate[industry].iter_mut().zip(&markets.revenue[industry]) {
                *rate = relative_return(*revenue, mean);
            }
        }
    }
}

/// Sellers of cities receive what buyers paid; subsidies come later.
pub(super) fn settle_sales(
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    subsidies: Res<SubsidyRates>,
    market_flows: Res<MarketFlows>,
    markets: Res<Markets>,
    mut ledger: ResMut<Ledger>,
) {
    for industry in 0..industries.firms() {
        if industries.roles[industry] != Role::Goods {
            continue;
        }
        for (place, revenue) in markets.revenue[industry].iter().enumerate() {
            let sales = firms.effective[industry][place] * (revenue * (1.0 - subsidies.city[industry][place]));
            ledger.pay(Holder::Transit, Holder::Producers(place as u16), sales, Payment::Goods);
        }
    }
    ledger.pay(Holder::Transit, Holder::Outside, total(&market_flows.imports), Payment::Import);
    ledger.pay(Holder::Outside, Holder::Transit, total(&market_flows.exports), Payment::Export);
}

pub(super) fn serve_from_fringe(
    fringe: Res<Fringe>,
    labour: Res<Labour>,
    mut prices: ResMut<Prices>,
    mut markets: ResMut<Markets>,
) {
    let markets = &mut *markets;
    for (place, &wage) in labour.wage.iter().enumerate() {
        let market = service_market(markets.consumer_spending[place], wage, wage, 0, &fringe.services);
        prices.consumer_services_log[place] = market.ln_price_index;
        markets.modern_share[place] = 0.0;
        markets.consumer_wages[place] = market.informal_sales;
        markets.consumer_land[place] = 0.0;
    }
}
