//! Congestion: crowding and long ways cost working time.
//!
//! - **Reads** [`UrbanPeople`], [`ConstructionLand`]. **Writes** [`EffectiveLabour`].
//! - **Phase** [`Phase::Productivity`](crate::step::Phase::Productivity). **Random numbers** none. **Equation**
//!   [`economics::congestion::effective_labour`].
//! - **Switched off**: effective labour is one.

use bevy_ecs::prelude::*;
use economics::congestion::{Congestion, effective_labour};
use scenario::scenario::Scenario;

use crate::agents::city::columns;
use crate::mechanisms::land_use::ConstructionLand;
use crate::mechanisms::population::UrbanPeople;
use crate::model::Model;
use crate::step::Step;

columns! {
    /// Effective labour per worker: the share of working time that crowding and ways leave.
    city EffectiveLabour(f64) = |_, _| 1.0;
}

/// How crowding and distance cost time.
#[derive(Resource, Clone, Copy, Debug)]
struct TimeCosts(Congestion);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.congestion else { return };
    model.world.insert_resource(TimeCosts(Congestion {
        crowding: block.crowding_cost,
        crowding_elasticity: block.crowding_exponent,
        commuting: block.way_cost,
        density_base: block.standard_density,
        land_base: block.standard_area,
    }));
    model.add(Step::LoseTime, lose_time);
}

fn lose_time(costs: Res<TimeCosts>, mut cities: Query<(&UrbanPeople, &ConstructionLand, &mut EffectiveLabour)>) {
    for (residents, land, mut effective) in &mut cities {
        effective.0 = effective_labour(residents.0, land.0, &costs.0);
    }
}
