//! Communications: better links carry producer services farther and let news from migrants travel.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`]. **Writes** [`TradePolicy`]: its costs of services and the
//!   reach of networks.
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation** the distance cost
//!   of producer services of a pair is multiplied if either place is named; the strength of networks is multiplied
//!   towards the places named.
//! - **Stacking**: measures that hold together multiply.
//! - **Switched off**: services and news cost what the scenario says. The lever is free: it has no finance of its own.

use bevy_ecs::prelude::*;
use scenario::levers::Communications;
use scenario::scenario::Scenario;

use crate::mechanisms::measures::Today;
use crate::mechanisms::trade_policy::{TradePolicy, multiply_pairs};
use crate::model::Model;
use crate::step::Step;

#[cfg(doc)]
use crate::{clock::Clock, mechanisms::measures::CityProper, region::PlaceTable};

#[derive(Resource)]
struct Lines(Vec<Communications>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(measures) = &scenario.levers.communications else { return };
    model.world.insert_resource(Lines(measures.clone()));
    model.add(Step::OpenLines, open_lines);
}

fn open_lines(measures: Res<Lines>, today: Today, mut trade: ResMut<TradePolicy>, mut named: Local<Vec<bool>>) {
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        today.mark(&measure.places, &mut named);
        multiply_pairs(&mut trade.services_cost, &named, measure.services_cost);
        for (reach, _) in trade.network_reach.iter_mut().zip(named.iter()).filter(|(_, named)| **named) {
            *reach *= measure.network_reach;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, trade_policy};
    use scenario::levers::Period;
    use scenario::place::Where;

    #[test]
    fn lines_act_on_services_and_networks_and_leave_goods_alone() {
        let measure = Communications {
            period: Period::ALWAYS,
            places: Where::Places(vec!["east".to_owned()]),
            services_cost: 0.5,
            network_reach: 2.0,
        };
        let (mut model, scenario) =
            small(3, |scenario| scenario.levers.communications = Some(vec![measure.clone(), measure]));
        for add in [measures::add, trade_policy::add, add] {
            add(&mut model, &scenario);
        }
        model.run_phases().unwrap();
        let trade = model.world.resource::<TradePolicy>();
        assert_eq!(trade.services_cost, [1.0, 0.25, 0.25, 0.25, 1.0, 1.0, 0.25, 1.0, 1.0]);
        assert_eq!(trade.network_reach, [4.0, 1.0, 1.0]);
        assert_eq!((&trade.goods_cost, &trade.travel_cost), (&vec![1.0; 9], &vec![1.0; 9]));
    }
}
