//! Small worlds for the tests of levers and land: places in a row, 100 km apart, with round figures.

use scenario::industry::{Industry, IndustryParameters, Role};
use scenario::levers::{Levers, Period};
use scenario::place::{Level, Place};
use scenario::scenario::Scenario;

use crate::mechanisms::settlement_rules::applications::Cutoffs;
use crate::model::{Lanes, Model, Options};
use crate::places::{
    Counts, FirmMass, Geography, Incomes, IndustryTable, Labour, Land, PlaceTable, Population, Rents, Services,
    Utilities,
};
use crate::random::RandomSource;

/// Every quarter of the run proper.
pub(crate) const ALWAYS: Period = Period { from: 0.0, until: None };

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

/// A model of up to three places (`east`, `middle` in province Near, `west` in Far) with the columns that levers and
/// land read, past its burn-in, at the start of 2010. In each place 1,000 thousand people in the city, 500 citizens;
/// 800 rural people at home, 200 away in the city of `east`; 100 km² of city, 2,000 km² of fields, 150 of homesteads,
/// 50 of reserve; rent 10; public spending 600.
pub(crate) fn small_model(places: usize) -> Model {
    let scenario = Scenario {
        name: "small".to_owned(),
        start: 2010,
        ticks: 1,
        seed: 1,
        workers_per_agent: 1.0,
        money: Default::default(),
        preferences: Default::default(),
        initial: Default::default(),
        places: (0..places).map(place).collect(),
        distances: (0..places * places).map(|at| 100.0 * (at / places).abs_diff(at % places) as f64).collect(),
        industries: Vec::<Industry>::new(),
        mechanisms: Default::default(),
        levers: Levers::off(),
    };
    let mut model = Model::empty(&scenario, &Options { threads: 1, ..Options::default() }).unwrap();
    model.world.resource_mut::<crate::clock::Clock>().burning_in = false;
    let column = |value: f64| vec![value; places];
    let world = &mut model.world;
    world.insert_resource(RandomSource::new(scenario.seed, Lanes::Scalar).unwrap());
    world.init_resource::<Utilities>();
    world.init_resource::<Cutoffs>();
    world.insert_resource(PlaceTable {
        places: scenario.places,
        dependants: vec![1.6; places + 1],
        workers_per_agent: 1000.0,
        efficiency: [1.0, 1.4],
    });
    world.insert_resource(Geography { places, distance: scenario.distances });
    let names = ["light", "heavy"];
    world.insert_resource(IndustryTable {
        names: names.map(str::to_owned).to_vec(),
        roles: vec![Role::Goods; 2],
        parameters: vec![IndustryParameters::default(); 2],
        producer_services: None,
        in_towns: Some(0),
        consumer_services: "shops".to_owned(),
        agriculture: "farms".to_owned(),
        endowment: vec![column(1.0); 2],
        town_endowment: column(1.0),
        farm_endowment: column(1.0),
    });
    let mut population = Population::none(places);
    population.citizens = column(500.0);
    population.urban = column(1000.0);
    population.rural = column(800.0);
    for origin in 0..places {
        population.migrants[origin * places] = 200.0;
    }
    world.insert_resource(population);
    world.insert_resource(Counts::none(places));
    world.insert_resource(FirmMass {
        count: vec![column(100.0), column(50.0)],
        effective: vec![column(100.0), column(50.0)],
        town_count: column(10.0),
        town_effective: column(10.0),
    });
    world.insert_resource(Services { spending: column(600.0), migrant_access: column(0.25), ..Services::default() });
    world.insert_resource(Labour { town_jobs: column(100.0), ..Labour::default() });
    world.insert_resource(Rents { rent: column(10.0), spending: column(0.0) });
    world.insert_resource(Incomes {
        quota_revenue_due: column(0.0),
        quota_payment_due: column(0.0),
        ..Incomes::default()
    });
    world.insert_resource(small_land(places));
    model
}

fn small_land(places: usize) -> Land {
    let column = |value: f64| vec![value; places];
    Land {
        construction: column(100.0),
        town: column(0.0),
        arable: column(2000.0),
        homestead: column(150.0),
        idle: column(0.0),
        reserve: column(50.0),
        released: column(0.0),
        pool: column(0.0),
        arable_start: column(2000.0),
        total_start: column(2300.0),
        given_up: column(0.0),
        quota_bought: column(0.0),
        quota_sold: column(0.0),
        homestead_per_head: column(0.15),
    }
}
