//! Networks: those who went before make it easier to follow.
//!
//! - **Reads** [`MigrantStocks`], [`OutsideStocks`], the reach of communications in [`TradePolicy`]. **Writes**
//!   [`MigrantUtility`], [`OutsideUtility`].
//! - **Phase** [`Phase::Utilities`](crate::step::Phase::Utilities), after valuation. **Random numbers** none.
//!   **Equation** [`economics::utility::network_gain`].
//! - **Switched off**: who went before makes no difference.

use bevy_ecs::prelude::*;
use economics::utility::network_gain;
use rayon::prelude::*;
use scenario::mechanisms::networks::Networks;
use scenario::scenario::Scenario;

use crate::mechanisms::population::{MigrantStocks, OutsideStocks};
use crate::mechanisms::trade_policy::TradePolicy;
use crate::mechanisms::utility::{MigrantUtility, OutsideUtility, someone_chooses};
use crate::model::Model;
use crate::step::Step;

/// Strength and scale of networks.
#[derive(Resource, Clone, Copy, Debug)]
struct NetworkRule {
    strength: f64,
    scale: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(Networks { strength, scale }) = scenario.mechanisms.networks else { return };
    model.world.insert_resource(NetworkRule { strength, scale });
    model.add(Step::FollowNetworks, follow_networks.run_if(someone_chooses));
}

fn follow_networks(
    rule: Res<NetworkRule>,
    policy: Res<TradePolicy>,
    migrants: Res<MigrantStocks>,
    away: Res<OutsideStocks>,
    mut utility: ResMut<MigrantUtility>,
    mut outside: ResMut<OutsideUtility>,
) {
    if rule.strength == 0.0 {
        return;
    }
    let gain = |migrants: f64, reach: f64| {
        if migrants > 0.0 { network_gain(migrants, rule.strength * reach, rule.scale) } else { 0.0 }
    };
    let places = policy.network_reach.len().max(1);
    let MigrantUtility { value: [unskilled, skilled], network, .. } = &mut *utility;
    let rows = unskilled.par_chunks_mut(places).zip(skilled.par_chunks_mut(places));
    let rows = rows.zip(network.par_chunks_mut(places)).zip(migrants.people.par_chunks(places));
    rows.for_each(|(((unskilled, skilled), network), migrants)| {
        for (place, &migrants) in migrants.iter().enumerate() {
            let gain = gain(migrants, policy.network_reach[place]);
            network[place] = gain;
            unskilled[place] += gain;
            skilled[place] += gain;
        }
    });
    for table in &mut outside.value {
        for (utility, &away) in table.iter_mut().zip(&away.people) {
            *utility += gain(away, 1.0);
        }
    }
}
