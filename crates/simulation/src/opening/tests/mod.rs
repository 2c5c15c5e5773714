//! Tests of the opening state on the scenarios that ship.

mod base_year;
mod by_class;
mod henan;
mod two_regions;

use std::path::PathBuf;

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;
use scenario::{Request, load};

use super::*;
use crate::agents::city::WorldColumns;
use crate::agents::cohort::{Cohort, Whereabouts};
use crate::base_year::Margin;
use crate::build::build;
use crate::clock::Clock;
use crate::mechanisms::firms::{EffectiveFirms, Firms};
use crate::mechanisms::incomes::{CityIncome, RuralIncome};
use crate::mechanisms::land_use::{
    ArableLand, ConstructionLand, HomesteadLand, IdleHomesteads, LandAtStart, ReleasedLand, ReserveLand, TownLand,
};
use crate::mechanisms::population::Counts;
use crate::mechanisms::public_services::{PublicSpending, ServiceQuality};
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::towns::TownWage;
use crate::mechanisms::wage_setting::Wage;
use crate::region::{Geography, PlaceTable};
use crate::run::{Lanes, Options};

pub(crate) fn config(name: &str, overrides: &[&str]) -> Scenario {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../configs").join(name);
    let overrides = overrides.iter().map(|set| (*set).to_owned()).collect();
    match load(&path, &Request { overrides, ..Request::default() }) {
        Ok(loaded) => loaded.scenario,
        Err(faults) => panic!("{name} is not sound:\n{faults}"),
    }
}

/// Counts as the agents would give them, with the same share of skilled people everywhere, rounded.
pub(super) fn count(cohorts: &[Cohort], places: usize, skilled_share: f64) -> Counts {
    let mut counts = Counts::none(places);
    for cohort in cohorts {
        let skilled = (f64::from(cohort.agents) * skilled_share).round() as u32;
        let origin = usize::from(cohort.origin);
        for (skill, agents) in [(0, cohort.agents - skilled), (1, skilled)] {
            match cohort.whereabouts {
                Whereabouts::City(place) => {
                    let at = origin * places + usize::from(place);
                    let column = if cohort.citizen { &mut counts.citizens } else { &mut counts.migrants };
                    column[skill][at] += agents;
                }
                Whereabouts::RuralHome => counts.rural[skill][origin] += agents,
                Whereabouts::Outside => counts.outside[skill][origin] += agents,
            }
        }
    }
    counts
}

fn people_of(scenario: &Scenario) -> Result<People, OpeningError> {
    people(scenario, &PlaceTable::of(scenario), &Geography::of(scenario))
}

fn opening_of(scenario: &Scenario) -> (World, People) {
    let people = people_of(scenario).expect("a shipped scenario has an opening state");
    let mut world = World::new();
    insert(&mut world, scenario, &people);
    (world, people)
}

/// Takes out of the table everyone in the fourth place, and the output of the sixth.
fn mutilate(scenario: &mut Scenario) {
    let emptied = &mut scenario.places[3];
    emptied.population = 0.0;
    emptied.urban_population = 0.0;
    emptied.hukou_population = 0.0;
    emptied.migrants_other_county = 0.0;
    emptied.migrants_other_province = 0.0;
    scenario.places[5].gdp = None;
}

#[test]
fn the_people_of_henan_add_up_to_the_census() {
    let scenario = config("henan.ron", &[]);
    let (_, people) = opening_of(&scenario);
    let sum = |of: fn(&Margin) -> u64| people.margins.iter().map(of).sum::<u64>();
    assert_eq!(sum(Margin::urban) + sum(|m| m.rural), 94_029_939, "residents of the province");
    assert_eq!(sum(Margin::urban), 36_219_767, "urban residents");
    assert_eq!(sum(|m| m.registered + m.own_hinterland + m.rural + m.absent), 104_281_397, "people registered");
    assert_eq!(sum(|m| m.other_places), 3_930_187, "migrants from other counties");
    assert_eq!(sum(|m| m.from_outside), 592_134, "migrants from other provinces");
    assert_eq!(sum(|m| m.outside), 104_281_397 - 94_029_939 + 592_134, "absent from the province");
    for (margin, place) in people.margins.iter().zip(&scenario.places) {
        let registered = place.urban_hukou_share * place.hukou_population;
        assert!((margin.registered as f64 - registered).abs() <= 0.5, "{}", place.key);
        assert_eq!(margin.urban() as f64, place.urban_population, "{}", place.key);
        assert_eq!((margin.urban() + margin.rural) as f64, place.population, "{}", place.key);
    }
    assert!(people.notes.is_empty(), "the table of Henan needs no caps: {:?}", people.notes);
}

#[test]
fn agents_are_right_to_within_one_in_each_place() {
    let scenario = config("henan.ron", &[]);
    let table = PlaceTable::of(&scenario);
    let people = people_of(&scenario).unwrap();
    let places = table.places.len();
    for place in 0..places {
        let here = |cohort: &&Cohort| match cohort.whereabouts {
            Whereabouts::City(city) => usize::from(city) == place,
            Whereabouts::RuralHome => usize::from(cohort.origin) == place,
            Whereabouts::Outside => false,
        };
        let cohorts: Vec<&Cohort> = people.cohorts.iter().filter(here).collect();
        let largest = 1000.0 * (0..=places).map(|origin| table.mass_per_agent(origin)).fold(0.0, f64::max);
        let mass =
            |cohort: &&Cohort| 1000.0 * f64::from(cohort.agents) * table.mass_per_agent(usize::from(cohort.origin));
        let residents: f64 = cohorts.iter().map(mass).sum();
        assert!((residents - table.places[place].population).abs() <= 2.0 * largest, "{residents}");
        let registered: f64 = cohorts.iter().filter(|cohort| cohort.citizen).map(mass).sum();
        assert!((registered - people.margins[place].registered as f64).abs() <= largest);
    }
    let agents: u64 = people.cohorts.iter().map(|cohort| u64::from(cohort.agents)).sum();
    assert!(agents >= 420_000, "{agents} agents");
}

#[test]
fn the_rural_home_cohort_is_the_last_of_its_origin_and_holds_added_workers() {
    let plain = config("henan.ron", &[]);
    let more = config("henan.ron", &["places.zhoukou.added_workers=7"]);
    let cohorts = |scenario: &Scenario| people_of(scenario).unwrap().cohorts;
    let (before, after) = (cohorts(&plain), cohorts(&more));
    for pair in before.windows(2).filter(|pair| pair[0].origin != pair[1].origin) {
        assert_eq!(pair[0].whereabouts, Whereabouts::RuralHome);
        assert!(pair[0].origin < pair[1].origin);
    }
    let changed: Vec<(&Cohort, &Cohort)> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].1.whereabouts, Whereabouts::RuralHome);
    assert_eq!(changed[0].1.agents, changed[0].0.agents + 7);
}

#[test]
fn without_an_outside_its_people_are_left_out_and_the_notes_say_so() {
    let scenario = config("henan.ron", &["outside=Off"]);
    let (_, people) = opening_of(&scenario);
    assert!(people.margins.iter().all(|margin| margin.outside == 0 && margin.from_outside == 0));
    assert!(people.cohorts.iter().all(|cohort| cohort.whereabouts != Whereabouts::Outside));
    let residents: u64 = people.margins.iter().map(|margin| margin.urban() + margin.rural).sum();
    assert_eq!(residents, 94_029_939);
    assert_eq!(people.notes.len(), 2, "{:?}", people.notes);
}

#[test]
fn a_table_that_contradicts_itself_is_capped_in_order_and_the_notes_say_so() {
    let mut scenario = config("henan.ron", &[]);
    let place = &mut scenario.places[0];
    place.hukou_population = 1_000_000.0;
    place.migrants_other_county = 5_000_000.0;
    place.migrants_other_province = 9_000_000.0;
    scenario.places[1].population = 0.0;
    scenario.places[2].hukou_population = 0.0;
    let (_, people) = opening_of(&scenario);
    let first = people.margins[0];
    assert_eq!(first.registered, 294_100);
    assert_eq!((first.other_places, first.own_hinterland), (0, 0), "all others come from outside");
    assert_eq!((people.margins[1].urban(), people.margins[1].rural), (0, 0));
    assert!(people.margins[1].absent > 5_000_000, "a place without residents can have absent people");
    assert_eq!(people.margins[2].absent, 0);
    assert!(people.notes.len() >= 4, "{:?}", people.notes);
}

#[test]
fn more_agents_than_ordinals_are_an_error_that_names_the_place() {
    let mut scenario = config("henan.ron", &[]);
    scenario.workers_per_agent = 1e-4;
    let error = people_of(&scenario).unwrap_err();
    assert!(matches!(&error, OpeningError::TooManyAgents { place, .. } if place == "zhengzhou"), "{error}");
}

#[test]
fn land_stays_inside_the_area_and_adds_up() {
    let scenario = config("henan.ron", &[]);
    let (world, _) = opening_of(&scenario);
    let uses = [
        world.by_city::<ConstructionLand>(),
        world.by_city::<TownLand>(),
        world.by_city::<ArableLand>(),
        world.by_city::<HomesteadLand>(),
        world.by_city::<ReserveLand>(),
        world.by_city::<ReleasedLand>(),
    ];
    for (place, of) in scenario.places.iter().enumerate() {
        let sum: f64 = uses.iter().map(|column| column[place]).sum();
        assert!((sum - world.by_city::<LandAtStart>()[place]).abs() < 1e-9 * sum, "{}", of.key);
        assert!(sum <= of.area * (1.0 + 1e-12), "{}", of.key);
        assert!(uses.iter().all(|column| column[place] >= 0.0));
        assert!(world.by_city::<IdleHomesteads>()[place] <= world.by_city::<HomesteadLand>()[place]);
    }
}

#[test]
fn ten_times_the_farm_income_is_ten_times_every_opening_price_and_nothing_else() {
    let plain = config("henan.ron", &[]);
    let mut tenfold = plain.clone();
    tenfold.money.farm_income *= 10.0;
    let ((one, _), (ten, _)) = (opening_of(&plain), opening_of(&tenfold));
    let all = |world: &World| {
        [
            world.by_city::<Wage>(),
            world.by_city::<TownWage>(),
            world.by_city::<GoingRent>(),
            world.by_city::<CityIncome>(),
            world.by_city::<RuralIncome>(),
            world.by_city::<PublicSpending>(),
        ]
        .concat()
    };
    for (one, ten) in all(&one).iter().zip(all(&ten)) {
        assert!((ten / one - 10.0).abs() < 1e-12);
    }
    assert_eq!(one.by_sector::<Firms>()[0], ten.by_sector::<Firms>()[0]);
    assert_eq!(one.by_city::<ArableLand>(), ten.by_city::<ArableLand>());
    assert_eq!(one.by_city::<ServiceQuality>(), ten.by_city::<ServiceQuality>());
}

#[test]
fn every_shipped_scenario_and_policy_loads_and_opens() {
    for name in ["henan.ron", "two-regions.ron", "central-plains.ron"] {
        let (world, people) = opening_of(&config(name, &[]));
        assert!(world.by_city::<Wage>().iter().all(|wage| *wage > 0.0));
        assert!(people.notes.is_empty(), "{name}: {:?}", people.notes);
    }
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../configs");
    let mut policies: Vec<PathBuf> =
        std::fs::read_dir(folder.join("policies")).unwrap().map(|entry| entry.unwrap().path()).collect();
    policies.sort();
    assert_eq!(policies.len(), 11);
    for scenario in ["henan.ron", "central-plains.ron"] {
        for policy in &policies {
            let request = Request { policies: vec![policy.clone()], ..Request::default() };
            if let Err(faults) = load(&folder.join(scenario), &request) {
                panic!("{} on {scenario}:\n{faults}", policy.display());
            }
        }
    }
}

/// Why no parameter says how many of a sector's jobs an industry has at the start: the answer would be forgotten.
#[test]
fn how_many_firms_an_industry_opens_with_leaves_no_trace_after_burn_in() {
    // Without establishments, of which there are whole numbers and which leave at a loss only: their number keeps a trace.
    let overrides = ["workers_per_agent=5000", "initial.burn_in=0", "towns=Off", "consumer_services=Off"];
    let scenario = config("central-plains.ron", &overrides);
    let burnt_in = |multiple: f64| {
        let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
        let mut model = build(&scenario, &options).unwrap();
        model.world.resource_mut::<Clock>().burning_in = true;
        let (opening, _) = opening_of(&scenario);
        for industry in 0..opening.by_sector::<Firms>().rows().len() {
            let multiple = if industry == 0 { multiple } else { 1.0 };
            let firms: Vec<f64> = opening.by_sector::<Firms>()[industry].iter().map(|mass| mass * multiple).collect();
            model.world.by_sector_mut::<Firms>()[industry].copy_from_slice(&firms);
            model.world.by_sector_mut::<EffectiveFirms>()[industry].copy_from_slice(&firms);
        }
        // The stronger external economies are, the longer totals take to settle.
        price_settling::settle_prices(&mut model, true, 1500).unwrap();
        model.world.by_sector::<Firms>().rows().map(<[f64]>::to_vec).collect::<Vec<_>>()
    };
    for (one, other) in burnt_in(1.0).iter().flatten().zip(burnt_in(3.0).iter().flatten()) {
        assert!((one / other - 1.0).abs() < 1e-6, "{one} {other}");
    }
}
