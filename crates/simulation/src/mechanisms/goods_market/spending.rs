//! Spending: what is held is spent, on food first.

use bevy_ecs::prelude::*;
use economics::fiscal::spending_split;
use economics::goods_market::{
    Accounts, expenditure, food_expenditure, food_price, goods_income, housing_expenditure, rural_scale,
    supernumerary_income,
};
use economics::maths::total;
use scenario::industry::Role;

use super::FoodMarginMin;
use crate::accounts::{Audit, Breach, Holder, Ledger, Payment};
use crate::clock::Clock;
use crate::economy::{MarketFlows, Payroll, Tastes};
use crate::mechanisms::fiscal::FiscalRates;
use crate::places::{IndustryTable, Markets, Population, Prices};

/// Government buys for its residents, so what it spends joins the basket of the city's households.
#[expect(clippy::too_many_arguments, reason = "all that is earned and grown meets here")]
pub(super) fn spend_on_food(
    clock: Res<Clock>,
    tastes: Res<Tastes>,
    fiscal: Option<Res<FiscalRates>>,
    margin: Res<FoodMarginMin>,
    population: Res<Population>,
    mut ledger: ResMut<Ledger>,
    mut market_flows: ResMut<MarketFlows>,
    mut payroll: ResMut<Payroll>,
    mut markets: ResMut<Markets>,
    mut prices: ResMut<Prices>,
    mut audit: ResMut<Audit>,
) {
    let (market_flows, markets, shares) = (&mut *market_flows, &mut *markets, &tastes.shares);
    let wage_share = fiscal.map_or(0.0, |rates| rates.public_wage_share);
    let spent = ledger.spending_share();
    for place in 0..market_flows.city.len() {
        let name = place as u16;
        let (city, government) = (Holder::CityHouseholds(name), Holder::Government(name));
        let private = spent * ledger.balance(city);
        let (wages, purchases) = spending_split((spent * ledger.balance(government)).max(0.0), wage_share);
        ledger.pay(government, city, purchases, Payment::PublicPurchases);
        payroll.public[place] = wages;
        market_flows.city[place] = (private + purchases).max(0.0);
        market_flows.rural[place] = (spent * ledger.balance(Holder::RuralHouseholds(name))).max(0.0);
    }
    let output = total(&markets.food_output);
    let accounts = Accounts {
        city_income: &market_flows.city,
        city_people: &population.urban,
        rural_income: &market_flows.rural,
        rural_people: &population.rural,
    };
    let needed = (1.0 + margin.0) * shares.subsistence * (total(&population.urban) + total(&population.rural));
    let price = food_price(&accounts, output, shares).filter(|_| output >= needed);
    match price {
        Some(price) => prices.food = price,
        None => audit.report(Breach { tick: clock.tick, account: "food".to_owned(), expected: needed, found: output }),
    }
    let rural_share = shares.food * rural_scale(shares);
    let mut sold = 0.0;
    for place in 0..market_flows.city.len() {
        let name = place as u16;
        let above = |income: f64, people: f64| supernumerary_income(income, people, prices.food, shares.subsistence);
        let city = above(market_flows.city[place], population.urban[place]);
        let rural = above(market_flows.rural[place], population.rural[place]);
        markets.supernumerary_city[place] = city;
        markets.supernumerary_rural[place] = rural;
        let by_city = food_expenditure(market_flows.city[place], city, shares.food);
        let by_rural = food_expenditure(market_flows.rural[place], rural, rural_share);
        ledger.pay(Holder::CityHouseholds(name), Holder::Transit, by_city, Payment::Food);
        ledger.pay(Holder::RuralHouseholds(name), Holder::Transit, by_rural, Payment::Food);
        sold += by_city + by_rural;
    }
    for (place, (sales, grown)) in market_flows.food_sales.iter_mut().zip(&markets.food_output).enumerate() {
        *sales = if output > 0.0 { sold * (grown / output) } else { 0.0 };
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), *sales, Payment::Food);
    }
}

/// Nothing is spent on an industry that no variety of reaches the place; that money stays with its holder.
pub(super) fn spend_on_goods(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    population: Res<Population>,
    mut ledger: ResMut<Ledger>,
    mut market_flows: ResMut<MarketFlows>,
    mut markets: ResMut<Markets>,
) {
    let (market_flows, markets, shares) = (&mut *market_flows, &mut *markets, &tastes.shares);
    let scale = rural_scale(shares);
    for place in 0..market_flows.city.len() {
        let name = place as u16;
        let (city, rural) = (Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let above = markets.supernumerary_city[place];
        let migrants = population.migrants_total[place];
        let migrant_share = migrants / population.urban[place].max(1e-9);
        let income = goods_income(above, migrant_share, tastes.migrant_housing, shares);
        let housing = housing_expenditure(above, population.citizens[place], migrants, tastes.migrant_housing, shares);
        market_flows.goods_income[place] = income;
        market_flows.housing[place] = housing;
        markets.consumer_spending[place] = shares.consumer_services * income;
        ledger.pay(city, Holder::Producers(name), housing, Payment::Rents);
        ledger.pay(city, Holder::Producers(name), markets.consumer_spending[place], Payment::Services);
        for industry in 0..industries.firms() {
            if industries.roles[industry] != Role::Goods {
                continue;
            }
            let reached = market_flows.index_power[industry][place] > 0.0;
            let share = if reached { industries.parameters[industry].expenditure_share } else { 0.0 };
            let by_rural = expenditure(share, 0.0, markets.supernumerary_rural[place], scale);
            let by_city = share * income;
            markets.expenditure[industry][place] = by_city + by_rural;
            ledger.pay(city, Holder::Transit, by_city, Payment::Goods);
            ledger.pay(rural, Holder::Transit, by_rural, Payment::Goods);
        }
    }
}
