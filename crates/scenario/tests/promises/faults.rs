use std::path::Path;

use scenario::{Location, Problem, Request, load};

use crate::{faults, fixtures, loaded, one_fault, table_scenario, two_places};

#[test]
fn a_fault_shows_its_place_its_line_and_what_to_do() {
    let text = "(\n    name: \"a\",\n    region: Table(\"region.csv\"),\n    migrant_location: (\n        precison: 2.0,\n    ),\n)";
    one_fault(
        text,
        &[
            "scenario.ron:5:9: no field `precison` in migrant_location; did you mean `precision`?",
            "\n5 |         precison: 2.0,",
            "\n  |         ^^^^^^^^",
        ],
    );
}

#[test]
fn all_faults_come_in_one_go() {
    let faults = faults(&table_scenario(
        "congestion: (crowding_cost: -0.4, way_cots: 1), ticks: -3, wage_setting: (mode: Sticky), agents: 5, initial: (burn_in: 2.5),",
    ));
    let message = faults.to_string();
    assert_eq!(faults.count(), 6, "{message}");
    for part in [
        "congestion.crowding_cost is -0.4, but must be from 0 to 2",
        "did you mean `way_cost`?",
        "ticks is -3, but must be from 0 to 4000",
        "no choice `Sticky`",
        "no field `agents` in the file",
        "initial.burn_in is 2.5, but must be a whole number",
    ] {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

#[test]
fn wrong_types_are_named() {
    one_fault(
        &two_places("ticks: \"many\","),
        &["ticks must be a whole number, from 0 to 4000", "a text in quotation marks"],
    );
    one_fault(&two_places("congestion: [1],"), &["congestion must be", "a list"]);
    one_fault(&two_places("initial: (inversion: 1),"), &["initial.inversion must be true or false, but is a number"]);
    one_fault(&two_places("congestion: On,"), &["no state `On`", "Off"]);
}

#[test]
fn numbers_must_be_finite() {
    one_fault(&two_places("congestion: (way_cost: NaN),"), &["congestion.way_cost is NaN", "finite"]);
    one_fault(&two_places("congestion: (way_cost: inf),"), &["finite"]);
    one_fault(&two_places("congestion: (way_cost: -inf),"), &["finite"]);
    one_fault(&two_places("congestion: (way_cost: 1e999),"), &["finite"]);
}

#[test]
fn fields_given_twice_name_both_lines() {
    one_fault(
        "(name: \"a\",\nticks: 1,\nticks: 2, region: Table(\"region.csv\"))",
        &["3:1", "`ticks` is given twice (first in line 2)"],
    );
}

#[test]
fn missing_fields_are_named() {
    one_fault("(region: Table(\"region.csv\"))", &["`name` is missing"]);
    one_fault("(name: \"a\")", &["`region` is missing"]);
    one_fault("(name: \"a\", region: Places([(key: \"a\", x: 0, y: 0)]))", &["places.a: `population` is missing"]);
}

#[test]
fn the_goods_market_cannot_be_off() {
    one_fault(&two_places("goods_market: Off,"), &["goods_market cannot be Off"]);
}

#[test]
fn every_other_mechanism_can_be_off_without_any_other_change() {
    // Consumer services once could not: their share of spending went with the block, and the rest no longer summed to 1.
    loaded(&two_places("consumer_services: Off,"));
}

#[test]
fn shares_must_sum_to_one() {
    one_fault(&two_places("preferences: (food_share: 0.2),"), &["expenditure shares must sum to 1, but sum to 1.1"]);
    let without_services = "consumer_services: Off, industries: [(name: \"labour_intensive\"), (name: \"capital_intensive\"), (name: \"producer_services\"), (name: \"agriculture\")],";
    one_fault(&two_places(without_services), &["expenditure shares must sum to 1, but sum to 0.84"]);
    one_fault(
        &two_places(
            "industries: [(name: \"labour_intensive\", land_share: 0.5), (name: \"capital_intensive\"), (name: \"producer_services\"), (name: \"consumer_services\"), (name: \"agriculture\")],",
        ),
        &["industries.labour_intensive: shares of cost must sum to 1"],
    );
}

#[test]
fn the_list_of_industries_must_fit() {
    let message =
        faults(&two_places("industries: [(name: \"labour_intensive\", expenditure_share: 0.58)],")).to_string();
    assert!(message.contains("exactly one industry with the role Agriculture"), "{message}");
    assert!(message.contains("write `producer_services: Off`"), "{message}");
    one_fault(
        &two_places("industries: [(name: \"agriculture\"), (name: \"agriculture\")],").replace("[(name: \"agri", "[(name: \"labour_intensive\"), (name: \"capital_intensive\"), (name: \"producer_services\"), (name: \"consumer_services\"), (name: \"agri"),
        &["industry `agriculture` is there twice"],
    );
}

#[test]
fn places_must_make_sense() {
    let places = |places: &str| format!("(name: \"a\", region: Places([{places}]))");
    one_fault(&places("(key: \"a\", x: 0, y: 0, population: -1)"), &["population is -1"]);
    one_fault(
        &places("(key: \"a\", x: 0, y: 0, population: 10, urban_population: 11)"),
        &["urban_population is 11, more than population"],
    );
    one_fault(
        &places("(key: \"a\", x: 0, y: 0, population: 10), (key: \"a\", x: 0, y: 1, population: 10)"),
        &["place `a` is there twice"],
    );
    one_fault(&places(""), &["there is no place"]);
    one_fault(&places("(key: \"a\", longitude: 0, y: 0, x: 0, population: 10)"), &["no field `longitude`"]);
    one_fault(
        &places("(key: \"a\", x: 0, y: 0, population: 10, employment_shares: [0.5, 0.5, 0.5])"),
        &["employment_shares must sum to 1"],
    );
}

#[test]
fn distances_must_be_the_same_both_ways() {
    one_fault(
        &two_places("distances: [[0, 1], [2, 0]],"),
        &["from west to east is 1 km, but from east to west is 2 km"],
    );
    one_fault(&two_places("distances: [[0, 1]],"), &["has 1 entries, but must have 2: one for each place"]);
    one_fault(&two_places("distances: [[0, -1], [-1, 0]],").replace("[-1, 0]", "[1, 0]"), &["distances.0.1 is -1"]);
    one_fault(&two_places("distances: [[5, 1], [1, 0]],"), &["distances.0.0 is 5"]);
}

#[test]
fn unknown_places_in_rules_get_the_nearest_name() {
    one_fault(
        &table_scenario("settlement_rules: (rules: [(places: Places([\"zhengzou\"]), rule: Open)]),"),
        &["no place `zhengzou`; did you mean `zhengzhou`?"],
    );
    one_fault(&table_scenario("barriers: [(places: Places([\"410900\"]), wedge: 0.5)],"), &["no place `410900`"]);
    one_fault(
        &table_scenario("subsidies: [(industries: [\"labor_intensive\"], rate: 0.1)],"),
        &["did you mean `labour_intensive`?"],
    );
}

#[test]
fn rules_must_be_whole() {
    let rule = |rule: &str| two_places(&format!("settlement_rules: (rules: [(places: All, rule: {rule})]),"));
    one_fault(&rule("Quota"), &["must be Closed, Open, Quota(share: …)"]);
    one_fault(&rule("Quota()"), &["`share` is missing"]);
    one_fault(&rule("Quotas(share: 1)"), &["no settlement rule `Quotas`; did you mean `Quota`?"]);
    one_fault(&rule("Points(skill: 5)"), &["points need a `threshold`, a `quota`, or both"]);
    one_fault(&rule("Residence(residence: -1)"), &["residence is -1"]);
}

#[test]
fn too_many_agents_are_refused_with_the_weight_that_fits() {
    one_fault(
        &two_places("workers_per_agent: 0.0005,"),
        ["3456000000 worker agents, but there can be 2000000000; workers_per_agent: 0.01 would fit"]
            .map(|part| part)
            .as_slice(),
    );
    one_fault(&two_places("workers_per_agent: 0,"), &["workers_per_agent is 0"]);
    one_fault(&two_places("workers_per_agent: -2,"), &["workers_per_agent is -2"]);
}

#[test]
fn periods_must_not_end_before_they_begin() {
    one_fault(
        &two_places("barriers: [(at: 2015, until: 2014, wedge: 0.5)],"),
        &["ends in 2014, not after it begins in 2015"],
    );
    one_fault(&two_places("barriers: [(at: 2015)],"), &["this sets nothing; give at least one of wedge"]);
    one_fault(&two_places("parks: [(rate: 0.1)],"), &["`industries` is missing"]);
}

#[test]
fn names_must_be_usable_for_folders() {
    for name in ["../up", "a/b", "", ".hidden", "a\\\\b"] {
        one_fault(&format!("(name: \"{name}\", region: Table(\"region.csv\"))"), &["folder's name"]);
    }
}

#[test]
fn syntax_faults_do_not_hide_each_other() {
    let faults = faults(
        "(name: \"a\", start: 20x10, ticks: @, seed: 1, region: Table(\"region.csv\"), congestion: (way_cots: 1))",
    );
    let message = faults.to_string();
    assert_eq!(faults.count(), 3, "{message}");
    assert!(message.contains("expected a number such as") && message.contains("found `20x10`"), "{message}");
    assert!(message.contains("expected a value, found `@`"), "{message}");
    assert!(message.contains("way_cost"), "{message}");
}

#[test]
fn broken_brackets_and_quotations_are_found() {
    one_fault("(name: \"a\", region: Table(\"region.csv\")", &["1:1", "this `(` is never closed"]);
    one_fault("(name: \"a, region: Table(1))", &["this quotation is never closed"]);
    one_fault("(name: \"a\" region: Table(\"region.csv\"))", &["expected a comma, found `region`"]);
    one_fault(
        "#![enable(implicit_some)]\n(name: \"a\", region: Table(\"region.csv\"))",
        &["1:1", "extensions of RON are not used here"],
    );
    let two_values = faults("(name: \"a\", seed: Some(1, 0), region: Table(\"region.csv\"))").to_string();
    assert!(two_values.contains("expected `)` after the one value of `Some`"), "{two_values}");
    one_fault("(name: \"a\", region: Table(\"region.csv\")) more", &["expected the end of the text"]);
    assert!(faults("").to_string().contains("expected a value, found the end"));
    let deep = format!("(name: \"a\", region: {}1{})", "[".repeat(200), "]".repeat(200));
    assert!(faults(&deep).to_string().contains("nested more than 64 deep"));
}

#[test]
fn a_hundred_faults_are_kept_and_the_rest_counted() {
    let fields: String = (0..500).map(|index| format!("unknown_{index}: 1, ")).collect();
    let faults = faults(&two_places(&fields));
    assert_eq!(faults.count(), 500);
    assert_eq!(faults.kept().len(), 100);
    assert!(faults.to_string().ends_with("… and 400 more"));
}

#[test]
fn files_that_cannot_be_read_are_said_so() {
    let problem = |path: &Path| load(path, &Request::default()).unwrap_err().kept()[0].problem.clone();
    assert_eq!(problem(Path::new("no/such/file.ron")), Problem::NotFound);
    assert_eq!(problem(&fixtures()), Problem::Folder);
    let request = Request { policies: vec![fixtures().join("nothing.ron")], ..Request::default() };
    let faults = load(&fixtures().join("region.ron"), &request).unwrap_err();
    assert_eq!(faults.count(), 1, "{faults}");
    assert_eq!(faults.kept()[0].problem, Problem::NotFound);
    one_fault("(name: \"a\", region: Table(\"nothing.csv\"))", &["nothing.csv: there is no such file"]);
}

#[test]
fn the_place_of_a_fault_counts_characters() {
    let faults = faults("(name: \"郑州\", wrong: 1, region: Table(\"region.csv\"))");
    let Location::Text { line, column, .. } = faults.kept()[0].location else { panic!("{faults}") };
    assert_eq!((line, column), (1, 14));
    // Two Chinese characters take four columns on a screen.
    assert!(faults.to_string().contains("\n  |                ^^^^^"), "{faults}");
}
