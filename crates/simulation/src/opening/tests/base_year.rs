//! Burn-in and inversion on an economy of a few lines, in which the answers are known; and on the standard model.

use bevy_ecs::prelude::*;
use economics::maths::{ln, power};
use scenario::scenario::Scenario;

use super::{config, count};
use crate::clock::Clock;
use crate::model::{Lanes, Model, Options};
use crate::opening::flows::{Choosers, looks, stocks};
use crate::opening::{BasePrices, InversionReport, OpeningNotes, burn_in, insert, people, tables};
use crate::phase::Phase;
use crate::places::{Counts, Incomes, IndustryTable, Labour, MoneyUnit, PlaceTable, Population, Services, Utilities};

/// Output of a city: proportional to people, and to the power 0.8 of its productivity; wages follow with a lag, and the
/// countryside makes one money unit a head.
fn make(
    population: Res<Population>,
    industries: Res<IndustryTable>,
    unit: Res<MoneyUnit>,
    mut labour: ResMut<Labour>,
    mut incomes: ResMut<Incomes>,
) {
    for place in 0..population.urban.len() {
        let goal = 3.0 * unit.0 * power(industries.endowment[0][place], 0.8);
        labour.wage[place] += 0.5 * (goal - labour.wage[place]);
        incomes.value_added[place] = population.urban[place] * labour.wage[place] + population.rural[place] * unit.0;
    }
}

/// Real pay, with the unit of money taken out, and amenity.
fn value(labour: Res<Labour>, unit: Res<MoneyUnit>, mut utilities: ResMut<Utilities>) {
    let u = &mut *utilities;
    let places = u.rural.len();
    let pay: Vec<f64> = (0..places).map(|place| ln(labour.wage[place] / unit.0) + u.amenity[place]).collect();
    for skill in 0..2 {
        for origin in 0..=places {
            for (place, pay) in pay.iter().enumerate() {
                u.migrant[skill][origin * places + place] = pay - 0.2;
                u.cost[origin * places + place] = if origin == place { 0.3 } else { 0.6 };
            }
            u.outside[skill][origin] = 0.9 + u.amenity_outside;
            u.outside_cost[origin] = 0.9;
        }
        u.citizen[skill].clone_from(&pay);
        u.citizen_elsewhere[skill] = pay.iter().map(|pay| pay - 0.3).collect();
    }
    u.rural.fill(0.4);
}

fn settled(scenario: &Scenario) -> Model {
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    let mut model = Model::empty(scenario, &options).unwrap();
    let (table, geography, industries) = tables(scenario);
    let people = people(scenario, &table, &geography).unwrap();
    let counts = count(&people.cohorts, table.places.len(), scenario.initial.skilled_share);
    let mut population = Population::none(table.places.len());
    population.weigh(&counts, &table);
    insert(&mut model.world, scenario, table, geography, industries, &people);
    model.world.insert_resource(counts);
    model.world.insert_resource(population);
    model.add_systems(Phase::Incomes, make);
    model.add_systems(Phase::Utilities, value);
    burn_in(&mut model, scenario).unwrap();
    model
}

/// Largest relative error of output by place against the table, in yuan.
fn output_error(model: &Model) -> f64 {
    let made = &model.world.resource::<Incomes>().value_added;
    let places = &model.world.resource::<PlaceTable>().places;
    let error = |(value, gdp): (&f64, f64)| (value * 4.0 / 1e5 / gdp - 1.0).abs();
    made.iter().zip(places).filter_map(|(value, place)| Some(error((value, place.gdp?)))).fold(0.0, f64::max)
}

fn net_flow_error(model: &Model, scenario: &Scenario) -> f64 {
    let world = &model.world;
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let population = world.resource::<Population>();
    let looks = looks(&population.urban, scenario.mechanisms.outside.as_ref().unwrap().size, rule);
    let choosers = Choosers {
        rule,
        table: world.resource::<PlaceTable>(),
        counts: world.resource::<Counts>(),
        utilities: world.resource::<Utilities>(),
        looks: &looks,
    };
    let stocks = stocks(population);
    let flows = choosers.expected_flows(&vec![0.0; stocks.len()]);
    let working_life = scenario.mechanisms.demography.as_ref().unwrap().working_life;
    let growth = (scenario.initial.migrant_growth + 1.0 / working_life) / 4.0;
    let error = |site: usize| (flows.net(site) - growth * stocks[site]).abs() / stocks[site];
    (0..stocks.len()).filter(|&site| stocks[site] > 0.0).map(error).fold(0.0, f64::max)
}

#[test]
fn output_and_migration_of_the_base_year_are_met() {
    let scenario = config("henan.ron", &["initial.burn_in=20"]);
    let model = settled(&scenario);
    let report = model.world.resource::<InversionReport>();
    assert!(report.output_error < 2e-3 && output_error(&model) < 2e-3, "{report:?}");
    assert!(report.unreachable.is_empty() && report.flow_unreachable.is_empty(), "{report:?}");
    assert!(net_flow_error(&model, &scenario) < 1e-3, "{}", net_flow_error(&model, &scenario));
    assert!(!model.world.resource::<Clock>().burning_in);
    let base = model.world.resource::<BasePrices>();
    assert!(base.rent.iter().all(|rent| *rent > 0.0));
}

#[test]
fn a_mutilated_table_leaves_everything_finite_and_is_reported() {
    let mut scenario = config("henan.ron", &["initial.burn_in=20"]);
    let empty = &mut scenario.places[3];
    empty.population = 0.0;
    empty.urban_population = 0.0;
    empty.hukou_population = 0.0;
    empty.migrants_other_county = 0.0;
    empty.migrants_other_province = 0.0;
    scenario.places[5].gdp = None;
    scenario.places[7].gdp = Some(1e-6);
    let model = settled(&scenario);
    let report = model.world.resource::<InversionReport>();
    assert!(report.unreachable.contains(&scenario.places[3].key), "nobody is there to make anything");
    assert!(report.unreachable.contains(&scenario.places[7].key), "its countryside alone makes more");
    let known = (0..report.productivity.len()).filter(|&place| scenario.places[place].gdp.is_some());
    let logs: Vec<f64> = known.map(|place| ln(report.productivity[place])).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    assert!((ln(report.productivity[5]) - mean).abs() < 1e-9, "without a figure, as productive as its province");
    assert!(report.output_error < 1e-2, "the others are met: {report:?}");
    assert_eq!(report.amenity[3], 0.0);
    assert!(report.productivity.iter().chain(&report.amenity).all(|value| value.is_finite()));
    let notes = &model.world.resource::<OpeningNotes>().0;
    assert!(notes.iter().any(|note| note.contains(&scenario.places[7].key)), "{notes:?}");
}

#[test]
fn the_money_of_the_base_year_does_not_depend_on_the_unit() {
    let plain = config("henan.ron", &["initial.burn_in=20"]);
    let mut dear = plain.clone();
    dear.money.farm_income *= 10.0;
    let (one, ten) = (settled(&plain), settled(&dear));
    let (one_report, ten_report) = (one.world.resource::<InversionReport>(), ten.world.resource::<InversionReport>());
    assert!((one_report.money_factor / ten_report.money_factor / 10.0 - 1.0).abs() < 1e-9);
    let pairs = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
    assert!(pairs(&one_report.productivity, &ten_report.productivity));
    assert!(pairs(&one_report.amenity, &ten_report.amenity));
    assert!(pairs(&one.world.resource::<Labour>().wage, &ten.world.resource::<Labour>().wage));
    assert!(pairs(&one.world.resource::<Services>().spending, &ten.world.resource::<Services>().spending));
}

#[test]
fn expected_flows_answer_to_amenity_as_they_say() {
    let scenario = config("henan.ron", &["initial.burn_in=20", "initial.inversion=false"]);
    let model = settled(&scenario);
    let world = &model.world;
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let looks = looks(&world.resource::<Population>().urban, 1e5, rule);
    let choosers = Choosers {
        rule,
        table: world.resource::<PlaceTable>(),
        counts: world.resource::<Counts>(),
        utilities: world.resource::<Utilities>(),
        looks: &looks,
    };
    let mut better = vec![0.0; looks.len()];
    let flows = choosers.expected_flows(&better);
    for site in [0, 4, 18] {
        let step = 1e-5;
        better[site] = step;
        let above = choosers.expected_flows(&better);
        better[site] = -step;
        let below = choosers.expected_flows(&better);
        better[site] = 0.0;
        let slope = (above.net(site) - below.net(site)) / (2.0 * step);
        assert!((slope / flows.response[site] - 1.0).abs() < 1e-5, "{site}: {slope} {}", flows.response[site]);
        assert!((0..looks.len()).all(|other| other == site || above.net(other) <= below.net(other) + 1e-12));
    }
}
