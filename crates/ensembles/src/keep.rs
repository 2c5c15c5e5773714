//! Keeping a run: a run that was carried out in memory becomes a folder that `hinterland run` reproduces.

use std::path::Path;

use records::{Format, Inputs, Manifest, RecordError, RunFolder, Start};
use scenario::Loaded;
use simulation::model::Model;

/// Hash of a resolved scenario, its seed and length left out: those are inputs of their own.
#[must_use]
pub fn scenario_hash(loaded: &Loaded) -> String {
    let mut loaded = loaded.clone();
    loaded.scenario.seed = 0;
    loaded.scenario.ticks = 0;
    records::scenario_hash(&loaded.to_ron())
}

/// Writes the run of a model that has ended, with all rows still in its tables. A run that is there already
/// with the same inputs is left alone.
///
/// # Errors
/// As [`RunFolder::begin`] and [`RunFolder::finish`].
pub fn keep(loaded: &Loaded, model: &mut Model, folder: &Path) -> Result<(), RecordError> {
    let scenario = &loaded.scenario;
    let inputs = Inputs {
        scenario_hash: scenario_hash(loaded),
        seed: scenario.seed,
        ticks: scenario.ticks,
        format: Format::Parquet,
        record_agents: None,
    };
    let mut manifest = Manifest::begun(&scenario.name, loaded.policies.clone(), inputs, 1);
    match RunFolder::begin(folder, &manifest, &loaded.to_ron(), false, false)? {
        Start::Complete(_) => Ok(()),
        Start::Run(folder) => {
            let (workers, firms) = model.agents();
            manifest.agents = workers + firms;
            manifest.state_hash = Some(model.state_hash());
            manifest.complete = true;
            folder.finish(model.tables_mut(), &manifest)
        }
    }
}
