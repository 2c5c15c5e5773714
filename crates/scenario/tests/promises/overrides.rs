use scenario::{Faults, Loaded, load_str};

use crate::{fixtures, table_scenario};

fn set(fields: &str, overrides: &[&str]) -> Result<Loaded, Faults> {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load_str(&table_scenario(fields), &fixtures(), &overrides, &[])
}

fn fault(overrides: &[&str]) -> String {
    let faults = set("", overrides).expect_err("a fault");
    assert_eq!(faults.count(), 1, "{faults}");
    faults.to_string()
}

#[test]
fn any_field_can_be_set_by_its_path() {
    let loaded = set(
        "congestion: (way_cost: 0.5),",
        &[
            "migrant_location.precision=2.0",
            "places.zhengzhou.service_quality=0.9",
            "places.410200.service_quality=.8",
            "places.2.service_quality=0.7",
            "workers_per_agent=2.5",
            "congestion=Off",
            "industries.labour_intensive.marshall=.05",
            "ticks=8",
            "outside.distance=500",
            "settlement_rules.homestead=Keep",
        ],
    )
    .unwrap_or_else(|faults| panic!("{faults}"));
    let scenario = loaded.scenario;
    assert_eq!(scenario.mechanisms.migrant_location.unwrap().precision, 2.0);
    let quality: Vec<Option<f64>> = scenario.places.iter().map(|place| place.service_quality).collect();
    assert_eq!(quality, [Some(0.9), Some(0.8), Some(0.7), None]);
    assert_eq!((scenario.workers_per_agent, scenario.ticks), (2.5, 8));
    assert_eq!(scenario.mechanisms.congestion, None);
    assert_eq!(scenario.mechanisms.outside.unwrap().distance, 500.0);
    assert_eq!(scenario.industries[0].parameters.marshall, 0.05);
    assert_eq!(scenario.industries.len(), 5);
    assert_eq!(scenario.mechanisms.settlement_rules.unwrap().parameters.homestead.name(), "Keep");
}

#[test]
fn faults_name_the_override_and_point_into_it() {
    let message = fault(&["ticks=8", "seed=2", "migrant_location.precison=2.0"]);
    assert!(
        message.starts_with("--set 3: no field `precison` in migrant_location; did you mean `precision`?"),
        "{message}"
    );
    assert!(message.contains("\n | migrant_location.precison=2.0\n |                  ^^^^^^^^"), "{message}");
    assert!(fault(&["migrant_location.precision=-1"]).contains("--set 1: migrant_location.precision is -1"));
    assert!(fault(&["places.zhengzou.amenity=1"]).contains("did you mean `zhengzhou`?"));
    assert!(fault(&["industries.labour.marshall=1"]).contains("no entry `labour`"));
    assert!(fault(&["ticks"]).contains("must read PATH=VALUE"));
    assert!(fault(&["=5"]).contains("must read PATH=VALUE"));
    assert!(fault(&["ticks="]).contains("expected a value"));
    assert!(fault(&["ticks.more=5"]).contains("--set 1"));
    assert!(fault(&["ticks=(("]).contains("never closed"));
}

#[test]
fn the_last_override_holds() {
    assert_eq!(set("", &["ticks=8", "ticks=9"]).unwrap().scenario.ticks, 9);
    let on_again = set("", &["congestion=Off", "congestion.way_cost=0.1"]).unwrap();
    assert_eq!(on_again.scenario.mechanisms.congestion.unwrap().way_cost, 0.1);
    assert!(on_again.notes.iter().any(|note| note.contains("congestion was Off")), "{:?}", on_again.notes);
}

#[test]
fn entries_of_lists_are_set_by_number() {
    let loaded = set("barriers: [(at: 2012, wedge: 0.5)],", &["barriers.0.wedge=0.25"]).unwrap();
    assert_eq!(loaded.scenario.levers.barriers.unwrap()[0].wedge, 0.25);
}

#[test]
fn a_seed_keeps_all_its_digits() {
    assert_eq!(set("", &["seed=18446744073709551615"]).unwrap().scenario.seed, u64::MAX);
    assert!(fault(&["seed=-1"]).contains("seed is -1"));
    assert!(fault(&["seed=1.5"]).contains("whole number"));
}
