//! Consideration: people think first of places that are near, of their own city, and of their own province.
//!
//! - **Reads** [`UrbanPeople`], [`ConsiderationRule`]. **Writes** [`LooksByOrigin`].
//! - **Phase** [`Phase::Choices`](crate::step::Phase::Choices), before places are chosen. **Random numbers** none: it sets
//!   from which weights [`migrant_location`](crate::mechanisms::migrant_location) draws. **Equation**
//!   [`economics::migration::nearness`], times [`economics::migration::destination_weight`].
//! - **Fixed**: nearness and proposals are those of the opening, so that what is drawn does not depend on what happens
//!   later; only sizes change from quarter to quarter.
//! - **Switched off**: people of all origins look at places by their size alone.

use bevy_ecs::prelude::*;
use economics::migration::{destination_weight, nearness};
use rayon::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, WorldColumns};
use crate::mechanisms::population::UrbanPeople;
use crate::model::Model;
use crate::random::race::{Proposal, RaceWeights};
use crate::region::{Geography, PlaceTable};
use crate::step::Step;

#[cfg(doc)]
use crate::region::MoveClass;

/// How often places come to mind, beside their size.
#[derive(Resource, Clone, Debug)]
pub struct ConsiderationRule {
    decay: f64,
    scale: f64,
    outside_distance: f64,
    outside_size: Option<f64>,
    size_exponent: f64,
    /// By [`MoveClass`], log points: what the scenario says.
    stated: [f64; 3],
    /// The same, what the calibration by inversion found.
    pub(crate) found: [f64; 3],
    /// Whether the inversion is to find it.
    pub(crate) by_class: bool,
}

/// Where people of each origin look: a proposal and the weights of the quarter, for people from outside last.
#[derive(Resource, Debug, Default)]
pub struct LooksByOrigin {
    proposals: Vec<Proposal>,
    weights: Vec<RaceWeights>,
}

impl LooksByOrigin {
    /// What the race of a person of an origin is run on.
    #[must_use]
    #[inline]
    pub fn of(&self, origin: usize) -> (&Proposal, &RaceWeights) {
        (&self.proposals[origin], &self.weights[origin])
    }
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let (Some(block), Some(choice)) = (&scenario.mechanisms.consideration, &scenario.mechanisms.migrant_location)
    else {
        return;
    };
    let outside = scenario.mechanisms.outside.as_ref();
    model.world.insert_resource(ConsiderationRule {
        decay: block.distance_decay,
        scale: choice.distance_scale,
        outside_distance: outside.map_or(0.0, |outside| outside.distance),
        outside_size: outside.map(|outside| outside.size),
        size_exponent: choice.size_exponent,
        stated: [block.own_prefecture, block.same_province, 0.0],
        found: [0.0; 3],
        by_class: block.by_class,
    });
    propose(&mut model.world);
    model.add(Step::WeighByOrigin, weigh_by_origin);
}

/// Weights by size alone of cities, and of the outside last if there is one.
pub(crate) fn sizes(urban: &[f64], outside_size: Option<f64>, exponent: f64) -> impl Iterator<Item = f64> {
    urban.iter().copied().chain(outside_size).map(move |people| destination_weight(people, exponent))
}

impl ConsiderationRule {
    /// How often each city, and last the outside, comes to mind to people of an origin against what its size says, with
    /// these log odds by [`MoveClass`] on top of those that the scenario states.
    pub(crate) fn nearness(
        &self,
        table: &PlaceTable,
        geography: &Geography,
        origin: usize,
        found: &[f64; 3],
    ) -> Vec<f64> {
        let places = geography.places;
        (0..=places)
            .map(|site| {
                let inside = origin < places && site < places;
                let distance = if inside { geography.distance[origin * places + site] } else { self.outside_distance };
                let class = table.class(origin, site) as usize;
                nearness(distance, self.scale, self.decay, self.stated[class] + found[class])
            })
            .collect()
    }
}

/// Makes the proposals of all origins from the cities as they are.
pub(crate) fn propose(world: &mut World) {
    let (rule, table) = (world.resource::<ConsiderationRule>(), world.resource::<PlaceTable>());
    let geography = world.resource::<Geography>();
    let sizes: Vec<f64> = sizes(world.by_city::<UrbanPeople>(), rule.outside_size, rule.size_exponent).collect();
    let of_origin = |origin: usize| {
        let factors = rule.nearness(table, geography, origin, &rule.found);
        let weights: Vec<f64> = sizes.iter().zip(&factors).map(|(size, factor)| size * factor).collect();
        Proposal::new(&weights).with_factors(&factors)
    };
    let proposals: Vec<Proposal> = (0..=geography.places).into_par_iter().map(of_origin).collect();
    let weights = vec![RaceWeights::default(); proposals.len()];
    world.insert_resource(LooksByOrigin { proposals, weights });
}

fn weigh_by_origin(
    urban: ByCity<UrbanPeople>,
    rule: Res<ConsiderationRule>,
    mut looks: ResMut<LooksByOrigin>,
    mut by_size: Local<Vec<f64>>,
) {
    by_size.clear();
    by_size.extend(sizes(&urban, rule.outside_size, rule.size_exponent));
    let (LooksByOrigin { proposals, weights }, sizes) = (&mut *looks, &*by_size);
    let rows = proposals.par_iter().zip(weights.par_iter_mut());
    rows.for_each(|(proposal, weights)| weights.set(proposal, sizes.iter().copied()));
}
