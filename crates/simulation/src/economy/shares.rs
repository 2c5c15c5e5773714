//! Shares: how households divide spending, and firms cost.

use bevy_ecs::prelude::*;
use economics::consumer_services::ConsumerServices;
use economics::cost::{CostShares, FixedInput};
use scenario::mechanisms::productivity::FixedInput as Chosen;
use scenario::scenario::Scenario;

use crate::places::IndustryTable;

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
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
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

/// Consumer services: technology of establishments and of the informal fringe.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Fringe {
    /// Establishments and fringe.
    pub services: ConsumerServices,
    /// Cost shares of establishments.
    pub shares: CostShares,
    /// Loss at which an establishment leaves, share of fixed cost.
    pub exit_margin: f64,
}

impl Fringe {
    /// Of a scenario; the block's defaults if the mechanism is off.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let block = scenario.mechanisms.consumer_services.clone().unwrap_or_default();
        Self {
            services: ConsumerServices {
                substitution: block.substitution,
                fixed_units: block.fixed_cost,
                informal_weight: block.fringe_size,
                informal_labour: block.fringe_cost,
            },
            shares: CostShares {
                labour: block.labour_share,
                land: 1.0 - block.labour_share,
                capital: 0.0,
                producer_services: 0.0,
            },
            exit_margin: block.exit_margin,
        }
    }
}

/// Cost shares of an industry with firms. Where producer services are off, labour does their work.
#[must_use]
pub fn cost_shares(industries: &IndustryTable, industry: usize) -> CostShares {
    let numbers = &industries.parameters[industry];
    let (labour, services) = match industries.producer_services {
        Some(_) => (numbers.labour_share, numbers.producer_service_share),
        None => (numbers.labour_share + numbers.producer_service_share, 0.0),
    };
    CostShares { labour, land: numbers.land_share, capital: numbers.capital_share, producer_services: services }
}
