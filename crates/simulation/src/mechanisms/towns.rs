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
use economics::cost::{FactorPrices, FixedInput};
use economics::firms::{mean_over_firms, relative_return};
use economics::producer_services::town_price_index;
use scenario::mechanisms::towns::Towns;
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, BySector, columns};
use crate::mechanisms::agriculture::Farmers;
use crate::mechanisms::capital::CapitalRental;
use crate::mechanisms::firms::{EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::{FoodSales, MarketAccess, PriceIndex, Revenue, Sellers, Tastes, set_prices};
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
    let factors = |place: usize| {
        let services = industries.producer_services.map_or(1.0, |services| price_index[services][place]);
        FactorPrices {
            wage: wage[place],
            rent: rule.land_price * unit.0,
            capital_rental: capital.rental,
            producer_services: town_price_index(services, last_mile.0),
        }
    };
    set_prices(&industries, industry, factors, &productivity, &subsidy, (&mut cost, &mut price));
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
        let sellers = Sellers {
            firms: count[place],
            varieties: effective[place],
            unit_cost: unit_cost[place],
            price: price[place] * last_mile.0,
            subsidy: subsidy[place],
        };
        let sold = sellers.sell(access[industry][place], numbers, tastes.fixed_input);
        earned[place] = sold.revenue;
        cost[place] = sold.cost;
        rate[place] = sold.profit_rate;
        let from_buyers = sellers.varieties * (sold.revenue * (1.0 - sellers.subsidy));
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
