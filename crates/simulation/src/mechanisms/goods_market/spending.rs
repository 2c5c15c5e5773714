//! Spending: what is held is spent, on food first.

use bevy_ecs::prelude::*;
use economics::fiscal::spending_split;
use economics::goods_market::{
    Accounts, expenditure, food_expenditure, food_price, goods_income, housing_expenditure, rural_scale,
    supernumerary_income,
};
use economics::maths::total;

use super::{
    CityExpenditure, CitySupernumerary, Expenditure, FoodMarginMin, FoodPrice, FoodSales, HousingSpending, IndexPower,
    RuralExpenditure, RuralSupernumerary, Tastes,
};
use crate::accounts::{Audit, Breach, Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut};
use crate::clock::Clock;
use crate::mechanisms::agriculture::FoodOutput;
use crate::mechanisms::consumer_services::ConsumerSpending;
use crate::mechanisms::fiscal::FiscalRates;
use crate::mechanisms::population::{Citizens, Migrants, RuralPeople, UrbanPeople};
use crate::mechanisms::wage_setting::PublicPayBill;
use crate::region::IndustryTable;

/// Government buys for its residents, so what it spends joins the basket of the city's households.
#[expect(clippy::too_many_arguments, reason = "all that is earned and grown meets here")]
pub(super) fn spend_on_food(
    clock: Res<Clock>,
    tastes: Res<Tastes>,
    fiscal: Option<Res<FiscalRates>>,
    margin: Res<FoodMarginMin>,
    (urban, rural): (ByCity<UrbanPeople>, ByCity<RuralPeople>),
    food_output: ByCity<FoodOutput>,
    (mut city_spends, mut rural_spends): (ByCityMut<CityExpenditure>, ByCityMut<RuralExpenditure>),
    (mut city_above, mut rural_above): (ByCityMut<CitySupernumerary>, ByCityMut<RuralSupernumerary>),
    mut public_pay: ByCityMut<PublicPayBill>,
    mut food_sales: ByCityMut<FoodSales>,
    mut price: ResMut<FoodPrice>,
    mut ledger: ResMut<Ledger>,
    mut audit: ResMut<Audit>,
) {
    let shares = &tastes.shares;
    let wage_share = fiscal.map_or(0.0, |rates| rates.public_wage_share);
    let spent = ledger.spending_share();
    for place in 0..city_spends.len() {
        let name = place as u16;
        let (city, government) = (Holder::CityHouseholds(name), Holder::Government(name));
        let private = spent * ledger.balance(city);
        let (wages, purchases) = spending_split((spent * ledger.balance(government)).max(0.0), wage_share);
        ledger.pay(government, city, purchases, Payment::PublicPurchases);
        public_pay[place] = wages;
        city_spends[place] = (private + purchases).max(0.0);
        rural_spends[place] = (spent * ledger.balance(Holder::RuralHouseholds(name))).max(0.0);
    }
    let output = total(&food_output);
    let accounts =
        Accounts { city_income: &city_spends, city_people: &urban, rural_income: &rural_spends, rural_people: &rural };
    let needed = (1.0 + margin.0) * shares.subsistence * (total(&urban) + total(&rural));
    match food_price(&accounts, output, shares).filter(|_| output >= needed) {
        Some(found) => price.0 = found,
        None => audit.report(Breach { tick: clock.tick, account: "food".to_owned(), expected: needed, found: output }),
    }
    let rural_share = shares.food * rural_scale(shares);
    let mut sold = 0.0;
    for place in 0..city_spends.len() {
        let name = place as u16;
        let above = |income: f64, people: f64| supernumerary_income(income, people, price.0, shares.subsistence);
        city_above[place] = above(city_spends[place], urban[place]);
        rural_above[place] = above(rural_spends[place], rural[place]);
        let by_city = food_expenditure(city_spends[place], city_above[place], shares.food);
        let by_rural = food_expenditure(rural_spends[place], rural_above[place], rural_share);
        ledger.pay(Holder::CityHouseholds(name), Holder::Transit, by_city, Payment::Food);
        ledger.pay(Holder::RuralHouseholds(name), Holder::Transit, by_rural, Payment::Food);
        sold += by_city + by_rural;
    }
    for (place, (sales, grown)) in food_sales.iter_mut().zip(food_output.iter()).enumerate() {
        *sales = if output > 0.0 { sold * (grown / output) } else { 0.0 };
        ledger.pay(Holder::Transit, Holder::Producers(place as u16), *sales, Payment::Food);
    }
}

/// Nothing is spent on an industry that no variety of reaches the place; that money stays with its holder.
#[expect(clippy::too_many_arguments, reason = "a basket has many things in it")]
pub(super) fn spend_on_goods(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    (citizens, migrants, urban): (ByCity<Citizens>, ByCity<Migrants>, ByCity<UrbanPeople>),
    (city_above, rural_above): (ByCity<CitySupernumerary>, ByCity<RuralSupernumerary>),
    power: BySector<IndexPower>,
    mut housing: ByCityMut<HousingSpending>,
    mut consumer_spending: ByCityMut<ConsumerSpending>,
    mut spent: BySectorMut<Expenditure>,
    mut ledger: ResMut<Ledger>,
) {
    let shares = &tastes.shares;
    let scale = rural_scale(shares);
    for place in 0..urban.len() {
        let name = place as u16;
        let (city, rural) = (Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let (above, migrants) = (city_above[place], migrants[place]);
        let migrant_share = migrants / urban[place].max(1e-9);
        let income = goods_income(above, migrant_share, tastes.migrant_housing, shares);
        housing[place] = housing_expenditure(above, citizens[place], migrants, tastes.migrant_housing, shares);
        consumer_spending[place] = shares.consumer_services * income;
        ledger.pay(city, Holder::Producers(name), housing[place], Payment::Rents);
        ledger.pay(city, Holder::Producers(name), consumer_spending[place], Payment::Services);
        for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
            let reached = power[industry][place] > 0.0;
            let share = if reached { industries.parameters[industry].expenditure_share } else { 0.0 };
            let by_rural = expenditure(share, 0.0, rural_above[place], scale);
            let by_city = share * income;
            spent[industry][place] = by_city + by_rural;
            ledger.pay(city, Holder::Transit, by_city, Payment::Goods);
            ledger.pay(rural, Holder::Transit, by_rural, Payment::Goods);
        }
    }
}
