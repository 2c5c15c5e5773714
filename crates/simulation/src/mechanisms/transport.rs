//! Transport: links between places make goods and people travel at less (or more) cost, and must be paid for.
//!
//! - **Reads** [`Geography`], [`CityProper`]. **Writes** [`TradePolicy::goods_cost`], [`TradePolicy::travel_cost`],
//!   outlays in [`Programme`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** the distance cost of a pair is multiplied if one place is
//!   named at one end and the other at the other end, in either direction, once.
//! - **Money**: the outlay per kilometre of each pair named, half of it at either place, goes to the households there
//!   that build the link, and comes from the levy or the debt that the measure names.
//! - **Stacking**: multiples multiply, outlays add.
//! - **Switched off**: every pair keeps the distance costs of the scenario.

use bevy_ecs::prelude::*;
use scenario::levers::Transport;

use super::measures::{CityProper, Payee, PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Geography, Outlay, PlaceTable, Programme, TradePolicy};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct TransportPlugin(pub Vec<Transport>);

#[derive(Resource)]
struct Links(Vec<Transport>);

impl Plugin for TransportPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Links(self.0.clone()));
        model.add_systems(Phase::Policy, open_links.in_set(PolicyStep::Transport));
    }
}

/// Places at either end of a measure, marked.
#[derive(Default)]
struct Ends {
    here: Vec<bool>,
    there: Vec<bool>,
}

impl Ends {
    fn join(&self, one: usize, other: usize) -> bool {
        (self.here[one] && self.there[other]) || (self.here[other] && self.there[one])
    }
}

#[expect(clippy::too_many_arguments, reason = "a lever reads places and writes trade and money")]
fn open_links(
    measures: Res<Links>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    geography: Res<Geography>,
    proper: Res<CityProper>,
    mut trade: ResMut<TradePolicy>,
    mut programme: ResMut<Programme>,
    mut ends: Local<Ends>,
) {
    let places = geography.places;
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        proper.mark(&measure.between, &table, &mut ends.here);
        proper.mark(&measure.and, &table, &mut ends.there);
        for one in 0..places {
            for other in (one + 1..places).filter(|&other| ends.join(one, other)) {
                for pair in [one * places + other, other * places + one] {
                    trade.goods_cost[pair] *= measure.goods_cost;
                    trade.travel_cost[pair] *= measure.travel_cost;
                }
                let thousand_yuan = measure.outlay_per_km * geography.distance[one * places + other] / 1000.0;
                for end in [one, other] {
                    programme.bill(Outlay::Transport, end, Payee::City, measure.financed_by, thousand_yuan / 2.0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::Finance;
    use scenario::place::{Level, Where};

    fn run(measures: Vec<Transport>) -> Model {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&TransportPlugin(measures));
        model.run_schedule().unwrap();
        model
    }

    fn link(between: Where, and: Where) -> Transport {
        Transport {
            period: ALWAYS,
            between,
            and,
            goods_cost: 0.5,
            travel_cost: 0.25,
            outlay_per_km: 4000.0,
            financed_by: Finance::CityDebt,
        }
    }

    #[test]
    fn a_link_serves_both_directions_of_the_pairs_named_and_no_other() {
        let model = run(vec![link(Where::Level(Level::Centre), Where::Places(vec!["west".to_owned()]))]);
        let trade = model.world.resource::<TradePolicy>();
        assert_eq!(trade.goods_cost, [1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 0.5, 1.0, 1.0]);
        assert_eq!(trade.travel_cost[2], 0.25);
        assert_eq!(trade.services_cost, [1.0; 9]);
    }

    #[test]
    fn a_link_is_paid_for_once_a_quarter_half_at_either_end() {
        // 200 km at 4,000 yuan: 800 thousand yuan.
        let model = run(vec![link(Where::Places(vec!["east".to_owned()]), Where::Places(vec!["west".to_owned()]))]);
        let programme = model.world.resource::<Programme>();
        assert_eq!(programme.outlay_debt, [400.0, 0.0, 400.0]);
        assert_eq!((programme.outlay_wages[0], programme.cost), (0.0, 800.0));
    }

    #[test]
    fn a_pair_named_from_both_sides_counts_once_in_a_measure_and_again_in_the_next() {
        let model = run(vec![link(Where::All, Where::All), link(Where::All, Where::All)]);
        let trade = model.world.resource::<TradePolicy>();
        assert_eq!(trade.goods_cost, [1.0, 0.25, 0.25, 0.25, 1.0, 0.25, 0.25, 0.25, 1.0]);
        // 100 + 200 + 100 km, twice, at 4 thousand yuan.
        assert_eq!(model.world.resource::<Programme>().cost, 3200.0);
    }
}
