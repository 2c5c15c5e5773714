//! Worlds for promises: scenarios of `configs/` made small, run in memory, and read by the names of columns.

#![allow(dead_code, reason = "every test that includes this module uses a part of it")]

use std::path::{Path, PathBuf};

use scenario::{Loaded, Scenario};
use simulation::model::{Model, Options};
use simulation::table::{Field, Table, Values};

/// A province with everything on, small enough for a test: about 26,000 agents.
pub(crate) const HENAN: (&str, &[&str]) = ("henan", &["workers_per_agent=2000", "initial.burn_in=80"]);
/// All 361 places of the nation and hardly anybody in them: about 20,000 agents.
pub(crate) const CHINA: (&str, &[&str]) = ("china", &["workers_per_agent=40000", "initial.burn_in=0"]);
/// Ten cities of a plain, without inversion: about 13,000 agents.
pub(crate) const PLAINS: (&str, &[&str]) = ("central-plains", &["workers_per_agent=1000", "initial.burn_in=80"]);

pub(crate) fn configs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("configs")
}

/// A scenario of `configs/` with overrides and the texts of policies.
pub(crate) fn load(name: &str, overrides: &[&str], policies: &[&str]) -> Loaded {
    let path = configs().join(format!("{name}.ron"));
    let text = std::fs::read_to_string(&path).expect("the scenario is in the repository");
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    let policies: Vec<(&str, &str)> = policies.iter().map(|text| ("policy.ron", *text)).collect();
    scenario::load_str(&text, &configs(), &overrides, &policies).unwrap_or_else(|faults| panic!("{name}:\n{faults}"))
}

pub(crate) fn scenario(world: (&str, &[&str]), overrides: &[&str], policies: &[&str]) -> Scenario {
    load(world.0, &[world.1, overrides].concat(), policies).scenario
}

/// The text of a policy of `configs/`.
pub(crate) fn policy(name: &str) -> String {
    std::fs::read_to_string(configs().join(format!("policies/{name}.ron"))).expect("the policy is in the repository")
}

/// The state and the tables at the end of a run.
pub(crate) struct Ended {
    pub(crate) state_hash: String,
    pub(crate) tables: Vec<Table>,
}

impl Ended {
    pub(crate) fn table(&self, name: &str) -> Rows {
        let table = self.tables.iter().find(|table| table.name == name);
        Rows(table.unwrap_or_else(|| panic!("no table {name}")).clone())
    }
}

pub(crate) fn build(scenario: &Scenario, options: &Options) -> Model {
    simulation::build(scenario, options).unwrap_or_else(|error| panic!("{}: {error}", scenario.name))
}

/// Runs a scenario to its end.
pub(crate) fn run(scenario: &Scenario, options: &Options) -> Ended {
    let mut model = build(scenario, options);
    while model.now() < scenario.ticks {
        model.tick().unwrap_or_else(|error| panic!("{}: {error}", scenario.name));
    }
    Ended { state_hash: model.state_hash(), tables: model.tables_mut().0.clone() }
}

/// One thread, and agents recorded in every quarter if asked for.
pub(crate) fn one_thread(record_agents: bool) -> Options {
    Options { threads: 1, record_agents: record_agents.then_some(1), recount_every: 1, ..Options::default() }
}

/// A table, by the names of its columns.
pub(crate) struct Rows(Table);

impl Rows {
    /// Reads a Parquet table of a run folder.
    pub(crate) fn read(path: &Path) -> Self {
        Self(records::read::read(path, "table").unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    fn column(&self, name: &str) -> &Values {
        self.0.column(name).unwrap_or_else(|| panic!("no column {name}"))
    }

    pub(crate) fn fields(&self) -> &[Field] {
        &self.0.fields
    }

    /// A column of numbers, whole ones included.
    pub(crate) fn numbers(&self, name: &str) -> Vec<f64> {
        match self.column(name) {
            Values::Real(values) => values.clone(),
            Values::Integer(values) => values.iter().map(|&value| value as f64).collect(),
            _ => panic!("{name} holds no numbers"),
        }
    }

    pub(crate) fn integers(&self, name: &str) -> &[i64] {
        self.0.all().integers(name).unwrap_or_else(|missing| panic!("{missing}"))
    }

    pub(crate) fn flags(&self, name: &str) -> &[bool] {
        let Values::Flag(values) = self.column(name) else { panic!("{name} holds no flags") };
        values
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.0.all().names(name).unwrap_or_else(|missing| panic!("{missing}"))
    }
}
