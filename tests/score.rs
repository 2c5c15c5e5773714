//! Scoring: a run is held against a census that it has not seen.

mod program;

use std::path::{Path, PathBuf};

use program::{config, error_text, manifest, output, state_hash, succeed};
use serde_json::Value;

const SMALL: [&str; 6] = ["--set", "workers_per_agent=4000", "--set", "initial.burn_in=60", "--quiet", "--threads"];

/// The columns of a table by name, and its rows, with quotation marks as they are: no cell of it has a comma inside.
fn table() -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::fs::read_to_string(config("data/henan.csv")).expect("the table is in the repository");
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = text.lines();
    (cells(lines.next().expect("a header")), lines.map(cells).collect())
}

fn write_table(path: &Path, header: &[String], rows: &[Vec<String>], keep: impl Fn(&str) -> bool) {
    let kept: Vec<usize> = (0..header.len()).filter(|&at| keep(&header[at])).collect();
    let line = |cells: &[String]| kept.iter().map(|&at| cells[at].as_str()).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = std::iter::once(line(header)).chain(rows.iter().map(|row| line(row))).collect();
    std::fs::write(path, lines.join("\n") + "\n").expect("a file can be written");
}

/// Henan with its table beside it.
fn henan() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::create_dir(folder.path().join("data")).expect("a folder can be made");
    std::fs::copy(config("henan.ron"), folder.path().join("henan.ron")).expect("a file can be copied");
    let table = folder.path().join("data/henan.csv");
    std::fs::copy(config("data/henan.csv"), &table).expect("a file can be copied");
    (folder, table)
}

fn run(folder: &Path, out: &str) -> PathBuf {
    succeed(folder, &[&["run", "henan.ron", "--out", out], &SMALL[..], &["1"]].concat());
    folder.join(out)
}

fn score(folder: &Path, run: &str, against: &str) -> Value {
    let printed = succeed(folder, &["score", run, "--against", against, "--json"]);
    serde_json::from_str(&printed).expect("the answer is JSON")
}

#[test]
fn a_run_has_not_seen_the_outcome() {
    let (folder, table_path) = henan();
    let with = run(folder.path(), "with");
    let (header, rows) = table();
    assert!(header.iter().filter(|name| name.contains("2020")).count() > 10, "the table has lost its outcome");
    write_table(&table_path, &header, &rows, |name| !name.contains("2020"));
    let without = run(folder.path(), "without");
    assert_eq!(state_hash(&with), state_hash(&without));
    assert_eq!(manifest(&with)["scenario_hash"], manifest(&without)["scenario_hash"]);
    program::assert_same_tables(&with, &without);
    let scenario = |run: &Path| std::fs::read(run.join("scenario.ron")).expect("a run has a scenario");
    assert!(scenario(&with) == scenario(&without), "scenario.ron differs");
}

#[test]
fn a_run_that_comes_true_has_no_error_and_every_skill() {
    let (folder, _) = henan();
    run(folder.path(), "run");
    let first = score(folder.path(), "run", &config("data/henan.csv"));
    // A census that found what the run says: people of 2020 in proportion to simulated shares.
    let (header, mut rows) = table();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    let simulated = |place: &str, quantity: &str| {
        let places = first["places"].as_array().expect("places are listed");
        let found = places.iter().find(|one| one["place"] == place && one["quantity"] == quantity);
        found.expect("every place is listed")["simulated"]["mean"].as_f64().expect("it is defined")
    };
    for row in &mut rows {
        let key = row[at("name_pinyin")].to_lowercase();
        let people = 1e9 * simulated(&key, "population_share");
        row[at("pop_2020")] = people.to_string();
        row[at("urban_pop_2020")] = (people * simulated(&key, "urban_share")).to_string();
    }
    write_table(&folder.path().join("true.csv"), &header, &rows, |_| true);
    let scored = score(folder.path(), "run", "true.csv");
    let scores = scored["scores"].as_array().expect("scores are listed");
    assert_eq!(scores.len(), 6);
    for one in scores {
        assert!(one["error"]["mean"].as_f64().unwrap() < 1e-9, "{one}");
        for rank in ["rank_correlation", "rank_correlation_of_change"] {
            assert!((one[rank]["mean"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{one}");
        }
        for naive in one["naive"].as_array().unwrap() {
            assert!(naive["skill"]["mean"].as_f64().unwrap() > 1.0 - 1e-6, "{naive}");
        }
    }
}

#[test]
fn scores_are_those_of_hand_arithmetic_on_the_table() {
    let (folder, _) = henan();
    run(folder.path(), "run");
    let scored = score(folder.path(), "run", &config("data/henan.csv"));
    let (header, rows) = table();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    let column = |name: &str| rows.iter().map(|row| row[at(name)].parse::<f64>().unwrap()).collect::<Vec<_>>();
    let shares = |people: &[f64]| people.iter().map(|x| x / people.iter().sum::<f64>()).collect::<Vec<_>>();
    let (before, after) = (column("pop_2010"), column("pop_2020"));
    let error = |forecast: &[f64]| {
        shares(forecast).iter().zip(shares(&after)).map(|(forecast, observed)| (forecast - observed).abs()).sum::<f64>()
    };
    let migrants: Vec<f64> = column("migrants_other_county_same_prov_2010")
        .iter()
        .zip(column("migrants_other_prov_2010"))
        .zip(&before)
        .map(|((county, province), people)| people + county + province)
        .collect();
    let mut capital = before.clone();
    capital[0] *= 1.25;
    let naive = &scored["scores"][0]["naive"];
    for (name, forecast) in [("no_change", &before), ("in_migrants", &migrants), ("capital_grows", &capital)] {
        let found = naive.as_array().unwrap().iter().find(|one| one["forecast"] == name).expect(name);
        assert!((found["error"].as_f64().unwrap() - error(forecast)).abs() < 1e-12, "{name}: {found}");
        let own = scored["scores"][0]["error"]["mean"].as_f64().unwrap();
        let skill = found["skill"]["mean"].as_f64().unwrap();
        assert!((skill - (1.0 - own / error(forecast))).abs() < 1e-12, "{name}");
    }
    assert_eq!(scored["scores"][0]["quantity"], "population_share");
    assert_eq!(scored["scores"][1]["without"], "zhengzhou");
    assert_eq!(scored["scores"][1]["places"], 17);
}

#[test]
fn an_earlier_census_gives_a_trend() {
    let (folder, _) = henan();
    run(folder.path(), "run");
    let (mut header, mut rows) = table();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    let (people, urban) = (at("pop_2010"), at("urban_pop_2010"));
    header.extend(["pop_2000".to_owned(), "urban_pop_2000".to_owned()]);
    for row in &mut rows {
        let earlier = [row[people].clone(), row[urban].clone()];
        row.extend(earlier);
    }
    write_table(&folder.path().join("three.csv"), &header, &rows, |_| true);
    let scored = score(folder.path(), "run", "three.csv");
    let naive = scored["scores"][0]["naive"].as_array().unwrap().clone();
    let error = |name: &str| naive.iter().find(|one| one["forecast"] == name).expect(name)["error"].as_f64().unwrap();
    // Nothing changed before, so the trend is that nothing will.
    assert!((error("trend") - error("no_change")).abs() < 1e-12);
}

#[test]
fn a_batch_is_scored_by_the_mean_of_its_runs_and_their_spread() {
    let (folder, _) = henan();
    let study = "(name: \"seeds\", scenario: \"henan.ron\", set: [\"workers_per_agent=4000\", \"initial.burn_in=60\"],
        parameters: [(path: \"networks\", values: [(), Off])], seeds: [1, 2, 3], record: [cities])";
    std::fs::write(folder.path().join("study.ron"), study).expect("a file can be written");
    succeed(folder.path(), &["batch", "study.ron", "--out", "batch", "--quiet"]);
    run(folder.path(), "run");
    let against = config("data/henan.csv");
    let alone = score(folder.path(), "run", &against);
    let all = score(folder.path(), "batch", &against);
    assert_eq!(all["runs"], 6);
    assert!(succeed(folder.path(), &["score", "batch", "--against", &against]).contains("2 cells are taken together"));
    let cell = succeed(folder.path(), &["score", "batch", "--against", &against, "--cell", "1", "--json"]);
    let batch: Value = serde_json::from_str(&cell).expect("the answer is JSON");
    assert_eq!(batch["runs"], 3);
    let errors: Vec<f64> = batch["by_run"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|run| run["quantity"] == "population_share")
        .map(|run| run["error"].as_f64().unwrap())
        .collect();
    assert_eq!(errors.len(), 3);
    assert_eq!(errors[0], alone["scores"][0]["error"]["mean"].as_f64().unwrap());
    let mean = errors.iter().sum::<f64>() / 3.0;
    let deviation = (errors.iter().map(|error| (error - mean) * (error - mean)).sum::<f64>() / 2.0).sqrt();
    let found = &batch["scores"][0]["error"];
    assert!((found["mean"].as_f64().unwrap() - mean).abs() < 1e-12);
    assert!((found["standard_deviation"].as_f64().unwrap() - deviation).abs() < 1e-12 && deviation > 0.0);
    assert!(succeed(folder.path(), &["score", "batch", "--against", &against]).contains(" ± "));
}

/// The page says what the shipped scenario scores; where a change moves that, the page must say so.
#[test]
fn the_page_of_scoring_says_what_henan_scores() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    succeed(folder.path(), &["run", &config("henan.ron"), "--out", "run", "--quiet"]);
    let scored = score(folder.path(), "run", &config("data/henan.csv"));
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scoring.md")).unwrap();
    for one in scored["scores"].as_array().unwrap() {
        let skill = |name: &str| {
            let naive = one["naive"].as_array().unwrap().iter().find(|naive| naive["forecast"] == name);
            naive.map_or("–".to_owned(), |naive| format!("{:.2}", naive["skill"]["mean"].as_f64().unwrap()))
        };
        let places = one["without"].as_str().map_or("all places".to_owned(), |place| format!("without {place}"));
        let error = 100.0 * one["error"]["mean"].as_f64().unwrap();
        let [none, migrants, capital] = ["no_change", "in_migrants", "capital_grows"].map(skill);
        let quantity = one["quantity"].as_str().unwrap();
        let row = format!("| `{quantity}`, {places} | {error:.1} % | {none} | {migrants} | {capital} |\n");
        assert!(page.contains(&row), "docs/scoring.md lacks: {row}");
    }
}

#[test]
fn what_cannot_be_scored_is_reported() {
    let (folder, _) = henan();
    succeed(folder.path(), &[&["run", "henan.ron", "--out", "short", "--ticks", "8"], &SMALL[..], &["1"]].concat());
    let (header, rows) = table();
    let mut broken = rows.clone();
    let at = |name: &str| header.iter().position(|column| column == name).expect("the column is there");
    broken[2][at("pop_2020")] = "many".to_owned();
    broken[3][at("urban_pop_2020")] = "9e9".to_owned();
    write_table(&folder.path().join("broken.csv"), &header, &broken, |_| true);
    write_table(&folder.path().join("bare.csv"), &header, &rows, |name| !name.contains("urban_pop"));
    let henan = config("data/henan.csv");
    for (run, against, parts) in [
        ("short", henan.as_str(), &["2010 to 2012", "2010, 2020"][..]),
        ("short", "broken.csv", &["broken.csv:4:pop_2020", "`many`", "broken.csv:5:urban_pop_2020", "2 faults"]),
        ("short", "bare.csv", &["bare.csv:1:urban_pop_2020", "no column `urban_pop_2020`"]),
        ("short", "nowhere.csv", &["there is no such file"]),
        ("data", henan.as_str(), &["cannot be scored"]),
    ] {
        let output = output(folder.path(), &["score", run, "--against", against]);
        let message = error_text(&output);
        assert_eq!(output.status.code(), Some(2), "{against}: {message}");
        for part in parts {
            assert!(message.contains(part), "`{part}` is not in: {message}");
        }
    }
}
