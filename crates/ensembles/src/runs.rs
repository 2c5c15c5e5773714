//! Runs in memory: from a checked scenario to its tables, over seeds.

use rayon::prelude::*;
use scenario::Scenario;
use simulation::model::{Options, RunError};
use simulation::table::Tables;

/// What a run leaves in memory.
#[derive(Clone, Debug)]
pub struct Run {
    /// All tables, whole.
    pub tables: Tables,
    /// Hash of the final state.
    pub state_hash: String,
}

/// Runs a scenario to its end on one thread.
///
/// # Errors
/// As [`simulation::build`] and [`simulation::model::Model::tick`].
pub fn run(scenario: &Scenario) -> Result<Run, RunError> {
    let mut model = simulation::build(scenario, &Options { threads: 1, ..Options::default() })?;
    while model.now() < scenario.ticks {
        model.tick()?;
    }
    let state_hash = model.state_hash();
    Ok(Run { tables: std::mem::take(model.tables_mut()), state_hash })
}

/// Runs a scenario with each of these seeds and keeps what `read` takes from each, in the order of the seeds. Runs
/// share the machine's cores; each holds its tables only until it was read.
///
/// # Errors
/// The first error in the order of the seeds.
pub fn over_seeds<T: Send>(
    scenario: &Scenario,
    seeds: &[u64],
    read: impl Fn(&Run) -> T + Sync,
) -> Result<Vec<T>, RunError> {
    let results: Vec<Result<T, RunError>> = seeds
        .par_iter()
        .map(|&seed| {
            let scenario = Scenario { seed, ..scenario.clone() };
            run(&scenario).map(|run| read(&run))
        })
        .collect();
    results.into_iter().collect()
}
