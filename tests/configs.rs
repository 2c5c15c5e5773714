//! Everything in `configs/` loads, and every number there says where it comes from.

use std::fs;
use std::path::{Path, PathBuf};

use scenario::parameters::{Kind, Source};
use scenario::scenario::all_parameters;
use scenario::study::{self, Levels, Setting};
use scenario::{Loaded, Request};

/// Scenarios that every policy is tried on: a table of a province, and places given inline.
const BASES: [&str; 3] = ["henan.ron", "china.ron", "central-plains.ron"];
/// A choice about the run, as the seed and the length are; not a figure of the world.
const OF_THE_RUN: &str = "workers_per_agent";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("configs")
}

/// RON files of a folder, in the order of names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is in the repository");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    paths.sort();
    assert!(!paths.is_empty(), "{} holds no file", folder.display());
    paths
}

fn load(scenario: &Path, policies: &[PathBuf]) -> Loaded {
    let request = Request { policies: policies.to_vec(), ..Request::default() };
    scenario::load(scenario, &request)
        .unwrap_or_else(|faults| panic!("{} with {policies:?}:\n{faults}", scenario.display()))
}

/// Paths of numbers that were given without a source. Names, choices and sets need none.
fn bare_numbers(loaded: &Loaded) -> Vec<&str> {
    let counts = |kind: &Kind| matches!(kind, Kind::Number { .. } | Kind::Count { .. });
    let described = all_parameters();
    let is_number = |path: &str| {
        let name = path.rsplit('.').next().unwrap_or_default();
        let mut of_that_name = described.iter().filter(|(_, parameter)| parameter.name == name).peekable();
        // What no block describes is a number of a settlement rule.
        of_that_name.peek().is_none() || of_that_name.any(|(_, parameter)| counts(&parameter.kind))
    };
    let bare = loaded.sources.iter().filter(|(path, source)| **source == Source::User && *path != OF_THE_RUN);
    bare.map(|(path, _)| path.as_str()).filter(|path| is_number(path)).collect()
}

#[test]
fn every_scenario_loads_and_says_where_its_numbers_come_from() {
    for path in files(&folder()).into_iter().chain(files(&folder().join("theory"))) {
        let loaded = load(&path, &[]);
        let bare = bare_numbers(&loaded);
        assert!(bare.is_empty(), "{}: no source for {bare:?}", path.display());
    }
}

#[test]
fn every_policy_fits_every_base_scenario_and_says_where_its_numbers_come_from() {
    for base in BASES {
        for path in files(&folder().join("policies")) {
            let loaded = load(&folder().join(base), std::slice::from_ref(&path));
            assert_eq!(loaded.policies.len(), 1, "{}", path.display());
            let bare = bare_numbers(&loaded);
            assert!(bare.is_empty(), "{} on {base}: no source for {bare:?}", path.display());
        }
    }
}

#[test]
fn policies_on_different_matters_can_be_stacked() {
    let policies = ["barrier-removal", "open-settlement", "service-quality", "transport"];
    let policies = policies.map(|name| folder().join(format!("policies/{name}.ron")));
    for base in BASES {
        assert_eq!(load(&folder().join(base), &policies).policies.len(), policies.len());
    }
}

#[test]
fn a_resolved_scenario_loads_again_as_the_same_scenario() {
    for path in files(&folder()) {
        let loaded = load(&path, &[]);
        let again = scenario::load_str(&loaded.to_ron(), Path::new("."), &[], &[]);
        let again = again.unwrap_or_else(|faults| panic!("{} resolved:\n{faults}", path.display()));
        assert_eq!(again.scenario, loaded.scenario, "{}", path.display());
    }
}

#[test]
fn every_study_is_sound_and_says_where_its_numbers_come_from() {
    for path in files(&folder().join("studies")) {
        let study = study::read(&path, &[]).unwrap_or_else(|faults| panic!("{}:\n{faults}", path.display()));
        let first = |levels: &Levels| match levels {
            Levels::Listed(_) => Setting::Listed(0),
            Levels::Between(range) => Setting::Number(range.from),
        };
        let point: Vec<Setting> = study.parameters.iter().map(|swept| first(&swept.levels)).collect();
        for arm in 0..study.arms.len() {
            let loaded = study.cell(&point, arm).unwrap_or_else(|faults| panic!("{}:\n{faults}", path.display()));
            let bare = bare_numbers(&loaded);
            assert!(bare.is_empty(), "{}: no source for {bare:?}", path.display());
        }
    }
}
