//! Wage setting: firms bid for labour; wages clear, lag or are pinned.
//!
//! - **Reads** tightness in [`Labour`]. **Writes** next quarter's wage in [`Labour`].
//! - **Phase** [`Phase::Factors`]. **Chance** none. **Equation** [`economics::labour::next_wage`].
//! - **Switched off**: wages stay at their opening value; pay still follows tightness.

use bevy_ecs::prelude::*;
use economics::labour::next_wage;
use scenario::mechanisms::wage_setting::{WageMode, WageSetting};

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::Labour;
use crate::plugin::Plugin;

/// Wage setting.
pub struct WageSettingPlugin(pub WageSetting);

/// How wages answer.
#[derive(Resource, Clone, Copy, Debug)]
struct WageRule(economics::labour::WageSetting);

impl Plugin for WageSettingPlugin {
    fn build(&self, model: &mut Model) {
        use economics::labour::WageSetting as Rule;
        model.world.insert_resource(WageRule(match self.0.mode {
            WageMode::Clearing => Rule::Clearing,
            WageMode::Sluggish => Rule::Sluggish { response: self.0.adjustment, change_max: self.0.step_max },
            WageMode::Pinned => Rule::Pinned,
        }));
        model.add_systems(Phase::Factors, set_wages.in_set(Step::Wages));
    }
}

fn set_wages(rule: Res<WageRule>, mut labour: ResMut<Labour>) {
    let labour = &mut *labour;
    for (wage, &tightness) in labour.wage.iter_mut().zip(&labour.tightness) {
        let next = next_wage(*wage, tightness, rule.0);
        if next > 0.0 {
            *wage = next;
        }
    }
}
