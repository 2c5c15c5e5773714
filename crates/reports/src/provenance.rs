//! What makes the numbers again: command, seeds, version, hashes, the scenario in full.

use std::path::Path;

use figures::{Cell, DataTable, Field, Messages};
use records::{Manifest, shell_word};
use serde_json::{Map, Value};

use crate::page::Section;

fn table(messages: &Messages, rows: Vec<(&str, String)>) -> DataTable {
    let fields = vec![Field::new(messages.text("page.what")), Field::new(messages.text("figure.value"))];
    let row = |(key, value): (&str, String)| vec![Cell::Text(messages.text(key).to_owned()), Cell::Text(value)];
    DataTable { fields, rows: rows.into_iter().map(row).collect() }
}

/// Texts of the folder: scenarios as they were run.
fn codes(path: &Path, names: &[String]) -> Vec<(String, String)> {
    let read = |name: &String| std::fs::read_to_string(path.join(name)).ok().map(|text| (name.clone(), text));
    names.iter().filter_map(read).collect()
}

pub(crate) fn of_run(path: &Path, manifest: &Manifest, messages: &Messages) -> Section {
    let scenario = shell_word(&path.join("scenario.ron"));
    let seed = manifest.inputs.seed;
    let rows = vec![
        ("page.scenario", manifest.scenario.clone()),
        ("page.policies", manifest.policies.join(", ")),
        ("page.seeds", seed.to_string()),
        ("page.quarters", manifest.inputs.ticks.to_string()),
        ("page.version", manifest.version.clone()),
        ("page.scenario_hash", manifest.inputs.scenario_hash.clone()),
        ("page.state_hash", manifest.state_hash.clone().unwrap_or_default()),
        ("page.command", format!("hinterland run {scenario} --seed {seed}")),
    ];
    Section {
        title: messages.text("section.again").to_owned(),
        words: messages.text("page.again").to_owned(),
        tables: vec![table(messages, rows)],
        code: codes(path, &["scenario.ron".to_owned()]),
        ..Section::default()
    }
}

/// A value of a manifest as text; lists of numbers that follow each other as their ends.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let numbers: Vec<u64> = values.iter().filter_map(Value::as_u64).collect();
            let follow = numbers.len() == values.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
            match (numbers.first(), numbers.last()) {
                (Some(first), Some(last)) if follow && numbers.len() > 2 => format!("{first} … {last}"),
                _ => values.iter().map(shown).collect::<Vec<_>>().join(", "),
            }
        }
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

pub(crate) fn of_comparison(path: &Path, manifest: &Map<String, Value>, messages: &Messages) -> Section {
    let value = |key: &str| manifest.get(key).map(shown).unwrap_or_default();
    let mut rows = vec![
        ("page.scenario", value("scenario")),
        ("page.policies", value("policies")),
        ("page.seeds", value("seeds")),
        ("page.version", value("version")),
        ("page.inputs_hash", value("inputs_hash")),
    ];
    for world in manifest.get("worlds").and_then(Value::as_array).into_iter().flatten() {
        let hash = format!("{}: {}", shown(&world["policy"]), shown(&world["scenario_hash"]));
        rows.push(("page.scenario_hash", hash));
    }
    if !value("command").is_empty() {
        rows.push(("page.command", value("command")));
    }
    let mut names = vec!["base.ron".to_owned()];
    while path.join(format!("world-{}.ron", names.len())).is_file() {
        names.push(format!("world-{}.ron", names.len()));
    }
    Section {
        title: messages.text("section.again").to_owned(),
        words: messages.text("page.again").to_owned(),
        tables: vec![table(messages, rows)],
        code: codes(path, &names),
        ..Section::default()
    }
}

pub(crate) fn of_manifest(manifest: &Map<String, Value>, messages: &Messages) -> Section {
    let fields = vec![Field::new(messages.text("page.what")), Field::new(messages.text("figure.value"))];
    let plain = manifest.iter().filter(|(_, value)| !value.is_object());
    let rows = plain.map(|(key, value)| vec![Cell::Text(key.replace('_', " ")), Cell::Text(shown(value))]).collect();
    Section {
        title: messages.text("section.again").to_owned(),
        tables: vec![DataTable { fields, rows }],
        ..Section::default()
    }
}
