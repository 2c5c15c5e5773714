//! Payments: what producers owe for work, land and food is paid, and what they have left goes to owners of capital.

use bevy_ecs::prelude::*;
use economics::cost::{FixedInput, operating_profit};
use scenario::industry::Role;

use super::{Farmers, MarketFlows, Payroll, Step, Tastes, cost_shares};
use crate::accounts::{Holder, Ledger, Payment};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, Incomes, IndustryTable, Markets, Population, Rents};

pub(super) fn add(model: &mut Model) {
    model.add_systems(Phase::Incomes, pay_factors.in_set(Step::Pay));
    model.add_systems(Phase::Incomes, pay_quotas.in_set(Step::Transfers));
    model.add_systems(Phase::Incomes, share_profits.in_set(Step::Profits));
    model.add_systems(Phase::Incomes, state_incomes.in_set(Step::Statement));
}

#[expect(clippy::too_many_arguments, reason = "whoever is owed something is paid here")]
fn pay_factors(
    industries: Res<IndustryTable>,
    market_flows: Res<MarketFlows>,
    farmers: Res<Farmers>,
    payroll: Res<Payroll>,
    markets: Res<Markets>,
    rents: Res<Rents>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    let town_share = industries.in_towns.map_or(0.0, |industry| {
        let shares = cost_shares(&industries, industry);
        shares.labour + shares.land
    });
    for place in 0..payroll.bill.len() {
        let name = place as u16;
        let (producers, city, rural) =
            (Holder::Producers(name), Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let (bill, public) = (payroll.bill[place], payroll.public[place]);
        let farm = market_flows.food_sales[place];
        let towns = town_share * markets.town_cost[place];
        ledger.pay(producers, city, bill - public, Payment::Wages);
        ledger.pay(Holder::Government(name), city, public, Payment::PublicWages);
        ledger.pay(producers, city, rents.spending[place], Payment::Rents);
        ledger.pay(producers, rural, farm, Payment::Food);
        ledger.pay(producers, rural, towns, Payment::Wages);
        incomes.value_added[place] = bill + rents.spending[place] + farm + towns;
        incomes.farm_per_head[place] = farm / farmers.0[place];
    }
}

pub(crate) fn pay_quotas(mut ledger: ResMut<Ledger>, mut incomes: ResMut<Incomes>) {
    let incomes = &mut *incomes;
    for (place, due) in incomes.quota_payment_due.iter_mut().enumerate() {
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, *due, Payment::QuotaPrice);
        *due = 0.0;
    }
    for (place, due) in incomes.quota_revenue_due.iter_mut().enumerate() {
        ledger.pay(Holder::Transit, Holder::RuralHouseholds(place as u16), *due, Payment::QuotaPrice);
        *due = 0.0;
    }
}

/// Operating profit of the goods firms of a place, in its city and in its towns: what entrepreneurs live on where they
/// run their firms.
fn entrepreneurs_income(industries: &IndustryTable, firms: &FirmMass, markets: &Markets, place: usize) -> (f64, f64) {
    let goods = |industry: &usize| industries.roles[*industry] == Role::Goods;
    let city = (0..industries.firms()).filter(goods).map(|industry| {
        let sales = firms.effective[industry][place] * markets.revenue[industry][place];
        operating_profit(sales, industries.parameters[industry].substitution)
    });
    let rural = industries.in_towns.map_or(0.0, |industry| {
        let sales = firms.town_effective[place] * markets.town_revenue[place];
        operating_profit(sales, industries.parameters[industry].substitution)
    });
    (city.sum(), rural)
}

/// What is left is taken by balance, so that producers and money under way end the quarter with exactly nothing. Where
/// the fixed input is mobile skill, operating profit stays in the place and is spent there.
#[expect(clippy::too_many_arguments, reason = "whoever has earned something is paid here")]
fn share_profits(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    markets: Res<Markets>,
    population: Res<Population>,
    mut market_flows: ResMut<MarketFlows>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    for (place, value_added) in incomes.value_added.iter_mut().enumerate() {
        let producers = Holder::Producers(place as u16);
        if tastes.fixed_input == FixedInput::MobileSkilled {
            let (city, rural) = entrepreneurs_income(&industries, &firms, &markets, place);
            ledger.pay(producers, Holder::CityHouseholds(place as u16), city, Payment::OperatingProfit);
            ledger.pay(producers, Holder::RuralHouseholds(place as u16), rural, Payment::OperatingProfit);
            *value_added += city + rural;
        }
        let left = ledger.balance(producers);
        ledger.pay(producers, Holder::Capital, left, Payment::CapitalIncome);
        *value_added += left;
    }
    market_flows.transit_gap = ledger.balance(Holder::Transit);
    ledger.pay(Holder::Transit, Holder::Capital, market_flows.transit_gap, Payment::CapitalIncome);
    let capital_income = ledger.balance(Holder::Capital);
    let owners = sum(&population.owners);
    incomes.capital_per_head = if owners > 0.0 { capital_income / owners } else { 0.0 };
    pay_owners(&population, &mut ledger, Holder::Capital, capital_income, Payment::CapitalIncome);
}

/// Divides an amount among the owners of capital; without owners, among city people, without those, rural people.
pub(super) fn pay_owners(population: &Population, ledger: &mut Ledger, from: Holder, amount: f64, for_what: Payment) {
    let city: fn(u16) -> Holder = Holder::CityHouseholds;
    let (people, holder) = if sum(&population.owners) > 0.0 {
        (&population.owners, city)
    } else if sum(&population.urban) > 0.0 {
        (&population.urban, city)
    } else {
        (&population.rural, Holder::RuralHouseholds as fn(u16) -> Holder)
    };
    let all = sum(people);
    let Some(last) = people.iter().rposition(|&here| here > 0.0) else {
        return;
    };
    let mut left = amount;
    for (place, here) in people.iter().enumerate().take(last) {
        let part = amount * (here / all);
        ledger.pay(from, holder(place as u16), part, for_what);
        left -= part;
    }
    let rest = if from == Holder::Capital { ledger.balance(from) } else { left };
    ledger.pay(from, holder(last as u16), rest, for_what);
}

fn state_incomes(ledger: Res<Ledger>, population: Res<Population>, mut incomes: ResMut<Incomes>) {
    let share = ledger.spending_share();
    for place in 0..incomes.city.len() {
        let name = place as u16;
        let households = ledger.balance(Holder::CityHouseholds(name));
        incomes.city[place] = share * (households + ledger.balance(Holder::Government(name)));
        incomes.rural[place] = share * ledger.balance(Holder::RuralHouseholds(name));
        // What is sent to an empty countryside is nobody's income: it must not look like riches to those who could return.
        let people = population.rural[place];
        incomes.rural_per_head[place] = if people > 0.0 { incomes.rural[place] / people } else { 0.0 };
    }
}

fn sum(column: &[f64]) -> f64 {
    economics::maths::total(column)
}
