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
use crate::random::race::{OwnRace, Proposal, RaceWeights};
use crate::region::{Geography, PlaceTable};
use crate::step::Step;

#[cfg(doc)]
use crate::region::MoveClass;

/// Log odds of a look against a place of another province that is as large and near: by [`MoveClass`], and last, for
/// the region's people, the outside.
pub type Affinity = [f64; 4];

/// Where the outside is in an [`Affinity`].
pub(crate) const OUTSIDE: usize = 3;

/// How often places come to mind, beside their size.
#[derive(Resource, Clone, Debug)]
pub struct ConsiderationRule {
    decay: f64,
    scale: f64,
    outside_distance: f64,
    outside_size: Option<f64>,
    size_exponent: f64,
    /// What the scenario says.
    pub(crate) stated: Affinity,
    /// What the calibration by inversion found, on top.
    pub(crate) found: Affinity,
    /// Whether the inversion is to find it.
    pub(crate) by_class: bool,
}

/// Where people of each origin look: a race of their own, for people from outside last.
#[derive(Resource, Debug, Default)]
pub struct LooksByOrigin(Vec<OwnRace>);

impl LooksByOrigin {
    /// What the race of a person of an origin is run on.
    #[must_use]
    #[inline]
    pub fn of(&self, origin: usize) -> &RaceWeights {
        self.0[origin].weights()
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
        stated: [block.own_prefecture, block.same_province, 0.0, 0.0],
        found: Affinity::default(),
        by_class: block.by_class,
    });
    propose(&mut model.world);
    model.add(Step::WeighByOrigin, weigh_by_origin);
}

/// Weights by size alone of cities, and of the outside last if there is one.
pub(crate) fn sizes(urban: &[f64], outside_size: Option<f64>, exponent: f64) -> impl Iterator<Item = f64> + Clone {
    urban.iter().copied().chain(outside_size).map(move |people| destination_weight(people, exponent))
}

impl ConsiderationRule {
    /// Which log odds of an [`Affinity`] count.
    pub(crate) fn kind(table: &PlaceTable, origin: usize, site: usize) -> usize {
        let places = table.places.len();
        if origin < places && site == places { OUTSIDE } else { table.class(origin, site) as usize }
    }

    /// How often each city, and last the outside, comes to mind to people of an origin against what its size says, with
    /// this affinity on top of what the scenario states.
    pub(crate) fn nearness(
        &self,
        table: &PlaceTable,
        geography: &Geography,
        origin: usize,
        found: &Affinity,
    ) -> Vec<f64> {
        let places = geography.places;
        (0..=places)
            .map(|site| {
                let inside = origin < places && site < places;
                let distance = if inside { geography.distance[origin * places + site] } else { self.outside_distance };
                let kind = Self::kind(table, origin, site);
                nearness(distance, self.scale, self.decay, self.stated[kind] + found[kind])
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
        OwnRace::new(Proposal::new(&weights).with_factors(&factors))
    };
    let races = (0..=geography.places).into_par_iter().map(of_origin).collect();
    world.insert_resource(LooksByOrigin(races));
}

fn weigh_by_origin(
    urban: ByCity<UrbanPeople>,
    rule: Res<ConsiderationRule>,
    mut looks: ResMut<LooksByOrigin>,
    mut by_size: Local<Vec<f64>>,
) {
    by_size.clear();
    by_size.extend(sizes(&urban, rule.outside_size, rule.size_exponent));
    let sizes = &*by_size;
    looks.0.par_iter_mut().for_each(|race| race.set(sizes.iter().copied()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::testing::small;
    use crate::random::race::Rivals;
    use crate::random::{AgentBatch, Purpose, RandomSource, SIDE};
    use economics::maths::{exp, power};
    use scenario::mechanisms::consideration::Consideration;
    use scenario::mechanisms::outside::Outside;

    /// Three cities in a row, the last in another province, an outside, and weights of a quarter in which the cities
    /// have so many people.
    fn looks(block: Consideration, people: [f64; 3]) -> Model {
        let (mut model, scenario) = small(3, |scenario| {
            scenario.mechanisms.consideration = Some(block);
            scenario.mechanisms.outside = Some(Outside { size: 2000.0, ..Outside::default() });
        });
        add(&mut model, &scenario);
        model.world.by_city_mut::<UrbanPeople>().copy_from_slice(&people);
        model.world.run_system_cached(weigh_by_origin).unwrap();
        model
    }

    fn neutral() -> Consideration {
        Consideration { distance_decay: 0.0, ..Consideration::default() }
    }

    fn strong() -> Consideration {
        Consideration { distance_decay: 1.5, own_prefecture: 1.0, same_province: 0.5, ..Consideration::default() }
    }

    /// Labels that agents of an origin look at.
    fn drawn(model: &Model, origin: u16, agents: u32) -> Vec<usize> {
        let random = RandomSource::new(5, crate::run::Lanes::Scalar).unwrap();
        let weights = model.world.resource::<LooksByOrigin>().of(usize::from(origin));
        let sixteen = |first: u32| {
            let mut batch = AgentBatch::new(2, Purpose::Destination, origin);
            for ordinal in first..first + SIDE as u32 {
                batch.add(0, ordinal, 0);
            }
            let winners = weights.winners(&random, &batch, &batch.words(&random), &Rivals::NONE);
            (0..SIDE).map(move |lane| winners.of(lane).unwrap())
        };
        (0..agents).step_by(SIDE).flat_map(sixteen).take(agents as usize).collect()
    }

    #[test]
    fn without_decay_and_affinity_people_of_all_origins_have_the_proposal_that_size_alone_gives() {
        let model = looks(neutral(), [900.0, 1100.0, 1300.0]);
        let by_size: Vec<f64> = sizes(&[1000.0; 3], Some(2000.0), 0.62).collect();
        let proposal = Proposal::new(&by_size);
        let mut weights = RaceWeights::default();
        weights.set(&proposal, sizes(&[900.0, 1100.0, 1300.0], Some(2000.0), 0.62));
        for origin in 0..4 {
            assert_eq!(model.world.resource::<LooksByOrigin>().of(origin), &weights);
        }
    }

    #[test]
    fn looks_go_with_size_and_nearness_in_the_quarter() {
        let people = [900.0, 1100.0, 1300.0];
        let model = looks(strong(), people);
        let agents = 40_000;
        // From `east`: itself, `middle` at 100 km, `west` at 200 km in another province, the outside at 700 km.
        let nearness = [exp(1.0), exp(0.5) * power(3.0, -1.5), power(5.0, -1.5), power(15.0, -1.5)];
        let weights: Vec<f64> =
            sizes(&people, Some(2000.0), 0.62).zip(nearness).map(|(size, near)| size * near).collect();
        let total: f64 = weights.iter().sum();
        let mut counts = [0.0; 4];
        for label in drawn(&model, 0, agents) {
            counts[label] += 1.0;
        }
        let chi_square: f64 = (0..4)
            .map(|label| {
                let expected = weights[label] / total * f64::from(agents);
                (counts[label] - expected) * (counts[label] - expected) / expected
            })
            .sum();
        // Three degrees of freedom: beyond 21.1 with probability 1e-4.
        assert!(chi_square < 21.1, "{chi_square} {counts:?}");
    }

    #[test]
    fn a_city_that_grows_draws_looks_to_itself_and_moves_none_between_two_others() {
        for origin in 0..4 {
            let before = drawn(&looks(strong(), [1000.0; 3]), origin, 20_000);
            let after = drawn(&looks(strong(), [1000.0, 3000.0, 1000.0]), origin, 20_000);
            let moved = before.iter().zip(&after).filter(|(old, new)| old != new).count();
            assert!(moved > 500, "{moved} of origin {origin}");
            assert!(before.iter().zip(&after).all(|(old, new)| old == new || *new == 1));
        }
    }

    #[test]
    fn nearness_is_the_same_there_and_back() {
        let model = looks(strong(), [1000.0; 3]);
        let (rule, table) = (model.world.resource::<ConsiderationRule>(), model.world.resource::<PlaceTable>());
        let geography = model.world.resource::<Geography>();
        let rows: Vec<Vec<f64>> =
            (0..3).map(|origin| rule.nearness(table, geography, origin, &Affinity::default())).collect();
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            assert_eq!(rows[one][other].to_bits(), rows[other][one].to_bits());
        }
    }

    #[test]
    fn a_pair_of_places_takes_24_bytes() {
        let model = looks(strong(), [1000.0; 3]);
        let looks = model.world.resource::<LooksByOrigin>();
        let bytes: usize = (0..4).map(|origin| looks.0[origin].bytes()).sum();
        assert_eq!(bytes, 24 * 4 * 4);
    }
}
