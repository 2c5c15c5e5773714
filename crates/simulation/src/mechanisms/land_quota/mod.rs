//! Land quota: homesteads given up become quota that cities may build on; arable land never shrinks.
//!
//! - **Reads** [`Clock`], [`GoingRent`]. **Writes** [`QuotaTerms`], [`HomesteadsGivenUp`], [`HomesteadLand`],
//!   [`ConstructionLand`], [`ArableLand`], [`ReserveLand`], [`ReleasedLand`], [`QuotaPool`], [`QuotaBought`],
//!   [`QuotaSold`], [`QuotaRevenueDue`], [`QuotaPaymentDue`], [`Ledger`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy) (terms of the market),
//!   [`Phase::Incomes`](crate::step::Phase::Incomes) (payments), [`Phase::Land`](crate::step::Phase::Land) (the
//!   market). **Random numbers** none. **Equation** [`economics::land`].
//! - **Release**: land that settlers gave up leaves the homesteads. With a market its arable part enters the pool of
//!   its origin; without one nobody re-cultivates it and all of it is waste.
//! - **Trade**: cities draw from the pools they may use: their own place's, those of their province, or all. What one
//!   may not draw stays in the pool. A city builds over its own arable land; the area is back already where the quota
//!   is from.
//! - **Plan**: construction land also grows by plan, as far as reserve land can be reclaimed for the fields taken.
//! - **Money**: a city owes the price in the next quarter, and the countrysides whose quota it was are owed the same
//!   sum. The household's share and that of the village collective both belong to the rural households of the origin,
//!   so the model pays them as one.
//! - **Stacking**: a later change replaces what it names.
//! - **Switched off**: land given up stays homestead, cities keep the land they have.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::land::{QuotaTrade, fill_quota_draws, plan_quota, quota_price, quota_sold, recultivated};
use economics::maths::total;
use scenario::levers::LandQuotaChange;
use scenario::mechanisms::land_quota::{LandQuota, TransferScope};
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::clock::Clock;
use crate::mechanisms::land_use::{
    ArableLand, ConstructionLand, HomesteadLand, HomesteadsGivenUp, QuotaBought, QuotaPool, QuotaSold, ReleasedLand,
    ReserveLand,
};
use crate::mechanisms::rent_pressure::GoingRent;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::snapshot::city;
use crate::step::Step;

columns! {
    /// Owed to the countryside for quota, paid next quarter, thousand yuan.
    nominal city QuotaRevenueDue(f64);
    /// Owed by the city for quota, paid next quarter, thousand yuan.
    nominal city QuotaPaymentDue(f64);
}

/// Terms of the quota market in force.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct QuotaTerms {
    /// Between which places quotas are traded.
    pub scope: TransferScope,
    /// Growth of construction land by plan, share a quarter.
    pub plan_growth: f64,
    /// Price of a quota in quarters of rent.
    pub price_quarters: f64,
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

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.world.insert_resource(QuotaTerms { scope: TransferScope::None, plan_growth: 0.0, price_quarters: 0.0 });
    model.keep_pieces("quotas due", vec![city::<QuotaRevenueDue>(), city::<QuotaPaymentDue>()]);
    model.add(Step::PayQuotas, pay_quotas);
    let Some(block) = &scenario.mechanisms.land_quota else { return };
    let regions = Regions::of(model.world.resource::<PlaceTable>());
    let changes = scenario.levers.land_quota_in_order();
    model.world.insert_resource(QuotaMarket { block: block.clone(), changes, regions });
    model
        .add(Step::SetQuotaTerms, set_terms)
        .add(Step::ReleaseHomesteads, release_homesteads)
        .add(Step::TradeQuota, trade_quota)
        .add(Step::GrantPlan, grant_plan);
}

fn set_terms(market: Res<QuotaMarket>, clock: Res<Clock>, mut terms: ResMut<QuotaTerms>) {
    terms.scope = market.block.scope;
    terms.plan_growth = market.block.plan_growth;
    terms.price_quarters = market.block.price_quarters;
    for change in market.changes.iter().filter(|change| clock.within(change.from, None)) {
        terms.scope = change.scope.unwrap_or(terms.scope);
        terms.plan_growth = change.plan_growth.unwrap_or(terms.plan_growth);
        terms.price_quarters = change.price_quarters.unwrap_or(terms.price_quarters);
    }
}

fn pay_quotas(
    mut payment_due: ByCityMut<QuotaPaymentDue>,
    mut revenue_due: ByCityMut<QuotaRevenueDue>,
    mut ledger: ResMut<Ledger>,
) {
    for (place, due) in payment_due.iter_mut().enumerate() {
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, *due, Payment::QuotaPrice);
        *due = 0.0;
    }
    for (place, due) in revenue_due.iter_mut().enumerate() {
        ledger.pay(Holder::Transit, Holder::RuralHouseholds(place as u16), *due, Payment::QuotaPrice);
        *due = 0.0;
    }
}

type Release<'a> =
    (&'a mut HomesteadsGivenUp, &'a mut HomesteadLand, &'a mut ArableLand, &'a mut QuotaPool, &'a mut ReleasedLand);

fn release_homesteads(market: Res<QuotaMarket>, terms: Res<QuotaTerms>, mut places: Query<Release>) {
    for (mut given_up, mut homestead, mut arable, mut pool, mut released) in &mut places {
        let freed = std::mem::take(&mut given_up.0).min(homestead.0);
        let fields = match terms.scope {
            TransferScope::None => 0.0,
            _ => recultivated(freed, market.block.recultivation),
        };
        homestead.0 -= freed;
        arable.0 += fields;
        pool.0 += fields;
        released.0 += freed - fields;
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

/// What a trade looks at and changes.
#[derive(SystemParam)]
struct QuotaAccounts<'w> {
    rent: ByCity<'w, GoingRent>,
    construction: ByCityMut<'w, ConstructionLand>,
    arable: ByCityMut<'w, ArableLand>,
    pool: ByCityMut<'w, QuotaPool>,
    bought: ByCityMut<'w, QuotaBought>,
    sold: ByCityMut<'w, QuotaSold>,
    payment_due: ByCityMut<'w, QuotaPaymentDue>,
    revenue_due: ByCityMut<'w, QuotaRevenueDue>,
}

impl Bidders {
    fn gather(&mut self, members: &[usize], accounts: &QuotaAccounts) {
        let pick = |column: &[f64], out: &mut Vec<f64>| {
            out.clear();
            out.extend(members.iter().map(|&place| column[place]));
        };
        pick(&accounts.rent, &mut self.rents);
        pick(&accounts.construction, &mut self.construction);
        pick(&accounts.arable, &mut self.arable);
        pick(&accounts.pool, &mut self.pools);
        self.draws.clear();
        self.draws.resize(members.len(), 0.0);
    }
}

fn trade_quota(
    market: Res<QuotaMarket>,
    terms: Res<QuotaTerms>,
    mut accounts: QuotaAccounts,
    mut bidders: Local<Bidders>,
) {
    accounts.bought.fill(0.0);
    accounts.sold.fill(0.0);
    accounts.payment_due.fill(0.0);
    accounts.revenue_due.fill(0.0);
    if terms.scope == TransferScope::None {
        return;
    }
    let trade = QuotaTrade {
        offered: market.block.draw_share,
        rent_elasticity: market.block.rent_exponent,
        growth_max: market.block.draw_max,
        arable_max: market.block.arable_draw_max,
        price_quarters: terms.price_quarters,
    };
    for members in market.regions.within(terms.scope) {
        bidders.gather(members, &accounts);
        accounts.trade(members, &trade, &mut bidders);
    }
}

impl QuotaAccounts<'_> {
    /// Trades within a region.
    fn trade(&mut self, members: &[usize], trade: &QuotaTrade, bidders: &mut Bidders) {
        let pool = total(&bidders.pools);
        if pool <= 0.0 {
            return;
        }
        let Bidders { rents, construction, arable, pools, draws } = bidders;
        fill_quota_draws(pool, rents, construction, arable, trade, draws);
        let drawn = total(draws);
        let price = quota_price(rents, draws, trade.price_quarters);
        for ((&place, &draw), &own) in members.iter().zip(draws.iter()).zip(pools.iter()) {
            self.construction[place] += draw;
            self.arable[place] -= draw;
            self.bought[place] = draw;
            self.payment_due[place] = price * draw;
            let sold = quota_sold(own, pool, drawn);
            self.pool[place] = (own - sold).max(0.0);
            self.sold[place] = sold;
            self.revenue_due[place] = price * sold;
        }
    }
}

fn grant_plan(
    market: Res<QuotaMarket>,
    terms: Res<QuotaTerms>,
    mut places: Query<(&mut ConstructionLand, &mut ReserveLand)>,
) {
    for (mut construction, mut reserve) in &mut places {
        // Fields give way to the city, and as much reserve becomes fields.
        let granted = plan_quota(construction.0, terms.plan_growth, reserve.0, market.block.reserve_use_max);
        construction.0 += granted;
        reserve.0 -= granted;
    }
}

#[cfg(test)]
mod tests;
