//! A world of four places in the state that `reference.csv` starts from.

use std::collections::BTreeMap;

use scenario::industry::Industry;
use scenario::levers::Levers;

use scenario::place::{Level, Place};
use scenario::scenario::{Mechanisms, Scenario};
use simulation::accounts::{Holder, Ledger};
use simulation::clock::Clock;
use simulation::mechanisms::add_economy;
use simulation::model::{Model, Options};
use simulation::opening::{Margin, People, insert, tables};
use simulation::places::{Establishments, FirmMass, Labour, Land, Population, Productivities, Services};

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
        levers: Levers {
            barriers: None,
            transport: None,
            communications: None,
            subsidies: None,
            parks: None,
            village_consolidation: None,
            service_reform: None,
            farm_policy: None,
            settlement: Vec::new(),
            land_quota: Vec::new(),
        },
    };
    scenario.money.farm_income = 1.0;
    scenario.preferences.migrant_housing = 1.0;
    scenario
}

/// The economy of a scenario in the state of the table, before its first quarter of burn-in.
pub(crate) fn model(scenario: &Scenario, table: &Table) -> Model {
    let mut model = Model::empty(scenario, &Options { threads: 2, ..Options::default() }).unwrap();
    let (places, geography, industries) = tables(scenario);
    let people = People { cohorts: Vec::new(), margins: vec![Margin::default(); PLACES], notes: Vec::new() };
    insert(&mut model.world, scenario, places, geography, industries, &people);
    settle(&mut model, scenario.money.farm_income, table);
    model.keep::<Establishments>("establishments");
    add_economy(&mut model, scenario);
    model
}

fn settle(model: &mut Model, unit: f64, table: &Table) {
    let column = |name: &str| start(table, name);
    let (citizens, rural, pairs) = (column("C"), column("F"), column("M"));
    let world = &mut model.world;
    let mut population = Population::none(PLACES);
    population.migrants[..pairs.len()].copy_from_slice(&pairs);
    population.labour_by_origin[..pairs.len()].copy_from_slice(&pairs);
    for place in 0..PLACES {
        let migrants: f64 = (0..PLACES).map(|origin| pairs[origin * PLACES + place]).sum();
        population.migrants_total[place] = migrants;
        population.labour_migrants[place] = migrants;
        population.urban[place] = citizens[place] + migrants;
        population.labour[place] = citizens[place] + migrants;
    }
    population.citizens.clone_from(&citizens);
    population.owners.clone_from(&citizens);
    population.rural.clone_from(&rural);
    let firms = column("n");
    let count: Vec<Vec<f64>> = firms.chunks(PLACES).map(<[f64]>::to_vec).collect();
    let towns = column("nT");
    let jobs: Vec<f64> = towns.iter().map(|count| 0.1 * count).collect();
    world.resource_mut::<Labour>().town_jobs.clone_from(&jobs);
    world.resource_mut::<Productivities>().town_jobs = jobs;
    let mut land = world.resource_mut::<Land>();
    land.construction = column("Hc");
    land.arable = column("Ar");
    land.arable_start = column("Ar");
    let mut services = world.resource_mut::<Services>();
    services.quality_base = column("Q");
    services.spending = citizens.iter().map(|people| 0.5 * people * unit).collect();
    let mut ledger = Ledger::new(PLACES);
    for place in 0..PLACES {
        let name = place as u16;
        ledger.endow(Holder::CityHouseholds(name), 2.0 * citizens[place] * unit);
        ledger.endow(Holder::Government(name), 0.5 * citizens[place] * unit);
        ledger.endow(Holder::RuralHouseholds(name), rural[place] * unit);
    }
    world.insert_resource(ledger);
    world.insert_resource(FirmMass {
        effective: count.clone(),
        count,
        town_effective: towns.clone(),
        town_count: towns,
    });
    world.insert_resource(Establishments(column("nC").iter().map(|&count| count as u32).collect()));
    world.insert_resource(population);
}

/// Runs quarters of burn-in and then quarters of the run proper.
pub(crate) fn run(model: &mut Model, burn_in: u32, quarters: u32) {
    for _ in 0..burn_in {
        model.run_schedule().unwrap();
    }
    model.world.resource_mut::<Clock>().burning_in = false;
    for _ in 0..quarters {
        model.tick().unwrap();
    }
}
