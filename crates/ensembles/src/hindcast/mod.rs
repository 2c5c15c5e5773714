//! Hindcasts: the same scenario on the table of every province, each scored against a census that no run has read.
//!
//! A province is simulated alone: the scenario with its region table changed to the rows of that province, and nothing
//! else. [`lay`] finds the provinces with enough figures and loads them, [`carry_out`] runs them with every seed, and
//! [`Hindcast`] holds what was found: by province, and pooled over provinces.

mod found;

use std::path::PathBuf;

use scenario::{Faults, Loaded, ObservedPlace, ProvinceTable, Request, load, provinces};
use simulation::model::Options;
use simulation::table::{Table, Tables};

pub use found::{Found, Hindcast, Interval, LeftOut, Pooled, ProvinceFound, Set};

use crate::runs::Workers;
use crate::score::{Assumptions, PROVINCE_PLACES_MIN};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The scenario file.
    pub scenario: PathBuf,
    /// A region table with column `province_en` and figures of the year that the scenario starts in and of a later one.
    pub table: PathBuf,
    /// What changes the scenario in every run.
    pub request: Request,
    /// Seeds, each once.
    pub seeds: Vec<u64>,
    /// What the naive forecasts assume.
    pub assumptions: Assumptions,
}

/// Why there is nothing to run.
#[derive(Debug, thiserror::Error)]
pub enum HindcastError {
    /// Faults of the scenario or the table.
    #[error("{0}")]
    Faults(#[from] Faults),
    /// The table has no two censuses that the scenario spans.
    #[error(
        "the scenario goes from {start} to {end}, and the table has no census of {start} and a later one in that time; \
         it has {}",
        years.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
    )]
    NoYears {
        /// First year.
        start: u32,
        /// Last whole year.
        end: u32,
        /// Years of the table.
        years: Vec<u32>,
    },
    /// No province has enough places.
    #[error("no province of the table has {PROVINCE_PLACES_MIN} places with people in {base} and {year}")]
    NoProvince {
        /// Census that runs start from.
        base: u32,
        /// Census that they are scored against.
        year: u32,
    },
}

/// Provinces that are ready to be run.
#[derive(Debug)]
pub struct Plan {
    /// Name of the scenario.
    pub scenario: String,
    /// Census that runs start from.
    pub base: u32,
    /// Census that they are scored against.
    pub year: u32,
    /// Seeds.
    pub seeds: Vec<u64>,
    assumptions: Assumptions,
    provinces: Vec<Province>,
    left_out: Vec<LeftOut>,
    /// Every place of the table, for the reference forecast.
    everywhere: Vec<ObservedPlace>,
}

#[derive(Debug)]
struct Province {
    table: ProvinceTable,
    loaded: Loaded,
}

/// Loads the scenario on every province of the table with enough places. `look` is called with each.
///
/// # Errors
/// Faults of the scenario or table, or no province to run.
pub fn lay(asked: &Asked, look: &mut dyn FnMut(&Loaded)) -> Result<Plan, HindcastError> {
    let tables = provinces(&std::path::absolute(&asked.table).unwrap_or_else(|_| asked.table.clone()))?;
    let everywhere: Vec<ObservedPlace> = tables.iter().flat_map(|table| table.observed.places.clone()).collect();
    let mut plan: Option<Plan> = None;
    let mut left_out = Vec::new();
    let mut fullest: Vec<&ProvinceTable> = tables.iter().collect();
    // A sound province says when the scenario starts and ends; the largest is as sound as any.
    fullest.sort_by_key(|table| std::cmp::Reverse(table.observed.places.len()));
    let first = on(asked, fullest[0])?;
    let (base, year) = years(&first, fullest[0])?;
    for table in tables {
        let known = |place: &&ObservedPlace| {
            let lived_in = |year: &u32| place.censuses.get(year).is_some_and(|census| census.population > 0.0);
            lived_in(&base) && lived_in(&year)
        };
        let places = table.observed.places.iter().filter(known).count();
        if places < PROVINCE_PLACES_MIN {
            let why = format!("fewer than {PROVINCE_PLACES_MIN} places with people in {base} and {year}");
            left_out.push(LeftOut { province: table.name, places, why });
            continue;
        }
        let loaded = on(asked, &table)?;
        look(&loaded);
        let plan = plan.get_or_insert_with(|| Plan {
            scenario: loaded.scenario.name.clone(),
            base,
            year,
            seeds: asked.seeds.clone(),
            assumptions: asked.assumptions,
            provinces: Vec::new(),
            left_out: Vec::new(),
            everywhere: everywhere.clone(),
        });
        plan.provinces.push(Province { table, loaded });
    }
    let plan = plan.ok_or(HindcastError::NoProvince { base, year })?;
    Ok(Plan { left_out, ..plan })
}

/// The scenario with the rows of one province for its region, and nothing else changed.
fn on(asked: &Asked, table: &ProvinceTable) -> Result<Loaded, Faults> {
    let mut request = asked.request.clone();
    request.overrides.push(format!("region=Table({:?})", table.path.to_string_lossy()));
    request.given.push((table.path.clone(), table.text.clone()));
    load(&asked.scenario, &request)
}

/// The census that the scenario starts from, and the last that it reaches.
fn years(loaded: &Loaded, table: &ProvinceTable) -> Result<(u32, u32), HindcastError> {
    let start = u32::from(loaded.scenario.start);
    let end = start + loaded.scenario.ticks / 4;
    let years = &table.observed.years;
    let later = years.iter().rev().find(|year| (start + 1..=end).contains(year));
    match (years.contains(&start), later) {
        (true, Some(year)) => Ok((start, *year)),
        _ => Err(HindcastError::NoYears { start, end, years: years.clone() }),
    }
}

impl Plan {
    /// Number of runs.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.provinces.len() * self.seeds.len()
    }
}

/// Runs every province with every seed and scores them; `None` if `stop` ended the work. `on_done` is called after each
/// run.
#[must_use]
pub fn carry_out(
    plan: &Plan,
    workers: &Workers,
    stop: &(dyn Fn() -> bool + Sync),
    on_done: &(dyn Fn() + Sync),
) -> Option<Hindcast> {
    let runs = workers.side_by_side(plan.runs(), |options, at| {
        let (province, seed) = (&plan.provinces[at % plan.provinces.len()], plan.seeds[at / plan.provinces.len()]);
        let run = simulate(&province.loaded, plan.year, seed, options, stop);
        on_done();
        run
    });
    let runs: Option<Vec<Result<Table, String>>> = runs.into_iter().collect();
    Some(found::found(plan, runs?))
}

/// The cities of a run up to the census; `None` if `stop` ended it.
fn simulate(
    loaded: &Loaded,
    year: u32,
    seed: u64,
    options: &Options,
    stop: &dyn Fn() -> bool,
) -> Option<Result<Table, String>> {
    let mut scenario = loaded.scenario.clone();
    scenario.seed = seed;
    let quarters = (year - u32::from(scenario.start)) * 4;
    let mut model = match simulation::build(&scenario, options) {
        Ok(model) => model,
        Err(error) => return Some(Err(error.to_string())),
    };
    while model.now() < quarters {
        if stop() {
            return None;
        }
        if let Err(error) = model.tick() {
            return Some(Err(error.to_string()));
        }
    }
    Some(cities(model.tables_mut()))
}

fn cities(tables: &Tables) -> Result<Table, String> {
    tables.get("cities").cloned().map_err(|missing| missing.to_string())
}
