//! Worlds to compare: the shipped scenarios at a coarse grain, run on eight seeds, and what was recorded.
//!
//! Both worlds of a comparison run on the same seeds, so that chance which does not depend on the mechanism cancels.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use scenario::{Faults, Loaded, Request};
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::goods_market::PriceIndex;
use simulation::model::{Model, Options, RunError};
use simulation::region::IndustryTable;
use simulation::table::{Table, Tables, Values};

/// Worlds on each side of a comparison.
const SEEDS: u64 = 8;

/// Ten cities of a plain, no base-year fit, nobody outside. Signs need few agents.
pub(crate) const CENTRAL_PLAINS: World = World {
    file: "central-plains.ron",
    quarters: 240,
    grain: &["workers_per_agent=2000", "firm_location.jobs_per_firm=3000"],
};
/// The same with more people and firms, for effects that are smaller than the noise of a few large firms.
pub(crate) const FINE_PLAINS: World =
    World { grain: &["workers_per_agent=1000", "firm_location.jobs_per_firm=400"], ..CENTRAL_PLAINS };
/// A province with people outside, demography and a base-year fit.
pub(crate) const HENAN: World =
    World { file: "henan.ron", quarters: 40, grain: &["workers_per_agent=5000", "firm_location.jobs_per_firm=6000"] };

/// `central-plains` as it is shipped, on every seed.
pub(crate) static BASELINE: LazyLock<Vec<Run>> = LazyLock::new(|| CENTRAL_PLAINS.seeds(&[]));
/// `central-plains` with more people and firms, on every seed.
pub(crate) static FINE_BASELINE: LazyLock<Vec<Run>> = LazyLock::new(|| FINE_PLAINS.seeds(&[]));
/// `henan` as it is shipped, on every seed.
pub(crate) static HENAN_BASELINE: LazyLock<Vec<Run>> = LazyLock::new(|| HENAN.seeds(&[]));

/// A scenario of `configs/`, how many quarters of it are run, and for how many people and jobs an agent stands.
#[derive(Clone, Copy)]
pub(crate) struct World {
    pub(crate) file: &'static str,
    pub(crate) quarters: u32,
    pub(crate) grain: &'static [&'static str],
}

/// What a run recorded, and how it ended.
pub(crate) struct Run {
    tables: Tables,
    /// Price index of producer services at the end, by place; no table holds it.
    pub(crate) services_index: Vec<f64>,
    pub(crate) ended: Result<(), RunError>,
}

fn configs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("configs")
}

impl World {
    pub(crate) fn for_quarters(self, quarters: u32) -> Self {
        Self { quarters, ..self }
    }

    fn load(self, changes: &[&str], policies: &[&str], seed: u64) -> Result<Loaded, Faults> {
        let run = [format!("ticks={}", self.quarters), format!("seed={seed}")];
        let changes = self.grain.iter().chain(changes).map(|change| (*change).to_owned());
        let overrides = run.into_iter().chain(changes).collect();
        let policies = policies.iter().map(|name| configs().join(format!("policies/{name}.ron"))).collect();
        scenario::load(&configs().join(self.file), &Request { overrides, policies, ..Request::default() })
    }

    /// What is said about a scenario that does not load.
    pub(crate) fn refusal(self, changes: &[&str]) -> String {
        self.load(changes, &[], 1).expect_err("these changes must be refused").to_string()
    }

    /// One run of seed 1 with changes to the scenario, each `PATH=VALUE`.
    pub(crate) fn run(self, changes: &[&str]) -> Run {
        self.run_on(changes, &[], 1, None)
    }

    /// One run of seed 1 with a policy of `configs/policies`, by name.
    pub(crate) fn run_with_policy(self, policy: &str) -> Run {
        self.run_on(&[], &[policy], 1, None)
    }

    /// The same, with every agent recorded at the end, so that worlds can be compared to the last bit.
    pub(crate) fn agents(self, changes: &[&str], policies: &[&str]) -> Run {
        self.run_on(changes, policies, 1, Some(self.quarters))
    }

    /// One run of seed 1 that may fail to reach its opening state or its end.
    pub(crate) fn try_run(self, changes: &[&str]) -> Result<(), RunError> {
        let loaded = self.load(changes, &[], 1).unwrap_or_else(|faults| panic!("{changes:?}:\n{faults}"));
        let mut model =
            simulation::build(&loaded.scenario, &Options { threads: 1, recount_every: 1, ..Options::default() })?;
        (0..self.quarters).try_for_each(|_| model.tick())
    }

    fn run_on(self, changes: &[&str], policies: &[&str], seed: u64, record_agents: Option<u32>) -> Run {
        let named = || format!("{} with {changes:?} and {policies:?} on seed {seed}", self.file);
        let loaded = self.load(changes, policies, seed).unwrap_or_else(|faults| panic!("{}:\n{faults}", named()));
        let options = Options { threads: 1, record_agents, recount_every: 1, ..Options::default() };
        let model = simulation::build(&loaded.scenario, &options);
        let mut model = model.unwrap_or_else(|error| panic!("{}: {error}", named()));
        let ended = (0..self.quarters).try_for_each(|_| model.tick());
        Run::read(&mut model, ended)
    }

    /// A run on every seed, all to the end.
    pub(crate) fn seeds(self, changes: &[&str]) -> Vec<Run> {
        self.seeds_with(changes, &[])
    }

    /// The same with policies of `configs/policies`, by name.
    pub(crate) fn seeds_with(self, changes: &[&str], policies: &[&str]) -> Vec<Run> {
        self.on_every_seed(changes, policies, None)
    }

    /// The same with every agent recorded at the end.
    pub(crate) fn seeds_of_agents(self, changes: &[&str]) -> Vec<Run> {
        self.on_every_seed(changes, &[], Some(self.quarters))
    }

    fn on_every_seed(self, changes: &[&str], policies: &[&str], record_agents: Option<u32>) -> Vec<Run> {
        let run = |seed| {
            let run = self.run_on(changes, policies, seed, record_agents);
            assert_eq!(run.ended, Ok(()), "{} with {changes:?} and {policies:?} on seed {seed}", self.file);
            run
        };
        (1..=SEEDS).map(run).collect()
    }
}

impl Run {
    fn read(model: &mut Model, ended: Result<(), RunError>) -> Self {
        let services = model.world.resource::<IndustryTable>().producer_services;
        let services_index = services.map(|industry| model.world.by_sector::<PriceIndex>()[industry].to_vec());
        let tables = std::mem::take(model.tables_mut());
        Self { tables, services_index: services_index.unwrap_or_default(), ended }
    }

    fn table(&self, name: &str) -> &Table {
        self.tables.get(name).unwrap_or_else(|missing| panic!("{missing}"))
    }

    /// A column of a table.
    pub(crate) fn column(&self, table: &str, name: &str) -> Vec<f64> {
        let table = self.table(table);
        match table.column(name).unwrap_or_else(|| panic!("no column {name} in {}", table.name)) {
            Values::Real(values) => values.clone(),
            Values::Integer(values) => values.iter().map(|&value| value as f64).collect(),
            Values::Name(_) | Values::Flag(_) => panic!("{name} of {} holds no numbers", table.name),
        }
    }

    /// A column of the rows in which other columns hold the names given.
    pub(crate) fn column_where(&self, table: &str, name: &str, wanted: &[(&str, &str)]) -> Vec<f64> {
        let all = self.column(table, name);
        let table = self.table(table);
        let mut keep = vec![true; all.len()];
        for (column, want) in wanted {
            let held = table.all().names(column).unwrap_or_else(|missing| panic!("{missing}"));
            keep.iter_mut().zip(held).for_each(|(keep, name)| *keep &= name == *want);
        }
        all.into_iter().zip(keep).filter_map(|(value, keep)| keep.then_some(value)).collect()
    }

    /// A column of `region` at the end.
    pub(crate) fn region(&self, name: &str) -> f64 {
        last(&self.column("region", name))
    }

    /// A column of `cities` at the end, of one place.
    pub(crate) fn city(&self, place: &str, name: &str) -> f64 {
        last(&self.column_where("cities", name, &[("city", place)]))
    }

    /// A column of `cities` at the end, all places in their order.
    pub(crate) fn cities(&self, name: &str) -> Vec<f64> {
        self.at_end("cities", name, &[])
    }

    /// A column of `sectors` at the end, all places in their order.
    pub(crate) fn industry(&self, industry: &str, name: &str) -> Vec<f64> {
        self.at_end("sectors", name, &[("industry", industry)])
    }

    pub(crate) fn at_end(&self, table: &str, name: &str, wanted: &[(&str, &str)]) -> Vec<f64> {
        let (values, ticks) = (self.column_where(table, name, wanted), self.column_where(table, "tick", wanted));
        let end = last(&self.column("region", "tick"));
        values.into_iter().zip(ticks).filter_map(|(value, tick)| (tick == end).then_some(value)).collect()
    }

    /// Rows that a change from a date on must not touch: states up to that date, and moves of whole years before it.
    fn rows_before(&self, table: &Table, date: f64) -> usize {
        if date.is_infinite() {
            return table.rows();
        }
        let length = if table.name == "flows" { 1.0 } else { 0.0 };
        self.column(table.name, "year").iter().take_while(|&&year| year + length <= date).count()
    }
}

fn last(values: &[f64]) -> f64 {
    *values.last().expect("a run records its opening state at least")
}

/// The first table and column in which two runs differ by a bit up to a date, if there is one.
pub(crate) fn first_difference(one: &Run, other: &Run, before: f64) -> Option<String> {
    assert_eq!(one.tables.0.len(), other.tables.0.len(), "both runs record the same tables");
    for (a, b) in one.tables.0.iter().zip(&other.tables.0) {
        let (rows, other_rows) = (one.rows_before(a, before), other.rows_before(b, before));
        if rows != other_rows || a.names != b.names {
            return Some(format!("{} has {rows} rows and {other_rows}", a.name));
        }
        for ((field, a_values), b_values) in a.fields.iter().zip(&a.values).zip(&b.values) {
            let same = match (a_values, b_values) {
                (Values::Real(x), Values::Real(y)) => {
                    x[..rows].iter().zip(&y[..rows]).all(|(x, y)| x.to_bits() == y.to_bits())
                }
                (Values::Integer(x), Values::Integer(y)) => x[..rows] == y[..rows],
                (Values::Name(x), Values::Name(y)) => x[..rows] == y[..rows],
                (Values::Flag(x), Values::Flag(y)) => x[..rows] == y[..rows],
                _ => false,
            };
            if !same {
                return Some(format!("{} of {}", field.name, a.name));
            }
        }
    }
    None
}
