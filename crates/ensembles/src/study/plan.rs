//! The plan of a study: its cells, all checked, and its runs, numbered.

use std::fmt::Write as _;

use records::batch::BatchManifest;
use scenario::study::{Setting, Shown, Study};
use scenario::{Faults, Loaded};

use super::design::points;
use crate::keep::scenario_hash;
use crate::runs::Workers;

/// A study in which every cell has been loaded and checked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The study.
    pub study: Study,
    points: Vec<Vec<Setting>>,
    hash: String,
    scenario: String,
}

/// What one run of a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunKey {
    /// Its number, from 1.
    pub run: u64,
    /// Its cell, from 1: the point and the set of policies, the set changing with every cell.
    pub cell: u64,
    /// Index of the point.
    pub point: usize,
    /// Index of the set of policies.
    pub arm: usize,
    /// Seed.
    pub seed: u64,
}

/// A cell whose values are invalid together, though each is valid by itself.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{faults}\nin cell {cell} ({what}){}", others(*count))]
pub struct PlanError {
    /// The first such cell, from 1.
    pub cell: u64,
    /// How many such cells there are.
    pub count: usize,
    /// What is set in it.
    pub what: String,
    /// What is wrong.
    pub faults: Faults,
}

/// How many more cells are at fault.
fn others(count: usize) -> String {
    if count > 1 { format!(", and in {} more cells", count - 1) } else { String::new() }
}

impl Plan {
    /// Lays the points and loads every cell. `look` is called with each, for further checks.
    ///
    /// # Errors
    /// [`PlanError`] if values are invalid together.
    pub fn lay(study: Study, workers: &Workers, look: &(dyn Fn(&Loaded) + Sync)) -> Result<Self, PlanError> {
        let mut plan = Self { points: points(&study), study, hash: String::new(), scenario: String::new() };
        let cells = usize::try_from(plan.cells()).unwrap_or(usize::MAX);
        let arms = plan.study.arms.len();
        let checked = workers.side_by_side(cells, |_, cell| {
            let loaded = plan.study.cell(&plan.points[cell / arms], cell % arms)?;
            look(&loaded);
            Ok((scenario_hash(&loaded), loaded.scenario.ticks, loaded.scenario.name))
        });
        let count = checked.iter().filter(|cell: &&Result<_, Faults>| cell.is_err()).count();
        let mut text = format!("hinterland {}\n{}\n", env!("CARGO_PKG_VERSION"), plan.study.name);
        for (cell, checked) in checked.into_iter().enumerate() {
            let key = plan.key(cell as u64 + 1);
            let (hash, ticks, name) =
                checked.map_err(|faults| PlanError { cell: key.cell, count, what: plan.describe(key), faults })?;
            let _ = writeln!(text, "{hash} {ticks} {}", plan.describe(key));
            plan.scenario = name;
        }
        let _ = writeln!(text, "{:?}\n{:?}", plan.study.seeds, plan.study.record);
        plan.hash = records::scenario_hash(&text);
        Ok(plan)
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> u64 {
        (self.points.len() * self.study.arms.len()) as u64
    }

    /// Number of runs.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.cells() * self.study.seeds.len() as u64
    }

    /// What the n-th run is, from 1.
    ///
    /// # Panics
    /// If there is no such run.
    #[must_use]
    pub fn key(&self, run: u64) -> RunKey {
        assert!((1..=self.runs()).contains(&run), "runs go from 1 to {}", self.runs());
        let (at, cells, arms) = (run - 1, self.cells(), self.study.arms.len());
        let cell = at % cells;
        let (point, arm) = (cell as usize / arms, cell as usize % arms);
        RunKey { run, cell: cell + 1, point, arm, seed: self.study.seeds[(at / cells) as usize] }
    }

    /// The scenario of a run, with its seed.
    ///
    /// # Errors
    /// None that [`Plan::lay`] has not reported.
    pub fn load(&self, key: RunKey) -> Result<Loaded, Faults> {
        let mut loaded = self.study.cell(&self.points[key.point], key.arm)?;
        loaded.scenario.seed = key.seed;
        Ok(loaded)
    }

    /// What every parameter is in a run, in their order.
    #[must_use]
    pub fn shown(&self, key: RunKey) -> Vec<Shown> {
        let point = &self.points[key.point];
        self.study.parameters.iter().zip(point).map(|(swept, setting)| swept.shown(*setting)).collect()
    }

    /// What is set in a run, in words.
    #[must_use]
    pub fn describe(&self, key: RunKey) -> String {
        let values = self.study.parameters.iter().zip(self.shown(key)).map(|(swept, shown)| match shown {
            Shown::Number(value) => format!("{}={value}", swept.path),
            Shown::Text(text) => format!("{}={text}", swept.path),
        });
        let policy = format!("policies: {}", self.study.arms[key.arm].name);
        values.chain([policy]).collect::<Vec<_>>().join(", ")
    }

    /// The manifest of this study's folder.
    #[must_use]
    pub fn manifest(&self) -> BatchManifest {
        let mut manifest = BatchManifest::new(&self.study.name, &self.scenario);
        manifest.study_hash = self.hash.clone();
        (manifest.runs, manifest.cells) = (self.runs(), self.cells());
        manifest.parameters = self.study.parameters.iter().map(|swept| swept.path.clone()).collect();
        manifest.policies = self.study.arms.iter().map(|arm| arm.name.clone()).collect();
        manifest.tables = self.study.record.iter().map(|table| (*table).to_owned()).collect();
        manifest
    }
}
