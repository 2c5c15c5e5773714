//! The money accounts: all money is there, every holder's account adds up, and markets spent what was held.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`FiscalRates`], [`TransitGap`], [`CityExpenditure`], [`RuralExpenditure`],
//!   [`RuralIncome`]. **Writes** [`Ledger`], [`Audit`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy) (the quarter's opening balances),
//!   [`Phase::Accounts`](crate::step::Phase::Accounts). **Random numbers** none.

use bevy_ecs::prelude::*;
use economics::fiscal::spending_split;
use scenario::scenario::Scenario;

use crate::accounts::{Audit, Holder, Ledger};
use crate::agents::city::ByCity;
use crate::clock::Clock;
use crate::mechanisms::capital::TransitGap;
use crate::mechanisms::fiscal::FiscalRates;
use crate::mechanisms::goods_market::{CityExpenditure, RuralExpenditure};
use crate::mechanisms::incomes::RuralIncome;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

/// Opens the ledger in each quarter, and audits it.
pub fn add(model: &mut Model, _: &Scenario) {
    model
        .add(Step::StartQuarter, start_quarter)
        .add(Step::AuditMoney, audit_money)
        .add(Step::AuditExpenditure, audit_expenditure);
}

fn start_quarter(clock: Res<Clock>, mut ledger: ResMut<Ledger>) {
    ledger.start_quarter(clock.burning_in);
}

/// All money there was is there; every holder's account adds up; who holds money only in passing holds none.
fn audit_money(
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    transit_gap: Res<TransitGap>,
    ledger: Res<Ledger>,
    mut audit: ResMut<Audit>,
) {
    let tick = clock.tick;
    let turnover = ledger.turnover();
    let stock = ledger.stock();
    audit.expect(tick, || "money".to_owned(), stock, ledger.money(), stock.abs().max(turnover));
    for holder in ledger.holders() {
        let account = ledger.account(holder);
        let scale = account.opening.abs() + account.received.abs() + account.paid.abs();
        let closing = account.opening + account.received - account.paid;
        audit.expect(tick, || holder.account(&table), closing, account.balance, scale);
        if matches!(holder, Holder::Producers(_) | Holder::Capital | Holder::Leavers | Holder::Transit) {
            audit.expect(tick, || holder.account(&table), 0.0, account.balance, scale.max(turnover));
        }
    }
    audit.expect(tick, || "markets".to_owned(), 0.0, transit_gap.0, turnover);
}

/// What goods markets took for income is what the ledger held when the quarter began, and the income stated is held now.
#[expect(clippy::too_many_arguments, reason = "it compares what others computed")]
fn audit_expenditure(
    clock: Res<Clock>,
    fiscal: Option<Res<FiscalRates>>,
    table: Res<PlaceTable>,
    city_expenditure: ByCity<CityExpenditure>,
    rural_expenditure: ByCity<RuralExpenditure>,
    rural_income: ByCity<RuralIncome>,
    ledger: Res<Ledger>,
    mut audit: ResMut<Audit>,
) {
    let share = ledger.spending_share();
    let wage_share = fiscal.map_or(0.0, |rates| rates.public_wage_share);
    let opening = |holder: Holder| ledger.account(holder).opening;
    for place in 0..city_expenditure.len() {
        let name = place as u16;
        let (city, rural) = (Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let (_, public) = spending_split((share * opening(Holder::Government(name))).max(0.0), wage_share);
        let held = (share * opening(city) + public).max(0.0);
        audit.expect(clock.tick, || city.account(&table), held, city_expenditure[place], held);
        let held = (share * opening(rural)).max(0.0);
        audit.expect(clock.tick, || rural.account(&table), held, rural_expenditure[place], held);
        let stated = share * ledger.balance(rural);
        audit.expect(clock.tick, || rural.account(&table), stated, rural_income[place], stated);
    }
}
