//! The base year of Henan on the standard model.

use scenario::scenario::Scenario;

use super::{config, mutilate};
use crate::agents::city::WorldColumns;
use crate::build::build;
use crate::mechanisms::consideration::ConsiderationRule;
use crate::mechanisms::goods_market::FoodPrice;
use crate::mechanisms::incomes::ValueAdded;
use crate::mechanisms::rent_pressure::GoingRent;
use crate::mechanisms::utility::MigrantUtility;
use crate::mechanisms::wage_setting::{Tightness, Wage};
use crate::model::Model;
use crate::opening::flows::{Choosers, looks, stocks};
use crate::opening::{InversionReport, OpeningNotes};
use crate::region::PlaceTable;
use crate::run::{Lanes, Options};

fn built(scenario: &Scenario) -> Model {
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    build(scenario, &options).expect("a shipped scenario can be built")
}

/// Henan with fewer agents, so that tests are fast.
fn henan(overrides: &[&str]) -> Scenario {
    let mut all = vec!["workers_per_agent=1000"];
    all.extend(overrides);
    config("henan.ron", &all)
}

#[test]
fn the_base_year_of_henan_is_met_within_one_per_cent() {
    let scenario = henan(&[]);
    let model = built(&scenario);
    let world = &model.world;
    let report = world.resource::<InversionReport>();
    assert!(report.output_error < 0.01, "{report:?}");
    assert!(report.flow_error < 0.01, "{report:?}");
    assert!(report.unreachable.is_empty() && report.flow_unreachable.is_empty(), "{report:?}");
    let made: f64 = world.by_city::<ValueAdded>().iter().sum();
    let wanted: f64 = scenario.places.iter().filter_map(|place| place.gdp).sum();
    assert!((made * 4.0 / 1e5 / wanted - 1.0).abs() < 0.01, "{made} {wanted}");
}

#[test]
fn a_mutilated_table_still_gives_a_finite_opening() {
    let mut scenario = henan(&[]);
    mutilate(&mut scenario);
    let model = built(&scenario);
    let report = model.world.resource::<InversionReport>();
    let key = &scenario.places[3].key;
    assert!(report.unreachable.contains(key), "{report:?}");
    assert!(model.world.resource::<OpeningNotes>().0.iter().any(|note| note.contains(key)));
    assert!(report.output_error < 0.01, "{report:?}");
    assert!(model.world.by_city::<Wage>().iter().all(|wage| wage.is_finite() && *wage > 0.0));
    let utility = model.world.resource::<MigrantUtility>();
    assert!(utility.value.iter().flatten().all(|utility| utility.is_finite()));
}

#[test]
fn ten_times_the_money_is_ten_times_every_price_after_burn_in_and_nothing_real() {
    let mut plain = henan(&["initial.inversion=false", "initial.burn_in=60"]);
    let one = built(&plain);
    plain.money.farm_income *= 10.0;
    let ten = built(&plain);
    let nominal = |model: &Model| {
        let world = &model.world;
        let mut all = world.by_city::<Wage>().to_vec();
        all.extend(world.by_city::<GoingRent>());
        all.extend(world.by_city::<ValueAdded>());
        all.push(world.resource::<FoodPrice>().0);
        all
    };
    for (one, ten) in nominal(&one).iter().zip(nominal(&ten)) {
        assert!((ten / one / 10.0 - 1.0).abs() < 1e-8, "{one} {ten}");
    }
    let tightness = |model: &Model| model.world.by_city::<Tightness>().to_vec();
    for (one, ten) in tightness(&one).iter().zip(tightness(&ten)) {
        assert!((ten / one - 1.0).abs() < 1e-8);
    }
}

/// A quarter of moves against what tables expect.
fn moves_as_expected(changes: &[&str]) {
    let mut all = vec!["workers_per_agent=250", "settlement_rules=Off", "demography=Off"];
    all.extend(changes);
    let scenario = config("henan.ron", &all);
    let mut model = built(&scenario);
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let size = scenario.mechanisms.outside.as_ref().unwrap().size;
    let found = model.world.get_resource::<ConsiderationRule>().map_or([0.0; 4], |rule| rule.found);
    let (looks, old) = (looks(&model.world, size, rule, &found), stocks(&model.world));
    model.tick().unwrap();
    // The utilities by which people chose in the quarter are those of its last phase before choices.
    let world = &model.world;
    let choosers = Choosers::of(world, rule, &looks);
    let flows = choosers.expected_flows(&vec![0.0; looks.of(0).len()]);
    let new = stocks(world);
    for site in 0..old.len() {
        let agent = world.resource::<PlaceTable>().mass_per_agent(site);
        let random = ((flows.arrivals[site] + flows.departures[site]) * agent).sqrt();
        let off = new[site] - old[site] - flows.net(site);
        assert!(
            off.abs() < 4.0 * random + 0.02 * (flows.arrivals[site] + flows.departures[site]),
            "{site}: {off} {random}"
        );
    }
}

#[test]
fn agents_move_in_the_first_quarter_as_tables_expect() {
    moves_as_expected(&[]);
    moves_as_expected(&["consideration.distance_decay=1"]);
}
