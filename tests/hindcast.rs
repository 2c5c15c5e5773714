//! Hindcasts: one scenario in every province, by changing its table and nothing else.

mod program;

use std::path::Path;

use program::{config, error_text, output, succeed};
use serde_json::Value;

/// A table of provinces out of the shipped one: those named, and all of its columns.
fn table(folder: &Path, provinces: &[&str], keep: impl Fn(&str) -> bool) -> String {
    let text = std::fs::read_to_string(config("data/china.csv")).expect("the table is in the repository");
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().expect("a header");
    let province = header.iter().position(|name| *name == "province_en").expect("the column is there");
    let kept: Vec<usize> = (0..header.len()).filter(|&at| keep(header[at])).collect();
    let line = |cells: &[&str]| kept.iter().map(|&at| cells[at]).collect::<Vec<_>>().join(",");
    let mut lines = vec![line(&header)];
    lines.extend(rows.filter(|row| provinces.contains(&row[province])).map(|row| line(&row)));
    let path = folder.join("provinces.csv");
    std::fs::write(&path, lines.join("\n") + "\n").expect("a file can be written");
    path.to_string_lossy().into_owned()
}

const COARSE: [&str; 4] = ["--set", "workers_per_agent=8000", "--set", "initial.burn_in=60"];

fn hindcast(folder: &Path, table: &str, more: &[&str]) -> Value {
    let command = ["hindcast", &config("henan.ron"), "--tables", table, "--by", "province", "--quiet", "--json"];
    let printed = succeed(folder, &[&command[..], &COARSE, more].concat());
    serde_json::from_str(&printed).expect("the answer is JSON")
}

#[test]
fn a_province_scores_as_a_run_on_its_own_table_does() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let all = table(folder.path(), &["Jilin", "Fujian", "Guizhou", "Ningxia"], |_| true);
    let found = hindcast(folder.path(), &all, &["--seeds", "2", "--threads", "2"]);
    assert_eq!(found, hindcast(folder.path(), &all, &["--seeds", "2", "--threads", "1"]), "threads changed a figure");
    let names = |list: &str| -> Vec<String> {
        let listed = found[list].as_array().expect("provinces are listed");
        listed.iter().map(|one| one["province"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (names("provinces"), names("left_out")),
        (vec!["Jilin".into(), "Fujian".into(), "Guizhou".into()], vec!["Ningxia".to_owned()])
    );

    // The same province as a table of its own, which the scenario names instead of Henan's.
    let own = folder.path().join("own");
    std::fs::create_dir(&own).expect("a folder can be made");
    let fujian = table(&own, &["Fujian"], |_| true);
    let region = format!("region=Table({fujian:?})");
    let mut errors = Vec::new();
    for seed in ["1", "2"] {
        let run = ["run", &config("henan.ron"), "--set", &region, "--seed", seed, "--out", seed, "--quiet"];
        succeed(&own, &[&run[..], &COARSE].concat());
        let scored = succeed(&own, &["score", seed, "--against", &fujian, "--json"]);
        let scored: Value = serde_json::from_str(&scored).expect("the answer is JSON");
        errors.push(scored["scores"][0]["error"]["mean"].as_f64().unwrap());
    }
    let score = &found["provinces"][1]["scores"][0];
    assert_eq!((&score["quantity"], &score["set"]), (&"population_share".into(), &"all".into()));
    let mean = (errors[0] + errors[1]) / 2.0;
    assert!((score["error"]["mean"].as_f64().unwrap() - mean).abs() < 1e-12, "{score} {errors:?}");
    // Student's t with one degree is 12.706.
    let half = 12.706_204_736 * (errors[0] - errors[1]).abs() / 2.0;
    assert!((score["error"]["high"].as_f64().unwrap() - mean - half).abs() < 1e-9, "{score}");

    // Pooled: sums of errors over sums of the forecast's errors.
    let of = |province: &Value, at: usize, name: &str| {
        let score = province["scores"].as_array().unwrap().iter().filter(|one| one["forecast"] == "no_change").nth(at);
        score.unwrap()[name].clone()
    };
    let provinces = found["provinces"].as_array().unwrap();
    let naive: f64 = provinces.iter().map(|one| of(one, 0, "naive_error").as_f64().unwrap()).sum();
    let error: f64 = provinces.iter().map(|one| of(one, 0, "error")["mean"].as_f64().unwrap()).sum();
    let pooled = &found["pooled"][0];
    assert_eq!((&pooled["forecast"], &pooled["provinces"]), (&"no_change".into(), &3.into()));
    assert!((pooled["skill"]["mean"].as_f64().unwrap() - (1.0 - error / naive)).abs() < 1e-12, "{pooled}");
    for province in provinces {
        let names: Vec<_> = province["scores"].as_array().unwrap().iter().map(|one| one["forecast"].clone()).collect();
        assert!(names.contains(&"national_gain".into()), "{names:?}");
        assert!(!names.contains(&"regression_elsewhere".into()), "two other provinces are too few to fit to");
    }
}

#[test]
fn other_provinces_are_fitted_to_and_the_outcome_of_a_province_is_not_its_own_reference() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let provinces = ["Jilin", "Fujian", "Guizhou", "Shaanxi"];
    let all = table(folder.path(), &provinces, |_| true);
    let text = std::fs::read_to_string(&all).expect("the table was written");
    let short = ["--seeds", "1"];
    let found = hindcast(folder.path(), &all, &short);
    let error = |found: &Value, at: usize| {
        let scores = found["provinces"][at]["scores"].as_array().unwrap();
        let own = scores.iter().find(|one| one["forecast"] == "regression_elsewhere").expect("it is fitted");
        own["naive_error"].as_f64().unwrap()
    };
    // Another outcome in Guizhou, province 2, changes what is fitted for the others.
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let column = header.iter().position(|name| *name == "pop_2020").unwrap();
    let changed: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if at > 0 && line.contains(",Guizhou,") {
                let people: f64 = cells[column].parse().unwrap();
                cells[column] = (people * (1.0 + 0.05 * (at % 3) as f64)).to_string();
            }
            cells.join(",")
        })
        .collect();
    std::fs::write(&all, changed.join("\n") + "\n").expect("a file can be written");
    let after = hindcast(folder.path(), &all, &short);
    let own = |found: &Value| found["provinces"][0]["scores"][0]["error"].clone();
    assert_eq!(own(&found), own(&after), "an outcome elsewhere changed a run");
    assert!((error(&found, 0) - error(&after, 0)).abs() > 1e-9);
}

#[test]
fn what_cannot_be_hindcast_is_reported() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let henan = config("henan.ron");
    let small = table(folder.path(), &["Ningxia"], |_| true);
    let bare = folder.path().join("bare");
    std::fs::create_dir(&bare).expect("a folder can be made");
    let bare = table(&bare, &["Jilin"], |name| name != "province_en");
    for (table, more, parts) in [
        (small.as_str(), &[][..], &["no province", "8 places"][..]),
        (bare.as_str(), &[], &["province_en"]),
        ("nowhere.csv", &[], &["there is no such file"]),
        (small.as_str(), &["--set", "ticks=8"], &["from 2010 to 2012", "2010, 2020"]),
        (small.as_str(), &["--seeds", "0"], &["0"]),
    ] {
        let command = ["hindcast", &henan, "--tables", table, "--by", "province"];
        let output = output(folder.path(), &[&command[..], more].concat());
        let message = error_text(&output);
        assert_eq!(output.status.code(), Some(2), "{table}: {message}");
        for part in parts {
            assert!(message.contains(part), "`{part}` is not in: {message}");
        }
    }
}
