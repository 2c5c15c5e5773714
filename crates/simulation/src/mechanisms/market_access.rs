//! Market access: distance, infrastructure and local protection cut markets apart.
//!
//! - **Reads** [`Geography`], [`IndustryTable`], [`TradePolicy`]. **Writes** [`Freeness`].
//! - **Phase** [`Phase::Prices`](crate::step::Phase::Prices); only in quarters in which a measure changed trade costs.
//!   **Random numbers** none. **Equation** [`economics::market_access::fill_freeness`].
//! - **Switched off**: trade costs nothing, also to and from the countryside.

use bevy_ecs::prelude::*;
use economics::market_access::fill_freeness;
use rayon::prelude::*;
use scenario::industry::Role;
use scenario::scenario::Scenario;

use crate::mechanisms::trade_policy::TradePolicy;
use crate::model::Model;
use crate::region::{Geography, IndustryTable};
use crate::step::Step;

/// Freeness of trade (phi) by industry with firms, for each pair of places `[from * places + to]`.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Freeness(pub Vec<Vec<f64>>);

/// The factor by which prices rise on the way between countryside and city; 1 without the mechanism.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct LastMile(pub f64);

/// Multiples of the industries' own trade costs, and the revision of trade policy that freeness was computed from.
#[derive(Resource, Clone, Copy, Debug)]
struct TradeCosts {
    distance_cost: f64,
    protection: f64,
    revision: Option<u32>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let places = scenario.places.len();
    let industries = model.world.resource::<IndustryTable>().firms();
    let block = scenario.mechanisms.market_access.as_ref();
    model.world.insert_resource(Freeness(vec![vec![1.0; places * places]; industries]));
    model.world.insert_resource(LastMile(block.map_or(1.0, |block| block.last_mile)));
    let Some(block) = block else { return };
    model.world.insert_resource(TradeCosts {
        distance_cost: block.distance_cost,
        protection: block.protection,
        revision: None,
    });
    model.add(Step::SetFreeness, set_freeness);
}

fn set_freeness(
    geography: Res<Geography>,
    industries: Res<IndustryTable>,
    policy: Res<TradePolicy>,
    mut costs: ResMut<TradeCosts>,
    mut freeness: ResMut<Freeness>,
) {
    if costs.revision == Some(policy.revision) {
        return;
    }
    costs.revision = Some(policy.revision);
    let places = geography.places.max(1);
    for (industry, freeness) in freeness.0.iter_mut().enumerate() {
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
