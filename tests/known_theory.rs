//! Theory and simulation agree, for the numbers of the page and for others, and the page says what was measured.
//!
//! `docs/verification.md` is made from `docs/verification/figures.json`. After `hinterland verify --page docs` or a change of
//! the text of the page, write it again with `UPDATE_PROSE=1 cargo test --release --test known_theory`; that run fails, so that
//! a rewrite cannot pass unnoticed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ensembles::runs::Workers;
use verification::parameters::Change;
use verification::{Effort, Report, cases, page, verify};

/// Cases that are measured again, in full: those that take seconds.
const MEASURED_AGAIN: [&str; 2] = ["logit", "city-size"];

fn effort(quick: bool) -> Effort {
    Effort { quick, keep: None, workers: Workers::of_machine().expect("threads can be started") }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn figures() -> Vec<Report> {
    let path = docs().join("verification/figures.json");
    let text = std::fs::read_to_string(&path).expect("the figures are in the repository");
    serde_json::from_str(&text).expect("the figures are reports")
}

/// The verdicts of a quick look at a case.
fn quick(name: &str, changes: &[&str]) -> Report {
    let all = cases();
    let case = all.iter().find(|case| case.name() == name).expect("it is a case");
    let changes: Vec<Change> = changes.iter().map(|text| Change::parse(text).expect("it has a value")).collect();
    verify(*case, &changes, &effort(true)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn agrees(name: &str, changes: &[&str]) {
    let report = quick(name, changes);
    assert!(!report.quantities.is_empty());
    for quantity in &report.quantities {
        assert!(quantity.ok, "{name} {changes:?}: {quantity:?}");
    }
}

fn hinterland(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hinterland")).args(arguments).output().expect("the program can be started")
}

fn said(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[test]
fn the_page_says_what_was_measured() {
    let path = docs().join("verification.md");
    let (wanted, reports) = (page(&figures()), figures());
    if std::env::var_os("UPDATE_PROSE").is_some() {
        verification::write_page(&reports, &docs()).expect("the page can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == wanted, "docs/verification.md differs from its figures; run with UPDATE_PROSE=1 and read it");
    for chart in reports.iter().flat_map(|report| &report.charts) {
        let picture = std::fs::read_to_string(docs().join(format!("verification/{}.svg", chart.name)));
        assert!(picture.unwrap_or_default() == chart.svg(), "{}.svg differs from its figures", chart.name);
    }
    assert!(std::env::var_os("UPDATE_PROSE").is_none(), "the page was written again: read it, and run again without");
}

#[test]
fn every_case_and_every_fact_is_on_the_page() {
    let reports = figures();
    for case in cases() {
        assert!(reports.iter().any(|report| report.case == case.name()), "{} is missing", case.name());
    }
    let facts: Vec<&str> = reports.iter().flat_map(|report| &report.facts).map(|fact| fact.id.as_str()).collect();
    for (id, _) in verification::facts::known() {
        assert!(facts.contains(&id), "{id} is missing");
    }
    assert!(reports.iter().any(|report| report.prior.is_some()), "the prior sweep is missing");
}

#[test]
fn what_is_measured_again_is_what_the_page_says() {
    let stored = figures();
    for name in MEASURED_AGAIN {
        let all = cases();
        let case = all.iter().find(|case| case.name() == name).expect("it is a case");
        let again = verify(*case, &[], &effort(false)).expect("it can be measured");
        let before = stored.iter().find(|report| report.case == name).expect("it is on the page");
        assert_eq!(again.quantities, before.quantities, "{name}");
    }
}

#[test]
fn a_centre_and_its_periphery_part_where_theory_says_for_other_numbers_too() {
    agrees("core-periphery", &["sigma=6", "mu=0.35"]);
}

#[test]
fn entrepreneurs_gather_where_theory_says_for_other_numbers_too() {
    agrees("footloose-entrepreneur", &["sigma=4", "mu=0.3"]);
}

#[test]
fn capital_flows_where_theory_says() {
    agrees("footloose-capital", &["expenditure_share=0.6", "phi=0.2"]);
    agrees("footloose-capital", &["expenditure_share=0.7", "phi=0.6"]);
}

#[test]
fn rings_break_where_theory_says() {
    agrees("ring", &["regions=4"]);
    agrees("ring", &["regions=5", "sigma=4", "mu=0.3"]);
}

#[test]
fn land_spreads_people_below_its_break_point_and_always_where_housing_weighs_enough() {
    agrees("land", &["sigma=2", "alpha=0.6"]);
    agrees("land", &["sigma=5", "alpha=0.75"]);
}

#[test]
fn a_black_hole_is_refused_by_name() {
    let output = hinterland(&["verify", "core-periphery", "--set", "sigma=3", "--set", "mu=0.7"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("black hole"), "{}", said(&output.stderr));
}

#[test]
fn a_case_a_parameter_or_a_field_that_is_not_there_is_answered_with_the_nearest() {
    for (arguments, meant) in [
        (vec!["verify", "core-perifery"], "core-periphery"),
        (vec!["verify", "land", "--set", "sigm=3"], "sigma"),
        (vec!["verify", "SF2", "--set", "congestion.crowding_cst=1"], "crowding_cost"),
        (vec!["verify", "land", "--set", "congestion.crowding_cost=1"], "only facts take fields"),
        (vec!["verify", "land", "--set", "sigma"], "NAME=VALUE"),
        (vec!["verify", "ring", "--set", "regions=2.5"], "whole number"),
    ] {
        let output = hinterland(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output.stderr).contains(meant), "{arguments:?}: {}", said(&output.stderr));
    }
}

#[test]
fn json_holds_what_theory_and_simulation_say() {
    let output = hinterland(&["verify", "city-size", "--quick", "--json", "--set", "agglomeration=0.08"]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let case = &json[0];
    assert_eq!((case["case"].as_str(), case["parameters"]["agglomeration"].as_f64()), (Some("city-size"), Some(0.08)));
    let quantity = &case["quantities"][0];
    assert_eq!(quantity["name"], "best_size");
    for field in ["theory", "simulated", "standard_error", "tolerance"] {
        assert!(quantity[field].is_number(), "{field}");
    }
    assert_eq!(quantity["ok"], true);
}

#[test]
fn a_kept_run_is_reproduced_with_the_same_state() {
    let folder = tempfile::tempdir().expect("there is room");
    let kept = folder.path().join("kept");
    let text = |path: &Path| path.to_str().expect("a plain path").to_owned();
    let output = hinterland(&["verify", "logit", "--quick", "--keep", &text(&kept)]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    let hash = |run: &Path| {
        let manifest = std::fs::read_to_string(run.join("manifest.json")).expect("a run has a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("it is JSON");
        manifest["state_hash"].as_str().expect("a complete run has a hash").to_owned()
    };
    let run = std::fs::read_dir(&kept)
        .expect("it was kept")
        .next()
        .expect("there is a run")
        .expect("it can be listed")
        .path();
    let again = folder.path().join("again");
    let output =
        hinterland(&["run", &text(&run.join("scenario.ron")), "--out", &text(&again), "--quiet", "--threads", "2"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert_eq!(hash(&run), hash(&again));
}
