//! The audit: accounts close in every quarter, or the run stops and says which does not.
//!
//! - **Reads** the [`Ledger`] and what markets used. **Writes** [`Audit`]. **Phase** [`Phase::Accounts`], in the order
//!   of [`AuditStep`]. **Chance** none.

use bevy_ecs::prelude::*;
use economics::fiscal::spending_split;

use crate::accounts::{Audit, Breach, Holder, Ledger};
use crate::clock::Clock;
use crate::economy::MarketFlows;
use crate::mechanisms::fiscal::FiscalRates;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Incomes, PlaceTable};
use crate::plugin::Plugin;

/// Relative error of floating-point sums that counts as none.
const TOLERANCE: f64 = 1e-9;

/// The order of audits: each writes the first breach only, so they never race.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditStep {
    /// Money.
    Money,
    /// Land.
    Land,
    /// People.
    People,
}

/// Audits of money; people and land add theirs in their [`AuditStep`].
pub struct AuditPlugin;

impl Plugin for AuditPlugin {
    fn build(&self, model: &mut Model) {
        model.configure_sets((AuditStep::Money, AuditStep::Land, AuditStep::People).chain().in_set(Phase::Accounts));
        model.add_systems(Phase::Accounts, (audit_money, audit_expenditure).chain().in_set(AuditStep::Money));
    }
}

impl Audit {
    /// Notes a breach, unless one was found before.
    pub fn report(&mut self, breach: Breach) {
        self.0.get_or_insert(breach);
    }

    /// Notes a breach if what is found differs from what is expected by more than rounding of sums of `scale`.
    pub fn expect(&mut self, tick: u32, account: impl FnOnce() -> String, expected: f64, found: f64, scale: f64) {
        let allowed = TOLERANCE * scale.abs().max(f64::MIN_POSITIVE);
        if (found - expected).abs() <= allowed {
            return;
        }
        self.report(Breach { tick, account: account(), expected, found });
    }
}

impl Holder {
    /// Name of the holder's account, as in `producers of zhengzhou`.
    #[must_use]
    pub fn account(self, table: &PlaceTable) -> String {
        let of = |kind: &str, place: u16| format!("{kind} of {}", table.places[usize::from(place)].key);
        match self {
            Self::CityHouseholds(place) => of("city households", place),
            Self::RuralHouseholds(place) => of("rural households", place),
            Self::Government(place) => of("government", place),
            Self::Producers(place) => of("producers", place),
            Self::Capital => "capital".to_owned(),
            Self::Leavers => "leavers".to_owned(),
            Self::Outside => "outside".to_owned(),
            Self::Transit => "transit".to_owned(),
        }
    }
}

/// All money there was is there; every holder's account adds up; who holds money only in passing holds none.
fn audit_money(
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    market_flows: Res<MarketFlows>,
    ledger: Res<Ledger>,
    mut audit: ResMut<Audit>,
) {
    let tick = clock.tick;
    let turnover = ledger.turnover();
    let stock = ledger.stock();
    audit.expect(tick, || "money".to_owned(), stock, ledger.money(), stock.abs().max(turnover));
    for holder in ledger.holders() {
        let (opening, received, paid) = ledger.quarter(holder);
        let scale = opening.abs() + received.abs() + paid.abs();
        let closing = opening + received - paid;
        audit.expect(tick, || holder.account(&table), closing, ledger.balance(holder), scale);
        if matches!(holder, Holder::Producers(_) | Holder::Capital | Holder::Leavers | Holder::Transit) {
            audit.expect(tick, || holder.account(&table), 0.0, ledger.balance(holder), scale.max(turnover));
        }
    }
    audit.expect(tick, || "markets".to_owned(), 0.0, market_flows.transit_gap, turnover);
}

/// What goods markets took for income is what the ledger held when the quarter began, and what is stated is held now.
fn audit_expenditure(
    clock: Res<Clock>,
    fiscal: Option<Res<FiscalRates>>,
    table: Res<PlaceTable>,
    market_flows: Res<MarketFlows>,
    incomes: Res<Incomes>,
    ledger: Res<Ledger>,
    mut audit: ResMut<Audit>,
) {
    let share = ledger.spending_share();
    let wage_share = fiscal.map_or(0.0, |rates| rates.public_wage_share);
    let opening = |holder: Holder| ledger.quarter(holder).0;
    for place in 0..market_flows.city.len() {
        let name = place as u16;
        let (city, rural) = (Holder::CityHouseholds(name), Holder::RuralHouseholds(name));
        let (_, public) = spending_split((share * opening(Holder::Government(name))).max(0.0), wage_share);
        let held = (share * opening(city) + public).max(0.0);
        audit.expect(clock.tick, || city.account(&table), held, market_flows.city[place], held);
        let held = (share * opening(rural)).max(0.0);
        audit.expect(clock.tick, || rural.account(&table), held, market_flows.rural[place], held);
        let stated = share * ledger.balance(rural);
        audit.expect(clock.tick, || rural.account(&table), stated, incomes.rural[place], stated);
    }
}
