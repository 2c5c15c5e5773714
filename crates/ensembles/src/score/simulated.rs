//! Where people lived in runs: read from the folder of a run or of a batch.

use std::collections::BTreeMap;
use std::path::Path;

use records::batch::BatchReader;
use records::read::{Recorded, read};
use records::{Manifest, RecordError};
use simulation::table::Values;

use super::{Compared, People};

/// Runs of a scenario: people by year and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Name of the scenario.
    pub scenario: String,
    /// Date of the opening state.
    pub start: f64,
    /// Dates of all states, which all runs have in common.
    pub years: Vec<f64>,
    /// Keys of places, in the order of tables.
    pub places: Vec<String>,
    /// The runs.
    pub runs: Vec<SimulatedRun>,
    /// Runs of the batch that failed.
    pub failed: usize,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedRun {
    /// Its number in its batch.
    pub run: Option<u64>,
    /// Its cell in its batch.
    pub cell: Option<u64>,
    /// Its policies in its batch.
    pub policy: Option<String>,
    /// People of all places at every date that is a whole year.
    people: BTreeMap<u32, Vec<People>>,
}

impl SimulatedRun {
    /// People of the places compared in a year.
    pub(super) fn people(&self, year: u32, places: &[&Compared<'_>]) -> Vec<People> {
        places.iter().map(|place| self.people[&year][place.at]).collect()
    }
}

/// Reads the runs of a folder; of a batch, with `cell`, those of one cell.
///
/// # Errors
/// [`RecordError::NothingToScore`] if it is neither the folder of a complete run nor of a batch with finished runs and
/// table `cities`, or if its runs are of different places or dates; otherwise if a file cannot be read.
pub fn simulated(folder: &Path, cell: Option<u64>) -> Result<Simulated, RecordError> {
    let nothing = |why| RecordError::NothingToScore { path: folder.to_owned(), why };
    if let Some(batch) = BatchReader::open(folder)? {
        if batch.manifest.tables.iter().all(|table| table != "cities") {
            return Err(nothing("its study does not record cities; write record: [cities, …] in the study"));
        }
        let none = "no run is finished of what was asked for";
        return of_batch(&batch, cell)?.ok_or_else(|| nothing(none));
    }
    if cell.is_some() {
        return Err(nothing("it is a single run, and only a batch has cells"));
    }
    let manifest = Manifest::read(folder)?.ok_or_else(|| nothing("it is the folder of neither a run nor a batch"))?;
    if !manifest.complete {
        return Err(nothing("its run is not complete"));
    }
    let path = folder.join("cities.parquet");
    if !path.is_file() {
        return Err(nothing("it has no cities.parquet (a run with --format csv cannot be scored)"));
    }
    let (mut runs, people) =
        take(&read(&path)?).ok_or_else(|| nothing("its cities.parquet is not as a run writes it"))?;
    runs.scenario = manifest.scenario;
    runs.runs = vec![SimulatedRun { run: None, cell: None, policy: None, people }];
    Ok(runs)
}

fn of_batch(batch: &BatchReader, only: Option<u64>) -> Result<Option<Simulated>, RecordError> {
    let (arms, cells) = (batch.manifest.policies.len().max(1) as u64, batch.manifest.cells.max(1));
    let mut found: Option<Simulated> = None;
    let mut failed = 0;
    for (run, record) in batch.finished()? {
        let cell = (run - 1) % cells;
        if only.is_some_and(|only| only != cell + 1) {
            continue;
        }
        if record.error.is_some() {
            failed += 1;
            continue;
        }
        let path = batch.table("cities", run);
        let unlike = |what: &str| RecordError::Content { path: path.clone(), what: what.to_owned() };
        let (own, people) = take(&read(&path)?).ok_or_else(|| unlike("it is not as a run writes it"))?;
        let policy = batch.manifest.policies.get((cell % arms) as usize).cloned();
        let one = SimulatedRun { run: Some(run), cell: Some(cell + 1), policy, people };
        let runs = found.get_or_insert_with(|| Simulated { scenario: batch.manifest.scenario.clone(), ..own.clone() });
        if (&runs.places, runs.start) != (&own.places, own.start) || runs.years != own.years {
            return Err(unlike("its places or dates are not those of the first run, so the runs have no common score"));
        }
        runs.runs.push(one);
    }
    Ok(found.map(|runs| Simulated { failed, ..runs }))
}

/// Places and dates of a table of cities, without runs; and its people by year.
fn take(cities: &Recorded) -> Option<(Simulated, BTreeMap<u32, Vec<People>>)> {
    let reals = |name: &str| match cities.column(name) {
        Some(Values::Real(values)) => Some(values),
        _ => None,
    };
    let (years, all, urban) = (reals("year")?, reals("population")?, reals("urban_population")?);
    let Some(Values::Name(keys)) = cities.column("city") else { return None };
    let start = *years.first()?;
    let width = years.iter().take_while(|year| **year == start).count();
    let places = keys[..width].iter().map(|key| cities.names[*key as usize].clone()).collect();
    let mut people = BTreeMap::new();
    let mut dates = Vec::new();
    for from in (0..years.len()).step_by(width) {
        dates.push(years[from]);
        if years[from].fract() == 0.0 {
            let rows = from..(from + width).min(years.len());
            let of = rows.map(|row| People { all: all[row], urban: urban[row] }).collect();
            people.insert(years[from] as u32, of);
        }
    }
    let runs = Simulated { scenario: String::new(), start, years: dates, places, runs: Vec::new(), failed: 0 };
    Some((runs, people))
}
