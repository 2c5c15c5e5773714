//! Where people lived in runs: read from the folder of a run or of a batch.

use std::collections::BTreeMap;
use std::path::Path;

use records::batch::BatchReader;
use records::read::read;
use records::{Manifest, RecordError};
use simulation::table::{NotRecorded, Table};

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
    let nothing = |why: &str| RecordError::NothingToScore { path: folder.to_owned(), why: why.to_owned() };
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
    let foreign = |missing| nothing(&format!("its cities.parquet is not as a run writes it: {missing}"));
    let (mut runs, people) = take(&read(&path, "cities")?).map_err(foreign)?;
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
        let foreign = |missing| unlike(&format!("it is not as a run writes it: {missing}"));
        let (own, people) = take(&read(&path, "cities")?).map_err(foreign)?;
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
fn take(cities: &Table) -> Result<(Simulated, BTreeMap<u32, Vec<People>>), NotRecorded> {
    let [opening, _] = cities.ends()?;
    let places: Vec<String> = opening.names("city")?.into_iter().map(str::to_owned).collect();
    let start = opening.reals("year")?[0];
    let mut people = BTreeMap::new();
    let mut dates = Vec::new();
    for state in cities.states()? {
        let year = state.reals("year")?[0];
        dates.push(year);
        if year.fract() == 0.0 {
            let (all, urban) = (state.reals("population")?, state.reals("census_urban_population")?);
            if all.len() != places.len() {
                return Err(NotRecorded::Rows { table: "cities", of: format!("a place in {year}") });
            }
            let each = all.iter().zip(urban);
            people.insert(year as u32, each.map(|(&all, &urban)| People { all, urban }).collect());
        }
    }
    let runs = Simulated { scenario: String::new(), start, years: dates, places, runs: Vec::new(), failed: 0 };
    Ok((runs, people))
}

#[cfg(test)]
mod tests {
    use simulation::record::columns::{Columns, TableRow};

    use super::*;

    /// Quarter and place.
    struct Row(i64, usize);

    impl TableRow for Row {
        type At<'a> = Self;
    }

    #[test]
    fn a_table_that_no_run_writes_is_refused_with_what_it_lacks() {
        let columns = || {
            Columns::<Row>::new("cities")
                .integer("tick", "", "", |row| row.0)
                .name("city", "", ["north", "south"], |row| row.1)
                .real("year", "", "", |row| 2010.0 + row.0 as f64 / 4.0)
                .real("population", "", "", |row| 5.0 + row.1 as f64)
        };
        let rows = || [Row(0, 0), Row(0, 1), Row(4, 0)];
        let said = |columns: Columns<Row>| take(&columns.with_rows(rows())).unwrap_err().to_string();
        assert_eq!(said(columns()), "table `cities` has no column `census_urban_population` of numbers");
        let columns = columns().real("census_urban_population", "", "", |_| 1.0);
        let (runs, people) = take(&columns.with_rows(rows().into_iter().take(2))).unwrap();
        assert_eq!((runs.places, runs.years), (vec!["north".to_owned(), "south".to_owned()], vec![2010.0]));
        assert_eq!(people[&2010], [5.0, 6.0].map(|all| People { all, urban: 1.0 }));
        assert_eq!(said(columns), "table `cities` has no row of a place in 2011");
    }
}
