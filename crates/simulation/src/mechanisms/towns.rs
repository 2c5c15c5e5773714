//! Towns: labour-intensive firms in the countryside, paid for out of farm wages.
//!
//! - **Reads** town productivity, town wages, the rental of capital, producer services, market access. **Writes** costs
//!   and prices of town firms in [`Prices`], their revenue, cost and profit in [`Markets`], town jobs and next quarter's
//!   town wage in [`Labour`].
//! - **Phases** [`Phase::Prices`], [`Phase::Markets`], [`Phase::Factors`]. **Chance** none. **Equations**
//!   [`economics::cost`], [`economics::agriculture::town_jobs`], [`economics::agriculture::town_wage`].
//! - **Switched off**: no town firms; everyone in the countryside farms.

use bevy_ecs::prelude::*;
use economics::agriculture::{town_jobs, town_wage};
use economics::cost::{FactorPrices, FixedInput, mill_price, producer_cost, unit_cost};
use economics::firms::{mean_over_firms, profit_rate, relative_return};
use economics::market_access::revenue;
use economics::producer_services::town_price_index;
use scenario::mechanisms::towns::Towns;

use crate::accounts::{Holder, Ledger, Payment};
use crate::economy::{Farmers, LastMile, MarketFlows, Step, Tastes, cost_shares};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{
    FirmMass, IndustryTable, Labour, Markets, MoneyUnit, Population, Prices, Productivities, SubsidyRates,
};
use crate::plugin::Plugin;

/// Towns.
pub struct TownsPlugin(pub Towns);

/// What town firms pay.
#[derive(Resource, Clone, Copy, Debug)]
struct TownRule {
    wage_premium: f64,
    land_price: f64,
    labour_share_max: f64,
}

impl Plugin for TownsPlugin {
    fn build(&self, model: &mut Model) {
        let Towns { wage_premium, land_price, labour_share_max, .. } = self.0;
        model.world.insert_resource(TownRule { wage_premium, land_price, labour_share_max });
        model.add_systems(Phase::Prices, set_town_prices.in_set(Step::TownPrices));
        model.add_systems(Phase::Markets, sell_from_towns.in_set(Step::TownSales));
        model.add_systems(Phase::Factors, hire_in_towns.in_set(Step::TownLabour));
    }
}

#[expect(clippy::too_many_arguments, reason = "every factor has its price")]
fn set_town_prices(
    rule: Res<TownRule>,
    unit: Res<MoneyUnit>,
    last_mile: Res<LastMile>,
    industries: Res<IndustryTable>,
    productivities: Res<Productivities>,
    labour: Res<Labour>,
    subsidies: Res<SubsidyRates>,
    mut prices: ResMut<Prices>,
) {
    let Some(industry) = industries.in_towns else {
        return;
    };
    let shares = cost_shares(&industries, industry);
    let substitution = industries.parameters[industry].substitution;
    let prices = &mut *prices;
    for place in 0..labour.town_wage.len() {
        let services = industries.producer_services.map_or(1.0, |services| prices.index[services][place]);
        let factors = FactorPrices {
            wage: labour.town_wage[place],
            rent: rule.land_price * unit.0,
            capital_rental: prices.capital_rental,
            producer_services: town_price_index(services, last_mile.0),
        };
        let cost = unit_cost(&factors, productivities.town[place], &shares);
        prices.town_unit_cost[place] = cost;
        prices.town_price[place] = mill_price(cost, substitution) * (1.0 - subsidies.town[place]);
    }
}

#[expect(clippy::too_many_arguments, reason = "firms, prices, markets and money meet in a sale")]
fn sell_from_towns(
    tastes: Res<Tastes>,
    last_mile: Res<LastMile>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    subsidies: Res<SubsidyRates>,
    prices: Res<Prices>,
    mut markets: ResMut<Markets>,
    mut ledger: ResMut<Ledger>,
) {
    let Some(industry) = industries.in_towns else {
        return;
    };
    let numbers = &industries.parameters[industry];
    let markets = &mut *markets;
    for place in 0..markets.town_cost.len() {
        let access = markets.market_access[industry][place];
        let paid = revenue(prices.town_price[place] * last_mile.0, access, numbers.substitution);
        let received = paid / (1.0 - subsidies.town[place]);
        let cost = prices.town_unit_cost[place];
        let sales = firms.town_effective[place] * received;
        markets.town_revenue[place] = received;
        markets.town_cost[place] = producer_cost(
            sales,
            firms.town_count[place],
            cost,
            numbers.fixed_cost,
            numbers.substitution,
            tastes.fixed_input,
        );
        markets.town_profit_rate[place] = profit_rate(received, cost, numbers.fixed_cost, numbers.substitution);
        let from_buyers = firms.town_effective[place] * (received * (1.0 - subsidies.town[place]));
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), from_buyers, Payment::Goods);
    }
    if tastes.fixed_input != FixedInput::Composite {
        let mean = mean_over_firms(&markets.revenue[industry], &firms.count[industry]);
        for (rate, revenue) in markets.town_profit_rate.iter_mut().zip(&markets.town_revenue) {
            *rate = relative_return(*revenue, mean);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "farms and town firms share the people of the countryside")]
fn hire_in_towns(
    rule: Res<TownRule>,
    industries: Res<IndustryTable>,
    population: Res<Population>,
    farmers: Res<Farmers>,
    market_flows: Res<MarketFlows>,
    markets: Res<Markets>,
    mut labour: ResMut<Labour>,
    mut productivities: ResMut<Productivities>,
) {
    let Some(industry) = industries.in_towns else {
        return;
    };
    let share = cost_shares(&industries, industry).labour;
    let labour = &mut *labour;
    for place in 0..labour.town_jobs.len() {
        let (rural, cost, wage) = (population.rural[place], markets.town_cost[place], labour.town_wage[place]);
        let jobs = if cost > 0.0 && rural > 0.0 {
            town_jobs(share, cost, wage, rural).min(rule.labour_share_max * rural)
        } else {
            0.0
        };
        labour.town_jobs[place] = jobs;
        productivities.town_jobs[place] = jobs;
        let next = town_wage(rule.wage_premium, market_flows.food_sales[place], farmers.0[place]);
        if next > 0.0 {
            labour.town_wage[place] = next;
        }
    }
}
