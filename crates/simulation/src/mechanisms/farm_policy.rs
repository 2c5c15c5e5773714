//! Farm policy: infrastructure lets farms grow faster, and merged fields repay those who stay.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`]. **Writes** [`FarmSupport`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation** both are added to
//!   the farms' own growth and elasticity.
//! - **Stacking**: additive.
//! - **Switched off**: farms grow as the scenario says. The lever has neither place nor price: it acts on all farms,
//!   and its cost must be set against its effect outside the model.

use bevy_ecs::prelude::*;
use scenario::levers::FarmPolicy;
use scenario::scenario::Scenario;

use crate::mechanisms::measures::Today;
use crate::model::Model;
use crate::step::Step;

#[cfg(doc)]
use crate::{clock::Clock, mechanisms::measures::CityProper, region::PlaceTable};

/// What farm policy adds in the quarter; zeros without it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct FarmSupport {
    /// Growth of farm productivity, log output a quarter.
    pub growth: f64,
    /// Gain from merged fields, elasticity.
    pub consolidation: f64,
}

#[derive(Resource)]
struct Farms(Vec<FarmPolicy>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.world.insert_resource(FarmSupport::default());
    let Some(measures) = &scenario.levers.farm_policy else { return };
    model.world.insert_resource(Farms(measures.clone()));
    model.add(Step::HelpFarms, help_farms);
}

fn help_farms(measures: Res<Farms>, today: Today, mut support: ResMut<FarmSupport>) {
    *support = FarmSupport::default();
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        support.growth += measure.growth;
        support.consolidation += measure.consolidation_gain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures;
    use crate::mechanisms::testing::small;
    use scenario::levers::Period;

    #[test]
    fn growth_is_added_while_the_measures_hold() {
        let farms = [Period::ALWAYS, Period { from: 2010.25, until: Some(2010.5) }].map(|period| FarmPolicy {
            period,
            growth: 0.25,
            consolidation_gain: -0.125,
        });
        let (mut model, scenario) = small(1, |scenario| scenario.levers.farm_policy = Some(farms.to_vec()));
        measures::add(&mut model, &scenario);
        add(&mut model, &scenario);
        let mut seen = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            let support = model.world.resource::<FarmSupport>();
            seen.push((support.growth, support.consolidation));
        }
        assert_eq!(seen, [(0.25, -0.125), (0.5, -0.25), (0.25, -0.125)]);
    }
}
