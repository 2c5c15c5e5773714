//! The outside: what the region trades with, and where many of its people work.
//!
//! - **Reads** expenditure, price indices and supply of goods, [`Population`] outside, remittance shares. **Writes**
//!   supply and demand of the outside in [`Prices`], pay outside in [`Labour`], payments of leavers in the [`Ledger`].
//! - **Phases** [`Phase::Prices`] and [`Phase::Incomes`]. **Chance** none. **Equations** those of
//!   [`economics::market_access`]; the outside is one more seller and buyer, equally far from all places.
//! - **Calibration**: in each quarter of burn-in, imports are set to their share of goods spending, more of them in
//!   industries that travel well, and exports (divided over industries as imports are) so that the outside account
//!   balances. From then on the outside's prices stay, and its demand grows with its pay.
//! - **Switched off**: no trade beyond the region, nobody leaves it.

use bevy_ecs::prelude::*;
use bevy_ecs::system::RunSystemOnce;
use economics::market_access::{freeness, iceberg_cost};
use economics::maths::{dot, exp, ln, power, total};
use scenario::industry::Role;
use scenario::mechanisms::outside::Outside;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use super::market_access::set_freeness;
use super::remittances::RemittanceRule;
use crate::accounts::{Holder, Ledger, Payment};
use crate::clock::Clock;
use crate::economy::{MarketFlows, RemittanceShares, Step, Tastes};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Incomes, IndustryTable, Labour, Markets, MoneyUnit, Population, Prices};
use crate::plugin::Plugin;

/// Largest share of an industry's spending that imports may take.
const IMPORTS_MAX: f64 = 0.9;
/// Rounds in which the level of imports is found; each closes at least a tenth of the gap.
const ROUNDS_MAX: usize = 500;

/// The outside.
pub struct OutsidePlugin {
    block: Outside,
    distance_cost: Option<f64>,
    protection: f64,
}

impl OutsidePlugin {
    /// With the trade costs of the scenario; none if market access is off.
    #[must_use]
    pub fn new(block: &Outside, scenario: &Scenario) -> Self {
        let access = scenario.mechanisms.market_access.as_ref();
        Self {
            block: block.clone(),
            distance_cost: access.map(|access| access.distance_cost),
            protection: access.map_or(0.0, |access| access.protection),
        }
    }
}

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

impl Plugin for OutsidePlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(OutsideRule {
            block: self.block.clone(),
            distance_cost: self.distance_cost.unwrap_or(0.0),
            protection: self.protection,
        });
        model.world.insert_resource(OutsideTerms::default());
        model.keep::<OutsideTerms>("outside terms");
        model.add_systems(Phase::Prices, open_borders.in_set(Step::TradeCosts).after(set_freeness));
        model.add_systems(Phase::Incomes, pay_leavers.in_set(Step::OutsideFlows));
        model.add_systems(Phase::Incomes, calibrate.in_set(Step::Calibration).run_if(burning_in));
    }
}

fn burning_in(clock: Res<Clock>) -> bool {
    clock.burning_in
}

/// Sets the level of trade with the outside from the last quarter that ran. Burn-in does so in each of its quarters.
pub fn calibrate_outside(world: &mut World) {
    if world.contains_resource::<OutsideTerms>() {
        world.run_system_once(calibrate).expect("an outside comes with all that its calibration reads");
    }
}

fn open_borders(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    rule: Res<OutsideRule>,
    terms: Res<OutsideTerms>,
    industries: Res<IndustryTable>,
    mut prices: ResMut<Prices>,
    mut labour: ResMut<Labour>,
) {
    let growth = exp(rule.block.wage_growth * f64::from(clock.tick));
    labour.outside_pay = terms.pay * unit.0 * growth;
    let prices = &mut *prices;
    for (industry, (&supply, &demand)) in terms.supply.iter().zip(&terms.demand).enumerate() {
        let substitution = industries.parameters[industry].substitution;
        prices.outside_supply[industry].fill(supply * power(unit.0, 1.0 - substitution));
        prices.outside_demand[industry].fill(demand * power(unit.0, substitution) * growth);
    }
}

fn pay_leavers(
    rule: Res<OutsideRule>,
    remittances: Option<Res<RemittanceRule>>,
    population: Res<Population>,
    labour: Res<Labour>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    let share = remittances.map_or(0.0, |rule| rule.share);
    for (origin, received) in incomes.remittances.iter_mut().enumerate() {
        let pay = labour.outside_pay * population.labour_outside[origin];
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

#[expect(clippy::too_many_arguments, reason = "the level of trade follows from all sides of the outside account")]
fn calibrate(
    unit: Res<MoneyUnit>,
    rule: Res<OutsideRule>,
    tastes: Res<Tastes>,
    shares: Res<RemittanceShares>,
    industries: Res<IndustryTable>,
    population: Res<Population>,
    labour: Res<Labour>,
    markets: Res<Markets>,
    market_flows: Res<MarketFlows>,
    prices: Res<Prices>,
    remittances: Option<Res<RemittanceRule>>,
    mut terms: ResMut<OutsideTerms>,
) {
    let (terms, block) = (&mut *terms, &rule.block);
    terms.supply.clear();
    terms.demand.clear();
    let goods = |industry: usize| industries.roles[industry] == Role::Goods;
    let travels_well = |industry: usize| {
        let numbers = &industries.parameters[industry];
        let cost = rule.distance_cost * numbers.distance_cost;
        let wedge = rule.protection * numbers.border_wedge;
        freeness(iceberg_cost(block.trade_distance, cost, wedge), numbers.substitution)
    };
    let (mut spent, mut weighted) = (0.0, 0.0);
    for industry in (0..industries.firms()).filter(|&industry| goods(industry)) {
        let here = total(&markets.expenditure[industry]);
        spent += here;
        weighted += here * travels_well(industry);
    }
    let mut imports = 0.0;
    for industry in 0..industries.firms() {
        let (mut supply, mut value) = (0.0, 0.0);
        if goods(industry) && weighted > 0.0 {
            let share = (block.import_share * travels_well(industry) * spent / weighted).min(IMPORTS_MAX);
            let powers = &market_flows.index_power[industry];
            let expenditure = &markets.expenditure[industry];
            supply = supply_for(share, expenditure, powers, &prices.outside_supply[industry]);
            value = share * total(expenditure);
        }
        imports += value;
        terms.supply.push(supply / power(unit.0, 1.0 - industries.parameters[industry].substitution));
        terms.demand.push(value);
    }
    let strangers = population.citizens.len() * population.citizens.len();
    let sent_out = dot_with_pay(&population.labour_by_origin[strangers..], &shares.0, &labour.pay);
    let share = remittances.map_or(0.0, |rule| rule.share.min(1.0 - block.tax_rate));
    let at_home = &population.labour_outside[..population.citizens.len()];
    let received = share * labour.outside_pay * total(at_home);
    let exports = (imports + sent_out - received).max(0.0);
    for (industry, demand) in terms.demand.iter_mut().enumerate() {
        let offered = total(&market_flows.supply[industry]);
        let part = if imports > 0.0 { exports * (*demand / imports) } else { 0.0 };
        let unit_power = power(unit.0, industries.parameters[industry].substitution);
        *demand = if offered > 0.0 { part / offered / unit_power } else { 0.0 };
    }
    let workers = total(&population.labour);
    let mean_pay = if workers > 0.0 { dot(&population.labour, &labour.pay) / workers } else { labour.wage[0] };
    terms.pay = block.wage_ratio * mean_pay / unit.0;
    terms.food = prices.food / unit.0;
    let residents = total(&population.urban).max(1e-9);
    let living = dot(&population.urban, &prices.living_log) / residents;
    let non_food = 1.0 - tastes.shares.food;
    terms.living_log = living + ln(block.price_ratio) - non_food * ln(unit.0);
}

/// Supply at which imports take `share` of expenditure: the root of `Σ E a/(P + a) = share · Σ E`, P without imports.
fn supply_for(share: f64, expenditure: &[f64], powers: &[f64], imported: &[f64]) -> f64 {
    let target = share * total(expenditure);
    let home = || powers.iter().zip(imported).map(|(power, imported)| (power - imported).max(0.0));
    let mut supply: f64 = home().fold(0.0, f64::max);
    for _ in 0..ROUNDS_MAX {
        let demand: f64 = expenditure
            .iter()
            .zip(home())
            .map(|(spent, home)| if home > 0.0 { spent / (home + supply) } else { 0.0 })
            .sum();
        let next = if demand > 0.0 { target / demand } else { 0.0 };
        let settled = (next - supply).abs() <= 1e-15 * supply;
        supply = next;
        if settled {
            break;
        }
    }
    supply
}

fn dot_with_pay(labour: &[f64], shares: &[f64], pay: &[f64]) -> f64 {
    labour.iter().zip(shares).zip(pay).map(|((labour, share), pay)| labour * share * pay).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_take_their_share_of_spending() {
        let (expenditure, home) = ([3.0, 1.0, 2.0], [1.0, 5.0, 0.2]);
        let supply = supply_for(0.2, &expenditure, &home, &[0.0; 3]);
        let imported: f64 = expenditure.iter().zip(home).map(|(spent, home)| spent * supply / (home + supply)).sum();
        assert!((imported - 0.2 * 6.0).abs() < 1e-12, "{imported}");
    }
}
