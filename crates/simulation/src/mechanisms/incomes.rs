//! Incomes: producers pay for work, land and food, and what households have at the end is stated.
//!
//! - **Reads** [`IndustryTable`], [`PayBill`], [`PublicPayBill`], [`FoodSales`], [`TownCost`], [`LandSpending`],
//!   [`RuralPeople`]. **Writes** [`ValueAdded`], [`CityIncome`], [`RuralIncome`], [`RuralIncomePerHead`], [`Ledger`].
//! - **Phase** [`Phase::Incomes`](crate::step::Phase::Incomes), first and last. **Random numbers** none. **Equation**
//!   none: what is owed is paid.
//! - **Switched off**: it cannot be.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::goods_market::FoodSales;
use crate::mechanisms::population::RuralPeople;
use crate::mechanisms::rent_pressure::LandSpending;
use crate::mechanisms::towns::TownCost;
use crate::mechanisms::wage_setting::{PayBill, PublicPayBill};
use crate::model::Model;
use crate::region::{IndustryTable, cost_shares};
use crate::step::Step;

columns! {
    /// Disposable income of the city's households and government, which the next quarter spends, thousand yuan.
    nominal city CityIncome(f64) =
        |opening, place| opening.scenario.initial.opening_city_income * opening.urban(place) * opening.unit();
    /// The same of the countryside.
    nominal city RuralIncome(f64) = |opening, place| opening.rural(place) * opening.unit();
    /// Income per rural person, yuan a quarter.
    nominal city RuralIncomePerHead(f64) = |opening, _| opening.unit();
    /// Value added of the quarter at current prices, thousand yuan.
    nominal city ValueAdded(f64);
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.add(Step::PayFactors, pay_factors).add(Step::StateIncomes, state_incomes);
}

fn pay_factors(
    industries: Res<IndustryTable>,
    food_sales: ByCity<FoodSales>,
    (pay_bill, public_pay): (ByCity<PayBill>, ByCity<PublicPayBill>),
    town_cost: ByCity<TownCost>,
    land_spending: ByCity<LandSpending>,
    mut value_added: ByCityMut<ValueAdded>,
    mut ledger: ResMut<Ledger>,
) {
    let town_share = industries.in_towns.map_or(0.0, |industry| {
        let shares = cost_shares(&industries, industry);
        shares.labour + shares.land
    });
    for place in 0..pay_bill.len() {
        let name = place as u16;
        let (producers, city, rural) =
            (Holder::Producers(name), Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let (bill, public) = (pay_bill[place], public_pay[place]);
        let farm = food_sales[place];
        let towns = town_share * town_cost[place];
        ledger.pay(producers, city, bill - public, Payment::Wages);
        ledger.pay(Holder::Government(name), city, public, Payment::PublicWages);
        ledger.pay(producers, city, land_spending[place], Payment::Rents);
        ledger.pay(producers, rural, farm, Payment::Food);
        ledger.pay(producers, rural, towns, Payment::Wages);
        value_added[place] = bill + land_spending[place] + farm + towns;
    }
}

fn state_incomes(
    ledger: Res<Ledger>,
    rural_people: ByCity<RuralPeople>,
    mut city: ByCityMut<CityIncome>,
    mut rural: ByCityMut<RuralIncome>,
    mut rural_per_head: ByCityMut<RuralIncomePerHead>,
) {
    let share = ledger.spending_share();
    for place in 0..city.len() {
        let name = place as u16;
        let households = ledger.balance(Holder::CityHouseholds(name));
        city[place] = share * (households + ledger.balance(Holder::Government(name)));
        rural[place] = share * ledger.balance(Holder::RuralHouseholds(name));
        // What is sent to an empty countryside is no income of anyone: it must not attract those who could return.
        let people = rural_people[place];
        rural_per_head[place] = if people > 0.0 { rural[place] / people } else { 0.0 };
    }
}
