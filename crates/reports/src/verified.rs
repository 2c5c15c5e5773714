//! The page of a verification, and of any other tables with a manifest: those of a score.

use std::path::Path;

use figures::{Cell, DataTable, Field, Messages};
use records::read;
use serde_json::{Map, Value};
use simulation::table::{Table, Values};
use verification::case::Report;

use crate::fault::ReportError;
use crate::page::{Part, Section};
use crate::provenance;

/// A number as it is shown where no unit is known.
fn shown(value: f64) -> Cell {
    let text = if value == 0.0 || (1e-3..1e9).contains(&value.abs()) {
        let text = format!("{value:.6}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{value:.4e}")
    };
    Cell::Number(value, text)
}

/// Theory and facts: tables of quantities, charts of what was measured.
pub(crate) fn part(path: &Path, reports: &[Report], messages: &Messages) -> Part {
    let text = |key: &str| messages.text(key).to_owned();
    let verdict = |ok: bool| text(if ok { "page.agrees" } else { "page.differs" });
    let section = |report: &Report| {
        let heads = ["page.quantity", "page.theory", "page.simulated", "page.error", "page.tolerance", "page.verdict"];
        let row = |quantity: &verification::Quantity| {
            let number = |value: Option<f64>| shown(value.unwrap_or(f64::NAN));
            vec![
                Cell::Text(quantity.name.clone()),
                number(quantity.theory),
                number(quantity.simulated),
                shown(quantity.standard_error),
                shown(quantity.tolerance),
                Cell::Text(verdict(quantity.ok)),
            ]
        };
        let mut tables = Vec::new();
        if !report.quantities.is_empty() {
            let fields = heads.iter().map(|key| Field::new(messages.text(key))).collect();
            tables.push(DataTable { fields, rows: report.quantities.iter().map(row).collect() });
        }
        if !report.facts.is_empty() {
            let heads = ["page.fact", "page.pass_rate", "page.low", "page.high", "page.margin", "page.verdict"];
            let row = |fact: &verification::facts::Fact| {
                let mut row = vec![Cell::Text(format!("{} {}", fact.id, fact.title))];
                row.extend([fact.pass_rate, fact.wilson_low, fact.wilson_high, fact.margin].map(shown));
                row.push(Cell::Text(text(if fact.holds { "page.holds" } else { "page.fails" })));
                row
            };
            let fields = heads.iter().map(|key| Field::new(messages.text(key))).collect();
            tables.push(DataTable { fields, rows: report.facts.iter().map(row).collect() });
        }
        Section {
            title: report.case.clone(),
            figures: report.charts.iter().map(|chart| chart.figure(messages)).collect(),
            tables,
            ..Section::default()
        }
    };
    let good = reports.iter().filter(|report| report.ok()).count();
    let lead =
        messages.with("page.lead_verification", &[("good", &good.to_string()), ("all", &reports.len().to_string())]);
    let title = messages.with("page.title_verification", &[("folder", &path.display().to_string())]);
    Part { title, lead, stats: Vec::new(), sections: reports.iter().map(section).collect() }
}

/// Rows of a table that a page shows; the rest is in the file.
const ROWS_MAX: usize = 400;

/// Any table, with units in its heads.
fn generic(table: &Table) -> DataTable {
    let fields = table.fields.iter().map(|field| Field::with_units(&field.name, &field.unit, &field.unit)).collect();
    let cell = |values: &Values, row: usize| match values {
        Values::Integer(values) => Cell::Number(values[row] as f64, values[row].to_string()),
        Values::Real(values) => shown(values[row]),
        Values::Name(values) => Cell::Text(table.names[values[row] as usize].clone()),
        Values::Flag(values) => Cell::Text(values[row].to_string()),
    };
    let rows = (0..table.rows().min(ROWS_MAX)).map(|row| table.values.iter().map(|values| cell(values, row)).collect());
    DataTable { fields, rows: rows.collect() }
}

/// Every Parquet table of a folder.
pub(crate) fn tables(path: &Path, manifest: &Map<String, Value>, messages: &Messages) -> Result<Part, ReportError> {
    let entries = std::fs::read_dir(path).map_err(|_| ReportError::Foreign { path: path.to_owned() })?;
    let mut files: Vec<std::path::PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "parquet"));
    files.sort();
    let mut sections = Vec::new();
    for file in files {
        let table = read::read(&file, "table")?;
        let title = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let cut = table.rows() > ROWS_MAX;
        let words =
            if cut { messages.with("page.first_rows", &[("rows", &ROWS_MAX.to_string())]) } else { String::new() };
        sections.push(Section { title, words, tables: vec![generic(&table)], ..Section::default() });
    }
    sections.push(provenance::of_manifest(manifest, messages));
    let kind = manifest.get("kind").and_then(Value::as_str).unwrap_or_default();
    let title = messages.with("page.title_tables", &[("kind", &messages.name("kind", kind))]);
    Ok(Part { title, lead: String::new(), stats: Vec::new(), sections })
}
