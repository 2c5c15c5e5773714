//! Networks: those who went before make it easier to follow.
//!
//! - **Reads** migrants by origin and city in [`Population`], the reach of communications in [`TradePolicy`]. **Writes**
//!   utilities of migrants in [`Utilities`].
//! - **Phase** [`Phase::Utilities`], after valuation. **Chance** none. **Equation**
//!   [`economics::utility::network_gain`].
//! - **Switched off**: who went before makes no difference.

use bevy_ecs::prelude::*;
use economics::utility::network_gain;
use rayon::prelude::*;
use scenario::mechanisms::networks::Networks;

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Population, TradePolicy, Utilities};
use crate::plugin::Plugin;
use crate::valuation::someone_chooses;

/// Networks.
pub struct NetworksPlugin(pub Networks);

/// Strength and scale of networks.
#[derive(Resource, Clone, Copy, Debug)]
struct NetworkRule {
    strength: f64,
    scale: f64,
}

impl Plugin for NetworksPlugin {
    fn build(&self, model: &mut Model) {
        let Networks { strength, scale } = self.0;
        model.world.insert_resource(NetworkRule { strength, scale });
        model.add_systems(Phase::Utilities, follow_networks.run_if(someone_chooses).in_set(Step::Networks));
    }
}

fn follow_networks(
    rule: Res<NetworkRule>,
    policy: Res<TradePolicy>,
    population: Res<Population>,
    mut utilities: ResMut<Utilities>,
) {
    if rule.strength == 0.0 {
        return;
    }
    let gain = |migrants: f64, reach: f64| {
        if migrants > 0.0 { network_gain(migrants, rule.strength * reach, rule.scale) } else { 0.0 }
    };
    let places = policy.network_reach.len().max(1);
    let Utilities { migrant: [unskilled, skilled], network, .. } = &mut *utilities;
    let rows = unskilled.par_chunks_mut(places).zip(skilled.par_chunks_mut(places));
    let rows = rows.zip(network.par_chunks_mut(places)).zip(population.migrants.par_chunks(places));
    rows.for_each(|(((unskilled, skilled), network), migrants)| {
        for (place, &migrants) in migrants.iter().enumerate() {
            let gain = gain(migrants, policy.network_reach[place]);
            network[place] = gain;
            unskilled[place] += gain;
            skilled[place] += gain;
        }
    });
    for table in &mut utilities.outside {
        for (utility, &away) in table.iter_mut().zip(&population.outside) {
            *utility += gain(away, 1.0);
        }
    }
}
