//! A world of four places in the state that `reference.csv` starts from.

use std::collections::BTreeMap;

use scenario::industry::Industry;
use scenario::levers::Levers;
use scenario::place::{Level, Place};
use scenario::scenario::{Mechanisms, Scenario};
use simulation::accounts::{Holder, Ledger};
use simulation::agents::city::WorldColumns;
use simulation::audits;
use simulation::base_year::Margin;
use simulation::clock::Clock;
use simulation::mechanisms;
use simulation::mechanisms::consumer_services::Establishments;
use simulation::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms, TownFirms};
use simulation::mechanisms::land_use::{ArableAtStart, ArableLand, ConstructionLand};
use simulation::mechanisms::population::{
    CapitalOwners, Citizens, LabourSupply, MigrantStocks, Migrants, RuralPeople, UrbanPeople,
};
use simulation::mechanisms::public_services::{PublicSpending, ServiceQualityBase};
use simulation::mechanisms::towns::TownJobs;
use simulation::model::{Lanes, Model, Options};
use simulation::opening::{People, insert};
use simulation::random::RandomSource;

pub(crate) const PLACES: usize = 4;

/// Columns of the table by quarter and name.
pub(crate) type Table = BTreeMap<(String, String), Vec<f64>>;

pub(crate) fn table() -> Table {
    let read = |line: &str| {
        let mut fields = line.splitn(3, ',');
        let mut next = || fields.next().expect("a line has three fields").to_owned();
        let (quarter, name, numbers) = (next(), next(), next());
        let numbers = numbers.split(';').map(|number| number.parse().expect("a number")).collect();
        ((quarter, name), numbers)
    };
    include_str!("reference.csv").lines().map(read).collect()
}

pub(crate) fn start(table: &Table, name: &str) -> Vec<f64> {
    table[&("start".to_owned(), name.to_owned())].clone()
}

fn place(index: usize) -> Place {
    Place {
        key: format!("place{index}"),
        adcode: None,
        name: String::new(),
        province: String::new(),
        level: if index == 0 { Level::Centre } else { Level::Municipal },
        longitude: 0.0,
        latitude: 0.0,
        area: 1e6,
        urban_land: None,
        population: 0.0,
        urban_population: 0.0,
        district_share: 1.0,
        hukou_population: 0.0,
        urban_hukou_share: 0.0,
        migrants_other_county: 0.0,
        migrants_other_province: 0.0,
        employment_shares: [1.0, 0.0, 0.0],
        working_age_share: 0.7,
        schooling_years: 9.0,
        gdp: None,
        service_quality: Some(1.0),
        service_spending: 1.0,
        amenity: 0.0,
        endowment: vec![1.0; 5],
        added_workers: 0,
    }
}

/// The scenario of the table: growth and pollution off, farm income 1, migrants spend their whole housing share.
pub(crate) fn scenario(table: &Table) -> Scenario {
    let mut mechanisms = Mechanisms { pollution: None, ..Mechanisms::default() };
    mechanisms.agriculture.as_mut().unwrap().growth = 0.0;
    mechanisms.fiscal.as_mut().unwrap().public_wage_share = 0.0;
    let mut scenario = Scenario {
        name: "four places".to_owned(),
        start: 2010,
        ticks: 40,
        seed: 1,
        workers_per_agent: 1.0,
        money: Default::default(),
        preferences: Default::default(),
        initial: Default::default(),
        places: (0..PLACES).map(place).collect(),
        distances: start(table, "d"),
        industries: Industry::standard_list(),
        mechanisms,
        levers: Levers::default(),
    };
    scenario.money.farm_income = 1.0;
    scenario.preferences.migrant_housing = 1.0;
    scenario
}

/// The economy of a scenario in the state of the table, before its first quarter of burn-in.
pub(crate) fn model(scenario: &Scenario, table: &Table) -> Model {
    let mut model = Model::empty(scenario, &Options { threads: 2, ..Options::default() }).unwrap();
    let people = People { cohorts: Vec::new(), margins: vec![Margin::default(); PLACES], notes: Vec::new() };
    insert(&mut model.world, scenario, &people);
    // Nobody draws here, but the systems of agents ask for it.
    model.world.insert_resource(RandomSource::new(scenario.seed, Lanes::Auto).unwrap());
    settle(&mut model, scenario.money.farm_income, table);
    mechanisms::ECONOMY.iter().for_each(|mechanism| (mechanism.add)(&mut model, scenario));
    audits::money::add(&mut model, scenario);
    model
}

fn settle(model: &mut Model, unit: f64, table: &Table) {
    let column = |name: &str| start(table, name);
    let (citizens, rural, pairs) = (column("C"), column("F"), column("M"));
    let world = &mut model.world;
    let mut stocks = MigrantStocks::none(PLACES);
    stocks.people[..pairs.len()].copy_from_slice(&pairs);
    stocks.labour[..pairs.len()].copy_from_slice(&pairs);
    world.insert_resource(stocks);
    let migrants: Vec<f64> =
        (0..PLACES).map(|place| (0..PLACES).map(|origin| pairs[origin * PLACES + place]).sum()).collect();
    let urban: Vec<f64> = citizens.iter().zip(&migrants).map(|(citizens, migrants)| citizens + migrants).collect();
    world.by_city_mut::<Migrants>().copy_from_slice(&migrants);
    world.by_city_mut::<UrbanPeople>().copy_from_slice(&urban);
    world.by_city_mut::<LabourSupply>().copy_from_slice(&urban);
    world.by_city_mut::<Citizens>().copy_from_slice(&citizens);
    world.by_city_mut::<CapitalOwners>().copy_from_slice(&citizens);
    world.by_city_mut::<RuralPeople>().copy_from_slice(&rural);
    for (row, count) in world.by_sector_mut::<Firms>().rows_mut().zip(column("n").chunks(PLACES)) {
        row.copy_from_slice(count);
    }
    for (row, count) in world.by_sector_mut::<EffectiveFirms>().rows_mut().zip(column("n").chunks(PLACES)) {
        row.copy_from_slice(count);
    }
    let towns = column("nT");
    world.by_city_mut::<TownFirms>().copy_from_slice(&towns);
    world.by_city_mut::<EffectiveTownFirms>().copy_from_slice(&towns);
    let jobs: Vec<f64> = towns.iter().map(|count| 0.1 * count).collect();
    world.by_city_mut::<TownJobs>().copy_from_slice(&jobs);
    world.by_city_mut::<ConstructionLand>().copy_from_slice(&column("Hc"));
    world.by_city_mut::<ArableLand>().copy_from_slice(&column("Ar"));
    world.by_city_mut::<ArableAtStart>().copy_from_slice(&column("Ar"));
    world.by_city_mut::<ServiceQualityBase>().copy_from_slice(&column("Q"));
    for (spending, people) in world.by_city_mut::<PublicSpending>().iter_mut().zip(&citizens) {
        *spending = 0.5 * people * unit;
    }
    for (count, start) in world.by_city_mut::<Establishments>().iter_mut().zip(column("nC")) {
        *count = start as u32;
    }
    let mut ledger = Ledger::new(PLACES);
    for place in 0..PLACES {
        let name = place as u16;
        ledger.endow(Holder::CityHouseholds(name), 2.0 * citizens[place] * unit);
        ledger.endow(Holder::Government(name), 0.5 * citizens[place] * unit);
        ledger.endow(Holder::RuralHouseholds(name), rural[place] * unit);
    }
    world.insert_resource(ledger);
}

/// Runs quarters of burn-in and then quarters of the run proper.
pub(crate) fn run(model: &mut Model, burn_in: u32, quarters: u32) {
    for _ in 0..burn_in {
        model.run_phases().unwrap();
    }
    model.world.resource_mut::<Clock>().burning_in = false;
    for _ in 0..quarters {
        model.tick().unwrap();
    }
}
