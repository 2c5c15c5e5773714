use scenario::{Loaded, Scenario, load_str};

use crate::{fixtures, table_scenario, two_places};

const POLICY: &str = "(name: \"p\", changes: [
    (at: 2014.5, change: Settlement(rules: [(places: Tier(from: 1000000), rule: Points(skill: 60, insured: 5, residence: 3, threshold: 71, quota: 0.002)), (places: Places([\"west\", \"west\"]), rule: Quota(share: 0.01))], entry_cost: (value: 0.5, source: Assumed(\"why not\")))),
    (at: 2015, change: LandQuota(scope: None, price_quarters: 9)),
    (at: 2011, until: 2012, change: Transport(between: Level(Centre), goods_cost: (value: 0.5, source: Published(\"a \\\"road\\\"\")), outlay_per_km: 1e-3)),
    (at: 2013, change: Park(industries: [\"labour_intensive\"], rate: 0.3)),
])";

fn round_trip(loaded: &Loaded) {
    let text = loaded.to_ron();
    let again = load_str(&text, &fixtures(), &[], &[]).unwrap_or_else(|faults| panic!("{faults}\n{text}"));
    assert_eq!(again.scenario, loaded.scenario);
    assert_eq!(again.to_ron(), text);
    let whole = ron::to_string(&loaded.scenario).expect("a scenario can be serialised");
    assert_eq!(ron::from_str::<Scenario>(&whole).expect("and read again"), loaded.scenario);
    ron::from_str::<ron::Value>(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
}

fn load(text: &str, overrides: &[&str], policies: &[(&str, &str)]) -> Loaded {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load_str(text, &fixtures(), &overrides, policies).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn a_resolved_table_loads_as_the_same_scenario() {
    let policy = POLICY.replace("\"west\", \"west\"", "\"kaifeng\", \"410300\"");
    let fields = "outside: (), congestion: Off, barriers: Off, farm_policy: [(growth: 0.001), (at: 2012, until: 2013.25, consolidation_gain: -0.1)], places: (zhengzhou: (service_quality: (value: 0.9, source: Assumed(\"tab\\there\")), gdp: None)),";
    let overrides = ["places.jiyuan.added_workers=12", "migrant_location.precision=2", "seed=18446744073709551615"];
    round_trip(&load(&table_scenario(fields), &overrides, &[("p.ron", &policy)]));
}

#[test]
fn resolved_inline_places_load_as_the_same_scenario() {
    let industries = "industries: [
        (name: \"goods\", role: Goods, expenditure_share: 0.4, labour_share: (value: 1, source: Assumed(\"textbook\"))),
        (name: \"agriculture\"),
    ], producer_services: Off, consumer_services: Off, preferences: (food_share: 0.6, housing_share: 0),
    distances: [[0, 12.5], [12.5, 0]], settlement_rules: (rules: [(places: All, rule: Open)], changes: [(at: 2011, homestead: Sell)]), land_quota: (changes: [(at: 2012, scope: Local)]),";
    round_trip(&load(&two_places(industries), &[], &[("p.ron", &POLICY.replace("labour_intensive", "goods"))]));
    round_trip(&load(&two_places("settlement_rules: Off, land_quota: Off, coordinates: Kilometres,"), &[], &[]));
}

#[test]
fn endowments_follow_the_order_of_industries() {
    let loaded = load(&two_places("places: (east: (endowment: (agriculture: 2, labour_intensive: 0.5))),"), &[], &[]);
    assert_eq!(loaded.scenario.places[1].endowment, [0.5, 1.0, 1.0, 1.0, 2.0]);
    round_trip(&loaded);
}
