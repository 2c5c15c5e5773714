//! Market access: distance, infrastructure and local protection cut markets apart.
//!
//! - **Reads** [`Geography`], [`TradePolicy`]. **Writes** freeness of trade in [`Prices`], and [`LastMile`].
//! - **Phase** [`Phase::Prices`]; only in quarters in which a measure changed trade costs. **Chance** none.
//!   **Equation** [`economics::market_access::fill_freeness`].
//! - **Switched off**: trade costs nothing, also to and from the countryside.

use bevy_ecs::prelude::*;
use economics::market_access::fill_freeness;
use rayon::prelude::*;
use scenario::industry::Role;
use scenario::mechanisms::market_access::MarketAccess;

use crate::economy::{LastMile, Step};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Geography, IndustryTable, Prices, TradePolicy};
use crate::plugin::Plugin;

/// Market access.
pub struct MarketAccessPlugin(pub MarketAccess);

/// Multiples of the industries' own trade costs, and the revision of trade policy that freeness was computed from.
#[derive(Resource, Clone, Copy, Debug)]
pub(super) struct TradeCosts {
    distance_cost: f64,
    protection: f64,
    revision: Option<u32>,
}

impl Plugin for MarketAccessPlugin {
    fn build(&self, model: &mut Model) {
        let MarketAccess { distance_cost, protection, last_mile } = self.0;
        model.world.insert_resource(TradeCosts { distance_cost, protection, revision: None });
        model.world.insert_resource(LastMile(last_mile));
        model.add_systems(Phase::Prices, set_freeness.in_set(Step::TradeCosts));
    }
}

pub(super) fn set_freeness(
    geography: Res<Geography>,
    industries: Res<IndustryTable>,
    policy: Res<TradePolicy>,
    mut costs: ResMut<TradeCosts>,
    mut prices: ResMut<Prices>,
) {
    if costs.revision == Some(policy.revision) {
        return;
    }
    costs.revision = Some(policy.revision);
    let places = geography.places.max(1);
    for (industry, freeness) in prices.freeness.iter_mut().enumerate() {
        let numbers = &industries.parameters[industry];
        let multiples = match industries.roles[industry] {
            Role::ProducerServices => &policy.services_cost,
            _ => &policy.goods_cost,
        };
        let wedge = costs.protection * numbers.border_wedge;
        let cost = costs.distance_cost * numbers.distance_cost;
        freeness.par_chunks_mut(places).enumerate().for_each(|(from, row)| {
            let pairs = from * places..(from + 1) * places;
            let distances = geography.distance[pairs.clone()].iter().zip(&multiples[pairs.clone()]);
            for (to, ((freeness, (distance, multiple)), border)) in
                row.iter_mut().zip(distances).zip(&policy.wedge[pairs.clone()]).enumerate()
            {
                let barrier = if to == from { 0.0 } else { wedge * border };
                let pair = std::slice::from_mut(freeness);
                fill_freeness(&[distance * multiple], &[barrier], cost, numbers.substitution, pair);
            }
        });
    }
}
