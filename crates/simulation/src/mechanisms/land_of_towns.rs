//! Land of towns: firms scattered over the countryside take land from the reserve, and leave waste when they go.
//!
//! - **Reads** [`FirmMass::town_count`]. **Writes** [`Land::town`], [`Land::reserve`], [`Land::released`], [`TownLandShort`].
//! - **Phase** [`Phase::Land`]. **Chance** none. **Equation** [`economics::land_of_towns::town_land`].
//! - Where the reserve is used up, firms make do with what land there is; what is missing is recorded.
//! - **Switched off** (with `towns`): no town firms, no land for them.

use bevy_ecs::prelude::*;
use economics::land_of_towns::town_land;

use super::measures::LandStep;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, Land, PlaceTable};
use crate::plugin::Plugin;

/// Adds the land use of town firms.
pub struct LandOfTownsPlugin {
    /// km² per firm unit (`towns.land_per_firm`).
    pub land_per_firm: f64,
}

#[derive(Resource)]
struct LandPerFirm(f64);

/// Land that town firms would use beyond what they have, by place, km².
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct TownLandShort(pub Vec<f64>);

impl Plugin for LandOfTownsPlugin {
    fn build(&self, model: &mut Model) {
        let places = model.world.resource::<PlaceTable>().places.len();
        model.world.insert_resource(LandPerFirm(self.land_per_firm));
        model.world.insert_resource(TownLandShort(vec![0.0; places]));
        model.add_systems(Phase::Land, use_town_land.in_set(LandStep::Towns));
    }
}

fn use_town_land(
    per_firm: Res<LandPerFirm>,
    firms: Res<FirmMass>,
    mut land: ResMut<Land>,
    mut short: ResMut<TownLandShort>,
) {
    for place in 0..land.town.len() {
        let wanted = per_firm.0 * firms.town_count[place];
        let step = town_land(wanted, land.town[place], land.reserve[place]);
        land.town[place] += step.taken - step.given_back;
        land.reserve[place] -= step.taken;
        land.released[place] += step.given_back;
        short.0[place] = step.short;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::small_model;

    #[test]
    fn firms_take_reserve_leave_waste_and_go_short_when_nothing_is_left() {
        let mut model = small_model(2);
        model.add(&MeasuresPlugin).add(&LandOfTownsPlugin { land_per_firm: 0.5 });
        let mut states = Vec::new();
        for firms in [10.0, 4.0, 120.0] {
            model.world.resource_mut::<FirmMass>().town_count[0] = firms;
            model.tick().unwrap();
            let (land, short) = (model.world.resource::<Land>(), model.world.resource::<TownLandShort>());
            states.push([land.town[0], land.reserve[0], land.released[0], short.0[0]]);
        }
        assert_eq!(states, [[5.0, 45.0, 0.0, 0.0], [2.0, 45.0, 3.0, 0.0], [47.0, 0.0, 3.0, 13.0]]);
    }
}
