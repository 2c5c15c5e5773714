//! Land quota: homesteads given up become quota that cities may build on; arable land never shrinks.
//!
//! - **Reads** [`Rents`], [`SettlementPolicy`]. **Writes** [`Land`], the quota part of [`SettlementPolicy`], what is due for
//!   quota in [`Incomes`].
//! - **Phase** [`Phase::Policy`] (terms of the market), [`Phase::Land`] (the market). **Chance** none. **Equation**
//!   [`economics::land`].
//! - **Release**: land that settlers gave up leaves the homesteads. With a market its arable part enters the pool of its
//!   origin; without one nobody re-cultivates it and all of it lies waste.
//! - **Trade**: cities draw from the pools they may use: their own place's, those of their province, or all. What one may
//!   not draw stays in the pool. A city builds over its own arable land; the area is back already where the quota is from.
//! - **Plan**: construction land also grows by plan, as far as reserve land can be reclaimed for the fields taken.
//! - **Money**: a city owes the price in the next quarter, and the countrysides whose quota it was are owed the same sum. The
//!   household's share and that of the village collective both belong to the rural households of the origin, so the
//!   model pays them as one.
//! - **Stacking**: a later change replaces what it names.
//! - **Switched off**: land given up stays homestead, cities keep the land they have.

use bevy_ecs::prelude::*;
use economics::land::{QuotaTrade, fill_quota_draws, plan_quota, quota_price, quota_sold, recultivated};
use economics::maths::total;
use scenario::levers::LandQuotaChange;
use scenario::mechanisms::land_quota::{LandQuota, TransferScope};

use super::measures::{LandStep, PolicyStep};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Incomes, Land, PlaceTable, Rents, SettlementPolicy};
use crate::plugin::Plugin;

/// Adds the mechanism: the block of the scenario and the dated changes.
pub struct LandQuotaPlugin {
    /// The block.
    pub block: LandQuota,
    /// Dated changes, in any order.
    pub changes: Vec<LandQuotaChange>,
}

#[derive(Resource)]
struct QuotaMarket {
    block: LandQuota,
    changes: Vec<LandQuotaChange>,
    regions: Regions,
}

/// Which places share a pool, by scope.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Regions {
    local: Vec<Vec<usize>>,
    province: Vec<Vec<usize>>,
    nation: Vec<Vec<usize>>,
}

impl Regions {
    pub(crate) fn of(table: &PlaceTable) -> Self {
        let places = table.places.len();
        let mut province: Vec<Vec<usize>> = Vec::new();
        for (place, about) in table.places.iter().enumerate() {
            match province.iter_mut().find(|members| table.places[members[0]].province == about.province) {
                Some(members) => members.push(place),
                None => province.push(vec![place]),
            }
        }
        Self { local: (0..places).map(|place| vec![place]).collect(), province, nation: vec![(0..places).collect()] }
    }

    /// The groups of places within which arable land keeps its area: each place by itself where nothing is traded.
    pub(crate) fn within(&self, scope: TransferScope) -> &[Vec<usize>] {
        match scope {
            TransferScope::None | TransferScope::Local => &self.local,
            TransferScope::Province => &self.province,
            TransferScope::National => &self.nation,
        }
    }
}

impl Plugin for LandQuotaPlugin {
    fn build(&self, model: &mut Model) {
        let regions = Regions::of(model.world.resource::<PlaceTable>());
        let mut changes = self.changes.clone();
        changes.sort_by(|one, other| one.from.total_cmp(&other.from));
        model.world.insert_resource(QuotaMarket { block: self.block.clone(), changes, regions });
        model.add_systems(Phase::Policy, set_terms.in_set(PolicyStep::LandQuota));
        model.add_systems(Phase::Land, (release_homesteads, trade_quota, grant_plan).chain().in_set(LandStep::Quota));
    }
}

fn set_terms(market: Res<QuotaMarket>, clock: Res<Clock>, mut policy: ResMut<SettlementPolicy>) {
    policy.scope = market.block.scope;
    policy.plan_growth = market.block.plan_growth;
    policy.price_quarters = market.block.price_quarters;
    for change in market.changes.iter().filter(|change| clock.within(change.from, None)) {
        policy.scope = change.scope.unwrap_or(policy.scope);
        policy.plan_growth = change.plan_growth.unwrap_or(policy.plan_growth);
        policy.price_quarters = change.price_quarters.unwrap_or(policy.price_quarters);
    }
}

fn release_homesteads(market: Res<QuotaMarket>, policy: Res<SettlementPolicy>, mut land: ResMut<Land>) {
    for place in 0..land.given_up.len() {
        let freed = std::mem::take(&mut land.given_up[place]).min(land.homestead[place]);
        let fields = match policy.scope {
            TransferScope::None => 0.0,
            _ => recultivated(freed, market.block.recultivation),
        };
        land.homestead[place] -= freed;
        land.arable[place] += fields;
        land.pool[place] += fields;
        land.released[place] += freed - fields;
    }
}

/// Columns of the places that share a pool, side by side.
#[derive(Default)]
struct Bidders {
    rents: Vec<f64>,
    construction: Vec<f64>,
    arable: Vec<f64>,
    pools: Vec<f64>,
    draws: Vec<f64>,
}

impl Bidders {
    fn gather(&mut self, members: &[usize], rents: &Rents, land: &Land) {
        let pick = |column: &[f64], out: &mut Vec<f64>| {
            out.clear();
            out.extend(members.iter().map(|&place| column[place]));
        };
        pick(&rents.rent, &mut self.rents);
        pick(&land.construction, &mut self.construction);
        pick(&land.arable, &mut self.arable);
        pick(&land.pool, &mut self.pools);
        self.draws.clear();
        self.draws.resize(members.len(), 0.0);
    }
}

fn trade_quota(
    market: Res<QuotaMarket>,
    policy: Res<SettlementPolicy>,
    rents: Res<Rents>,
    mut land: ResMut<Land>,
    mut incomes: ResMut<Incomes>,
    mut bidders: Local<Bidders>,
) {
    land.quota_bought.fill(0.0);
    land.quota_sold.fill(0.0);
    incomes.quota_payment_due.fill(0.0);
    incomes.quota_revenue_due.fill(0.0);
    if policy.scope == TransferScope::None {
        return;
    }
    let terms = QuotaTrade {
        offered: market.block.draw_share,
        rent_elasticity: market.block.rent_exponent,
        growth_max: market.block.draw_max,
        arable_max: market.block.arable_draw_max,
        price_quarters: policy.price_quarters,
    };
    for members in market.regions.within(policy.scope) {
        trade_in_region(members, &terms, &rents, &mut land, &mut incomes, &mut bidders);
    }
}

fn trade_in_region(
    members: &[usize],
    terms: &QuotaTrade,
    rents: &Rents,
    land: &mut Land,
    incomes: &mut Incomes,
    bidders: &mut Bidders,
) {
    bidders.gather(members, rents, land);
    let pool = total(&bidders.pools);
    if pool <= 0.0 {
        return;
    }
    let Bidders { rents, construction, arable, pools, draws } = bidders;
    fill_quota_draws(pool, rents, construction, arable, terms, draws);
    let drawn = total(draws);
    let price = quota_price(rents, draws, terms.price_quarters);
    for ((&place, &draw), &own) in members.iter().zip(draws.iter()).zip(pools.iter()) {
        land.construction[place] += draw;
        land.arable[place] -= draw;
        land.quota_bought[place] = draw;
        incomes.quota_payment_due[place] = price * draw;
        let sold = quota_sold(own, pool, drawn);
        land.pool[place] = (own - sold).max(0.0);
        land.quota_sold[place] = sold;
        incomes.quota_revenue_due[place] = price * sold;
    }
}

fn grant_plan(market: Res<QuotaMarket>, policy: Res<SettlementPolicy>, mut land: ResMut<Land>) {
    let land = &mut *land;
    for (construction, reserve) in land.construction.iter_mut().zip(&mut land.reserve) {
        // Fields give way to the city, and as much reserve becomes fields.
        let granted = plan_quota(*construction, policy.plan_growth, *reserve, market.block.reserve_use_max);
        *construction += granted;
        *reserve -= granted;
    }
}

#[cfg(test)]
mod tests;
