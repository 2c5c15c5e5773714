//! Tastes: how households divide what they spend, and what fixed costs of firms are paid in.

use bevy_ecs::prelude::*;
use economics::cost::FixedInput;
use scenario::mechanisms::productivity::FixedInput as Chosen;
use scenario::scenario::Scenario;

/// Tastes, and what fixed costs are paid in.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Tastes {
    /// Subsistence and shares.
    pub shares: economics::goods_market::Tastes,
    /// Share of a citizen's housing budget that a migrant spends on housing.
    pub migrant_housing: f64,
    /// Fixed input of goods firms.
    pub fixed_input: FixedInput,
}

impl Tastes {
    /// Tastes of a scenario. Without an industry of consumer services nothing is spent on them.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let chosen = scenario.mechanisms.productivity.as_ref().map_or(Chosen::Composite, |block| block.fixed_input);
        Self {
            shares: economics::goods_market::Tastes {
                subsistence: scenario.preferences.subsistence,
                food: scenario.preferences.food_share,
                consumer_services: scenario.consumer_service_share(),
                housing: scenario.preferences.housing_share,
            },
            migrant_housing: scenario.preferences.migrant_housing,
            fixed_input: match chosen {
                Chosen::Composite => FixedInput::Composite,
                Chosen::MobileSkilled => FixedInput::MobileSkilled,
                Chosen::Capital => FixedInput::Capital,
            },
        }
    }
}
