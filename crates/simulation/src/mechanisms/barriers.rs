//! Barriers: local protection makes trade across a place's borders more expensive, and its removal makes it cheaper.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`]. **Writes** [`TradePolicy`]: its wedge.
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation** the wedge of a pair
//!   is multiplied by the measure's multiple if either of its places is named, once however many are.
//! - **Stacking**: measures that hold together multiply.
//! - **Switched off**: every pair keeps the wedge of its industry. Barriers cost the public nothing.

use bevy_ecs::prelude::*;
use scenario::levers::Barrier;
use scenario::scenario::Scenario;

use crate::mechanisms::measures::Today;
use crate::mechanisms::trade_policy::{TradePolicy, multiply_pairs};
use crate::model::Model;
use crate::step::Step;

#[cfg(doc)]
use crate::{clock::Clock, mechanisms::measures::CityProper, region::PlaceTable};

#[derive(Resource)]
struct Barriers(Vec<Barrier>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(measures) = &scenario.levers.barriers else { return };
    model.world.insert_resource(Barriers(measures.clone()));
    model.add(Step::SetBarriers, set_barriers);
}

fn set_barriers(measures: Res<Barriers>, today: Today, mut trade: ResMut<TradePolicy>, mut named: Local<Vec<bool>>) {
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        today.mark(&measure.places, &mut named);
        multiply_pairs(&mut trade.wedge, &named, measure.wedge);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, trade_policy};
    use scenario::levers::Period;
    use scenario::place::Where;

    fn wedge_of(name: &str, wedge: f64, period: Period) -> Barrier {
        Barrier { period, places: Where::Places(vec![name.to_owned()]), wedge }
    }

    fn model(barriers: Vec<Barrier>) -> Model {
        let (mut model, scenario) = small(3, |scenario| scenario.levers.barriers = Some(barriers));
        for add in [measures::add, trade_policy::add, add] {
            add(&mut model, &scenario);
        }
        model
    }

    fn in_force(barriers: Vec<Barrier>, tick: u32) -> TradePolicy {
        let mut model = model(barriers);
        model.world.resource_mut::<Clock>().tick = tick;
        model.run_phases().unwrap();
        model.world.resource::<TradePolicy>().clone()
    }

    #[test]
    fn only_the_borders_of_the_place_named_change_and_measures_multiply() {
        let barriers = vec![wedge_of("middle", 0.5, Period::ALWAYS), wedge_of("east", 4.0, Period::ALWAYS)];
        let trade = in_force(barriers, 0);
        assert_eq!(trade.wedge, [1.0, 2.0, 4.0, 2.0, 1.0, 0.5, 4.0, 0.5, 1.0]);
        assert_eq!(trade.goods_cost, [1.0; 9]);
    }

    #[test]
    fn a_measure_holds_from_its_first_quarter_until_the_quarter_named() {
        let measure = wedge_of("east", 0.0, Period { from: 2010.5, until: Some(2011.0) });
        for (tick, expected) in [(1, 1.0), (2, 0.0), (3, 0.0), (4, 1.0)] {
            assert_eq!(in_force(vec![measure.clone()], tick).wedge[1], expected, "quarter {tick}");
        }
    }

    #[test]
    fn a_multiple_of_one_changes_no_bit_and_no_revision() {
        let mut model = model(vec![wedge_of("east", 1.0, Period { from: 2010.25, until: None })]);
        model.tick().unwrap();
        let before = model.world.resource::<TradePolicy>().clone();
        model.tick().unwrap();
        assert_eq!(*model.world.resource::<TradePolicy>(), before);
    }

    #[test]
    fn a_change_raises_the_revision_once() {
        let mut model = model(vec![wedge_of("east", 0.5, Period { from: 2010.25, until: None })]);
        let mut revisions = Vec::new();
        for _ in 0..4 {
            model.tick().unwrap();
            revisions.push(model.world.resource::<TradePolicy>().revision);
        }
        assert_eq!(revisions, [1, 2, 2, 2]);
    }

    #[test]
    fn nothing_dated_holds_during_burn_in() {
        let mut model = model(vec![wedge_of("east", 0.5, Period::ALWAYS)]);
        model.world.resource_mut::<Clock>().burning_in = true;
        model.run_phases().unwrap();
        assert_eq!(model.world.resource::<TradePolicy>().wedge, [1.0; 9]);
    }
}
