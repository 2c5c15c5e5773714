//! Programmes: subsidies and outlays are financed by a levy on pay, or by debt of the place's government.

use bevy_ecs::prelude::*;
use economics::fiscal::{next_debt, programme_rate};
use economics::maths::total;
use scenario::scenario::Scenario;

use super::payments::pay_owners;
use super::{MarketFlows, Payroll, Step};
use crate::accounts::{Holder, Ledger, Payment};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, Incomes, IndustryTable, Markets, Outlay, Population, Programme, Services, SubsidyRates};

/// How governments borrow. Without public finance they cannot: a levy then pays for everything.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct DebtTerms {
    /// Whether governments can borrow.
    pub allowed: bool,
    /// Interest a quarter.
    pub interest: f64,
    /// Share of debt repaid in a quarter.
    pub repayment: f64,
}

impl DebtTerms {
    /// Of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let block = scenario.mechanisms.fiscal.clone();
        let allowed = block.is_some();
        let block = block.unwrap_or_default();
        Self { allowed, interest: block.debt_interest, repayment: block.debt_repayment }
    }
}

pub(super) fn add(model: &mut Model) {
    model.add_systems(Phase::Incomes, (count_subsidies, finance_programmes).chain().in_set(Step::Programmes));
    model.add_systems(Phase::Incomes, serve_debt.in_set(Step::DebtService));
}

fn count_subsidies(
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    rates: Res<SubsidyRates>,
    markets: Res<Markets>,
    mut market_flows: ResMut<MarketFlows>,
) {
    let subsidies = &mut market_flows.subsidies;
    subsidies.fill(0.0);
    for industry in 0..industries.firms() {
        for (place, subsidy) in subsidies.iter_mut().enumerate() {
            let sales = firms.effective[industry][place] * markets.revenue[industry][place];
            *subsidy += rates.city[industry][place] * sales;
        }
    }
    if industries.in_towns.is_some() {
        for (place, subsidy) in subsidies.iter_mut().enumerate() {
            *subsidy += rates.town[place] * (firms.town_effective[place] * markets.town_revenue[place]);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "it brings payers and recipients together")]
fn finance_programmes(
    terms: Res<DebtTerms>,
    rates: Res<SubsidyRates>,
    population: Res<Population>,
    payroll: Res<Payroll>,
    market_flows: Res<MarketFlows>,
    mut programme: ResMut<Programme>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    let programme = &mut *programme;
    let pay = total(&payroll.bill);
    let debt_share = if terms.allowed { rates.debt_share } else { 0.0 };
    let mut levied = 0.0;
    for place in 0..payroll.bill.len() {
        let subsidies = market_flows.subsidies[place];
        let mut by_levy = programme.outlay_wages[place] + programme.outlay_rural_wages[place];
        let mut by_debt = programme.outlay_debt[place] + programme.outlay_rural_debt[place];
        if !terms.allowed {
            by_levy += by_debt;
            by_debt = 0.0;
        }
        let borrowed = by_debt + debt_share * subsidies;
        levied += by_levy + (1.0 - debt_share) * subsidies;
        if borrowed != 0.0 {
            let government = Holder::Government(place as u16);
            take_from_owners(&population, &mut ledger, borrowed);
            ledger.pay(Holder::Transit, government, borrowed, Payment::Loan);
            ledger.pay(government, Holder::Transit, borrowed, Payment::ProgrammeOutlay);
            programme.debt[place] += borrowed;
        }
        let name = place as u16;
        let city = programme.outlay_wages[place] + programme.outlay_debt[place];
        let rural = programme.outlay_rural_wages[place] + programme.outlay_rural_debt[place];
        ledger.pay(Holder::Transit, Holder::Producers(name), subsidies, Payment::Subsidy);
        ledger.pay(Holder::Transit, Holder::CityHouseholds(name), city, Payment::ProgrammeOutlay);
        ledger.pay(Holder::Transit, Holder::RuralHouseholds(name), rural, Payment::ProgrammeOutlay);
        programme.cost += subsidies;
        programme.outlays[Outlay::Subsidies as usize] += subsidies;
    }
    incomes.levy_rate = if pay > 0.0 { programme_rate(levied, pay) } else { 0.0 };
    if pay <= 0.0 {
        // Where nobody is paid for work, owners of capital bear the levy.
        take_from_owners(&population, &mut ledger, levied);
    }
    for (place, bill) in payroll.bill.iter().enumerate() {
        let levy = incomes.levy_rate * bill;
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, levy, Payment::Levy);
    }
    for outlay in [
        &mut programme.outlay_wages,
        &mut programme.outlay_debt,
        &mut programme.outlay_rural_wages,
        &mut programme.outlay_rural_debt,
    ] {
        outlay.fill(0.0);
    }
}

/// Owners of capital lend in proportion to their number.
fn take_from_owners(population: &Population, ledger: &mut Ledger, amount: f64) {
    pay_owners(population, ledger, Holder::Transit, -amount, Payment::Loan);
}

fn serve_debt(
    terms: Res<DebtTerms>,
    population: Res<Population>,
    mut programme: ResMut<Programme>,
    mut services: ResMut<Services>,
    mut ledger: ResMut<Ledger>,
) {
    for (place, debt) in programme.debt.iter_mut().enumerate() {
        if *debt <= 0.0 {
            continue;
        }
        let government = Holder::Government(place as u16);
        let due = (terms.interest + terms.repayment) * *debt;
        let paid = due.min(services.spending[place]).min(ledger.balance(government)).max(0.0);
        ledger.pay(government, Holder::Transit, paid, Payment::Repayment);
        pay_owners(&population, &mut ledger, Holder::Transit, paid, Payment::Repayment);
        services.spending[place] -= paid;
        *debt = next_debt(*debt, terms.interest, 0.0, paid);
    }
}
