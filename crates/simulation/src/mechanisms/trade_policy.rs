//! Trade policy: what measures make of the cost of trade and travel between places.
//!
//! - **Reads** [`Clock`]. **Writes** [`TradePolicy`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy): reset before the levers that set it, closed after the
//!   last step. **Random numbers** none. **Equation** none.
//! - **Switched off**: it cannot be; without levers every multiple is 1.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::clock::Clock;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

/// Multiples that measures set in the quarter; pairs of places are row-major. 1 is neutral.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct TradePolicy {
    /// Of the border wedge.
    pub wedge: Vec<f64>,
    /// Of the distance cost of goods.
    pub goods_cost: Vec<f64>,
    /// Of the distance cost of producer services.
    pub services_cost: Vec<f64>,
    /// Of the distance cost of people.
    pub travel_cost: Vec<f64>,
    /// Of the strength of networks, by destination.
    pub network_reach: Vec<f64>,
    /// Raised by one whenever a multiple changed, so that what follows from them is computed only then.
    pub revision: u32,
}

impl TradePolicy {
    /// Without any measure, for so many places.
    #[must_use]
    pub fn neutral(places: usize) -> Self {
        let pairs = || vec![1.0; places * places];
        Self {
            wedge: pairs(),
            goods_cost: pairs(),
            services_cost: pairs(),
            travel_cost: pairs(),
            network_reach: vec![1.0; places],
            revision: 0,
        }
    }
}

/// Multiples of the quarter before, to see whether one changed. `None` before the first quarter of this process.
#[derive(Resource, Clone, Debug, Default)]
struct Before {
    clock: Option<Clock>,
    trade: Option<TradePolicy>,
}

impl Before {
    /// Whether the quarter before this one was simulated here. It was not in the first quarter and after a run was
    /// resumed: whatever was computed from multiples may then be of another quarter.
    fn leads_to(&self, now: &Clock) -> bool {
        self.clock.is_some_and(|before| {
            let next = if now.burning_in { 0 } else { before.tick + 1 };
            before.burning_in == now.burning_in && now.tick == next
        })
    }
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    let places = model.world.resource::<PlaceTable>().places.len();
    model.world.insert_resource(TradePolicy::neutral(places));
    model.world.insert_resource(Before::default());
    model.add(Step::ResetTrade, reset_trade).add(Step::CloseTrade, close_trade);
}

/// Pairs are many: what no lever has changed since it was last made neutral still is.
fn reset_trade(mut trade: ResMut<TradePolicy>) {
    if !trade.is_changed() {
        return;
    }
    let trade = &mut *trade;
    for multiples in [
        &mut trade.wedge,
        &mut trade.goods_cost,
        &mut trade.services_cost,
        &mut trade.travel_cost,
        &mut trade.network_reach,
    ] {
        multiples.fill(1.0);
    }
}

fn close_trade(clock: Res<Clock>, mut trade: ResMut<TradePolicy>, mut before: ResMut<Before>) {
    let same = |before: &Before| !trade.is_changed() || before.trade.as_ref() == Some(&*trade);
    let known = before.leads_to(&clock) && same(&before);
    before.clock = Some(*clock);
    if known {
        return;
    }
    trade.revision += 1;
    match &mut before.trade {
        Some(multiples) => multiples.clone_from(&trade),
        none => *none = Some(trade.clone()),
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
    use crate::mechanisms::testing::small;

    fn model(places: usize) -> Model {
        let (mut model, scenario) = small(places, |_| {});
        add(&mut model, &scenario);
        model
    }

    #[test]
    fn a_quarter_without_measures_is_neutral_and_changes_no_revision_after_the_first() {
        let mut model = model(3);
        for _ in 0..2 {
            model.tick().unwrap();
            let neutral = TradePolicy { revision: 1, ..TradePolicy::neutral(3) };
            assert_eq!(*model.world.resource::<TradePolicy>(), neutral);
        }
    }

    #[test]
    fn a_resumed_run_counts_as_a_change_even_if_no_measure_holds() {
        let mut model = model(2);
        model.tick().unwrap();
        model.world.resource_mut::<Clock>().tick = 9;
        model.tick().unwrap();
        model.tick().unwrap();
        assert_eq!(model.world.resource::<TradePolicy>().revision, 2);
    }
}
