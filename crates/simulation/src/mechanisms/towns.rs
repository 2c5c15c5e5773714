//! Towns: labour-intensive firms in the countryside, paid for out of farm wages.
//!
//! - **Reads** [`TownProductivity`], [`CapitalRental`], [`PriceIndex`], [`MarketAccess`], [`Revenue`], [`Firms`],
//!   [`TownFirms`], [`EffectiveTownFirms`], [`TownSubsidyRate`], [`RuralPeople`], [`Farmers`], [`FoodSales`],
//!   [`LastMile`], [`Tastes`], [`MoneyUnit`], [`IndustryTable`]. **Writes** [`TownUnitCost`], [`TownPrice`],
//!   [`TownRevenue`], [`TownCost`], [`TownProfitRate`], [`TownJobs`] and next quarter's [`TownWage`]; [`Ledger`].
//! - **Phases** [`Phase::Prices`](crate::step::Phase::Prices), [`Phase::Markets`](crate::step::Phase::Markets),
//!   [`Phase::Factors`](crate::step::Phase::Factors). **Random numbers** none. **Equations** [`economics::cost`],
//!   [`economics::agriculture::town_jobs`], [`economics::agriculture::town_wage`].
//! - **Switched off**: no town firms; everyone in the countryside farms.

use bevy_ecs::prelude::*;
use economics::agriculture::{town_jobs, town_wage};
use economics::cost::{FactorPrices, FixedInput, mill_price, producer_cost, unit_cost};
use economics::firms::{mean_over_firms, profit_rate, relative_return};
use economics::market_access::revenue;
use economics::producer_services::town_price_index;
use scenario::mechanisms::towns::Towns;
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, BySector, columns};
use crate::mechanisms::agriculture::Farmers;
use crate::mechanisms::capital::CapitalRental;
use crate::mechanisms::firms::{EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::{FoodSales, MarketAccess, PriceIndex, Revenue, Tastes};
use crate::mechanisms::market_access::LastMile;
use crate::mechanisms::population::RuralPeople;
use crate::mechanisms::productivity::TownProductivity;
use crate::mechanisms::subsidies::TownSubsidyRate;
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit, cost_shares};
use crate::step::Step;

columns! {
    /// Wage in towns, yuan a quarter.
    nominal city TownWage(f64) = |opening, _| {
        let premium = opening.scenario.mechanisms.towns.as_ref().map_or(0.0, |towns| towns.wage_premium);
        (1.0 + premium) * opening.unit()
    };
    /// Jobs in towns, thousand persons.
    city TownJobs(f64) = |opening, place| {
        opening.scenario.initial.opening_town_jobs * opening.firms.town_count[place]
    };
    /// Unit cost of town firms, yuan.
    nominal city TownUnitCost(f64) = |opening, _| opening.unit();
    /// Price of town firms after subsidies, yuan.
    nominal city TownPrice(f64) = |opening, _| opening.unit();
    /// What a town firm unit of productivity one receives, thousand yuan.
    nominal city TownRevenue(f64);
    /// Total cost of town firms, thousand yuan.
    nominal city TownCost(f64);
    /// Representative profit rate of town firms.
    city TownProfitRate(f64);
}

/// What town firms pay.
#[derive(Resource, Clone, Copy, Debug)]
struct TownRule {
    wage_premium: f64,
    land_price: f64,
    labour_share_max: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(Towns { wage_premium, land_price, labour_share_max, .. }) = scenario.mechanisms.towns else { return };
    model.world.insert_resource(TownRule { wage_premium, land_price, labour_share_max });
    model
        .add(Step::SetTownPrices, set_town_prices)
        .add(Step::SellFromTowns, sell_from_towns)
        .add(Step::HireInTowns, hire_in_towns);
}

#[expect(clippy::too_many_arguments, reason = "every factor has its price")]
fn set_town_prices(
    rule: Res<TownRule>,
    unit: Res<MoneyUnit>,
    last_mile: Res<LastMile>,
    industries: Res<IndustryTable>,
    productivity: ByCity<TownProductivity>,
    wage: ByCity<TownWage>,
    capital: Res<CapitalRental>,
    price_index: BySector<PriceIndex>,
    subsidy: ByCity<TownSubsidyRate>,
    mut cost: ByCityMut<TownUnitCost>,
    mut price: ByCityMut<TownPrice>,
) {
    let Some(industry) = industries.in_towns else { return };
    let shares = cost_shares(&industries, industry);
    let substitution = industries.parameters[industry].substitution;
    for place in 0..wage.len() {
        let services = industries.producer_services.map_or(1.0, |services| price_index[services][place]);
        let factors = FactorPrices {
            wage: wage[place],
            rent: rule.land_price * unit.0,
            capital_rental: capital.rental,
            producer_services: town_price_index(services, last_mile.0),
        };
        let unit_cost = unit_cost(&factors, productivity[place], &shares);
        cost[place] = unit_cost;
        price[place] = mill_price(unit_cost, substitution) * (1.0 - subsidy[place]);
    }
}

#[expect(clippy::too_many_arguments, reason = "firms, prices, markets and money meet in a sale")]
fn sell_from_towns(
    tastes: Res<Tastes>,
    last_mile: Res<LastMile>,
    industries: Res<IndustryTable>,
    (count, effective): (ByCity<TownFirms>, ByCity<EffectiveTownFirms>),
    (city_firms, city_revenue): (BySector<Firms>, BySector<Revenue>),
    subsidy: ByCity<TownSubsidyRate>,
    access: BySector<MarketAccess>,
    (unit_cost, price): (ByCity<TownUnitCost>, ByCity<TownPrice>),
    (mut earned, mut cost, mut rate): (ByCityMut<TownRevenue>, ByCityMut<TownCost>, ByCityMut<TownProfitRate>),
    mut ledger: ResMut<Ledger>,
) {
    let Some(industry) = industries.in_towns else { return };
    let numbers = &industries.parameters[industry];
    for place in 0..cost.len() {
        let paid = revenue(price[place] * last_mile.0, access[industry][place], numbers.substitution);
        let received = paid / (1.0 - subsidy[place]);
        let sales = effective[place] * received;
        earned[place] = received;
        cost[place] = producer_cost(
            sales,
            count[place],
            unit_cost[place],
            numbers.fixed_cost,
            numbers.substitution,
            tastes.fixed_input,
        );
        rate[place] = profit_rate(received, unit_cost[place], numbers.fixed_cost, numbers.substitution);
        let from_buyers = effective[place] * (received * (1.0 - subsidy[place]));
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), from_buyers, Payment::Goods);
    }
    if tastes.fixed_input != FixedInput::Composite {
        let mean = mean_over_firms(&city_revenue[industry], &city_firms[industry]);
        for (rate, revenue) in rate.iter_mut().zip(earned.iter()) {
            *rate = relative_return(*revenue, mean);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "farms and town firms share the people of the countryside")]
fn hire_in_towns(
    rule: Res<TownRule>,
    industries: Res<IndustryTable>,
    rural: ByCity<RuralPeople>,
    farmers: ByCity<Farmers>,
    food_sales: ByCity<FoodSales>,
    cost: ByCity<TownCost>,
    mut jobs: ByCityMut<TownJobs>,
    mut wage: ByCityMut<TownWage>,
) {
    let Some(industry) = industries.in_towns else { return };
    let share = cost_shares(&industries, industry).labour;
    for place in 0..jobs.len() {
        let (rural, cost) = (rural[place], cost[place]);
        jobs[place] = if cost > 0.0 && rural > 0.0 {
            town_jobs(share, cost, wage[place], rural).min(rule.labour_share_max * rural)
        } else {
            0.0
        };
        let next = town_wage(rule.wage_premium, food_sales[place], farmers[place]);
        if next > 0.0 {
            wage[place] = next;
        }
    }
}
