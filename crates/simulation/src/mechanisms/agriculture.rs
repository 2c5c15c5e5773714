//! Agriculture: land and labour make food, and those who stay farm more land each.
//!
//! - **Reads** [`Population`], [`Farmers`] (rural people less last quarter's town jobs), arable [`Land`], farm policy.
//!   **Writes** food output in [`Markets`].
//! - **Phase** [`Phase::Harvest`]. **Chance** none. **Equation** [`economics::agriculture::farm_output`].
//! - **Switched off**: output stays at its opening amount ([`GivenHarvestPlugin`]).

use bevy_ecs::prelude::*;
use economics::agriculture::{FarmBase, Farming, farm_output};
use economics::maths::exp;
use scenario::mechanisms::agriculture::Agriculture;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::economy::{Farmers, Step};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{IndustryTable, Land, Markets, Population, SettlementPolicy};
use crate::plugin::Plugin;

/// Agriculture.
pub struct AgriculturePlugin(pub Agriculture);

/// What takes the place of agriculture where it is off: every quarter's harvest is the first one.
pub struct GivenHarvestPlugin;

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

impl Plugin for AgriculturePlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(FarmRule {
            farming: Farming {
                land: self.0.land_elasticity,
                labour: self.0.labour_elasticity,
                consolidation: self.0.consolidation_gain,
            },
            growth: self.0.growth,
        });
        model.world.insert_resource(FarmProgress { level: 1.0, people_start: Vec::new() });
        model.keep::<FarmProgress>("farm progress");
        model.add_systems(Phase::Harvest, harvest.in_set(Step::Harvest));
        model.add_systems(Phase::Accounts, improve_farms);
    }
}

impl Plugin for GivenHarvestPlugin {
    fn build(&self, model: &mut Model) {
        model.add_systems(Phase::Harvest, grow_as_at_first.in_set(Step::Harvest));
    }
}

/// Opening output follows the agents in the world, as farms' does, and not the table's people, whom agents round.
fn grow_as_at_first(clock: Res<Clock>, population: Res<Population>, land: Res<Land>, mut markets: ResMut<Markets>) {
    if clock.burning_in {
        for (place, output) in markets.food_output.iter_mut().enumerate() {
            *output = if land.arable_start[place] > 0.0 { population.rural[place] } else { 0.0 };
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "land, people and policy meet in a harvest")]
fn harvest(
    clock: Res<Clock>,
    rule: Res<FarmRule>,
    policy: Res<SettlementPolicy>,
    industries: Res<IndustryTable>,
    population: Res<Population>,
    farmers: Res<Farmers>,
    land: Res<Land>,
    mut progress: ResMut<FarmProgress>,
    mut markets: ResMut<Markets>,
) {
    if clock.burning_in || progress.people_start.is_empty() {
        progress.people_start.clone_from(&population.rural);
    }
    let consolidation = rule.farming.consolidation + policy.farm_consolidation;
    let farming = Farming { consolidation, ..rule.farming };
    for (place, output) in markets.food_output.iter_mut().enumerate() {
        let base = FarmBase { people: progress.people_start[place], arable: land.arable_start[place] };
        *output = if base.arable > 0.0 {
            let level = progress.level * industries.farm_endowment[place];
            farm_output(population.rural[place], farmers.0[place], land.arable[place], level, &base, &farming)
        } else {
            0.0
        };
    }
}

fn improve_farms(
    clock: Res<Clock>,
    rule: Res<FarmRule>,
    policy: Res<SettlementPolicy>,
    mut progress: ResMut<FarmProgress>,
) {
    if !clock.burning_in {
        progress.level *= exp(rule.growth + policy.farm_growth);
    }
}
