//! What a folder holds, and its tables.

use std::path::Path;

use records::{Format, Manifest, read};
use serde_json::{Map, Value};
use simulation::table::{Table, Tables};
use verification::case::Report;

use crate::fault::ReportError;

/// What kind of results a folder holds, with what says so.
pub(crate) enum Kind {
    Run(Box<Manifest>),
    Comparison(Map<String, Value>),
    Batch,
    Verification(Vec<Report>),
    /// Other tables with a manifest of this program: those of a score.
    Tables(Map<String, Value>),
}

/// Tables that a page knows by name; a reader of tables wants a name that lives as long as the program.
const KNOWN: [&str; 14] = [
    "cities",
    "sectors",
    "flows",
    "groups",
    "accounts",
    "region",
    "effects",
    "winners",
    "costs",
    "paths",
    "runs",
    "interactions",
    "reconciliation",
    "scores",
];

pub(crate) fn kind(path: &Path) -> Result<Kind, ReportError> {
    let foreign = || ReportError::Foreign { path: path.to_owned() };
    if path.join("study.json").is_file() && path.join(records::batch::RUNS).is_file() {
        return Ok(Kind::Batch);
    }
    for figures in [path.join("figures.json"), path.join("verification/figures.json")] {
        if let Ok(text) = std::fs::read_to_string(figures) {
            return serde_json::from_str(&text).map(Kind::Verification).map_err(|_| foreign());
        }
    }
    if let Some(manifest) = Manifest::read(path)? {
        if !manifest.complete {
            return Err(ReportError::Incomplete { path: path.to_owned() });
        }
        if manifest.inputs.format == Format::Csv {
            return Err(ReportError::NotParquet { path: path.to_owned() });
        }
        return Ok(Kind::Run(Box::new(manifest)));
    }
    let text = std::fs::read_to_string(path.join("manifest.json")).map_err(|_| foreign())?;
    let manifest: Map<String, Value> = serde_json::from_str(&text).map_err(|_| foreign())?;
    if manifest.get("program").and_then(Value::as_str) != Some("hinterland") {
        return Err(foreign());
    }
    Ok(match manifest.get("kind").and_then(Value::as_str) {
        Some("comparison") => Kind::Comparison(manifest),
        _ => Kind::Tables(manifest),
    })
}

/// The tables of a folder that a page knows, those that are there.
pub(crate) fn tables(path: &Path) -> Result<Tables, ReportError> {
    let there = |name: &&str| path.join(format!("{name}.parquet")).is_file();
    let read = |name: &'static str| read::read(&path.join(format!("{name}.parquet")), name);
    let tables: Result<Vec<Table>, _> = KNOWN.into_iter().filter(there).map(read).collect();
    Ok(Tables(tables?))
}

/// The scenario that a folder holds.
pub(crate) fn scenario(path: &Path) -> Result<scenario::Scenario, ReportError> {
    Ok(scenario::load(path, &scenario::Request::default())
        .map_err(|faults| ReportError::Scenario(Box::new(faults)))?
        .scenario)
}
