//! Agriculture: land and labour make food, and those who stay farm more land each.
//!
//! - **Reads** [`RuralPeople`], [`TownJobs`], [`ArableLand`], [`ArableAtStart`], [`FarmEndowment`], [`FarmSupport`].
//!   **Writes** [`Farmers`], [`FoodOutput`], [`FarmProgress`].
//! - **Phase** [`Phase::Harvest`](crate::step::Phase::Harvest), [`Phase::Accounts`](crate::step::Phase::Accounts).
//!   **Random numbers** none. **Equation** [`economics::agriculture::farm_output`].
//! - **Switched off**: output stays at its opening amount.

use bevy_ecs::prelude::*;
use economics::agriculture::{FarmBase, Farming, farm_output, farmers};
use economics::maths::exp;
use scenario::industry::Role;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::clock::Clock;
use crate::mechanisms::farm_policy::FarmSupport;
use crate::mechanisms::land_use::{ArableAtStart, ArableLand};
use crate::mechanisms::population::RuralPeople;
use crate::mechanisms::towns::TownJobs;
use crate::model::Model;
use crate::region::stated_endowment;
use crate::step::Step;

columns! {
    /// Food output, thousand initial farm outputs of a rural person.
    city FoodOutput(f64) = |opening, place| opening.rural(place);
    /// People who farm, thousand persons.
    city Farmers(f64);
    /// Multiple of farm productivity.
    city FarmEndowment(f64) = |opening, place| {
        let farms = opening.scenario.industries.iter().position(|industry| industry.role == Role::Agriculture);
        farms.map_or(1.0, |industry| stated_endowment(opening.scenario, industry, place))
    };
}

/// Elasticities and trend.
#[derive(Resource, Clone, Copy, Debug)]
struct FarmRule {
    farming: Farming,
    growth: f64,
}

/// What farms have come to since the start.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FarmProgress {
    /// Productivity, 1 in the first quarter.
    pub level: f64,
    /// Rural people at the start by place, thousand persons.
    pub people_start: Vec<f64>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.add(Step::CountFarmers, count_farmers);
    let Some(block) = &scenario.mechanisms.agriculture else {
        model.add(Step::Harvest, grow_as_at_first);
        return;
    };
    model.world.insert_resource(FarmRule {
        farming: Farming {
            land: block.land_elasticity,
            labour: block.labour_elasticity,
            consolidation: block.consolidation_gain,
        },
        growth: block.growth,
    });
    model.world.insert_resource(FarmProgress { level: 1.0, people_start: Vec::new() });
    model.keep::<FarmProgress>("farm progress");
    model.add(Step::Harvest, harvest).add(Step::ImproveFarms, improve_farms);
}

fn count_farmers(mut places: Query<(&RuralPeople, &TownJobs, &mut Farmers)>) {
    for (rural, jobs, mut farming) in &mut places {
        farming.0 = farmers(rural.0, jobs.0);
    }
}

/// Opening output follows the agents in the world, as that of farms does, and not the people of the region table:
/// numbers of agents are rounded.
fn grow_as_at_first(clock: Res<Clock>, mut places: Query<(&ArableAtStart, &RuralPeople, &mut FoodOutput)>) {
    if clock.burning_in {
        for (arable, rural, mut output) in &mut places {
            output.0 = if arable.0 > 0.0 { rural.0 } else { 0.0 };
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "land, people and policy meet in a harvest")]
fn harvest(
    clock: Res<Clock>,
    rule: Res<FarmRule>,
    support: Res<FarmSupport>,
    (rural, farmers): (ByCity<RuralPeople>, ByCity<Farmers>),
    (arable, arable_at_start): (ByCity<ArableLand>, ByCity<ArableAtStart>),
    endowment: ByCity<FarmEndowment>,
    mut progress: ResMut<FarmProgress>,
    mut output: ByCityMut<FoodOutput>,
) {
    if clock.burning_in || progress.people_start.is_empty() {
        progress.people_start.clear();
        progress.people_start.extend_from_slice(&rural);
    }
    let consolidation = rule.farming.consolidation + support.consolidation;
    let farming = Farming { consolidation, ..rule.farming };
    for (place, output) in output.iter_mut().enumerate() {
        let base = FarmBase { people: progress.people_start[place], arable: arable_at_start[place] };
        *output = if base.arable > 0.0 {
            let level = progress.level * endowment[place];
            farm_output(rural[place], farmers[place], arable[place], level, &base, &farming)
        } else {
            0.0
        };
    }
}

fn improve_farms(
    clock: Res<Clock>,
    rule: Res<FarmRule>,
    support: Res<FarmSupport>,
    mut progress: ResMut<FarmProgress>,
) {
    if !clock.burning_in {
        progress.level *= exp(rule.growth + support.growth);
    }
}
