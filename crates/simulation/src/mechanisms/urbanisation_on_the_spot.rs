//! Urbanisation on the spot: rural people become urban without moving, sooner where towns have jobs and built-up land grows.
//!
//! - **Reads** [`TownJobs`], [`RuralPeople`], [`ConstructionLand`], [`TownLand`], [`OnTheSpot`], [`WorkerBlock`],
//!   [`Generation`]. **Writes** [`UrbanisationChance`], [`UrbanisationStart`], [`WorkerBits`] (one bit), [`Counts`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), after people have moved and grown older. **Random numbers**
//!   [`Purpose::OnTheSpot`]. **Equation** [`economics::urbanisation::chance_on_the_spot`].
//! - A person keeps registration, homestead and job, and hands the urban home on to the newcomer of the slot. The census
//!   counts the person as urban while at home; nothing else reads the bit.
//! - **Switched off**: only city people are urban.

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::urbanisation::{chance_on_the_spot, pull_of_town_jobs};
use rayon::prelude::*;
use scenario::mechanisms::urbanisation_on_the_spot::UrbanisationOnTheSpot;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::agents::columns::each_block;
use crate::agents::worker::{Bits, Generation, Status, WorkerBits, WorkerBlock};
use crate::clock::Clock;
use crate::mechanisms::land_use::{ConstructionLand, TownLand};
use crate::mechanisms::population::{Counts, RuralPeople};
use crate::mechanisms::towns::TownJobs;
use crate::model::Model;
use crate::random::{Purpose, RandomSource, Selection, TILE, threshold};
use crate::step::Step;

columns! {
    /// Chance that a rural person of the place becomes urban on the spot in the quarter.
    city UrbanisationChance(f64);
}

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct OnTheSpot(UrbanisationOnTheSpot);

/// What the first quarter had, against which town jobs and land are seen from then on.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct UrbanisationStart {
    /// Mean over rural people of what town jobs add to the hazard.
    pull: f64,
    /// Built-up land by place, km²; empty until the first quarter.
    land: Vec<f64>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.urbanisation_on_the_spot else { return };
    model.world.insert_resource(OnTheSpot(block.clone()));
    model.world.init_resource::<UrbanisationStart>();
    model.keep::<UrbanisationStart>("urbanisation_on_the_spot");
    model.add(Step::SetUrbanisationChance, set_chance).add(Step::UrbaniseOnTheSpot, urbanise);
}

fn set_chance(
    rule: Res<OnTheSpot>,
    town_jobs: ByCity<TownJobs>,
    rural: ByCity<RuralPeople>,
    (city_land, town_land): (ByCity<ConstructionLand>, ByCity<TownLand>),
    mut start: ResMut<UrbanisationStart>,
    mut chance: ByCityMut<UrbanisationChance>,
) {
    let OnTheSpot(rule) = &*rule;
    let pull = |place: usize| pull_of_town_jobs(town_jobs[place], rural[place], rule.town_jobs);
    let land = |place: usize| city_land[place] + town_land[place];
    if start.land.is_empty() {
        let people: f64 = rural.iter().sum();
        let pulled: f64 = (0..rural.len()).map(|place| rural[place] * pull(place)).sum();
        start.pull = if people > 0.0 { pulled / people } else { 0.0 };
        start.land.extend((0..rural.len()).map(land));
    }
    for place in 0..rural.len() {
        let grown = if start.land[place] > 0.0 { land(place) / start.land[place] } else { 1.0 };
        chance[place] = chance_on_the_spot(rule.rate, pull(place), start.pull, grown, rule.built_up_land);
    }
}

/// The columns of a block that a change reads and makes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Villagers {
    block: &'static WorkerBlock,
    generation: &'static Generation,
    bits: &'static mut WorkerBits,
}

fn urbanise(
    mut workers: Query<Villagers>,
    chance: ByCity<UrbanisationChance>,
    mut counts: ResMut<Counts>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let (counts, chance) = (counts.follow(), &*chance);
    each_block!(workers, (block, generation), (bits), {
        // People from outside have no countryside here.
        let limit = chance.get(usize::from(block.origin)).map_or(0, |&chance| threshold(chance));
        if limit == 0 {
            return;
        }
        let mut words = [0; TILE];
        for start in (0..bits.0.len()).step_by(TILE) {
            let tile = start..(start + TILE).min(bits.0.len());
            let words = &mut words[..tile.len()];
            let drawn_for = (block.first + start as u32, &generation.0[tile.clone()]);
            random.tile_of(clock.tick, Purpose::OnTheSpot, block.origin, drawn_for, words);
            let of_tile = words.iter().zip(&bits.0[tile]);
            let becomes_urban = of_tile.map(|(&word, &bits)| {
                let bits = Bits(bits);
                u64::from(word) < limit && bits.status() == Status::Rural && !bits.urban_on_the_spot()
            });
            let mut people = 0;
            for at in Selection::of(random.width(), becomes_urban).slots() {
                let bits = &mut bits.0[start + at];
                *bits = Bits(*bits).made_urban_on_the_spot().0;
                people += 1;
            }
            counts.note_on_the_spot(block.origin, people);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::build::build;
    use crate::mechanisms::testing::small;
    use crate::opening::tests::config;
    use crate::run::Options;

    const RULE: UrbanisationOnTheSpot = UrbanisationOnTheSpot { rate: 0.04, town_jobs: 0.5, built_up_land: 0.5 };

    fn chances(change: impl FnOnce(&mut World)) -> Vec<f64> {
        let (mut model, scenario) = small(2, |scenario| scenario.mechanisms.urbanisation_on_the_spot = Some(RULE));
        add(&mut model, &scenario);
        model.run_phases().unwrap();
        change(&mut model.world);
        model.run_phases().unwrap();
        model.world.by_city::<UrbanisationChance>().to_vec()
    }

    #[test]
    fn a_place_urbanises_faster_where_town_jobs_or_built_up_land_grow() {
        let as_before = chances(|_| {});
        let expected = 1.0 - economics::maths::exp(-0.01);
        assert!((as_before[0] - expected).abs() < 1e-12 && as_before[0] == as_before[1]);
        let jobs = chances(|world| world.by_city_mut::<TownJobs>()[0] = 200.0);
        assert!(jobs[0] > as_before[0] && jobs[1] == as_before[1]);
        let land = chances(|world| world.by_city_mut::<ConstructionLand>()[1] = 150.0);
        assert!(land[1] > as_before[1] && land[0] == as_before[0]);
    }

    fn after(years: u32, overrides: &[&str]) -> Model {
        let overrides = [&["workers_per_agent=20000", "initial.burn_in=4"], overrides].concat();
        let mut model = build(&config("henan.ron", &overrides), &Options { threads: 1, ..Options::default() }).unwrap();
        (0..4 * years).for_each(|_| model.tick().unwrap());
        model
    }

    #[test]
    fn a_quarter_of_the_rural_people_become_urban_at_the_rate_that_says_so_and_nothing_else_changes() {
        // exp(-7 · 0.041097) = 0.75: of those who never left, a quarter is urban after seven years.
        let on = "urbanisation_on_the_spot=(rate:0.041097,town_jobs:0,built_up_land:0)";
        let still = ["migrant_location=Off", "settlement_rules=Off", "demography=Off"];
        let model = after(7, &[&still[..], &[on]].concat());
        let counts = model.world.resource::<Counts>();
        let (urban, rural): (u32, u32) = (counts.on_the_spot.iter().sum(), counts.rural.iter().flatten().sum());
        let share = f64::from(urban) / f64::from(rural);
        assert!((share - 0.25).abs() < 0.03, "{share} of {rural} agents");

        let without = after(7, &still);
        let others = without.world.resource::<Counts>();
        assert_eq!((&counts.rural, &counts.citizens), (&others.rural, &others.citizens));
        assert_eq!(model.world.by_city::<RuralPeople>(), without.world.by_city::<RuralPeople>());
        assert!(others.on_the_spot.iter().all(|&people| people == 0));
    }

    #[test]
    fn at_a_rate_of_zero_nobody_becomes_urban() {
        let model = after(1, &["urbanisation_on_the_spot=(rate:0)"]);
        assert!(model.world.resource::<Counts>().on_the_spot.iter().all(|&people| people == 0));
    }
}
