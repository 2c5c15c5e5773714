//! The base year of Henan where people consider near places first.

use economics::migration::nearness;
use scenario::scenario::Scenario;

use super::config;
use crate::agents::city::WorldColumns;
use crate::build::build;
use crate::mechanisms::consideration::ConsiderationRule;
use crate::mechanisms::population::Counts;
use crate::mechanisms::utility::HomeAmenity;
use crate::model::Model;
use crate::opening::flows::{Choosers, looks};
use crate::opening::{ExpectedFlows, InversionReport};
use crate::region::{Geography, MoveClass, PlaceTable};
use crate::run::{Lanes, Options};

/// Henan with consideration; the places from `border` on are made another province.
fn henan(border: usize, changes: &[&str]) -> Scenario {
    let mut all = vec!["workers_per_agent=1000", "consideration.distance_decay=1"];
    all.extend(changes);
    let mut scenario = config("henan.ron", &all);
    for place in &mut scenario.places[border..] {
        place.province = "another".to_owned();
    }
    scenario
}

fn built(scenario: &Scenario) -> Model {
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    build(scenario, &options).expect("a shipped scenario can be built")
}

/// Expected flows of the first quarter by origin, and people of each origin in each city, thousand persons.
fn flows_and_stocks(model: &Model, scenario: &Scenario) -> (Vec<ExpectedFlows>, Vec<Vec<f64>>) {
    let world = &model.world;
    let rule = scenario.mechanisms.migrant_location.as_ref().unwrap();
    let size = scenario.mechanisms.outside.as_ref().unwrap().size;
    let looks = looks(world, size, rule, &world.resource::<ConsiderationRule>().found);
    let flows = Choosers::of(world, rule, &looks).by_origin(&vec![0.0; looks.of(0).len()], &[]);
    let (counts, table) = (world.resource::<Counts>(), world.resource::<PlaceTable>());
    let places = counts.places;
    let people = |origin: usize, city: usize| {
        let agents = counts.migrants[0][origin * places + city] + counts.migrants[1][origin * places + city];
        f64::from(agents) * table.mass_per_agent(origin)
    };
    (flows, (0..=places).map(|origin| (0..places).map(|city| people(origin, city)).collect()).collect())
}

/// Net flow and stock of the pairs of origin and city that count.
fn sums(flows: &[ExpectedFlows], stocks: &[Vec<f64>], counts: impl Fn(usize, usize) -> bool) -> (f64, f64) {
    let pairs = (0..stocks.len()).flat_map(|origin| (0..stocks[0].len()).map(move |city| (origin, city)));
    pairs
        .filter(|&(origin, city)| counts(origin, city))
        .fold((0.0, 0.0), |(net, stock), (origin, city)| (net + flows[origin].net(city), stock + stocks[origin][city]))
}

#[test]
fn migrants_from_elsewhere_and_in_the_own_prefecture_grow_at_one_rate_in_every_city() {
    for border in [18, 9] {
        let scenario = henan(border, &[]);
        let model = built(&scenario);
        let report = model.world.resource::<InversionReport>();
        assert!(report.flow_error < 1e-3 && report.flow_unreachable.is_empty(), "{report:?}");
        let (flows, stocks) = flows_and_stocks(&model, &scenario);
        let growth = (scenario.initial.migrant_growth + 1.0 / 44.0) / 4.0;
        let places = stocks[0].len();
        for city in 0..places {
            let (net, stock) = sums(&flows, &stocks, |origin, to| to == city && origin != city);
            assert!((net / stock / growth - 1.0).abs() < 0.02, "{city}: {}", net / stock);
        }
        let (net, stock) = sums(&flows, &stocks, |origin, to| origin == to);
        assert!((net / stock / growth - 1.0).abs() < 0.02, "own prefectures: {}", net / stock);
        let table = model.world.resource::<PlaceTable>();
        let [within, between] = [MoveClass::SameProvince, MoveClass::OtherProvince]
            .map(|class| sums(&flows, &stocks, |origin, to| origin < places && table.class(origin, to) == class));
        let of_net = within.0 / (within.0 + between.0);
        let of_stock = within.1 / (within.1 + between.1);
        assert!((of_net - of_stock).abs() < 0.01, "{of_net} of moves and {of_stock} of people are within provinces");
        if border == places {
            assert_eq!(between.1, 0.0, "a province by itself has no other");
        } else {
            assert!(between.1 > 100.0, "{} thousand people from another province", between.1);
        }
    }
}

#[test]
fn people_of_all_origins_leave_at_one_rate() {
    let scenario = henan(18, &[]);
    let model = built(&scenario);
    let (flows, stocks) = flows_and_stocks(&model, &scenario);
    let counts = model.world.resource::<Counts>();
    let table = model.world.resource::<PlaceTable>();
    let rates: Vec<f64> = (0..18)
        .map(|origin| {
            let outside = f64::from(counts.outside[0][origin] + counts.outside[1][origin]);
            let away = stocks[origin].iter().sum::<f64>() + outside * table.mass_per_agent(origin);
            (0..=18).map(|site| flows[origin].net(site)).sum::<f64>() / away
        })
        .collect();
    let (low, high) = rates.iter().fold((f64::MAX, 0.0), |(low, high), rate| (rate.min(low), rate.max(high)));
    assert!(low > 0.0 && high / low < 1.02, "{rates:?}");
    assert!(model.world.by_city::<HomeAmenity>().iter().any(|home| home.abs() > 0.01));
}

#[test]
fn an_affinity_of_the_scenario_comes_on_top_of_what_is_found() {
    let [plain, more] = [&[][..], &["consideration.own_prefecture=0.5"]].map(|changes| {
        let model = built(&henan(18, changes));
        let report = model.world.resource::<InversionReport>();
        let rule = model.world.resource::<ConsiderationRule>();
        let (table, geography) = (model.world.resource::<PlaceTable>(), model.world.resource::<Geography>());
        (report.affinity, rule.nearness(table, geography, 0, &rule.found))
    });
    assert_eq!(plain.0, more.0);
    assert!((more.1[0] / plain.1[0] / nearness(0.0, 50.0, 1.0, 0.5) - 1.0).abs() < 1e-12);
    assert_eq!(plain.1[1..], more.1[1..]);
}
