//! Barriers: local protection makes trade across a place's borders dearer, and its removal makes it cheaper.
//!
//! - **Reads** [`CityProper`]. **Writes** [`TradePolicy::wedge`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** the wedge of a pair is multiplied by the measure's
//!   multiple if either of its places is named, once however many are.
//! - **Stacking**: measures that hold together multiply.
//! - **Switched off**: every pair keeps the wedge of its industry. Barriers cost the public purse nothing.

use bevy_ecs::prelude::*;
use scenario::levers::Barrier;

use super::measures::{CityProper, PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{PlaceTable, TradePolicy};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct BarriersPlugin(pub Vec<Barrier>);

#[derive(Resource)]
struct Barriers(Vec<Barrier>);

impl Plugin for BarriersPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Barriers(self.0.clone()));
        model.add_systems(Phase::Policy, set_wedges.in_set(PolicyStep::Barriers));
    }
}

fn set_wedges(
    measures: Res<Barriers>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    mut trade: ResMut<TradePolicy>,
    mut named: Local<Vec<bool>>,
) {
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        proper.mark(&measure.places, &table, &mut named);
        multiply_pairs(&mut trade.wedge, &named, measure.wedge);
    }
}

/// Multiplies every pair of two different places of which at least one is named.
pub(super) fn multiply_pairs(pairs: &mut [f64], named: &[bool], multiple: f64) {
    for (from, row) in pairs.chunks_exact_mut(named.len()).enumerate() {
        for (to, pair) in row.iter_mut().enumerate() {
            if from != to && (named[from] || named[to]) {
                *pair *= multiple;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::Period;
    use scenario::place::Where;

    fn wedge_of(name: &str, wedge: f64, period: Period) -> Barrier {
        Barrier { period, places: Where::Places(vec![name.to_owned()]), wedge }
    }

    fn in_force(measures: Vec<Barrier>, tick: u32) -> TradePolicy {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&BarriersPlugin(measures));
        model.world.resource_mut::<Clock>().tick = tick;
        model.run_schedule().unwrap();
        model.world.resource::<TradePolicy>().clone()
    }

    #[test]
    fn only_the_borders_of_the_place_named_change_and_measures_multiply() {
        let trade = in_force(vec![wedge_of("middle", 0.5, ALWAYS), wedge_of("east", 4.0, ALWAYS)], 0);
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
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&BarriersPlugin(vec![wedge_of(
            "east",
            1.0,
            Period { from: 2010.25, until: None },
        )]));
        model.tick().unwrap();
        let before = model.world.resource::<TradePolicy>().clone();
        model.tick().unwrap();
        assert_eq!(*model.world.resource::<TradePolicy>(), before);
    }

    #[test]
    fn a_change_raises_the_revision_once() {
        let mut model = small_model(3);
        let measure = wedge_of("east", 0.5, Period { from: 2010.25, until: None });
        model.add(&MeasuresPlugin).add(&BarriersPlugin(vec![measure]));
        let mut revisions = Vec::new();
        for _ in 0..4 {
            model.tick().unwrap();
            revisions.push(model.world.resource::<TradePolicy>().revision);
        }
        assert_eq!(revisions, [1, 2, 2, 2]);
    }

    #[test]
    fn nothing_dated_holds_during_burn_in() {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&BarriersPlugin(vec![wedge_of("east", 0.5, ALWAYS)]));
        model.world.resource_mut::<Clock>().burning_in = true;
        model.run_schedule().unwrap();
        assert_eq!(model.world.resource::<TradePolicy>().wedge, [1.0; 9]);
    }
}
