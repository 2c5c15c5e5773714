//! Wage setting: firms bid for labour; wages clear, lag or are pinned.
//!
//! - **Reads** [`ProductionCost`], [`UnitCost`], [`Revenue`], [`Expenditure`], [`TownRevenue`], [`Firms`],
//!   [`EffectiveFirms`], [`EffectiveTownFirms`], [`ConsumerSpending`], [`ConsumerServiceWages`], [`ModernShare`],
//!   [`OutsideTrade`], [`LabourSupply`], [`EffectiveLabour`], [`Tastes`], [`Fringe`], [`IndustryTable`]. **Writes**
//!   [`LabourDemand`], [`ConsumerServiceLabour`], [`PublicLabour`], [`LabourDemandTotal`], [`IndustryJobs`],
//!   [`Tightness`], [`EmploymentRate`], [`Hours`], [`Pay`], [`PayBill`], [`PublicPayBill`] and next quarter's [`Wage`].
//! - **Phase** [`Phase::Factors`](crate::step::Phase::Factors). **Random numbers** none. **Equation**
//!   [`economics::wage`].
//! - **Switched off**: wages stay at their opening value; pay still follows tightness.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::cost::FixedInput;
use economics::maths::{dot, total};
use economics::wage::{
    LabourMarket, WageSetting as Rule, clearing_wage, consumer_service_elasticity, contested_share, demand_elasticity,
    employment_rate, expected_pay, hours, labour_demand, next_wage, pay_bill, tightness, variable_share,
};
use scenario::mechanisms::wage_setting::WageMode;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::mechanisms::congestion::EffectiveLabour;
use crate::mechanisms::consumer_services::{ConsumerServiceWages, ConsumerSpending, Fringe, ModernShare};
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms};
use crate::mechanisms::goods_market::{Expenditure, OutsideTrade, ProductionCost, Revenue, Tastes, UnitCost};
use crate::mechanisms::outside::OutsidePay;
use crate::mechanisms::population::LabourSupply;
use crate::mechanisms::productivity::IndustryJobs;
use crate::mechanisms::towns::{TownJobs, TownRevenue, TownWage};
use crate::model::Model;
use crate::region::{IndustryTable, cost_shares};
use crate::snapshot::{city, resource};
use crate::step::Step;

columns! {
    /// Wage per efficiency unit, yuan a quarter.
    nominal city Wage(f64) = |opening, _| opening.scenario.initial.opening_wage * opening.unit();
    /// Labour demand of an industry with firms, thousand efficiency units of full effect.
    sector LabourDemand(f64);
    /// Labour demand of consumer services, thousand efficiency units.
    city ConsumerServiceLabour(f64);
    /// Labour demand of government, thousand efficiency units.
    city PublicLabour(f64);
    /// All labour demand of the city, thousand efficiency units.
    city LabourDemandTotal(f64);
    /// Tightness: demand for labour over supply.
    city Tightness(f64) = |_, _| 1.0;
    /// Employment rate: min(1, tightness).
    city EmploymentRate(f64) = |_, _| 1.0;
    /// Hours, multiple of normal.
    city Hours(f64) = |_, _| 1.0;
    /// Expected pay of an unskilled resident in the quarter, yuan: wage × effective labour × tightness.
    nominal city Pay(f64) = |opening, _| opening.scenario.initial.opening_wage * opening.unit();
    /// What work is paid in the quarter, public pay included, thousand yuan.
    nominal city PayBill(f64);
    /// Of that, paid by government.
    nominal city PublicPayBill(f64);
}

/// The longest working time, as a multiple of the normal one.
#[derive(Resource, Clone, Copy, Debug)]
struct HoursMax(f64);

/// How wages answer.
#[derive(Resource, Clone, Copy, Debug)]
struct WageRule(Rule);

/// What demand for labour answers to a wage: sums over its parts, demand times elasticity.
#[derive(Resource, Clone, Debug, Default)]
struct DemandElasticities {
    /// To the wage of each city alone.
    own: Vec<f64>,
    /// To all wages together, by pay.
    all: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let hours_max = scenario.mechanisms.job_matching.clone().unwrap_or_default().hours_max;
    model.world.insert_resource(HoursMax(hours_max));
    let mut pieces = vec![city::<Wage>(), city::<TownWage>(), city::<TownJobs>()];
    pieces.extend([resource::<OutsidePay>(), city::<Pay>()]);
    model.keep_pieces("wages", pieces);
    model.add(Step::DemandLabour, demand_labour);
    let Some(block) = &scenario.mechanisms.wage_setting else { return };
    let rule = match block.mode {
        WageMode::Clearing => {
            model.world.init_resource::<DemandElasticities>();
            model.add(Step::WeighDemand, weigh_demand).add(Step::SetWages, clear_wages);
            return;
        }
        WageMode::Sluggish => Rule::Sluggish { response: block.adjustment, change_max: block.step_max },
        WageMode::Pinned => Rule::Pinned,
    };
    model.world.insert_resource(WageRule(rule));
    model.add(Step::SetWages, set_wages);
}

/// What the labour market of each city comes to.
#[derive(SystemParam)]
struct LabourMarkets<'w> {
    demand: BySectorMut<'w, LabourDemand>,
    consumer: ByCityMut<'w, ConsumerServiceLabour>,
    public: ByCityMut<'w, PublicLabour>,
    total: ByCityMut<'w, LabourDemandTotal>,
    tightness: ByCityMut<'w, Tightness>,
    employment_rate: ByCityMut<'w, EmploymentRate>,
    hours: ByCityMut<'w, Hours>,
    pay: ByCityMut<'w, Pay>,
    bill: ByCityMut<'w, PayBill>,
    public_bill: ByCityMut<'w, PublicPayBill>,
}

#[expect(clippy::too_many_arguments, reason = "demand for labour comes from every market")]
fn demand_labour(
    industries: Res<IndustryTable>,
    hours_max: Res<HoursMax>,
    wage: ByCity<Wage>,
    supply: ByCity<LabourSupply>,
    effective_labour: ByCity<EffectiveLabour>,
    cost: BySector<ProductionCost>,
    consumer_wages: ByCity<ConsumerServiceWages>,
    mut jobs: BySectorMut<IndustryJobs>,
    mut market: LabourMarkets,
) {
    market.total.fill(0.0);
    for industry in 0..industries.firms() {
        let share = cost_shares(&industries, industry).labour;
        for place in 0..wage.len() {
            let demand = labour_demand(share, cost[industry][place], wage[place]);
            market.demand[industry][place] = demand;
            market.total[place] += demand;
            jobs[industry][place] = demand / effective_labour[place];
        }
    }
    for (place, &wage) in wage.iter().enumerate() {
        market.consumer[place] = labour_demand(1.0, consumer_wages[place], wage);
        market.public[place] = labour_demand(1.0, market.public_bill[place], wage);
        market.total[place] += market.consumer[place] + market.public[place];
        let effective = effective_labour[place];
        let supply = supply[place] * effective;
        let tight = tightness(market.total[place], supply);
        market.tightness[place] = tight;
        market.employment_rate[place] = employment_rate(tight);
        market.hours[place] = hours(tight, hours_max.0);
        market.pay[place] = expected_pay(wage, effective, tight);
        market.bill[place] = pay_bill(wage, supply, tight);
        market.public_bill[place] = market.public_bill[place].min(market.bill[place]);
    }
}

fn set_wages(rule: Res<WageRule>, mut cities: Query<(&Tightness, &mut Wage)>) {
    for (tightness, mut wage) in &mut cities {
        let next = next_wage(wage.0, tightness.0, rule.0);
        if next > 0.0 {
            wage.0 = next;
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "demand for labour comes from every market")]
fn weigh_demand(
    (tastes, fringe): (Res<Tastes>, Res<Fringe>),
    industries: Res<IndustryTable>,
    (firms, effective, town_firms): (BySector<Firms>, BySector<EffectiveFirms>, ByCity<EffectiveTownFirms>),
    (revenue, town_revenue): (BySector<Revenue>, ByCity<TownRevenue>),
    (cost, unit_cost): (BySector<ProductionCost>, BySector<UnitCost>),
    (expenditure, trade): (BySector<Expenditure>, Res<OutsideTrade>),
    (modern_share, spending): (ByCity<ModernShare>, ByCity<ConsumerSpending>),
    consumer_wages: ByCity<ConsumerServiceWages>,
    (demand, consumer, public): (BySector<LabourDemand>, ByCity<ConsumerServiceLabour>, ByCity<PublicLabour>),
    wage: ByCity<Wage>,
    mut elasticities: ResMut<DemandElasticities>,
) {
    let DemandElasticities { own, all } = &mut *elasticities;
    own.clear();
    // Of a given sum of public pay, demand falls one to one.
    own.extend_from_slice(&public);
    for (place, own) in own.iter_mut().enumerate() {
        let elasticity = consumer_service_elasticity(
            fringe.shares.labour,
            fringe.services.substitution,
            modern_share[place],
            spending[place],
            consumer_wages[place],
        );
        *own += consumer[place] * elasticity;
    }
    *all = dot(own, &wage);
    for industry in 0..industries.firms() {
        let numbers = &industries.parameters[industry];
        let share = cost_shares(&industries, industry).labour;
        let composite = tastes.fixed_input == FixedInput::Composite || !industries.makes_goods(industry);
        let fixed_units = if composite { numbers.fixed_cost } else { 0.0 };
        let in_towns = industries.in_towns == Some(industry);
        let town_sales = if in_towns { dot(&town_firms, &town_revenue) } else { 0.0 };
        let contested = contested_share(
            dot(&effective[industry], &revenue[industry]),
            town_sales,
            trade.exports[industry],
            total(&expenditure[industry]),
        );
        for (place, own) in own.iter_mut().enumerate() {
            let (demand, cost) = (demand[industry][place], cost[industry][place]);
            if demand > 0.0 {
                let variable = variable_share(cost, firms[industry][place], fixed_units, unit_cost[industry][place]);
                let answer = |contested| demand * demand_elasticity(share, numbers.substitution, variable, contested);
                *own += answer(1.0);
                *all += wage[place] * answer(contested);
            }
        }
    }
}

fn clear_wages(
    elasticities: Res<DemandElasticities>,
    supply: ByCity<LabourSupply>,
    effective_labour: ByCity<EffectiveLabour>,
    (total_demand, tight): (ByCity<LabourDemandTotal>, ByCity<Tightness>),
    mut wage: ByCityMut<Wage>,
) {
    let (mut bill, mut offered) = (0.0, 0.0);
    for (place, &wage) in wage.iter().enumerate() {
        bill += wage * total_demand[place];
        offered += wage * (supply[place] * effective_labour[place]);
    }
    let region = LabourMarket {
        tightness: tightness(bill, offered),
        elasticity: if bill > 0.0 { elasticities.all / bill } else { 1.0 },
    };
    for (place, wage) in wage.iter_mut().enumerate() {
        let demand = total_demand[place];
        if demand <= 0.0 {
            // Where nobody hires there is no wage to clear; it would fall without end, and costs with it.
            continue;
        }
        let elasticity = elasticities.own[place] / demand;
        let next = clearing_wage(*wage, LabourMarket { tightness: tight[place], elasticity }, region);
        if next > 0.0 && next.is_finite() {
            *wage = next;
        }
    }
}
