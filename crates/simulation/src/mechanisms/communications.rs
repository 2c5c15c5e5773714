//! Communications: better links carry producer services farther and let news from migrants travel.
//!
//! - **Reads** [`CityProper`]. **Writes** [`TradePolicy::services_cost`], [`TradePolicy::network_reach`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** the distance cost of producer services of a pair is
//!   multiplied if either place is named; the strength of networks is multiplied towards the places named.
//! - **Stacking**: measures that hold together multiply.
//! - **Switched off**: services and news cost what the scenario says. The lever is free: it has no finance of its own.

use bevy_ecs::prelude::*;
use scenario::levers::Communications;

use super::barriers::multiply_pairs;
use super::measures::{CityProper, PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{PlaceTable, TradePolicy};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct CommunicationsPlugin(pub Vec<Communications>);

#[derive(Resource)]
struct Lines(Vec<Communications>);

impl Plugin for CommunicationsPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Lines(self.0.clone()));
        model.add_systems(Phase::Policy, open_lines.in_set(PolicyStep::Communications));
    }
}

fn open_lines(
    measures: Res<Lines>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    mut trade: ResMut<TradePolicy>,
    mut named: Local<Vec<bool>>,
) {
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        proper.mark(&measure.places, &table, &mut named);
        multiply_pairs(&mut trade.services_cost, &named, measure.services_cost);
        for (reach, _) in trade.network_reach.iter_mut().zip(named.iter()).filter(|(_, named)| **named) {
            *reach *= measure.network_reach;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::place::Where;

    #[test]
    fn lines_act_on_services_and_networks_and_leave_goods_alone() {
        let mut model = small_model(3);
        let measure = Communications {
            period: ALWAYS,
            places: Where::Places(vec!["east".to_owned()]),
            services_cost: 0.5,
            network_reach: 2.0,
        };
        model.add(&MeasuresPlugin).add(&CommunicationsPlugin(vec![measure.clone(), measure]));
        model.run_schedule().unwrap();
        let trade = model.world.resource::<TradePolicy>();
        assert_eq!(trade.services_cost, [1.0, 0.25, 0.25, 0.25, 1.0, 1.0, 0.25, 1.0, 1.0]);
        assert_eq!(trade.network_reach, [4.0, 1.0, 1.0]);
        assert_eq!((&trade.goods_cost, &trade.travel_cost), (&vec![1.0; 9], &vec![1.0; 9]));
    }
}
