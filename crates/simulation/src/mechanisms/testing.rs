//! Small worlds for the tests of levers and land: places in a row, 100 km apart, with round figures.

use scenario::industry::{Industry, IndustryParameters, Role};
use scenario::place::{Level, Place};
use scenario::scenario::Scenario;

use crate::agents::city::{WorldColumns, spawn_rows};
use crate::base_year::{Margin, Opening, OpeningFirms, OpeningLand};
use crate::clock::Clock;
use crate::mechanisms::population::{self, Citizens, MigrantStocks, RuralPeople, UrbanPeople};
use crate::mechanisms::public_services::{MigrantAccess, PublicSpending};
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::towns::TownJobs;
use crate::mechanisms::utility;
use crate::model::Model;
use crate::random::RandomSource;
use crate::region::{Geography, IndustryTable, MoneyUnit, PlaceTable};
use crate::run::{Lanes, Options};

fn place(index: usize) -> Place {
    Place {
        key: ["east", "middle", "west"][index].to_owned(),
        adcode: None,
        name: String::new(),
        province: if index == 2 { "Far" } else { "Near" }.to_owned(),
        level: if index == 0 { Level::Centre } else { Level::Municipal },
        longitude: 0.0,
        latitude: 0.0,
        area: 10_000.0,
        urban_land: None,
        population: 0.0,
        urban_population: 0.0,
        district_share: 0.5,
        hukou_population: 0.0,
        urban_hukou_share: 0.0,
        migrants_other_county: 0.0,
        migrants_other_province: 0.0,
        employment_shares: [1.0, 0.0, 0.0],
        working_age_share: 0.7,
        schooling_years: 9.0,
        gdp: None,
        service_quality: None,
        service_spending: 1.0,
        amenity: 0.0,
        endowment: Vec::new(),
        added_workers: 0,
    }
}

fn goods(name: &str, in_towns: bool) -> Industry {
    let parameters = IndustryParameters { in_towns, ..IndustryParameters::default() };
    Industry { name: name.to_owned(), role: Role::Goods, parameters }
}

/// A model of up to three places (`east`, `middle` in province Near, `west` in Far) and of its scenario, which a test may
/// change first. It is past its burn-in, at the start of 2010, and has all columns and the resources that never change,
/// but no mechanism: a test adds those that it needs. In each place 1,000 thousand people in the city, 500 citizens; 800
/// rural people at home, 200 away in the city of `east`, 100 in town jobs; 100 firms of `light` industry and 50 of
/// `heavy`, 10 in towns; 100 km² of city, 2,000 km² of fields, 150 of homesteads, 50 of reserve; rent 10; public spending
/// 600, of whose services a quarter reaches migrants. An agent is 1,000 workers with 0.6 dependants each.
pub(crate) fn small(places: usize, set: impl FnOnce(&mut Scenario)) -> (Model, Scenario) {
    let mut scenario = Scenario {
        name: "small".to_owned(),
        start: 2010,
        ticks: 1,
        seed: 1,
        workers_per_agent: 1000.0,
        money: Default::default(),
        preferences: Default::default(),
        initial: Default::default(),
        places: (0..places).map(place).collect(),
        distances: (0..places * places).map(|at| 100.0 * (at / places).abs_diff(at % places) as f64).collect(),
        industries: vec![goods("light", true), goods("heavy", false)],
        mechanisms: Default::default(),
        levers: Default::default(),
    };
    set(&mut scenario);
    let mut model = Model::empty(&scenario, &Options { threads: 1, ..Options::default() }).unwrap();
    let world = &mut model.world;
    world.resource_mut::<Clock>().burning_in = false;
    world.insert_resource(RandomSource::new(scenario.seed, Lanes::Scalar).unwrap());
    let table = PlaceTable { dependants: vec![1.6; places + 1], ..PlaceTable::of(&scenario) };
    let industries = IndustryTable::of(&scenario);
    let column = |value: f64| vec![value; places];
    let opening = Opening {
        scenario: &scenario,
        table: &table,
        industries: &industries,
        margins: &vec![Margin::default(); places],
        firms: OpeningFirms { count: vec![column(100.0), column(50.0)], town_count: column(10.0) },
        land: OpeningLand {
            construction: column(100.0),
            town: column(0.0),
            arable: column(2000.0),
            homestead: column(150.0),
            idle: column(0.0),
            reserve: column(50.0),
            total: column(2300.0),
            homestead_per_head: column(0.15),
        },
    };
    spawn_rows(world, places, industries.firms());
    super::open_columns(world, &opening);
    population::insert_empty(world, places);
    utility::insert_empty(world, places);
    world.insert_resource(MoneyUnit(scenario.money.farm_income));
    world.insert_resource(Geography::of(&scenario));
    world.insert_resource(table);
    world.insert_resource(industries);
    world.by_city_mut::<Citizens>().fill(500.0);
    world.by_city_mut::<UrbanPeople>().fill(1000.0);
    world.by_city_mut::<RuralPeople>().fill(800.0);
    world.by_city_mut::<TownJobs>().fill(100.0);
    world.by_city_mut::<GoingRent>().fill(10.0);
    world.by_city_mut::<PublicSpending>().fill(600.0);
    world.by_city_mut::<MigrantAccess>().fill(0.25);
    let mut migrants = world.resource_mut::<MigrantStocks>();
    for origin in 0..places {
        migrants.people[origin * places] = 200.0;
    }
    (model, scenario)
}
