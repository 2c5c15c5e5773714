//! What a batch folder says of itself, and what it keeps of each run beside tables.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fault::RecordError;
use crate::staging::{names, place};

/// Name of the file that says what the batch is.
pub(super) const STUDY: &str = "study.json";
/// Name of the copy of the study.
pub(super) const STUDY_TEXT: &str = "study.ron";
/// Folder of the records of finished runs.
pub(super) const DONE: &str = "done";
/// Name of the file of a run in a table's folder.
pub(super) const PART: &str = "part.parquet";
const PROGRAM: &str = "hinterland";
const KIND: &str = "batch";

/// `study.json`: what fixes every byte of a batch but for times and machines, which it does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchManifest {
    program: String,
    kind: String,
    /// Version of the program.
    pub version: String,
    /// Name of the study.
    pub study: String,
    /// Hash of every cell's resolved scenario, of seeds and of tables.
    pub study_hash: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Runs.
    pub runs: u64,
    /// Cells: points × sets of policies.
    pub cells: u64,
    /// Dotted paths of the parameters, in the order of their columns.
    pub parameters: Vec<String>,
    /// Sets of policies.
    pub policies: Vec<String>,
    /// Tables kept of each run.
    pub tables: Vec<String>,
}

/// What a folder is.
pub(super) enum Found {
    /// No folder, an empty one, or one in which only a process that was killed at once left its lock.
    Nothing,
    Batch(Box<BatchManifest>),
    Foreign,
}

impl BatchManifest {
    /// The manifest of a study that holds nothing yet.
    #[must_use]
    pub fn new(study: &str, scenario: &str) -> Self {
        Self {
            program: PROGRAM.to_owned(),
            kind: KIND.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            study: study.to_owned(),
            study_hash: String::new(),
            scenario: scenario.to_owned(),
            runs: 0,
            cells: 0,
            parameters: Vec::new(),
            policies: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Reads the manifest of a folder; `None` if there is none or it is not a batch's.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, RecordError> {
        let path = folder.join(STUDY);
        match std::fs::read(&path) {
            Err(error) if [std::io::ErrorKind::NotFound, std::io::ErrorKind::NotADirectory].contains(&error.kind()) => {
                Ok(None)
            }
            Err(error) => Err(RecordError::io("read", &path)(error)),
            Ok(bytes) => {
                let manifest = serde_json::from_slice::<Self>(&bytes).ok();
                Ok(manifest.filter(|manifest| manifest.program == PROGRAM && manifest.kind == KIND))
            }
        }
    }

    pub(super) fn find(folder: &Path) -> Result<Found, RecordError> {
        if folder.is_file() {
            return Ok(Found::Foreign);
        }
        if let Some(manifest) = Self::read(folder)? {
            return Ok(Found::Batch(Box::new(manifest)));
        }
        let ours = |name: &String| [crate::staging::FOLDER, DONE].contains(&name.as_str());
        let names = names(folder)?;
        // A run's folder has `.partial` too, but a manifest beside it, and a lock of its own in it.
        let run = folder.join(crate::staging::FOLDER).join("lock").exists();
        Ok(if names.iter().all(ours) && !run { Found::Nothing } else { Found::Foreign })
    }

    /// What differs from another batch, in words; `None` if nothing does.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self.study_hash == other.study_hash {
            return None;
        }
        let runs = format!("`{}` ({} runs)", self.study, self.runs);
        Some(if self.study != other.study {
            format!("another study, {runs}")
        } else if self.version != other.version {
            format!("{runs} of version {} of the program, which may give other results", self.version)
        } else if (self.runs, self.cells) != (other.runs, other.cells) {
            format!("{runs} as it was before it was changed: it now has {} runs", other.runs)
        } else {
            format!(
                "{runs} as it was before something in it was changed (the study, its scenario, table or policies, or --set)"
            )
        })
    }

    pub(super) fn text(&self) -> Result<String, RecordError> {
        let text = serde_json::to_string_pretty(self).map_err(RecordError::content(Path::new(STUDY)))?;
        Ok(text + "\n")
    }
}

/// `done/….json`: a finished run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Number of the run, from 1.
    pub run: u64,
    /// Hash of its study.
    pub study_hash: String,
    /// Hash of the whole final state; none if the run failed.
    pub state_hash: Option<String>,
    /// Why it failed, if it did.
    pub error: Option<String>,
    /// Figures of the outcome, by column; none is undefined.
    pub figures: Vec<(String, Option<f64>)>,
    /// Names that the outcome gives, by column.
    pub names: Vec<(String, String)>,
    /// Bytes of each table.
    pub tables: BTreeMap<String, u64>,
}

/// A run's number as names of files have it.
pub(super) fn label(run: u64) -> String {
    format!("{run:06}")
}

/// The file of a table of a run.
pub(super) fn part(folder: &Path, table: &str, run: u64) -> PathBuf {
    folder.join(table).join(format!("run={}", label(run))).join(PART)
}

/// Writes a record by way of a folder of one's own.
pub(super) fn write(folder: &Path, staging: &Path, record: &RunRecord) -> Result<(), RecordError> {
    let name = format!("{}.json", label(record.run));
    let partial = staging.join(&name);
    let mut text = serde_json::to_string(record).map_err(RecordError::content(&partial))?;
    text.push('\n');
    let mut file = File::create(&partial).map_err(RecordError::io("create", &partial))?;
    file.write_all(text.as_bytes()).map_err(RecordError::io("write", &partial))?;
    place(&file, &partial, &folder.join(DONE).join(name))
}

/// Records of runs whose tables are all there.
pub(super) fn finished(folder: &Path, manifest: &BatchManifest) -> Result<BTreeMap<u64, RunRecord>, RecordError> {
    let done = folder.join(DONE);
    let mut records = BTreeMap::new();
    for name in names(&done)?.iter().filter(|name| name.ends_with(".json")) {
        let path = done.join(name);
        let bytes = std::fs::read(&path).map_err(RecordError::io("read", &path))?;
        let Ok(record) = serde_json::from_slice::<RunRecord>(&bytes) else { continue };
        let whole = |(table, bytes): (&String, &u64)| {
            std::fs::metadata(part(folder, table, record.run)).is_ok_and(|about| about.len() == *bytes)
        };
        let tables = match record.error {
            Some(_) => true,
            None => manifest.tables.iter().all(|table| record.tables.contains_key(table)),
        };
        if record.study_hash == manifest.study_hash && tables && record.tables.iter().all(whole) {
            records.insert(record.run, record);
        }
    }
    Ok(records)
}
