//! Idle homesteads: the land of houses whose owners live elsewhere.
//!
//! - **Reads** [`Counts::idle_homesteads`], [`Land::homestead_per_head`]. **Writes** [`Land::idle`].
//! - **Phase** [`Phase::Land`], last. **Chance** none. **Equation** absent people with a homestead × homestead a head, at
//!   most all homestead land of the place.
//! - A count, not a mechanism: nothing is done with idle land but by those who own it.

use bevy_ecs::prelude::*;

use super::measures::LandStep;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Counts, Land, PlaceTable};
use crate::plugin::Plugin;

/// Measures idle homesteads.
pub struct IdleHomesteadsPlugin;

impl Plugin for IdleHomesteadsPlugin {
    fn build(&self, model: &mut Model) {
        model.add_systems(Phase::Land, measure_idle.in_set(LandStep::Idle));
    }
}

fn measure_idle(counts: Res<Counts>, table: Res<PlaceTable>, mut land: ResMut<Land>) {
    for origin in 0..land.idle.len() {
        let absent = f64::from(counts.idle_homesteads[origin]) * table.mass_per_agent(origin);
        land.idle[origin] = (absent * land.homestead_per_head[origin]).min(land.homestead[origin]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::small_model;

    #[test]
    fn idle_land_is_that_of_absent_people_and_never_more_than_there_is() {
        let mut model = small_model(2);
        model.add(&MeasuresPlugin).add(&IdleHomesteadsPlugin);
        // An agent is 1,000 workers, 1.6 thousand persons.
        model.world.resource_mut::<Counts>().idle_homesteads = vec![100, 1000, 0];
        model.tick().unwrap();
        assert_eq!(model.world.resource::<Land>().idle, [24.0, 150.0]);
    }
}
