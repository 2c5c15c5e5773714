//! Wage setting: firms bid for labour; wages clear, lag or are pinned.
//!
//! - **Reads** tightness in [`Labour`]; to clear, also what demand consists of in [`Markets`], [`MarketFlows`], [`FirmMass`]
//!   and [`Prices`]. **Writes** next quarter's wage in [`Labour`].
//! - **Phase** [`Phase::Factors`]. **Chance** none. **Equation** [`economics::labour::next_wage`],
//!   [`economics::labour::clearing_wage`].
//! - **Switched off**: wages stay at their opening value; pay still follows tightness.

use bevy_ecs::prelude::*;
use economics::cost::FixedInput;
use economics::labour::{
    LabourMarket, clearing_wage, consumer_service_elasticity, contested_share, demand_elasticity, next_wage,
};
use economics::maths::{dot, total};
use scenario::industry::Role;
use scenario::mechanisms::wage_setting::{WageMode, WageSetting};

use crate::economy::{Fringe, MarketFlows, Step, Tastes, cost_shares};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, IndustryTable, Labour, Markets, Population, Prices, Productivities};
use crate::plugin::Plugin;

/// Wage setting.
pub struct WageSettingPlugin(pub WageSetting);

/// How wages answer.
#[derive(Resource, Clone, Copy, Debug)]
struct WageRule(economics::labour::WageSetting);

/// What demand for labour answers to a wage: sums over its parts, demand times elasticity.
#[derive(Resource, Clone, Debug, Default)]
struct DemandElasticities {
    /// To the wage of each city alone.
    own: Vec<f64>,
    /// To all wages together, by pay.
    all: f64,
}

impl Plugin for WageSettingPlugin {
    fn build(&self, model: &mut Model) {
        use economics::labour::WageSetting as Rule;
        let rule = match self.0.mode {
            WageMode::Clearing => {
                model.world.init_resource::<DemandElasticities>();
                model.add_systems(Phase::Factors, (weigh_demand, clear_wages).chain().in_set(Step::Wages));
                return;
            }
            WageMode::Sluggish => Rule::Sluggish { response: self.0.adjustment, change_max: self.0.step_max },
            WageMode::Pinned => Rule::Pinned,
        };
        model.world.insert_resource(WageRule(rule));
        model.add_systems(Phase::Factors, set_wages.in_set(Step::Wages));
    }
}

fn set_wages(rule: Res<WageRule>, mut labour: ResMut<Labour>) {
    let labour = &mut *labour;
    for (wage, &tightness) in labour.wage.iter_mut().zip(&labour.tightness) {
        let next = next_wage(*wage, tightness, rule.0);
        if next > 0.0 {
            *wage = next;
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "demand for labour comes from every market")]
fn weigh_demand(
    tastes: Res<Tastes>,
    fringe: Res<Fringe>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    prices: Res<Prices>,
    markets: Res<Markets>,
    market_flows: Res<MarketFlows>,
    labour: Res<Labour>,
    mut elasticities: ResMut<DemandElasticities>,
) {
    let DemandElasticities { own, all } = &mut *elasticities;
    own.clear();
    // Of a given sum of public pay, demand falls one to one.
    own.extend_from_slice(&labour.demand_public);
    for (place, own) in own.iter_mut().enumerate() {
        let elasticity = consumer_service_elasticity(
            fringe.shares.labour,
            fringe.services.substitution,
            markets.modern_share[place],
            markets.consumer_spending[place],
            markets.consumer_wages[place],
        );
        *own += labour.demand_consumer[place] * elasticity;
    }
    *all = dot(own, &labour.wage);
    for industry in 0..industries.firms() {
        let numbers = &industries.parameters[industry];
        let share = cost_shares(&industries, industry).labour;
        let composite = tastes.fixed_input == FixedInput::Composite || industries.roles[industry] != Role::Goods;
        let fixed_units = if composite { numbers.fixed_cost } else { 0.0 };
        let in_towns = industries.in_towns == Some(industry);
        let town_sales = if in_towns { dot(&firms.town_effective, &markets.town_revenue) } else { 0.0 };
        let contested = contested_share(
            dot(&firms.effective[industry], &markets.revenue[industry]),
            town_sales,
            market_flows.exports[industry],
            total(&markets.expenditure[industry]),
        );
        for (place, own) in own.iter_mut().enumerate() {
            let (demand, cost) = (labour.demand[industry][place], markets.cost[industry][place]);
            if demand > 0.0 {
                let fixed = firms.count[industry][place] * fixed_units * prices.unit_cost[industry][place];
                let variable = (1.0 - fixed / cost).max(0.0);
                let answer = |contested| demand * demand_elasticity(share, numbers.substitution, variable, contested);
                *own += answer(1.0);
                *all += labour.wage[place] * answer(contested);
            }
        }
    }
}

fn clear_wages(
    elasticities: Res<DemandElasticities>,
    population: Res<Population>,
    productivities: Res<Productivities>,
    mut labour: ResMut<Labour>,
) {
    let (mut bill, mut offered) = (0.0, 0.0);
    for (place, &wage) in labour.wage.iter().enumerate() {
        bill += wage * labour.demand_total[place];
        offered += wage * (population.labour[place] * productivities.effective_labour[place]);
    }
    let region = LabourMarket {
        tightness: economics::labour::tightness(bill, offered),
        elasticity: if bill > 0.0 { elasticities.all / bill } else { 1.0 },
    };
    let labour = &mut *labour;
    for (place, wage) in labour.wage.iter_mut().enumerate() {
        let demand = labour.demand_total[place];
        if demand <= 0.0 {
            // Where nobody hires there is no wage to clear; it would fall for ever, and costs with it.
            continue;
        }
        let elasticity = elasticities.own[place] / demand;
        let next = clearing_wage(*wage, LabourMarket { tightness: labour.tightness[place], elasticity }, region);
        if next > 0.0 && next.is_finite() {
            *wage = next;
        }
    }
}
