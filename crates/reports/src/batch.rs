//! The page of a batch: what each cell gave, and what the answer depends on.

use std::path::Path;

use figures::{Cell, DataTable, Field, Head, Measure, Messages, Swing, Tornado};
use records::batch::RUNS;
use records::read;
use serde_json::{Map, Value};
use simulation::table::{Table, Values};

use crate::fault::ReportError;
use crate::page::{Part, Section};
use crate::provenance;
use crate::words::quantity;

/// Outcomes that are shown first, if the batch has them.
const SHOWN: [&str; 5] = ["urbanisation", "registered_urbanisation", "gdp", "real_income", "centre_population_share"];

pub(crate) fn part(path: &Path, messages: &Messages) -> Result<Part, ReportError> {
    let runs = read::read(&path.join(RUNS), "runs")?;
    let text = std::fs::read_to_string(path.join("study.json")).unwrap_or_default();
    let manifest: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    let listed = |key: &str| -> Vec<String> {
        let values = manifest.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let batch = Batch { runs: &runs, parameters: listed("parameters"), messages };
    let figures = SHOWN.iter().filter_map(|outcome| batch.tornado(outcome)).collect::<Vec<_>>();
    let mut sections = Vec::new();
    if !figures.is_empty() {
        let about = messages.text("page.tornado_about").to_owned();
        let title = messages.text("section.depends").to_owned();
        sections.push(Section { title, words: about, figures, ..Section::default() });
    }
    let title = messages.text("section.outcomes").to_owned();
    sections.push(Section { title, tables: vec![batch.outcomes()], ..Section::default() });
    sections.push(provenance::of_manifest(&manifest, messages));
    let study = manifest.get("study").and_then(Value::as_str).unwrap_or_default();
    let lead = messages.with("page.lead_batch", &[("runs", &runs.rows().to_string())]);
    let title = messages.with("page.title_batch", &[("study", study)]);
    Ok(Part { title, lead, stats: Vec::new(), sections })
}

struct Batch<'a> {
    runs: &'a Table,
    parameters: Vec<String>,
    messages: &'a Messages,
}

impl Batch<'_> {
    fn unit(&self, column: &str) -> &str {
        self.runs.fields.iter().find(|field| field.name == column).map_or("", |field| &field.unit)
    }

    fn reals(&self, column: &str) -> Option<&[f64]> {
        self.runs.all().reals(column).ok()
    }

    /// The mean of an outcome where a parameter is in the lowest and the highest third of its values.
    fn tornado(&self, outcome: &str) -> Option<figures::Figure> {
        let values = self.reals(outcome)?;
        let swing = |path: &String| -> Option<Swing> {
            let settings = self.reals(path)?;
            let mut order: Vec<usize> =
                (0..settings.len()).filter(|&at| settings[at].is_finite() && values[at].is_finite()).collect();
            order.sort_by(|&one, &other| settings[one].total_cmp(&settings[other]));
            let (first, last) = (settings[*order.first()?], settings[*order.last()?]);
            let third = (order.len() / 3).max(1);
            let mean = |of: &[usize]| of.iter().map(|&at| values[at]).sum::<f64>() / of.len() as f64;
            let lowest: Vec<usize> =
                order.iter().copied().take_while(|&at| settings[at] <= settings[order[third - 1]]).collect();
            let from = settings[order[order.len() - third]];
            let highest: Vec<usize> = order.iter().copied().filter(|&at| settings[at] >= from).collect();
            let setting = |at: &[usize]| short(at.iter().map(|&at| settings[at]).sum::<f64>() / at.len() as f64);
            (last > first).then(|| Swing {
                name: path.clone(),
                low: (setting(&lowest), mean(&lowest)),
                high: (setting(&highest), mean(&highest)),
            })
        };
        let swings: Vec<Swing> = self.parameters.iter().filter_map(swing).collect();
        let name = quantity(self.messages, outcome);
        let tornado = Tornado {
            head: Head {
                name: format!("depends-{}", outcome.replace('_', "-")),
                what: name.clone(),
                about: self.messages.with("page.depends_on", &[("name", &name)]),
                source: self.messages.with("page.source_batch", &[("runs", &self.runs.rows().to_string())]),
            },
            unit: self.unit(outcome).to_owned(),
            base: None,
            swings,
        };
        (!tornado.swings.is_empty()).then(|| tornado.figure(self.messages))
    }

    /// Mean of each outcome over the runs of each set of policies.
    fn outcomes(&self) -> DataTable {
        let rows = self.runs.all();
        let policies = rows.names("policy").unwrap_or_else(|_| vec![""; self.runs.rows()]);
        let mut names: Vec<&str> = policies.clone();
        names.sort_unstable();
        names.dedup();
        let outcome = |field: &&simulation::table::Field| {
            let real = matches!(self.runs.column(&field.name), Some(Values::Real(_)));
            real && !self.parameters.contains(&field.name)
        };
        let columns: Vec<&simulation::table::Field> = self.runs.fields.iter().filter(outcome).collect();
        let mut fields =
            vec![Field::new(self.messages.text("page.quantity")), Field::new(self.messages.text("page.unit"))];
        fields.extend(
            names.iter().map(|name| Field::new(if name.is_empty() { self.messages.text("page.base") } else { name })),
        );
        let row = |field: &&simulation::table::Field| {
            let values = self.reals(&field.name).unwrap_or_default();
            let mean = |name: &&str| {
                let own: Vec<f64> = values
                    .iter()
                    .zip(&policies)
                    .filter(|(value, policy)| value.is_finite() && *policy == name)
                    .map(|(value, _)| *value)
                    .collect();
                own.iter().sum::<f64>() / own.len() as f64
            };
            let means: Vec<f64> = names.iter().map(mean).collect();
            let measure = Measure::of(self.messages, &field.unit, means.iter().copied());
            let mut cells = vec![Cell::Text(quantity(self.messages, &field.name)), Cell::Text(measure.unit.clone())];
            cells.extend(means.iter().map(|mean| Cell::Number(*mean, measure.level(*mean))));
            cells
        };
        DataTable { fields, rows: columns.iter().map(row).collect() }
    }
}

/// A setting in few digits.
fn short(value: f64) -> String {
    let text = if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
