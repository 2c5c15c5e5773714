//! Congestion: crowding and long ways cost working time.
//!
//! - **Reads** [`Population`], construction land in [`Land`]. **Writes** effective labour in [`Productivities`].
//! - **Phase** [`Phase::Productivity`]. **Chance** none. **Equation** [`economics::congestion::effective_labour`].
//! - **Switched off**: effective labour is one.

use bevy_ecs::prelude::*;
use economics::congestion::effective_labour;
use scenario::mechanisms::congestion::Congestion;

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Land, Population, Productivities};
use crate::plugin::Plugin;

/// Congestion.
pub struct CongestionPlugin(pub Congestion);

/// How crowding and distance cost time.
#[derive(Resource, Clone, Copy, Debug)]
struct TimeCosts(economics::congestion::Congestion);

impl Plugin for CongestionPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(TimeCosts(economics::congestion::Congestion {
            crowding: self.0.crowding_cost,
            crowding_elasticity: self.0.crowding_exponent,
            commuting: self.0.way_cost,
            density_base: self.0.standard_density,
            land_base: self.0.standard_area,
        }));
        model.add_systems(Phase::Productivity, lose_time.in_set(Step::Congestion));
    }
}

fn lose_time(
    costs: Res<TimeCosts>,
    population: Res<Population>,
    land: Res<Land>,
    mut productivities: ResMut<Productivities>,
) {
    let columns = population.urban.iter().zip(&land.construction);
    for (effective, (&residents, &area)) in productivities.effective_labour.iter_mut().zip(columns) {
        *effective = effective_labour(residents, area, &costs.0);
    }
}
