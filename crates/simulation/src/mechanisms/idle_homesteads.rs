//! Idle homesteads: the land of houses whose owners live elsewhere.
//!
//! - **Reads** [`Counts`], [`PlaceTable`], [`HomesteadPerHead`], [`HomesteadLand`]. **Writes** [`IdleHomesteads`].
//! - **Phase** [`Phase::Land`](crate::step::Phase::Land), last. **Random numbers** none. **Equation** absent people
//!   with a homestead × homestead a head, at most all homestead land of the place.
//! - A count, not a mechanism: nothing is done with idle land but by those who own it.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut};
use crate::mechanisms::land_use::{HomesteadLand, HomesteadPerHead, IdleHomesteads};
use crate::mechanisms::population::Counts;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.add(Step::MeasureIdle, measure_idle);
}

fn measure_idle(
    counts: Res<Counts>,
    table: Res<PlaceTable>,
    per_head: ByCity<HomesteadPerHead>,
    homestead: ByCity<HomesteadLand>,
    mut idle: ByCityMut<IdleHomesteads>,
) {
    for origin in 0..idle.len() {
        let absent = f64::from(counts.idle_homesteads[origin]) * table.mass_per_agent(origin);
        idle[origin] = (absent * per_head[origin]).min(homestead[origin]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::testing::small;

    #[test]
    fn idle_land_is_that_of_absent_people_and_never_more_than_there_is() {
        let (mut model, scenario) = small(2, |_| {});
        add(&mut model, &scenario);
        // An agent is 1,000 workers, 1.6 thousand persons.
        model.world.resource_mut::<Counts>().idle_homesteads = vec![100, 1000, 0];
        model.tick().unwrap();
        assert_eq!(model.world.by_city::<IdleHomesteads>(), [24.0, 150.0]);
    }
}
