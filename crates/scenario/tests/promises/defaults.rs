use std::collections::BTreeSet;

use scenario::industry::Industry;
use scenario::mechanisms::settlement_rules::Rule;
use scenario::parameters::{Kind, Source, Value};
use scenario::place::{Level, Where};
use scenario::scenario::{Mechanisms, all_parameters};

use crate::{loaded, table_scenario, two_places};

#[test]
fn every_default_lies_in_its_range_and_has_a_source() {
    for (block, parameter) in all_parameters() {
        let name = format!("{block}.{}", parameter.name);
        match (&parameter.kind, &parameter.default) {
            (Kind::Number { low, high }, Value::Number(value)) => {
                assert!(low <= value && value <= high, "{name} is {value}");
                assert!(!parameter.unit.is_empty(), "{name} has no unit");
            }
            (Kind::Count { low, high }, Value::Count(value)) => {
                assert!(low <= value && value <= high, "{name} is {value}");
                assert!(!parameter.unit.is_empty(), "{name} has no unit");
            }
            (Kind::Choice(names), Value::Choice(value)) => assert!(names.contains(value), "{name}"),
            (Kind::Number { .. } | Kind::Count { .. } | Kind::Choice(_), _) => {
                panic!("{name} has a default of another kind")
            }
            _ => {}
        }
        assert!(parameter.doc.len() > 3, "{name} has no description");
        match parameter.source {
            Source::Assumed(why) | Source::Published(why) => assert!(!why.is_empty(), "{name}"),
            Source::User => panic!("{name} has no source"),
        }
    }
}

#[test]
fn names_of_parameters_are_unique_in_their_block() {
    let mut seen = BTreeSet::new();
    for (block, parameter) in all_parameters() {
        assert!(seen.insert((block.clone(), parameter.name)), "{block}.{} is there twice", parameter.name);
    }
}

#[test]
fn the_standard_numbers_add_up() {
    let goods: f64 = Industry::standard_list().iter().map(|industry| industry.parameters.expenditure_share).sum();
    let services = Mechanisms::default().consumer_services.unwrap().expenditure_share;
    let preferences = scenario::scenario::Preferences::default();
    let sum = goods + services + preferences.food_share + preferences.housing_share;
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
}

#[test]
fn an_absent_mechanism_is_on_but_for_the_outside_and_later_ones() {
    let mechanisms = loaded(&two_places("")).scenario.mechanisms;
    assert_eq!(mechanisms, Mechanisms::default());
    let (on, off): (Vec<_>, Vec<_>) = mechanisms.blocks().into_iter().partition(|(_, block)| block.is_some());
    assert_eq!(on.len(), 22);
    assert_eq!(off[0].0, "outside");
}

#[test]
fn centres_have_the_stricter_standard_rule() {
    let rules = loaded(&two_places("")).scenario.mechanisms.settlement_rules.unwrap().rules;
    let general = Rule::Residence { residence: 5.0, insured: 5.0, quota: Some(0.008) };
    let centre = Rule::Residence { residence: 8.0, insured: 8.0, quota: Some(0.004) };
    assert_eq!((&rules[0].places, &rules[0].rule), (&Where::All, &general));
    assert_eq!((&rules[1].places, &rules[1].rule), (&Where::Level(Level::Centre), &centre));
}

#[test]
fn inline_places_fall_to_the_documented_rules() {
    let loaded = loaded(&two_places(""));
    let west = &loaded.scenario.places[0];
    assert_eq!((west.urban_population, west.hukou_population, west.urban_hukou_share), (8e5, 2e6, 0.4));
    assert_eq!((west.district_share, west.area, west.level), (1.0, 4000.0, Level::Municipal));
    assert_eq!(west.endowment, [1.0; 5]);
    assert_eq!(loaded.scenario.distances, [0.0, 500.0, 500.0, 0.0]);
    assert!(loaded.notes.iter().any(|note| note.contains("0.4 of residents (west, east)")), "{:?}", loaded.notes);
}

#[test]
fn a_table_gives_what_its_columns_say() {
    let loaded = loaded(&table_scenario(""));
    let places = &loaded.scenario.places;
    let keys: Vec<&str> = places.iter().map(|place| place.key.as_str()).collect();
    assert_eq!(keys, ["zhengzhou", "kaifeng", "luoyang", "jiyuan"]);
    let zhengzhou = &places[0];
    assert_eq!(zhengzhou.level, Level::Centre);
    assert_eq!(places[3].level, Level::County);
    assert_eq!(zhengzhou.name, "郑州市");
    assert_eq!(zhengzhou.adcode, Some(410_100));
    assert_eq!((zhengzhou.longitude, zhengzhou.latitude), (113.6486, 34.7578));
    assert_eq!((zhengzhou.population, zhengzhou.urban_population), (8_627_089.0, 5_477_495.0));
    assert_eq!(zhengzhou.district_share, 3_677_032.0 / 5_477_495.0);
    assert_eq!(zhengzhou.gdp, Some(4000.0));
    assert_eq!(places[3].district_share, 0.4);
    assert!(loaded.notes.iter().any(|note| note.contains("0.4 (jiyuan)")), "{:?}", loaded.notes);
    // Zhengzhou and Kaifeng lie about 60 km apart
    assert!((60.0..61.0).contains(&loaded.scenario.distances[1]), "{}", loaded.scenario.distances[1]);
}

#[test]
fn sources_tell_defaults_from_what_the_user_gave() {
    let loaded = loaded(&two_places(
        "congestion: (way_cost: 0.04, crowding_cost: (value: 0.1, source: Published(\"somewhere\"))),",
    ));
    assert_eq!(loaded.sources["congestion.way_cost"], Source::User);
    assert_eq!(loaded.sources["congestion.crowding_cost"], Source::Published("somewhere".into()));
    assert!(matches!(loaded.sources["congestion.standard_area"], Source::Assumed(_)));
    assert!(matches!(loaded.sources["industries.labour_intensive.marshall"], Source::Published(_)));
}

#[test]
fn a_set_names_the_places_it_says() {
    let places = loaded(&two_places("")).scenario.places;
    let tier = Where::Tier { from: 500_000.0, below: Some(1_000_000.0) };
    assert!(tier.names(&places[0], 500_000.0));
    assert!(!tier.names(&places[0], 1_000_000.0));
    assert!(Where::Places(vec!["east".into()]).names(&places[1], 0.0));
    assert!(!Where::Places(vec!["east".into()]).names(&places[0], 0.0));
    assert!(Where::Level(Level::Municipal).names(&places[0], 0.0));
}
