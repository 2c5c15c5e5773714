//! Migration costs: what a move costs falls with the years, by how far it leads.
//!
//! - **Reads** [`Clock`]. **Writes** [`FallenCosts`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation**
//!   [`economics::utility::fallen_cost`].
//! - **Switched off**: a move costs in every year what it costs in the first.

use bevy_ecs::prelude::*;
use economics::utility::fallen_cost;
use scenario::scenario::Scenario;

use crate::clock::Clock;
use crate::model::Model;
use crate::step::Step;

/// How much less a move costs than at the start, by [`MoveClass`](crate::region::MoveClass), utility.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct FallenCosts(pub [f64; 3]);

/// How fast costs fall, and until when.
#[derive(Resource, Clone, Copy, Debug)]
struct Decline {
    by_class: [f64; 3],
    until: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.migration_costs else { return };
    let by_class = [block.decline_own_prefecture, block.decline_same_province, block.decline_other_province];
    model.world.insert_resource(Decline { by_class, until: block.until });
    model.world.insert_resource(FallenCosts::default());
    model.add(Step::LowerMovingCosts, lower_moving_costs);
}

fn lower_moving_costs(clock: Res<Clock>, decline: Res<Decline>, mut fallen: ResMut<FallenCosts>) {
    let start = f64::from(clock.start);
    fallen.0 = decline.by_class.map(|a_year| fallen_cost(a_year, clock.year() - start, decline.until - start));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::testing::small;
    use scenario::mechanisms::migration_costs::MigrationCosts;

    #[test]
    fn costs_fall_with_the_years_until_the_date() {
        let block = MigrationCosts {
            decline_own_prefecture: 0.01,
            decline_same_province: 0.02,
            decline_other_province: 0.04,
            until: 2012.0,
        };
        let (mut model, scenario) = small(1, |scenario| scenario.mechanisms.migration_costs = Some(block));
        add(&mut model, &scenario);
        for (quarters, years) in [(0, 0.0), (4, 1.0), (8, 2.0), (40, 2.0)] {
            model.world.resource_mut::<Clock>().tick = quarters;
            model.run_phases().unwrap();
            assert_eq!(
                *model.world.resource::<FallenCosts>(),
                FallenCosts([0.01, 0.02, 0.04].map(|each| each * years))
            );
        }
    }
}
