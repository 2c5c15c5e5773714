//! Burn-in and inversion on an economy of a few lines, in which the answers are known; and on the standard model.

use bevy_ecs::prelude::*;
use economics::maths::{ln, power};
use scenario::scenario::Scenario;

use super::{config, count, mutilate};
use crate::agents::city::{ByCity, ByCityMut, BySector, WorldColumns};
use crate::clock::Clock;
use crate::mechanisms::capital::{CapitalIncome, CapitalRental};
use crate::mechanisms::goods_market::FoodPrice;
use crate::mechanisms::incomes::ValueAdded;
use crate::mechanisms::outside::OutsidePay;
use crate::mechanisms::population::{Counts, Masses, RuralPeople, UrbanPeople};
use crate::mechanisms::productivity::Endowment;
use crate::mechanisms::programmes::ProgrammeCost;
use crate::mechanisms::public_services::PublicSpending;
use crate::mechanisms::utility::{
    Amenity, CitizenUtility, ElsewhereUtility, MigrantUtility, OutsideUtility, RuralUtility,
};
use crate::mechanisms::wage_setting::Wage;
use crate::model::Model;
use crate::opening::flows::{Choosers, looks, stocks};
use crate::opening::{InversionReport, OpeningNotes, burn_in, insert, people};
use crate::region::{Geography, MoneyUnit, PlaceTable};
use crate::run::{Lanes, Options};
use crate::step::Step;

/// Output of a city: proportional to people, and to the power 0.8 of its productivity; wages follow with a lag, and the
/// countryside makes one money unit a head.
fn make(
    (urban, rural): (ByCity<UrbanPeople>, ByCity<RuralPeople>),
    endowment: BySector<Endowment>,
    unit: Res<MoneyUnit>,
    mut wage: ByCityMut<Wage>,
    mut value_added: ByCityMut<ValueAdded>,
) {
    for place in 0..urban.len() {
        let goal = 3.0 * unit.0 * power(endowment[0][place], 0.8);
        wage[place] += 0.5 * (goal - wage[place]);
        value_added[place] = urban[place] * wage[place] + rural[place] * unit.0;
    }
}

/// Real pay, with the unit of money taken out, and amenity.
fn value(
    (wage, amenity): (ByCity<Wage>, ByCity<Amenity>),
    unit: Res<MoneyUnit>,
    mut migrant: ResMut<MigrantUtility>,
    mut outside: ResMut<OutsideUtility>,
    (mut citizen, mut elsewhere): (ByCityMut<CitizenUtility>, ByCityMut<ElsewhereUtility>),
    mut rural: ByCityMut<RuralUtility>,
) {
    let places = rural.len();
    let pay: Vec<f64> = (0..places).map(|place| ln(wage[place] / unit.0) + amenity[place]).collect();
    for skill in 0..2 {
        for origin in 0..=places {
            for (place, pay) in pay.iter().enumerate() {
                migrant.value[skill][origin * places + place] = pay - 0.2;
                migrant.cost[origin * places + place] = if origin == place { 0.3 } else { 0.6 };
            }
            outside.value[skill][origin] = 0.9 + outside.amenity;
            outside.cost[origin] = 0.9;
        }
        for (place, pay) in pay.iter().enumerate() {
            citizen[place][skill] = *pay;
            elsewhere[place][skill] = pay - 0.3;
        }
    }
    rural.fill(0.4);
}

fn settled(scenario: &Scenario) -> Model {
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    let mut model = Model::empty(scenario, &options).unwrap();
    let people = people(scenario, &PlaceTable::of(scenario), &Geography::of(scenario)).unwrap();
    let counts = count(&people.cohorts, scenario.places.len(), scenario.initial.skilled_share);
    insert(&mut model.world, scenario, &people);
    model.world.insert_resource(counts);
    // Sums of money that are not columns; nothing of this economy reads them, but all money is rescaled.
    model.world.insert_resource(CapitalRental { rental: 1.0, mean_wage_start: 1.0 });
    model.world.init_resource::<CapitalIncome>();
    model.world.init_resource::<ProgrammeCost>();
    model.world.insert_resource(FoodPrice(1.0));
    model.world.insert_resource(OutsidePay(1.0));
    let weigh = |counts: Res<Counts>, table: Res<PlaceTable>, mut masses: Masses| masses.weigh(&counts, &table);
    model.world.run_system_cached(weigh).unwrap();
    model.add(Step::PayFactors, make).add(Step::ValueHome, value);
    burn_in(&mut model, scenario).unwrap();
    model
}

/// Largest relative error of output by place against the table, in yuan.
fn output_error(model: &Model) -> f64 {
    let made = model.world.by_city::<ValueAdded>();
    let places = &model.world.resource::<PlaceTable>().places;
    let error = |(value, gdp): (&f64, f64)| (value * 4.0 / 1e5 / gdp - 1.0).abs();
    made.iter().zip(places).filter_map(|(value, place)| Some(error((value, place.gdp?)))).fold(0.0, f64::max)
}

fn net_flow_error(model: &Model, scenario: &Scenario) -> f64 {
    let world = &model.world;
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let size = scenario.mechanisms.outside.as_ref().unwrap().size;
    let looks = looks(world, size, rule, &[0.0; 4]);
    let choosers = Choosers::of(world, rule, &looks);
    let stocks = stocks(world);
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
}

#[test]
fn a_mutilated_table_leaves_everything_finite_and_is_reported() {
    let mut scenario = config("henan.ron", &["initial.burn_in=20"]);
    mutilate(&mut scenario);
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
    let mut tenfold = plain.clone();
    tenfold.money.farm_income *= 10.0;
    let (one, ten) = (settled(&plain), settled(&tenfold));
    let (one_report, ten_report) = (one.world.resource::<InversionReport>(), ten.world.resource::<InversionReport>());
    assert!((one_report.money_factor / ten_report.money_factor / 10.0 - 1.0).abs() < 1e-9);
    let pairs = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
    assert!(pairs(&one_report.productivity, &ten_report.productivity));
    assert!(pairs(&one_report.amenity, &ten_report.amenity));
    assert!(pairs(one.world.by_city::<Wage>(), ten.world.by_city::<Wage>()));
    assert!(pairs(one.world.by_city::<PublicSpending>(), ten.world.by_city::<PublicSpending>()));
}

#[test]
fn expected_flows_answer_to_amenity_as_they_say() {
    let scenario = config("henan.ron", &["initial.burn_in=20", "initial.inversion=false"]);
    let model = settled(&scenario);
    let world = &model.world;
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let looks = looks(world, 1e5, rule, &[0.0; 4]);
    let choosers = Choosers::of(world, rule, &looks);
    let mut better = vec![0.0; looks.of(0).len()];
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
        assert!((0..looks.of(0).len()).all(|other| other == site || above.net(other) <= below.net(other) + 1e-12));
    }
}
