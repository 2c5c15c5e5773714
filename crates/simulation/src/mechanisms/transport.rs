//! Transport: links between places make goods and people travel at less (or more) cost, and must be paid for.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`Geography`]. **Writes** [`TradePolicy`]: its costs of goods
//!   and of travel; [`OutlayByLevy`], [`OutlayByDebt`], [`RuralOutlayByLevy`], [`RuralOutlayByDebt`],
//!   [`ProgrammeCost`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation** the distance cost
//!   of a pair is multiplied if one place is named at one end and the other at the other end, in either direction,
//!   once.
//! - **Money**: the outlay per kilometre of each pair named, half of it at either place, goes to the households there
//!   that build the link, and comes from the levy or the debt that the measure names.
//! - **Stacking**: multiples multiply, outlays add.
//! - **Switched off**: every pair keeps the distance costs of the scenario.

use bevy_ecs::prelude::*;
use scenario::levers::Transport;
use scenario::scenario::Scenario;

use crate::mechanisms::measures::Today;
use crate::mechanisms::programmes::{Outlay, Outlays, Payee};
use crate::mechanisms::trade_policy::TradePolicy;
use crate::model::Model;
use crate::region::Geography;
use crate::step::Step;

#[cfg(doc)]
use crate::{
    clock::Clock,
    mechanisms::measures::CityProper,
    mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost, RuralOutlayByDebt, RuralOutlayByLevy},
    region::PlaceTable,
};

#[derive(Resource)]
struct Links(Vec<Transport>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(measures) = &scenario.levers.transport else { return };
    model.world.insert_resource(Links(measures.clone()));
    model.add(Step::OpenLinks, open_links);
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

fn open_links(
    measures: Res<Links>,
    today: Today,
    geography: Res<Geography>,
    mut trade: ResMut<TradePolicy>,
    mut outlays: Outlays,
    mut ends: Local<Ends>,
) {
    let places = geography.places;
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        today.mark(&measure.between, &mut ends.here);
        today.mark(&measure.and, &mut ends.there);
        for one in 0..places {
            for other in (one + 1..places).filter(|&other| ends.join(one, other)) {
                for pair in [one * places + other, other * places + one] {
                    trade.goods_cost[pair] *= measure.goods_cost;
                    trade.travel_cost[pair] *= measure.travel_cost;
                }
                let thousand_yuan = measure.outlay_per_km * geography.distance[one * places + other] / 1000.0;
                for end in [one, other] {
                    outlays.bill(Outlay::Transport, end, Payee::City, measure.financed_by, thousand_yuan / 2.0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost};
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, programmes, trade_policy};
    use scenario::levers::{Finance, Period};
    use scenario::place::{Level, Where};

    fn run(links: Vec<Transport>) -> Model {
        let (mut model, scenario) = small(3, |scenario| scenario.levers.transport = Some(links));
        for add in [measures::add, trade_policy::add, programmes::add_outlays, add] {
            add(&mut model, &scenario);
        }
        model.run_phases().unwrap();
        model
    }

    fn link(between: Where, and: Where) -> Transport {
        Transport {
            period: Period::ALWAYS,
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
        let world =
            run(vec![link(Where::Places(vec!["east".to_owned()]), Where::Places(vec!["west".to_owned()]))]).world;
        assert_eq!(world.by_city::<OutlayByDebt>(), [400.0, 0.0, 400.0]);
        assert_eq!((world.by_city::<OutlayByLevy>()[0], world.resource::<ProgrammeCost>().total), (0.0, 800.0));
    }

    #[test]
    fn a_pair_named_from_both_sides_counts_once_in_a_measure_and_again_in_the_next() {
        let model = run(vec![link(Where::All, Where::All), link(Where::All, Where::All)]);
        let trade = model.world.resource::<TradePolicy>();
        assert_eq!(trade.goods_cost, [1.0, 0.25, 0.25, 0.25, 1.0, 0.25, 0.25, 0.25, 1.0]);
        // 100 + 200 + 100 km, twice, at 4 thousand yuan.
        assert_eq!(model.world.resource::<ProgrammeCost>().total, 3200.0);
    }
}
