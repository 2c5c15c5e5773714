//! Public finance: taxes and land pay for services.
//!
//! - **Reads** pay and land spending. **Writes** payments in the [`Ledger`], public money in [`Services`] (spent next
//!   quarter), rents per head in [`Incomes`].
//! - **Phase** [`Phase::Incomes`]. **Chance** none. **Equation** [`economics::fiscal::government_income`].
//! - **Switched off**: no taxes, rents stay with residents, the input of services is one. Programmes are then paid by a
//!   levy alone, because only governments with revenue can borrow.

use bevy_ecs::prelude::*;
use economics::fiscal::government_income;
use scenario::mechanisms::fiscal::Fiscal;

use crate::accounts::{Holder, Ledger, Payment};
use crate::economy::{Payroll, Step};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Rents, Services};
use crate::plugin::Plugin;

/// Public finance.
pub struct FiscalPlugin(pub Fiscal);

/// Rates in force; absent without public finance.
#[derive(Resource, Clone, Copy, Debug)]
pub struct FiscalRates {
    /// Tax on pay.
    pub tax_rate: f64,
    /// Share of land rents that governments take.
    pub rent_share: f64,
    /// Share of public spending that is paid as wages.
    pub public_wage_share: f64,
}

impl Plugin for FiscalPlugin {
    fn build(&self, model: &mut Model) {
        let Fiscal { tax_rate, rent_share, public_wage_share, .. } = self.0;
        model.world.insert_resource(FiscalRates { tax_rate, rent_share, public_wage_share });
        model.add_systems(Phase::Incomes, collect_taxes.in_set(Step::Taxes));
    }
}

fn collect_taxes(
    rates: Res<FiscalRates>,
    payroll: Res<Payroll>,
    rents: Res<Rents>,
    mut ledger: ResMut<Ledger>,
    mut services: ResMut<Services>,
) {
    for (place, (bill, rent)) in payroll.bill.iter().zip(&rents.spending).enumerate() {
        let (city, government) = (Holder::CityHouseholds(place as u16), Holder::Government(place as u16));
        ledger.pay(city, government, rates.tax_rate * bill, Payment::Tax);
        ledger.pay(city, government, rates.rent_share * rent, Payment::LandFinance);
        services.spending[place] = government_income(*bill, *rent, 0.0, rates.tax_rate, rates.rent_share);
    }
}
