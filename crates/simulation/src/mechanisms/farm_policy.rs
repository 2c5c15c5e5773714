//! Farm policy: infrastructure lets farms grow faster, and merged fields repay those who stay.
//!
//! - **Reads** the clock. **Writes** [`SettlementPolicy::farm_growth`], [`SettlementPolicy::farm_consolidation`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** both are added to the farms' own growth and elasticity.
//! - **Stacking**: additive.
//! - **Switched off**: farms grow as the scenario says. The lever has neither place nor price: it acts on all farms, and
//!   its cost must be set against its effect outside the model.

use bevy_ecs::prelude::*;
use scenario::levers::FarmPolicy;

use super::measures::{PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::SettlementPolicy;
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct FarmPolicyPlugin(pub Vec<FarmPolicy>);

#[derive(Resource)]
struct Farms(Vec<FarmPolicy>);

impl Plugin for FarmPolicyPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Farms(self.0.clone()));
        model.add_systems(Phase::Policy, help_farms.in_set(PolicyStep::FarmPolicy));
    }
}

fn help_farms(measures: Res<Farms>, clock: Res<Clock>, mut policy: ResMut<SettlementPolicy>) {
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        policy.farm_growth += measure.growth;
        policy.farm_consolidation += measure.consolidation_gain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::Period;

    #[test]
    fn growth_is_added_while_the_measures_hold() {
        let mut model = small_model(1);
        let measures = [ALWAYS, Period { from: 2010.25, until: Some(2010.5) }].map(|period| FarmPolicy {
            period,
            growth: 0.25,
            consolidation_gain: -0.125,
        });
        model.add(&MeasuresPlugin).add(&FarmPolicyPlugin(measures.to_vec()));
        let mut seen = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            let policy = model.world.resource::<SettlementPolicy>();
            seen.push((policy.farm_growth, policy.farm_consolidation));
        }
        assert_eq!(seen, [(0.25, -0.125), (0.5, -0.25), (0.25, -0.125)]);
    }
}
