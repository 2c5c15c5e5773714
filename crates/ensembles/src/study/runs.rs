//! The columns of `runs.parquet`.

use std::collections::BTreeMap;

use records::batch::{RunRecord, RunsColumn, RunsValues};
use scenario::study::Shown;

use super::outcomes::{Outcome, describe, describe_name};
use super::plan::{Plan, RunKey};

/// The columns, with one value for each run of a study in their order: its parameters, how it ended, its figures.
///
/// # Panics
/// If a run of the study has no record.
#[must_use]
pub fn columns(plan: &Plan, records: &BTreeMap<u64, RunRecord>) -> Vec<RunsColumn> {
    let keys: Vec<RunKey> = (1..=plan.runs()).map(|run| plan.key(run)).collect();
    let records: Vec<&RunRecord> = keys.iter().map(|key| &records[&key.run]).collect();
    let mut columns = Vec::new();
    let mut add = |name: &str, unit: &str, about: &str, values: RunsValues| {
        let [name, unit, about] = [name, unit, about].map(str::to_owned);
        columns.push(RunsColumn { name, unit, about, values });
    };
    let whole = |of: &dyn Fn(&RunKey) -> u64| {
        RunsValues::Integer(keys.iter().map(|key| i64::try_from(of(key)).unwrap_or(i64::MAX)).collect())
    };
    add("run", "", "Number of the run, by which its tables are found.", whole(&|key| key.run));
    add("cell", "", "Number of the cell: the point and the set of policies.", whole(&|key| key.cell));
    for (at, swept) in plan.study.parameters.iter().enumerate() {
        let shown = keys.iter().map(|key| plan.shown(*key).swap_remove(at));
        let values = match swept.is_number() {
            true => RunsValues::Real(shown.map(|shown| number(&shown)).collect()),
            false => RunsValues::Text(shown.map(|shown| Some(text(shown))).collect()),
        };
        add(&swept.path, "", "Parameter of the study, by its path in the scenario.", values);
    }
    let policy = keys.iter().map(|key| Some(plan.study.arms[key.arm].name.clone())).collect();
    add("policy", "", "Policies in force, joined by +, or none.", RunsValues::Text(policy));
    add("seed", "", "Seed of every draw.", RunsValues::Unsigned(keys.iter().map(|key| key.seed).collect()));
    let of = |field: &dyn Fn(&RunRecord) -> Option<String>| {
        RunsValues::Text(records.iter().map(|record| field(record)).collect())
    };
    let status = |record: &RunRecord| Some(if record.error.is_some() { "failed" } else { "done" }.to_owned());
    add("state_hash", "", "Hash of the whole final state.", of(&|record| record.state_hash.clone()));
    add("status", "", "done, or failed.", of(&status));
    add("error", "", "Why the run failed.", of(&|record| record.error.clone()));
    for Outcome { name, unit, about } in outcomes(&records) {
        let find = |record: &&RunRecord| {
            record.figures.iter().find(|(column, _)| *column == name).and_then(|(_, value)| *value).unwrap_or(f64::NAN)
        };
        add(&name, unit, &about, RunsValues::Real(records.iter().map(find).collect()));
    }
    for name in seen(&records, |record| record.names.iter().map(|(name, _)| name)) {
        let find = |record: &RunRecord| record.names.iter().find(|(column, _)| *column == name).map(|(_, x)| x.clone());
        add(&name, "", describe_name(&name), of(&find));
    }
    columns
}

fn number(shown: &Shown) -> f64 {
    match shown {
        Shown::Number(value) => *value,
        Shown::Text(_) => f64::NAN,
    }
}

fn text(shown: Shown) -> String {
    match shown {
        Shown::Number(value) => value.to_string(),
        Shown::Text(text) => text,
    }
}

fn outcomes(records: &[&RunRecord]) -> Vec<Outcome> {
    seen(records, |record| record.figures.iter().map(|(name, _)| name)).iter().map(|name| describe(name)).collect()
}

/// Names in the order in which they first occur.
fn seen<'a, I: Iterator<Item = &'a String>>(records: &[&'a RunRecord], of: impl Fn(&'a RunRecord) -> I) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in records.iter().copied().flat_map(of) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
