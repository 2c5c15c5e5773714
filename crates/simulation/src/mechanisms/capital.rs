//! Capital: what it costs to rent, and who has the income from it.
//!
//! - **Reads** [`Clock`], [`MoneyUnit`], [`Wage`], [`IndustryTable`], [`EffectiveFirms`], [`EffectiveTownFirms`],
//!   [`Revenue`], [`TownRevenue`], [`CapitalOwners`], [`UrbanPeople`], [`RuralPeople`]. **Writes** [`CapitalRental`],
//!   [`CapitalIncome`], [`TransitGap`], [`ValueAdded`], [`Ledger`].
//! - **Phase** [`Phase::Prices`](crate::step::Phase::Prices), [`Phase::Incomes`](crate::step::Phase::Incomes). **Random
//!   numbers** none. **Equations** [`economics::cost::capital_rental`], [`economics::cost::operating_profit`].
//! - **Owners**: what producers have left belongs to the registered citizens of cities, in proportion to their number.
//!   Where the fixed input of firms is mobile skill, operating profit stays in the place and is spent there.
//! - **Switched off**: it cannot be.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::cost::{capital_rental, mean_wage, operating_profit};
use economics::maths::total;
use scenario::mechanisms::productivity::FixedInput;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, BySector};
use crate::clock::Clock;
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms};
use crate::mechanisms::goods_market::Revenue;
use crate::mechanisms::incomes::ValueAdded;
use crate::mechanisms::population::{CapitalOwners, RuralPeople, UrbanPeople};
use crate::mechanisms::towns::TownRevenue;
use crate::mechanisms::wage_setting::Wage;
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit};
use crate::step::Step;

/// The rental follows wages one to one, so that the model is homogeneous in money.
const RENTAL_INDEXATION: f64 = 1.0;

/// The rental of capital, the same everywhere.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapitalRental {
    /// Yuan a quarter for a unit of capital.
    pub rental: f64,
    /// Mean city wage at the start, yuan a quarter, to which the rental is indexed.
    pub mean_wage_start: f64,
}

/// Income from capital and firms, yuan a quarter for each owner.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct CapitalIncome(pub f64);

/// Money that markets and programmes left on its way before owners of capital were paid, thousand yuan: rounding, or a
/// fault.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct TransitGap(pub f64);

/// Whether firms are run by mobile skilled people, who live on operating profit where their firms are.
#[derive(Resource, Clone, Copy, Debug)]
struct Entrepreneurs(bool);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let unit = scenario.money.farm_income;
    let mean_wage_start = scenario.initial.opening_wage * unit;
    let fixed_input = scenario.mechanisms.productivity.as_ref().map(|block| block.fixed_input);
    model.world.insert_resource(CapitalRental { rental: unit, mean_wage_start });
    model.world.insert_resource(CapitalIncome::default());
    model.world.insert_resource(TransitGap::default());
    model.world.insert_resource(Entrepreneurs(fixed_input == Some(FixedInput::MobileSkilled)));
    model.add(Step::SetCapitalRental, set_capital_rental).add(Step::ShareProfits, share_profits);
}

fn set_capital_rental(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    urban: ByCity<UrbanPeople>,
    wage: ByCity<Wage>,
    mut capital: ResMut<CapitalRental>,
) {
    let mean = mean_wage(&wage, &urban);
    if clock.burning_in {
        capital.mean_wage_start = mean;
    }
    capital.rental = if mean > 0.0 && capital.mean_wage_start > 0.0 {
        capital_rental(unit.0, mean, capital.mean_wage_start, RENTAL_INDEXATION)
    } else {
        unit.0
    };
}

/// What firms sold in the quarter.
#[derive(SystemParam)]
struct Sales<'w> {
    industries: Res<'w, IndustryTable>,
    firms: BySector<'w, EffectiveFirms>,
    revenue: BySector<'w, Revenue>,
    town_firms: ByCity<'w, EffectiveTownFirms>,
    town_revenue: ByCity<'w, TownRevenue>,
}

impl Sales<'_> {
    /// Operating profit of the goods firms of a place, in its city and in its towns.
    fn operating_profits(&self, place: usize) -> (f64, f64) {
        let substitution = |industry: usize| self.industries.parameters[industry].substitution;
        let goods = (0..self.industries.firms()).filter(|&industry| self.industries.makes_goods(industry));
        let city = goods.map(|industry| {
            let sales = self.firms[industry][place] * self.revenue[industry][place];
            operating_profit(sales, substitution(industry))
        });
        let rural = self.industries.in_towns.map_or(0.0, |industry| {
            let sales = self.town_firms[place] * self.town_revenue[place];
            operating_profit(sales, substitution(industry))
        });
        (city.sum(), rural)
    }
}

/// What is left is taken by balance, so that producers and money on its way end the quarter with exactly nothing.
fn share_profits(
    entrepreneurs: Res<Entrepreneurs>,
    sales: Sales,
    owners: Owners,
    mut value_added: ByCityMut<ValueAdded>,
    mut transit_gap: ResMut<TransitGap>,
    mut capital_income: ResMut<CapitalIncome>,
    mut ledger: ResMut<Ledger>,
) {
    for (place, value_added) in value_added.iter_mut().enumerate() {
        let producers = Holder::Producers(place as u16);
        if entrepreneurs.0 {
            let (city, rural) = sales.operating_profits(place);
            ledger.pay(producers, Holder::CityHouseholds(place as u16), city, Payment::OperatingProfit);
            ledger.pay(producers, Holder::RuralHouseholds(place as u16), rural, Payment::OperatingProfit);
            *value_added += city + rural;
        }
        let left = ledger.balance(producers);
        ledger.pay(producers, Holder::Capital, left, Payment::CapitalIncome);
        *value_added += left;
    }
    transit_gap.0 = ledger.balance(Holder::Transit);
    ledger.pay(Holder::Transit, Holder::Capital, transit_gap.0, Payment::CapitalIncome);
    let income = ledger.balance(Holder::Capital);
    let number = total(&owners.owners);
    capital_income.0 = if number > 0.0 { income / number } else { 0.0 };
    owners.pay(&mut ledger, Holder::Capital, income, Payment::CapitalIncome);
}

/// Owners of capital; without any, city people, and without those, rural people.
#[derive(SystemParam)]
pub(super) struct Owners<'w> {
    owners: ByCity<'w, CapitalOwners>,
    urban: ByCity<'w, UrbanPeople>,
    rural: ByCity<'w, RuralPeople>,
}

impl Owners<'_> {
    /// Divides an amount among them in proportion to their number.
    pub(super) fn pay(&self, ledger: &mut Ledger, from: Holder, amount: f64, for_what: Payment) {
        let (people, holder): (&[f64], fn(u16) -> Holder) = if total(&self.owners) > 0.0 {
            (&self.owners, Holder::CityHouseholds)
        } else if total(&self.urban) > 0.0 {
            (&self.urban, Holder::CityHouseholds)
        } else {
            (&self.rural, Holder::RuralHouseholds)
        };
        let all = total(people);
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

    /// Takes a loan from them, which is then on its way.
    pub(super) fn lend(&self, ledger: &mut Ledger, amount: f64) {
        self.pay(ledger, Holder::Transit, -amount, Payment::Loan);
    }
}
