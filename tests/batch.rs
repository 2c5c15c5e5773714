//! Studies: whatever happens while one runs, it ends with the same bytes; and faults in a study are reported before it starts.

#[path = "batch/broken.rs"]
mod broken;
#[path = "batch/designs.rs"]
mod designs;
mod program;
#[path = "batch/stopped.rs"]
mod stopped;
mod worlds;

use std::path::{Path, PathBuf};

use program::{config, error_text, output, succeed, text};
use worlds::Rows;

/// A study of the smallest world: a run takes some milliseconds.
fn study(fields: &str) -> String {
    format!(
        "(name: \"tiny\", scenario: {:?}, set: [\"workers_per_agent=2000\", \"ticks=8\", \"initial.burn_in=10\"], {fields})",
        config("two-regions.ron")
    )
}

/// Two parameters, two sets of policies: eight cells.
const EIGHT_CELLS: &str = "
    policies: [[], (name: \"cheap\", changes: [(at: 2011, change: Transport(goods_cost: 0.5))])],
    parameters: [
        (path: \"industries.manufacturing.distance_cost\", values: [0.2, 0.7]),
        (path: \"firm_location.imitation\", values: [0.5, 0.9]),
    ],
    record: [cities, region],";

/// A folder with a study in it.
fn folder(fields: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("study.ron"), study(fields)).expect("a file can be written");
    folder
}

/// Every file below a folder with its bytes, by its path in the folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(folder: &Path, at: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
        for name in program::entries(at) {
            let path = at.join(name);
            if path.is_dir() {
                walk(folder, &path, found);
            } else {
                let inside = path.strip_prefix(folder).expect("it is below the folder").to_owned();
                found.push((inside, std::fs::read(&path).expect("a file can be read")));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found
}

/// Fails with the name of the first file of two batches that differs or is in one alone.
fn assert_same_files(one: &Path, other: &Path) {
    let (one_files, other_files) = (files(one), files(other));
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one_files), names(&other_files));
    for ((name, one), (_, other)) in one_files.iter().zip(&other_files) {
        assert!(one == other, "{} differs", name.display());
    }
}

fn runs(folder: &Path) -> Rows {
    Rows::read(&folder.join("runs.parquet"))
}

#[test]
fn every_cell_is_run_at_the_first_seed_before_any_at_the_second() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: [7, 3]"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    let runs = runs(&folder.path().join("out"));
    assert_eq!(runs.integers("run"), (1..=16).collect::<Vec<_>>());
    assert_eq!(runs.integers("cell"), (1..=8).chain(1..=8).collect::<Vec<_>>());
    assert_eq!(runs.integers("seed"), [[7; 8], [3; 8]].concat());
    assert_eq!(runs.texts("policy")[..4], ["none", "cheap", "none", "cheap"]);
    assert_eq!(runs.numbers("industries.manufacturing.distance_cost")[..8], [0.2, 0.2, 0.2, 0.2, 0.7, 0.7, 0.7, 0.7]);
    assert_eq!(runs.numbers("firm_location.imitation")[..4], [0.5, 0.5, 0.9, 0.9]);
    let mut hashes = runs.texts("state_hash");
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 16, "two cells gave the same state");
}

#[test]
fn a_run_of_a_batch_is_the_run_of_its_scenario() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: Range(from: 5, count: 2)"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    let batch = runs(&folder.path().join("out"));
    let scenario = succeed(folder.path(), &["batch", "study.ron", "--print-run", "12"]);
    std::fs::write(folder.path().join("run.ron"), scenario).expect("a file can be written");
    succeed(folder.path(), &["run", "run.ron", "--out", "run", "--quiet"]);
    let run = folder.path().join("run");
    assert_eq!(program::state_hash(&run), batch.texts("state_hash")[11]);
    for table in ["cities", "region"] {
        let part = folder.path().join(format!("out/{table}/run=000012/part.parquet"));
        let same = std::fs::read(part).unwrap() == std::fs::read(run.join(format!("{table}.parquet"))).unwrap();
        assert!(same, "{table} of the batch is another");
    }
    let summary = &program::manifest(&run)["summary"];
    assert_eq!(batch.numbers("gdp")[11], summary["gdp"][1].as_f64().unwrap());
    assert_eq!(batch.numbers("gdp_start")[11], summary["gdp"][0].as_f64().unwrap());
    assert_eq!(batch.numbers("settled")[11], summary["settled"].as_f64().unwrap());
}

#[test]
fn a_run_that_fails_does_not_stop_the_others_and_is_reported() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    // At the highest subsistence nobody can be fed, and the account of food cannot close.
    let study = format!(
        "(name: \"famine\", scenario: {:?}, set: [\"workers_per_agent=20000\", \"ticks=2\"],
          parameters: [(path: \"preferences.subsistence\", values: [0.3, 0.95, 0.31])], seeds: [1], record: [region])",
        config("henan.ron")
    );
    std::fs::write(folder.path().join("study.ron"), study).expect("a file can be written");
    let output = output(folder.path(), &["batch", "study.ron", "--out", "out"]);
    let message = error_text(&output);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("1 run of 3 failed"), "{message}");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("run 2 failed") && printed.contains("preferences.subsistence=0.95"), "{printed}");
    let runs = runs(&folder.path().join("out"));
    assert_eq!(runs.texts("status"), ["done", "failed", "done"]);
    assert_eq!(runs.texts("state_hash")[1], "");
    assert!(runs.texts("error")[1].contains("food"), "{:?}", runs.texts("error"));
    assert!(runs.numbers("gdp")[1].is_nan() && runs.numbers("gdp")[2] > 0.0);
    assert_eq!(program::entries(&folder.path().join("out/region")), ["run=000001", "run=000003"]);
    // A failure follows from the inputs: it is not tried again, and is reported again.
    let again = self::output(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    assert_eq!(again.status.code(), Some(1), "{}", error_text(&again));
}

#[test]
fn threads_change_nothing_and_set_changes_the_study() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: [1, 2]"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "one", "--threads", "1", "--quiet"]);
    succeed(folder.path(), &["batch", "study.ron", "--out", "three", "--threads", "3", "--quiet"]);
    let (one, three) = (folder.path().join("one"), folder.path().join("three"));
    assert_same_files(&one, &three);
    let other = output(folder.path(), &["batch", "study.ron", "--out", "one", "--set", "ticks=9"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(error_text(&other).contains("--force"), "{}", error_text(&other));
    assert_same_files(&one, &three);
    // With --force the new one takes the place of the old one, and files of others stay.
    succeed(folder.path(), &["batch", "study.ron", "--out", "one", "--set", "ticks=9", "--force", "--quiet"]);
    succeed(folder.path(), &["batch", "study.ron", "--out", "nine", "--set", "ticks=9", "--quiet"]);
    assert_same_files(&one, &folder.path().join("nine"));
    assert_eq!(program::entries(folder.path()), ["nine", "one", "study.ron", "three"]);
}

#[test]
fn a_complete_study_is_reported_and_not_repeated() {
    let folder = folder("seeds: [1, 2], record: []");
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    let before = files(&folder.path().join("out"));
    let again = output(folder.path(), &["batch", "study.ron", "--out", "out", "--json"]);
    assert!(again.status.success());
    let printed: serde_json::Value = serde_json::from_slice(&again.stdout).expect("the answer is JSON");
    assert_eq!((&printed["complete"], &printed["finished"]), (&true.into(), &2.into()));
    assert_eq!(before, files(&folder.path().join("out")));
}

#[test]
fn every_shipped_study_is_sound_and_of_a_size_for_a_cup_of_tea() {
    let studies = Path::new(env!("CARGO_MANIFEST_DIR")).join("configs/studies");
    let names = program::entries(&studies);
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let path = text(&studies.join(&name));
        let printed = succeed(Path::new("."), &["batch", &path, "--dry-run", "--json", "--threads", "2"]);
        let printed: serde_json::Value = serde_json::from_str(&printed).expect("the answer is JSON");
        assert_eq!(printed["sound"], true, "{name}");
        assert!(printed["seconds"].as_f64().is_some_and(|seconds| seconds < 300.0), "{name}: {printed}");
        assert!(printed["runs"].as_u64().is_some_and(|runs| (8..=200).contains(&runs)), "{name}: {printed}");
        let comment = std::fs::read_to_string(&path).unwrap();
        assert!(
            comment.starts_with("//") && comment.contains("// Size: "),
            "{name} does not open with question and size"
        );
    }
}
