//! Public finance: taxes and land pay for services.
//!
//! - **Reads** [`FiscalRates`], [`PayBill`], [`LandSpending`]. **Writes** [`PublicSpending`] (spent next quarter),
//!   [`Ledger`].
//! - **Phase** [`Phase::Incomes`](crate::step::Phase::Incomes). **Random numbers** none. **Equation**
//!   [`economics::fiscal::government_income`].
//! - **Switched off**: no taxes, rents stay with residents, the input of services is one. Programmes are then paid by a
//!   levy alone, because only governments with revenue can borrow.

use bevy_ecs::prelude::*;
use economics::fiscal::government_income;
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut};
use crate::mechanisms::public_services::PublicSpending;
use crate::mechanisms::rent_pressure::LandSpending;
use crate::mechanisms::wage_setting::PayBill;
use crate::model::Model;
use crate::step::Step;

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

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.fiscal else { return };
    model.world.insert_resource(FiscalRates {
        tax_rate: block.tax_rate,
        rent_share: block.rent_share,
        public_wage_share: block.public_wage_share,
    });
    model.add(Step::CollectTaxes, collect_taxes);
}

fn collect_taxes(
    rates: Res<FiscalRates>,
    pay_bill: ByCity<PayBill>,
    land_spending: ByCity<LandSpending>,
    mut ledger: ResMut<Ledger>,
    mut public_spending: ByCityMut<PublicSpending>,
) {
    for (place, (bill, rent)) in pay_bill.iter().zip(land_spending.iter()).enumerate() {
        let (city, government) = (Holder::CityHouseholds(place as u16), Holder::Government(place as u16));
        ledger.pay(city, government, rates.tax_rate * bill, Payment::Tax);
        ledger.pay(city, government, rates.rent_share * rent, Payment::LandFinance);
        public_spending[place] = government_income(*bill, *rent, 0.0, rates.tax_rate, rates.rent_share);
    }
}
