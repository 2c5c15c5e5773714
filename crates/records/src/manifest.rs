//! The manifest: what was run, with what, and how it ended. The only file that knows of time and machine.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fault::RecordError;
use crate::staging::write_whole;
use crate::write::Format;

/// Name of the file.
pub(crate) const FILE: &str = "manifest.json";
pub(crate) const PROGRAM: &str = "hinterland";

/// What fixes every table of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Hash of the resolved scenario, its seed and length left out.
    pub scenario_hash: String,
    /// Seed of every draw.
    pub seed: u64,
    /// Quarters to run.
    pub ticks: u32,
    /// Form of the tables.
    pub format: Format,
    /// Every how many quarters agents are recorded, if at all.
    pub record_agents: Option<u32>,
}

impl Inputs {
    /// What differs from another run's inputs, in words; `None` if nothing does.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        let mut differences = Vec::new();
        if self.scenario_hash != other.scenario_hash {
            differences.push("another scenario".to_owned());
        }
        if self.seed != other.seed {
            differences.push(format!("seed {}", self.seed));
        }
        if self.ticks != other.ticks {
            differences.push(format!("{} quarters", self.ticks));
        }
        if self.format != other.format {
            differences.push(format!("tables as {}", self.format));
        }
        if self.record_agents != other.record_agents {
            differences.push("other agents recorded".to_owned());
        }
        (!differences.is_empty()).then(|| differences.join(", "))
    }
}

/// `manifest.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `hinterland`: by this a run folder is known.
    pub program: String,
    /// Version of the program.
    pub version: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Policies that were stacked on it, in order.
    pub policies: Vec<String>,
    /// What fixes the tables.
    #[serde(flatten)]
    pub inputs: Inputs,
    /// Every how many quarters a checkpoint is kept, if at all.
    pub checkpoint_every: Option<u32>,
    /// Threads used.
    pub threads: usize,
    /// Hash of the whole final state.
    pub state_hash: Option<String>,
    /// Whether the run came to its end.
    pub complete: bool,
    /// Seconds from start to end (of the last sitting, if it was resumed).
    pub wall_seconds: f64,
    /// Workers and firms at the end.
    pub agents: u64,
    /// Most memory that the process held, if the system says.
    pub peak_rss_bytes: Option<u64>,
    /// Operating system and processor family.
    pub platform: String,
    /// What happened, see [`crate::summary`].
    pub summary: serde_json::Value,
}

impl Manifest {
    /// The manifest of a run that has only begun.
    #[must_use]
    pub fn begun(scenario: &str, policies: Vec<String>, inputs: Inputs, threads: usize) -> Self {
        Self {
            program: PROGRAM.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.to_owned(),
            policies,
            inputs,
            checkpoint_every: None,
            threads,
            state_hash: None,
            complete: false,
            wall_seconds: 0.0,
            agents: 0,
            peak_rss_bytes: None,
            platform: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
            summary: serde_json::Value::Null,
        }
    }

    /// Reads the manifest of a folder; `None` if there is none or it is not a run's.
    ///
    /// # Errors
    /// If the file is there and the system will not let it be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, RecordError> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(RecordError::io("read", &path)(error)),
            Ok(bytes) => {
                let manifest = serde_json::from_slice::<Self>(&bytes).ok();
                Ok(manifest.filter(|manifest| manifest.program == PROGRAM))
            }
        }
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<(), RecordError> {
        let path = folder.join(FILE);
        let mut text = serde_json::to_string_pretty(self).map_err(RecordError::content(&path))?;
        text.push('\n');
        write_whole(&path, text.as_bytes())
    }
}
