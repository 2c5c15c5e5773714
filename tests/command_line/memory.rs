//! More than memory can hold is refused before anything is allocated, with what would fit.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::broken::put;
use crate::program::{config, entries, error_text};

/// The program with so many bytes of addresses.
fn with_memory(bytes: u64, folder: &Path, arguments: &[&str]) -> Output {
    let script = format!("ulimit -v {} && exec \"$0\" \"$@\"", bytes / 1024);
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_hinterland")])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("a shell can be started")
}

/// Expects a refusal at once, with nothing written; gives its text.
fn refusal(bytes: u64, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let start = Instant::now();
    let output = with_memory(bytes, folder.path(), arguments);
    let message = error_text(&output);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?} to refuse", start.elapsed());
    assert!(entries(folder.path()).is_empty(), "a refused run left something");
    message
}

/// The number that a hint sets a field to.
fn hinted(message: &str, field: &str) -> f64 {
    let start = format!("--set {field}=");
    let number = message.split(&start).nth(1).and_then(|rest| rest.split([' ', ')']).next());
    number.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no hint for {field} in: {message}"))
}

const GIB: u64 = 1 << 30;

#[test]
fn more_people_than_fit_are_refused_with_the_weight_that_fits() {
    let henan = config("henan.ron");
    let message = refusal(2 * GIB, &["run", &henan, "--out", "out", "--set", "workers_per_agent=0.1"]);
    let weight = hinted(&message, "workers_per_agent");
    // 59 million workers at 13 bytes, in somewhat less than 2 GiB.
    assert!((0.36..1.0).contains(&weight), "{message}");
    assert!(message.contains("worker agents and about"), "{message}");
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let set = format!("workers_per_agent={weight}");
    let fits = with_memory(2 * GIB, folder.path(), &["check", &henan, "--set", &set]);
    assert!(fits.status.success(), "{}", error_text(&fits));
}

#[test]
fn more_people_than_can_be_numbered_are_refused_with_what_this_machine_holds() {
    for weight in ["workers_per_agent=0.001", "workers_per_agent=0.00001"] {
        let message = refusal(2 * GIB, &["run", &config("china.ron"), "--out", "out", "--set", weight]);
        let fitting = hinted(&message, "workers_per_agent");
        assert!((4.0..12.0).contains(&fitting), "{message}");
    }
}

#[test]
fn more_firms_than_fit_are_refused_with_the_jobs_that_fit() {
    let sets = ["--set", "firm_location.jobs_per_firm=0.5", "--set", "workers_per_agent=1000"];
    let message = refusal(GIB, &[&["run", &config("henan.ron"), "--out", "out"], &sets[..]].concat());
    assert!((0.5..1.0).contains(&hinted(&message, "firm_location.jobs_per_firm")), "{message}");
    assert!(!message.contains("--set workers_per_agent"), "{message}");
}

#[test]
fn records_of_agents_and_checkpoints_count() {
    let henan = config("henan.ron");
    let run = ["run", &henan, "--ticks", "0", "--quiet", "--set", "workers_per_agent=2.5"];
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let plain = with_memory(GIB, folder.path(), &[&["check", &henan], &run[5..]].concat());
    assert!(plain.status.success(), "{}", error_text(&plain));
    for more in [["--record", "agents"], ["--checkpoint-every", "4"]] {
        let message = refusal(GIB / 4 * 3, &[&run[..], &more].concat());
        assert!(hinted(&message, "workers_per_agent") > 2.5, "{message}");
    }
}

#[test]
fn more_places_than_there_is_room_for_pairs_are_refused_with_how_many_fit() {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let place = |at: usize| format!("(key: \"p{at}\", x: {at}, y: 0, area: 100, population: 1000)");
    let places: Vec<String> = (0..3500).map(place).collect();
    let scenario = format!("(name: \"wide\", start: 2010, region: Places([{}]))", places.join(","));
    put(folder.path(), "wide.ron", scenario.as_bytes());
    let path = folder.path().join("wide.ron");
    let message =
        refusal(2 * GIB, &["run", path.to_str().expect("a path of a temporary folder is UTF-8"), "--out", "out"]);
    assert!(message.contains("3500 places need about") && message.contains("places would fit"), "{message}");
}
