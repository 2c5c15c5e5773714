//! Land of towns: firms scattered over the countryside take land from the reserve, and leave waste when they go.
//!
//! - **Reads** [`TownFirms`]. **Writes** [`TownLand`], [`ReserveLand`], [`ReleasedLand`].
//! - **Phase** [`Phase::Land`](crate::step::Phase::Land). **Random numbers** none. **Equation**
//!   [`economics::land_of_towns::town_land`].
//! - Where the reserve is used up, firms use only the land that they have.
//! - **Switched off** (with `towns`): no town firms, no land for them.

use bevy_ecs::prelude::*;
use economics::land_of_towns::town_land;
use scenario::scenario::Scenario;

use crate::mechanisms::firms::TownFirms;
use crate::mechanisms::land_use::{ReleasedLand, ReserveLand, TownLand};
use crate::model::Model;
use crate::step::Step;

/// km² per firm unit.
#[derive(Resource)]
struct LandPerFirm(f64);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(towns) = &scenario.mechanisms.towns else { return };
    model.world.insert_resource(LandPerFirm(towns.land_per_firm));
    model.add(Step::UseTownLand, use_town_land);
}

fn use_town_land(
    per_firm: Res<LandPerFirm>,
    mut places: Query<(&TownFirms, &mut TownLand, &mut ReserveLand, &mut ReleasedLand)>,
) {
    for (firms, mut town, mut reserve, mut released) in &mut places {
        let step = town_land(per_firm.0 * firms.0, town.0, reserve.0);
        town.0 += step.taken - step.given_back;
        reserve.0 -= step.taken;
        released.0 += step.given_back;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::testing::small;

    #[test]
    fn firms_take_reserve_leave_waste_and_take_no_more_when_nothing_is_left() {
        let (mut model, scenario) =
            small(2, |scenario| scenario.mechanisms.towns.as_mut().unwrap().land_per_firm = 0.5);
        add(&mut model, &scenario);
        let mut states = Vec::new();
        for firms in [10.0, 4.0, 120.0] {
            model.world.by_city_mut::<TownFirms>()[0] = firms;
            model.tick().unwrap();
            let world = &model.world;
            let land = [world.by_city::<TownLand>(), world.by_city::<ReserveLand>(), world.by_city::<ReleasedLand>()];
            states.push(land.map(|use_of_land| use_of_land[0]));
        }
        assert_eq!(states, [[5.0, 45.0, 0.0], [2.0, 45.0, 3.0], [47.0, 0.0, 3.0]]);
    }
}
