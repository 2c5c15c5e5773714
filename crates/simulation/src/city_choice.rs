//! City choice: the reference workload, by which engines of this kind are compared, on this engine's own world,
//! schedule, random numbers and choice kernel. Only the prices are not the model's.
//!
//! Every tick a tenth of the agents draws a city from the logit of what cities are worth to people of their home, less
//! the cost of moving; everyone grows older. Staying has random numbers of its own, and all other cities meet in a race, so a
//! better city never makes anyone choose another.

use std::ops::Range;

use bevy_ecs::prelude::*;
use economics::city_choice::{MOVING_COST, REVISION, distance_cost, value};
use economics::maths::exp;
use rayon::prelude::*;

use crate::agents::columns::BLOCK;
use crate::agents::worker::{Age, Place, WorkerBlock};
use crate::clock::Clock;
use crate::model::Model;
use crate::per_thread::PerThread;
use crate::random::noise;
use crate::random::race::{Proposal, RaceWeights, Rivals};
use crate::random::revision::{Chance, DrawContext, Revisers, each_batch};
use crate::random::{Purpose, RandomSource, SIDE, TILE};
use crate::run::{Options, RunError};
use crate::step::Step;

/// How large the workload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CityChoice {
    /// Agents; homes are spread evenly over cities.
    pub agents: u64,
    /// Cities.
    pub cities: usize,
    /// Seed.
    pub seed: u64,
}

/// Agents in each city.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct CityPopulations(pub Vec<u64>);

/// What each city is worth: the prices of the tick.
#[derive(Resource, Clone, Debug)]
pub struct CityValues(pub Vec<f64>);

/// How people of each home choose: exp(−distance cost), fixed proposals, and of the tick the weights and handicaps of
/// staying by home and city, and the races.
#[derive(Resource, Clone, Debug, Default)]
struct Choices {
    nearness: Vec<f64>,
    proposals: Vec<Proposal>,
    weights: Vec<f64>,
    staying: Vec<f64>,
    tracks: Vec<RaceWeights>,
}

/// Moves of the tick by thread: arrivals by city, then departures.
#[derive(Resource, Debug, Default)]
struct Moves(PerThread);

/// Builds the workload's world: everyone is at home.
///
/// # Errors
/// [`RunError::Unsupported`] if the machine cannot give the threads or lanes asked for.
pub fn build(size: CityChoice, options: &Options) -> Result<Model, RunError> {
    let CityChoice { agents, cities, seed } = size;
    let mut model = Model::of_places(2010, cities, options)?;
    model.world.resource_mut::<Clock>().burning_in = false;
    let random = RandomSource::new(seed, options.lanes)?;
    let populations: Vec<u64> =
        (0..cities as u64).map(|city| (city + 1) * agents / cities as u64 - city * agents / cities as u64).collect();
    let nearness: Vec<f64> =
        (0..cities * cities).map(|pair| exp(-distance_cost(pair / cities, pair % cities))).collect();
    let values: Vec<f64> = populations.iter().enumerate().map(|(city, &people)| value(city, people as f64)).collect();
    let mut choices = Choices { nearness, tracks: vec![RaceWeights::default(); cities], ..Choices::default() };
    choices.weigh(&values);
    choices.proposals = choices.weights.chunks(cities.max(1)).map(Proposal::new).collect();
    model.world.insert_resource(random);
    model.world.insert_resource(CityValues(values));
    model.world.insert_resource(choices);
    model.world.init_resource::<Moves>();
    model.within_pool(|world| spawn(world, &populations));
    model.world.insert_resource(CityPopulations(populations));
    model
        .add(Step::PriceCities, price_cities)
        .add(Step::WeighCities, weigh_cities)
        .add(Step::ChooseCities, choose_cities)
        .add(Step::CountMoves, count_moves);
    Ok(model)
}

fn spawn(world: &mut World, populations: &[u64]) {
    let blocks: Vec<(u16, u64, usize)> = populations
        .iter()
        .enumerate()
        .flat_map(|(home, &people)| {
            let starts = (0..people).step_by(BLOCK);
            starts.map(move |first| (home as u16, first, BLOCK.min((people - first) as usize)))
        })
        .collect();
    let bundles: Vec<_> = blocks
        .into_par_iter()
        .map(|(home, first, count)| {
            let block = WorkerBlock { origin: home, first: first as u32 };
            (block, Place(vec![home; count]), Age(vec![0; count]))
        })
        .collect();
    world.spawn_batch(bundles);
}

impl Choices {
    /// Weights of all cities for people of all homes, moving costs left out.
    fn weigh(&mut self, values: &[f64]) {
        let worth: Vec<f64> = values.iter().map(|&value| exp(value)).collect();
        self.weights.clear();
        self.weights.extend(self.nearness.iter().enumerate().map(|(pair, near)| near * worth[pair % worth.len()]));
        // Staying costs no move, so it weighs so much more than the same city would from afar.
        let at_rest = exp(MOVING_COST);
        self.staying.clear();
        self.staying.extend(self.weights.iter().map(|weight| 1.0 / (at_rest * weight)));
    }
}

fn price_cities(populations: Res<CityPopulations>, mut values: ResMut<CityValues>) {
    for (city, (out, &people)) in values.0.iter_mut().zip(&populations.0).enumerate() {
        *out = value(city, people as f64);
    }
}

fn weigh_cities(values: Res<CityValues>, mut choices: ResMut<Choices>) {
    choices.weigh(&values.0);
    let Choices { proposals, weights, tracks, .. } = &mut *choices;
    for ((race_weights, proposal), weights) in
        tracks.iter_mut().zip(proposals).zip(weights.chunks(values.0.len().max(1)))
    {
        race_weights.set(proposal, weights.iter().copied());
    }
}

fn choose_cities(
    mut agents: Query<(&WorkerBlock, &mut Place, &mut Age)>,
    choices: Res<Choices>,
    populations: Res<CityPopulations>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    mut moves: ResMut<Moves>,
) {
    let cities = populations.0.len();
    moves.0.clear(2 * cities);
    let moves = &moves.0;
    let chances = [Chance::new(REVISION)];
    let context =
        DrawContext { random: &random, tick: clock.tick, whether: Purpose::Revision, which: Purpose::Destination };
    let tables = agents.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, mut place, mut age) in tables {
        (blocks, &mut *place, &mut *age).into_par_iter().for_each(|(block, place, age)| {
            let home = usize::from(block.origin);
            let race_weights = &choices.tracks[home];
            let staying = &choices.staying[home * cities..(home + 1) * cities];
            let slots = place.0.len();
            moves.count(|moves| {
                let revise = |revisers: &Revisers| {
                    let mut rivals = Rivals::NONE;
                    let waits = noise::exponential(&revisers.words[0], &random);
                    let here: [u16; SIDE] = revisers.batch.column(&place.0);
                    for ((lane, &here), wait) in here.iter().enumerate().zip(waits) {
                        rivals.left_out[lane] = here.into();
                        rivals.scores[lane] = f64::from(wait) * staying[usize::from(here)];
                    }
                    let winners = race_weights.winners(&random, revisers.batch, &revisers.words, &rivals);
                    for (lane, slot) in revisers.each() {
                        // Whoever stays leaves and arrives at once, so that nothing branches on a random number.
                        let there = winners.of(lane).unwrap_or(usize::from(here[lane]));
                        place.0[slot] = there as u16;
                        moves[there] += 1;
                        moves[cities + usize::from(here[lane])] += 1;
                    }
                };
                let kinds = |slots: Range<usize>| [0; TILE][..slots.len()].iter().copied();
                each_batch(context, *block, slots, &[], (kinds, &chances), revise);
            });
            for age in &mut age.0 {
                *age = age.wrapping_add(1);
            }
        });
    }
}

fn count_moves(mut moves: ResMut<Moves>, mut populations: ResMut<CityPopulations>) {
    let cities = populations.0.len();
    for (city, people) in populations.0.iter_mut().enumerate() {
        *people = *people + moves.0.total(city) - moves.0.total(cities + city);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Lanes;

    const SIZE: CityChoice = CityChoice { agents: 200_000, cities: 50, seed: 4 };

    fn model(threads: usize, lanes: Lanes) -> Model {
        build(SIZE, &Options { threads, lanes, ..Options::default() }).expect("scalar lanes exist")
    }

    /// Home and place of everyone, in the order of homes.
    fn places(model: &mut Model) -> Vec<(u16, u16)> {
        let mut blocks = model.world.query::<(&WorkerBlock, &Place)>();
        let mut all: Vec<_> = blocks.iter(&model.world).collect();
        all.sort_by_key(|(block, _)| **block);
        all.iter().flat_map(|(block, place)| place.0.iter().map(|&place| (block.origin, place))).collect()
    }

    #[test]
    fn everyone_is_counted_where_they_are_whatever_the_threads_and_lanes() {
        let run = |threads, lanes| {
            let mut model = model(threads, lanes);
            for _ in 0..5 {
                model.tick().unwrap();
            }
            let mut counted = vec![0; SIZE.cities];
            for (_, place) in places(&mut model) {
                counted[usize::from(place)] += 1;
            }
            assert_eq!(model.world.resource::<CityPopulations>().0, counted);
            places(&mut model)
        };
        let one = run(1, Lanes::Scalar);
        assert_eq!(one, run(2, Lanes::Auto));
        assert_eq!(one, run(3, Lanes::Auto));
    }

    #[test]
    fn those_who_reconsider_draw_from_the_logit() {
        let mut model = model(1, Lanes::Auto);
        let before = model.world.resource::<CityPopulations>().0.clone();
        model.tick().unwrap();
        let mut observed = vec![0.0; SIZE.cities * SIZE.cities];
        for (home, place) in places(&mut model) {
            observed[usize::from(home) * SIZE.cities + usize::from(place)] += 1.0;
        }
        let mut chi_square = 0.0;
        for home in 0..SIZE.cities {
            let utility = |city: usize| {
                let moved = if city == home { 0.0 } else { MOVING_COST };
                value(city, before[city] as f64) - distance_cost(home, city) - moved
            };
            let total: f64 = (0..SIZE.cities).map(|city| exp(utility(city))).sum();
            for city in (0..SIZE.cities).filter(|&city| city != home) {
                let expected = REVISION * before[home] as f64 * exp(utility(city)) / total;
                let gap = observed[home * SIZE.cities + city] - expected;
                chi_square += gap * gap / expected;
            }
        }
        // 2450 nearly Poisson counts: mean 2450, deviation 70; the bounds are four deviations away.
        assert!((2170.0..2730.0).contains(&chi_square), "{chi_square}");
    }

    #[test]
    fn a_better_city_only_draws_people_in() {
        let better = 17;
        let choices = |advantage: f64| {
            let mut model = model(1, Lanes::Auto);
            let improve = move |mut values: ResMut<CityValues>| values.0[better] += advantage;
            model.add_after(Step::PriceCities, improve);
            model.tick().unwrap();
            places(&mut model)
        };
        let (before, after) = (choices(0.0), choices(0.5));
        let changed: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
        assert!(changed.len() > 100, "{}", changed.len());
        assert!(changed.iter().all(|(_, new)| usize::from(new.1) == better));
    }
}
