//! Rent pressure: rents answer to what is spent on land per square kilometre in use.
//!
//! - **Reads** spending on land in [`Rents`], construction land in [`Land`]. **Writes** the going rent in [`Rents`].
//! - **Phase** [`Phase::Factors`]. **Chance** none. **Equation** [`economics::rent::next_rent`].
//! - **Switched off**: rents stay at their opening value.

use bevy_ecs::prelude::*;
use economics::rent::next_rent;
use scenario::mechanisms::rent_pressure::RentPressure;

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Land, Rents};
use crate::plugin::Plugin;

/// Rent pressure.
pub struct RentPressurePlugin(pub RentPressure);

/// How rents answer.
#[derive(Resource, Clone, Copy, Debug)]
struct RentRule {
    adjustment: f64,
    step_max: f64,
}

impl Plugin for RentPressurePlugin {
    fn build(&self, model: &mut Model) {
        let RentPressure { adjustment, step_max } = self.0;
        model.world.insert_resource(RentRule { adjustment, step_max });
        model.add_systems(Phase::Factors, adjust_rents.in_set(Step::Rents));
    }
}

fn adjust_rents(rule: Res<RentRule>, land: Res<Land>, mut rents: ResMut<Rents>) {
    let rents = &mut *rents;
    for ((rent, &spending), &area) in rents.rent.iter_mut().zip(&rents.spending).zip(&land.construction) {
        *rent = next_rent(*rent, spending, area, rule.adjustment, rule.step_max);
    }
}
