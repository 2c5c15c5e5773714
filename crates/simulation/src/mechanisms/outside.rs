//! The outside: what the region trades with, and where many of its people work.
//!
//! - **Reads** [`Expenditure`], [`IndexPower`], [`VarietySupply`], [`FoodPrice`], [`CostOfLiving`], [`Wage`], [`Pay`],
//!   [`UrbanPeople`], [`LabourSupply`], [`MigrantStocks`], [`OutsideStocks`], [`RemittanceShare`], [`RemittanceRule`],
//!   [`OutsideRule`], [`Tastes`], [`MoneyUnit`], [`IndustryTable`]. **Writes** [`OutsideSupply`], [`OutsideDemand`],
//!   [`OutsidePay`], [`OutsideTerms`], [`Remittances`], payments of leavers in the [`Ledger`].
//! - **Phases** [`Phase::Prices`](crate::step::Phase::Prices) and [`Phase::Incomes`](crate::step::Phase::Incomes).
//!   **Random numbers** none. **Equations** those of [`economics::market_access`]; the outside is one more seller and
//!   buyer, equally far from all places.
//! - **Calibration**: in each quarter of burn-in, imports are set to their share of goods spending, more of them in
//!   industries that travel well, and exports (divided over industries as imports are) so that the outside account
//!   balances. From then on the outside's prices stay, and its demand grows with its pay.
//! - **Switched off**: no trade beyond the region, nobody leaves it.

use bevy_ecs::prelude::*;
use economics::market_access::{freeness, iceberg_cost, import_supply};
use economics::maths::{dot, exp, ln, power, total};
use scenario::mechanisms::outside::Outside;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::clock::Clock;
use crate::mechanisms::goods_market::{Expenditure, FoodPrice, IndexPower, Tastes, VarietySupply};
use crate::mechanisms::population::{LabourSupply, MigrantStocks, OutsideStocks, UrbanPeople};
use crate::mechanisms::remittances::{RemittanceRule, RemittanceShare, Remittances};
use crate::mechanisms::utility::CostOfLiving;
use crate::mechanisms::wage_setting::{Pay, Wage};
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit};
use crate::step::Step;

columns! {
    /// Supply of the outside at the place, n p^(1−σ) after transport: part of the price index.
    sector OutsideSupply(f64);
    /// Demand of the outside for the place's varieties, E G^(σ−1) phi: part of market access.
    sector OutsideDemand(f64);
}

/// Pay outside, yuan per efficiency unit and quarter.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutsidePay(pub f64);

/// Largest share of an industry's spending that imports may take.
const IMPORTS_MAX: f64 = 0.9;

/// What the scenario says of the outside; absent without one.
#[derive(Resource, Clone, Debug)]
pub struct OutsideRule {
    /// The block.
    pub block: Outside,
    distance_cost: f64,
    protection: f64,
}

/// Level of trade, pay and prices outside, in units that a change of money leaves alone.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutsideTerms {
    /// Pay per efficiency unit, in initial farm incomes.
    pub pay: f64,
    /// Food price, in initial farm incomes.
    pub food: f64,
    /// Log cost of living without food, at prices in initial farm incomes.
    pub living_log: f64,
    /// Varieties at the border n p^(1−σ), by industry.
    supply: Vec<f64>,
    /// Demand at the border E/P, by industry.
    demand: Vec<f64>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let block = scenario.mechanisms.outside.as_ref();
    let wage_ratio = block.map_or(0.0, |outside| outside.wage_ratio);
    model.world.insert_resource(OutsidePay(wage_ratio * scenario.initial.opening_wage * scenario.money.farm_income));
    let Some(block) = block else { return };
    let access = scenario.mechanisms.market_access.as_ref();
    model.world.insert_resource(OutsideRule {
        block: block.clone(),
        distance_cost: access.map_or(0.0, |access| access.distance_cost),
        protection: access.map_or(0.0, |access| access.protection),
    });
    model.world.insert_resource(OutsideTerms::default());
    model.keep::<OutsideTerms>("outside terms");
    model
        .add(Step::OpenBorders, open_borders)
        .add(Step::PayLeavers, pay_leavers)
        .add(Step::CalibrateOutside, calibrate.run_if(burning_in));
}

fn burning_in(clock: Res<Clock>) -> bool {
    clock.burning_in
}

fn open_borders(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    rule: Res<OutsideRule>,
    terms: Res<OutsideTerms>,
    industries: Res<IndustryTable>,
    (mut outside_supply, mut outside_demand): (BySectorMut<OutsideSupply>, BySectorMut<OutsideDemand>),
    mut pay: ResMut<OutsidePay>,
) {
    let growth = exp(rule.block.wage_growth * f64::from(clock.tick));
    pay.0 = terms.pay * unit.0 * growth;
    for (industry, (&supply, &demand)) in terms.supply.iter().zip(&terms.demand).enumerate() {
        let substitution = industries.parameters[industry].substitution;
        outside_supply[industry].fill(supply * power(unit.0, 1.0 - substitution));
        outside_demand[industry].fill(demand * power(unit.0, substitution) * growth);
    }
}

fn pay_leavers(
    rule: Res<OutsideRule>,
    remittances: Option<Res<RemittanceRule>>,
    away: Res<OutsideStocks>,
    pay_outside: Res<OutsidePay>,
    mut ledger: ResMut<Ledger>,
    mut received: ByCityMut<Remittances>,
) {
    let share = remittances.map_or(0.0, |rule| rule.share);
    for (origin, received) in received.iter_mut().enumerate() {
        let pay = pay_outside.0 * away.labour[origin];
        let tax = rule.block.tax_rate * pay;
        let sent = (share * pay).min(pay - tax);
        ledger.pay(Holder::Outside, Holder::Leavers, pay, Payment::Wages);
        ledger.pay(Holder::Leavers, Holder::Outside, tax, Payment::Tax);
        ledger.pay(Holder::Leavers, Holder::RuralHouseholds(origin as u16), sent, Payment::Remittance);
        *received += sent;
    }
    let left = ledger.balance(Holder::Leavers);
    ledger.pay(Holder::Leavers, Holder::Outside, left, Payment::Goods);
}

/// Sets the level of trade with the outside from the quarter that ends.
#[expect(clippy::too_many_arguments, reason = "the level of trade follows from all sides of the outside account")]
fn calibrate(
    unit: Res<MoneyUnit>,
    rule: Res<OutsideRule>,
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    (urban, labour): (ByCity<UrbanPeople>, ByCity<LabourSupply>),
    (wage, pay): (ByCity<Wage>, ByCity<Pay>),
    (migrants, away): (Res<MigrantStocks>, Res<OutsideStocks>),
    pay_outside: Res<OutsidePay>,
    (expenditure, index_power, offered): (BySector<Expenditure>, BySector<IndexPower>, BySector<VarietySupply>),
    imported: BySector<OutsideSupply>,
    (food_price, cost_of_living): (Res<FoodPrice>, ByCity<CostOfLiving>),
    (remittances, shares): (Option<Res<RemittanceRule>>, ByCity<RemittanceShare>),
    mut terms: ResMut<OutsideTerms>,
) {
    let (terms, block) = (&mut *terms, &rule.block);
    terms.supply.clear();
    terms.demand.clear();
    let places = urban.len();
    let goods = |industry: usize| industries.makes_goods(industry);
    let travels_well = |industry: usize| {
        let numbers = &industries.parameters[industry];
        let cost = rule.distance_cost * numbers.distance_cost;
        let wedge = rule.protection * numbers.border_wedge;
        freeness(iceberg_cost(block.trade_distance, cost, wedge), numbers.substitution)
    };
    let (mut spent, mut weighted) = (0.0, 0.0);
    for industry in (0..industries.firms()).filter(|&industry| goods(industry)) {
        let here = total(&expenditure[industry]);
        spent += here;
        weighted += here * travels_well(industry);
    }
    let mut imports = 0.0;
    for industry in 0..industries.firms() {
        let (mut supply, mut value) = (0.0, 0.0);
        if goods(industry) && weighted > 0.0 {
            let share = (block.import_share * travels_well(industry) * spent / weighted).min(IMPORTS_MAX);
            let spent = &expenditure[industry];
            supply = import_supply(share, spent, &index_power[industry], &imported[industry]);
            value = share * total(spent);
        }
        imports += value;
        terms.supply.push(supply / power(unit.0, 1.0 - industries.parameters[industry].substitution));
        terms.demand.push(value);
    }
    let sent_out = dot_with_pay(&migrants.labour[places * places..], &shares, &pay);
    let share = remittances.map_or(0.0, |rule| rule.share.min(1.0 - block.tax_rate));
    let received = share * pay_outside.0 * total(&away.labour[..places]);
    let exports = (imports + sent_out - received).max(0.0);
    for (industry, demand) in terms.demand.iter_mut().enumerate() {
        let offered = total(&offered[industry]);
        let part = if imports > 0.0 { exports * (*demand / imports) } else { 0.0 };
        let unit_power = power(unit.0, industries.parameters[industry].substitution);
        *demand = if offered > 0.0 { part / offered / unit_power } else { 0.0 };
    }
    let workers = total(&labour);
    // Without workers any pay will do: that of the first city.
    let mean_pay = if workers > 0.0 { dot(&labour, &pay) / workers } else { wage[0] };
    terms.pay = block.wage_ratio * mean_pay / unit.0;
    terms.food = food_price.0 / unit.0;
    let residents = total(&urban).max(1e-9);
    let living = dot(&urban, &cost_of_living) / residents;
    let non_food = 1.0 - tastes.shares.food;
    terms.living_log = living + ln(block.price_ratio) - non_food * ln(unit.0);
}

fn dot_with_pay(labour: &[f64], shares: &[f64], pay: &[f64]) -> f64 {
    labour.iter().zip(shares).zip(pay).map(|((labour, share), pay)| labour * share * pay).sum()
}
