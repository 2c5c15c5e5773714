//! Programmes: what measures cost is financed by a levy on pay, or by debt of the place's government.
//!
//! - **Reads** [`SubsidyFinance`], [`SubsidiesPaid`], [`PayBill`], [`CapitalOwners`], [`UrbanPeople`], [`RuralPeople`].
//!   **Writes** [`OutlayByLevy`], [`OutlayByDebt`], [`RuralOutlayByLevy`], [`RuralOutlayByDebt`], [`ProgrammeCost`],
//!   [`GovernmentDebt`], [`LevyRate`], [`PublicSpending`], [`Ledger`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy) (levers bill outlays),
//!   [`Phase::Incomes`](crate::step::Phase::Incomes). **Random numbers** none. **Equations**
//!   [`economics::fiscal::programme_rate`], [`economics::fiscal::next_debt`].
//! - **Without public finance** governments cannot borrow, and the levy pays for everything.
//! - **Switched off**: it cannot be; without measures nothing is billed and nothing levied.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::fiscal::{next_debt, programme_rate};
use economics::maths::total;
use scenario::levers::Finance;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::capital::Owners;
use crate::mechanisms::public_services::PublicSpending;
use crate::mechanisms::subsidies::{SubsidiesPaid, SubsidyFinance};
use crate::mechanisms::wage_setting::PayBill;
use crate::model::Model;
use crate::snapshot::{city, resource};
use crate::step::Step;

#[cfg(doc)]
use crate::mechanisms::population::{CapitalOwners, RuralPeople, UrbanPeople};

columns! {
    /// Outlay of the quarter that a levy on pay finances, paid to city households that the programme employs, thousand
    /// yuan.
    nominal city OutlayByLevy(f64);
    /// The same, financed by debt of the place's government.
    nominal city OutlayByDebt(f64);
    /// Outlay that a levy on pay finances, paid to rural households of the place, thousand yuan.
    nominal city RuralOutlayByLevy(f64);
    /// The same, financed by debt.
    nominal city RuralOutlayByDebt(f64);
    /// Debt of the place's government, owed to owners of capital, thousand yuan.
    nominal city GovernmentDebt(f64);
    /// People who have settled since the start, thousand persons: their services are a programme's cost.
    city NewlySettled(f64);
}

/// What a programme's money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlay {
    /// Services that people receive who settled under a changed rule.
    SettlersServices,
    /// Added spending on public services.
    ServiceReform,
    /// Roads and railways.
    Transport,
    /// Flats for merged villages.
    VillageConsolidation,
    /// Subsidies of firms, parks included.
    Subsidies,
}

impl Outlay {
    /// All of them, in the order of [`ProgrammeCost::by_purpose`].
    pub const ALL: [Self; 5] =
        [Self::SettlersServices, Self::ServiceReform, Self::Transport, Self::VillageConsolidation, Self::Subsidies];
}

/// What all programmes cost in the quarter, thousand yuan.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeCost {
    /// In all.
    pub total: f64,
    /// By what it is for, in the order of [`Outlay`]. It is added up again in each quarter, so it is not part of the state.
    #[serde(skip)]
    pub by_purpose: [f64; Outlay::ALL.len()],
}

impl ProgrammeCost {
    fn add(&mut self, purpose: Outlay, amount: f64) {
        self.total += amount;
        self.by_purpose[purpose as usize] += amount;
    }
}

/// Levy on pay that finances programmes in the quarter, share.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct LevyRate(pub f64);

/// How governments borrow. Without public finance they cannot: a levy then pays for everything.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
struct DebtTerms {
    /// Whether governments can borrow.
    allowed: bool,
    /// Interest a quarter.
    interest: f64,
    /// Share of debt repaid in a quarter.
    repayment: f64,
}

/// Who is paid by a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// Households in the city of the place: public employees, builders.
    City,
    /// Households in its countryside.
    Countryside,
}

/// Outlays of the quarter, to which levers add theirs.
#[derive(SystemParam)]
pub struct Outlays<'w> {
    by_levy: ByCityMut<'w, OutlayByLevy>,
    by_debt: ByCityMut<'w, OutlayByDebt>,
    rural_by_levy: ByCityMut<'w, RuralOutlayByLevy>,
    rural_by_debt: ByCityMut<'w, RuralOutlayByDebt>,
    cost: ResMut<'w, ProgrammeCost>,
}

impl Outlays<'_> {
    /// Adds an outlay (thousand yuan) at a place: it is financed, paid out and reported.
    pub fn bill(&mut self, purpose: Outlay, place: usize, payee: Payee, financed_by: Finance, amount: f64) {
        let outlay: &mut [f64] = match (payee, financed_by) {
            (Payee::City, Finance::Wages) => &mut self.by_levy,
            (Payee::City, Finance::CityDebt) => &mut self.by_debt,
            (Payee::Countryside, Finance::Wages) => &mut self.rural_by_levy,
            (Payee::Countryside, Finance::CityDebt) => &mut self.rural_by_debt,
        };
        outlay[place] += amount;
        self.cost.add(purpose, amount);
    }
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    add_outlays(model, scenario);
    let fiscal = scenario.mechanisms.fiscal.as_ref();
    model.world.insert_resource(DebtTerms {
        allowed: fiscal.is_some(),
        interest: fiscal.map_or(0.0, |block| block.debt_interest),
        repayment: fiscal.map_or(0.0, |block| block.debt_repayment),
    });
    model.world.insert_resource(LevyRate::default());
    let mut pieces = vec![city::<OutlayByLevy>(), city::<OutlayByDebt>()];
    pieces.extend([city::<RuralOutlayByLevy>(), city::<RuralOutlayByDebt>()]);
    pieces.extend([city::<GovernmentDebt>(), resource::<ProgrammeCost>(), city::<NewlySettled>()]);
    model.keep_pieces("programmes", pieces);
    model.add(Step::FinanceProgrammes, finance_programmes).add(Step::ServeDebt, serve_debt);
}

/// Adds what levers bill to, without anyone who pays.
pub(super) fn add_outlays(model: &mut Model, _: &Scenario) {
    model.world.insert_resource(ProgrammeCost::default());
    model.add(Step::ResetOutlays, reset_cost);
}

fn reset_cost(mut cost: ResMut<ProgrammeCost>) {
    *cost = ProgrammeCost::default();
}

#[expect(clippy::too_many_arguments, reason = "it brings payers and recipients together")]
fn finance_programmes(
    terms: Res<DebtTerms>,
    finance: Res<SubsidyFinance>,
    owners: Owners,
    pay_bill: ByCity<PayBill>,
    subsidies: ByCity<SubsidiesPaid>,
    mut outlays: Outlays,
    mut debt: ByCityMut<GovernmentDebt>,
    mut levy_rate: ResMut<LevyRate>,
    mut ledger: ResMut<Ledger>,
) {
    let pay = total(&pay_bill);
    let debt_share = if terms.allowed { finance.debt_share() } else { 0.0 };
    let mut levied = 0.0;
    for place in 0..pay_bill.len() {
        let subsidies = subsidies[place];
        let mut by_levy = outlays.by_levy[place] + outlays.rural_by_levy[place];
        let mut by_debt = outlays.by_debt[place] + outlays.rural_by_debt[place];
        if !terms.allowed {
            by_levy += by_debt;
            by_debt = 0.0;
        }
        let borrowed = by_debt + debt_share * subsidies;
        levied += by_levy + (1.0 - debt_share) * subsidies;
        if borrowed != 0.0 {
            let government = Holder::Government(place as u16);
            owners.lend(&mut ledger, borrowed);
            ledger.pay(Holder::Transit, government, borrowed, Payment::Loan);
            ledger.pay(government, Holder::Transit, borrowed, Payment::ProgrammeOutlay);
            debt[place] += borrowed;
        }
        let name = place as u16;
        let city = outlays.by_levy[place] + outlays.by_debt[place];
        let rural = outlays.rural_by_levy[place] + outlays.rural_by_debt[place];
        ledger.pay(Holder::Transit, Holder::Producers(name), subsidies, Payment::Subsidy);
        ledger.pay(Holder::Transit, Holder::CityHouseholds(name), city, Payment::ProgrammeOutlay);
        ledger.pay(Holder::Transit, Holder::RuralHouseholds(name), rural, Payment::ProgrammeOutlay);
        outlays.cost.add(Outlay::Subsidies, subsidies);
    }
    levy_rate.0 = if pay > 0.0 { programme_rate(levied, pay) } else { 0.0 };
    if pay <= 0.0 {
        // Where nobody is paid for work, owners of capital bear the levy.
        owners.lend(&mut ledger, levied);
    }
    for (place, bill) in pay_bill.iter().enumerate() {
        let levy = levy_rate.0 * bill;
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, levy, Payment::Levy);
    }
    outlays.by_levy.fill(0.0);
    outlays.by_debt.fill(0.0);
    outlays.rural_by_levy.fill(0.0);
    outlays.rural_by_debt.fill(0.0);
}

fn serve_debt(
    terms: Res<DebtTerms>,
    owners: Owners,
    mut debt: ByCityMut<GovernmentDebt>,
    mut spending: ByCityMut<PublicSpending>,
    mut ledger: ResMut<Ledger>,
) {
    for (place, debt) in debt.iter_mut().enumerate() {
        if *debt <= 0.0 {
            continue;
        }
        let government = Holder::Government(place as u16);
        let due = (terms.interest + terms.repayment) * *debt;
        let paid = due.min(spending[place]).min(ledger.balance(government)).max(0.0);
        ledger.pay(government, Holder::Transit, paid, Payment::Repayment);
        owners.pay(&mut ledger, Holder::Transit, paid, Payment::Repayment);
        spending[place] -= paid;
        *debt = next_debt(*debt, terms.interest, 0.0, paid);
    }
}

#[cfg(test)]
mod tests {
    use bevy_ecs::system::RunSystemOnce;

    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::testing::small;

    #[test]
    fn a_bill_lands_in_the_column_of_who_pays_and_who_is_paid() {
        let (mut model, scenario) = small(1, |_| {});
        add_outlays(&mut model, &scenario);
        let bill_all = |mut outlays: Outlays| {
            outlays.bill(Outlay::Transport, 0, Payee::City, Finance::Wages, 1.0);
            outlays.bill(Outlay::Transport, 0, Payee::City, Finance::CityDebt, 2.0);
            outlays.bill(Outlay::Transport, 0, Payee::Countryside, Finance::Wages, 4.0);
            outlays.bill(Outlay::ServiceReform, 0, Payee::Countryside, Finance::CityDebt, 8.0);
        };
        model.world.run_system_once(bill_all).unwrap();
        let world = &model.world;
        let city = [world.by_city::<OutlayByLevy>()[0], world.by_city::<OutlayByDebt>()[0]];
        let rural = [world.by_city::<RuralOutlayByLevy>()[0], world.by_city::<RuralOutlayByDebt>()[0]];
        assert_eq!((city, rural), ([1.0, 2.0], [4.0, 8.0]));
        let cost = ProgrammeCost { total: 15.0, by_purpose: [0.0, 8.0, 7.0, 0.0, 0.0] };
        assert_eq!(*world.resource::<ProgrammeCost>(), cost);
    }
}
