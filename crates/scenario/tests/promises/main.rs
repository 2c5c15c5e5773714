//! What reading a scenario promises, seen from outside.

mod defaults;
mod faults;
mod garbage;
mod history;
mod overrides;
mod policies;
mod round_trip;
mod tables;

use std::path::PathBuf;

use scenario::{Faults, Loaded, load_str};

/// Folder of the region table.
fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A scenario of the table with more fields.
fn table_scenario(fields: &str) -> String {
    format!("(name: \"region\", region: Table(\"region.csv\"), {fields})")
}

/// A scenario of two inline places with more fields.
fn two_places(fields: &str) -> String {
    format!(
        "(name: \"two\", region: Places([(key: \"west\", x: 0, y: 0, population: 2e6), (key: \"east\", x: 300, y: 400, population: 1e6)]), {fields})"
    )
}

fn loaded(text: &str) -> Loaded {
    load_str(text, &fixtures(), &[], &[]).unwrap_or_else(|faults| panic!("{faults}"))
}

fn faults(text: &str) -> Faults {
    match load_str(text, &fixtures(), &[], &[]) {
        Ok(_) => panic!("no fault found in {text}"),
        Err(faults) => faults,
    }
}

/// Asserts that a scenario has exactly one fault, and that its message holds all of these.
fn one_fault(text: &str, parts: &[&str]) {
    let faults = faults(text);
    let message = faults.to_string();
    assert_eq!(faults.count(), 1, "{message}");
    for part in parts {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}
