//! What the program shows: a page for each kind of folder, pictures, spreadsheets, and one screen of a comparison.

mod program;

use std::path::Path;

use program::{config, entries, error_text, output, succeed, text};

const COARSE: [&str; 5] = ["--set", "workers_per_agent=8000", "--set", "initial.burn_in=40", "--quiet"];

fn page(folder: &Path, arguments: &[&str]) -> String {
    succeed(folder, &[&["report"], arguments, &["--out", "page.html", "--quiet"]].concat());
    let page = std::fs::read_to_string(folder.join("page.html")).expect("the page was written");
    for foreign in ["<script", "http://", "https://", "src=", "@import"] {
        assert!(!page.contains(foreign), "{arguments:?}: {foreign}");
    }
    assert!(page.len() < 1_000_000, "{arguments:?}: {} bytes", page.len());
    page
}

#[test]
fn a_run_and_a_batch_become_pages_in_both_languages_and_a_run_becomes_pictures() {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let henan = config("henan.ron");
    let run = [&["run", &henan, "--ticks", "8", "--out", "run", "--svg", "pictures"][..], &COARSE].concat();
    succeed(place.path(), &run);
    let pictures = entries(&place.path().join("pictures"));
    assert!(pictures.contains(&"urban-share.svg".to_owned()) && pictures.len() > 6, "{pictures:?}");
    let english = page(place.path(), &["run"]);
    assert!(english.contains("<html lang=\"en\">") && english.contains("Zhengzhou"));
    let chinese = page(place.path(), &["run", "--lang", "zh"]);
    assert!(chinese.contains("<html lang=\"zh\">") && chinese.contains("郑州") && !chinese.contains("Zhengzhou is"));
    let study = format!(
        "(name: \"small\", scenario: {henan:?}, parameters: [(path: \"congestion.crowding_cost\", values: [0.0, 0.2], \
         source: Assumed(\"two values\"))], design: Grid, seeds: Range(from: 1, count: 2), record: [])"
    );
    std::fs::write(place.path().join("small.ron"), study).expect("a study can be written");
    let batch =
        [&["batch", "small.ron", "--out", "batch", "--format", "xlsx", "--set", "ticks=4"][..], &COARSE].concat();
    succeed(place.path(), &batch);
    let book = std::fs::read(place.path().join("batch/runs.xlsx")).expect("a spreadsheet");
    assert!(book.starts_with(b"PK"));
    let batch = page(place.path(), &["batch", "run"]);
    assert!(batch.contains("congestion.crowding_cost") && batch.contains("Henan: one run"));
}

#[test]
fn a_comparison_prints_one_screen_that_fits_and_every_table_only_when_asked() {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let (henan, open) = (config("henan.ron"), config("policies/open-settlement.ron"));
    let coarse = &COARSE[..4];
    let arguments = [&["compare", &henan, &open, "--seeds", "2", "--until", "2016"][..], coarse].concat();
    let files = ["--out", "found", "--format", "csv", "--svg", "pictures"];
    let screen = succeed(place.path(), &[&arguments[..], &files].concat());
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "{screen}");
    for part in ["urban share", "everyone", "public spending", "Caveat:"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    let full = succeed(place.path(), &[&arguments[..], &["--full"]].concat());
    assert!(full.lines().count() > 2 * screen.lines().count());
    let found = entries(&place.path().join("found"));
    assert!(found.contains(&"effects.csv".to_owned()) && found.contains(&"effects.parquet".to_owned()), "{found:?}");
    assert!(entries(&place.path().join("pictures")).contains(&"map-urban-population.svg".to_owned()));
    assert!(page(place.path(), &["found"]).contains("Who gains and who loses"));
}

#[test]
fn a_folder_of_something_else_is_refused_with_what_to_give() {
    let place = tempfile::tempdir().expect("there is room for temporary files");
    let other = text(place.path());
    let refused = output(place.path(), &["report", &other]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(error_text(&refused).contains("holds no results of this program"), "{}", error_text(&refused));
}
