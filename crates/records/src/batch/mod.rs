//! The folder of a batch: one record and one part of every table for each finished run, and `runs.parquet` at the end.
//!
//! A run counts as finished once its record stands in `done/`, which is written after its tables, and if those are as
//! large as the record says. So a process may be killed at any moment: what is finished stays, what is not is done
//! again. Several processes may share a folder if each has a shard of its own. `runs.parquet` is made from the records
//! alone, in the order of runs, and holds no times and no hosts.

mod locks;
mod record;
mod runs;
mod swap;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use simulation::table::Table;

use crate::fault::RecordError;
use crate::ownership::named;
use crate::staging::{self, names, place, publish, remove_file, write_whole};
use crate::write::{Format, TableWriter};

pub use locks::Shard;
pub use record::{BatchManifest, RunRecord};
pub use runs::{RUNS, RunsColumn, RunsValues};

use locks::Locks;
use record::DONE;

/// The folder of a batch while it is written.
#[derive(Debug)]
pub struct BatchFolder {
    /// Where the batch will be found.
    path: PathBuf,
    /// Where it is written: the same, or a sibling to be swapped in.
    work: PathBuf,
    /// Where this process keeps what is unfinished.
    staging: PathBuf,
    manifest: BatchManifest,
    /// Locked so that no other process does the same work.
    locks: Locks,
}

impl BatchFolder {
    /// Opens a folder for a batch: a new or empty one, or one that holds a part of the same batch. With `force`, a
    /// batch that is there is replaced once this one is complete.
    ///
    /// # Errors
    /// If the folder holds foreign files or another study, or if another process does the same work there.
    pub fn open(path: &Path, manifest: &BatchManifest, shard: Option<Shard>, force: bool) -> Result<Self, RecordError> {
        let path = named(path)?;
        swap::end(&path)?;
        let mut work = path.clone();
        match BatchManifest::find(&path)? {
            record::Found::Nothing => {}
            record::Found::Foreign => return Err(RecordError::NotABatch { path }),
            record::Found::Batch(_) if force => {
                work = staging::beside(&path, ".partial");
                match BatchManifest::find(&work)? {
                    record::Found::Foreign => return Err(RecordError::NotABatch { path: work }),
                    record::Found::Batch(begun) if begun.difference(manifest).is_some() => swap::remove(&work)?,
                    _ => {}
                }
            }
            record::Found::Batch(there) => {
                if let Some(what) = there.difference(manifest) {
                    return Err(RecordError::OtherStudy { path, what });
                }
            }
        }
        let partial = work.join(staging::FOLDER);
        std::fs::create_dir_all(&partial).map_err(RecordError::io("create", &partial))?;
        let locks = Locks::take(&work, &partial, shard)?;
        let staging = partial.join(shard.map_or_else(|| "all".to_owned(), |shard| shard.to_string()));
        for folder in [&staging, &work.join(DONE)] {
            std::fs::create_dir_all(folder).map_err(RecordError::io("create", folder))?;
        }
        for name in names(&staging)? {
            remove_file(&staging.join(name))?;
        }
        let folder = Self { path, work, staging, manifest: manifest.clone(), locks };
        match BatchManifest::read(&folder.work)? {
            None => write_whole_in(&folder.staging, &folder.work, record::STUDY, manifest.text()?.as_bytes())?,
            // Another process may have begun another study here just now.
            Some(there) => {
                if let Some(what) = there.difference(manifest) {
                    return Err(RecordError::OtherStudy { path: folder.path.clone(), what });
                }
            }
        }
        Ok(folder)
    }

    /// The folder that the batch will be found in.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether every run is there and `runs.parquet` is written.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.work == self.path && self.work.join(RUNS).is_file()
    }

    /// Records of finished runs by number; what is damaged or not of this study is left out.
    ///
    /// # Errors
    /// If the folder cannot be listed or a record cannot be read.
    pub fn finished(&self) -> Result<BTreeMap<u64, RunRecord>, RecordError> {
        record::finished(&self.work, &self.manifest)
    }

    /// Keeps a finished run: its tables, then its record.
    ///
    /// # Errors
    /// If a file cannot be written; the run then does not count as finished.
    pub fn keep(&self, tables: &[&Table], mut record: RunRecord) -> Result<RunRecord, RecordError> {
        let mut ready = Vec::new();
        for table in tables {
            let partial = self.staging.join(format!("{}-{}", record::label(record.run), table.name));
            let mut writer = TableWriter::create(&partial, table, Format::Parquet)?;
            writer.push(&table.values)?;
            let (file, partial) = writer.close()?;
            let bytes = file.metadata().map_err(RecordError::io("look at", &partial))?.len();
            record.tables.insert(table.name.to_owned(), bytes);
            ready.push((file, partial, record::part(&self.work, table.name, record.run)));
        }
        for (file, partial, path) in ready {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(RecordError::io("create", folder))?;
            }
            place(&file, &partial, &path)?;
        }
        record::write(&self.work, &self.staging, &record)?;
        Ok(record)
    }

    /// Takes over the finished runs of another folder of the same study that are not here yet; says how many.
    ///
    /// # Errors
    /// If it is not the folder of a batch or of another study, or a file cannot be copied.
    pub fn adopt(&self, from: &Path) -> Result<u64, RecordError> {
        let from = named(from)?;
        match BatchManifest::find(&from)? {
            record::Found::Batch(there) => {
                if let Some(what) = there.difference(&self.manifest) {
                    return Err(RecordError::OtherStudy { path: from, what });
                }
            }
            _ => return Err(RecordError::NotABatch { path: from }),
        }
        let here = self.finished()?;
        let mut taken = 0;
        for (run, record) in record::finished(&from, &self.manifest)? {
            if here.contains_key(&run) {
                continue;
            }
            for table in record.tables.keys() {
                let path = record::part(&self.work, table, run);
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(RecordError::io("create", folder))?;
                }
                let partial = self.staging.join(format!("{}-{table}", record::label(run)));
                let source = record::part(&from, table, run);
                std::fs::copy(&source, &partial).map_err(RecordError::io("copy", &source))?;
                let file = std::fs::File::open(&partial).map_err(RecordError::io("open", &partial))?;
                place(&file, &partial, &path)?;
            }
            record::write(&self.work, &self.staging, &record)?;
            taken += 1;
        }
        Ok(taken)
    }

    /// Writes `runs.parquet`, copies the study beside it, and shows the batch under its name.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn finish(self, columns: &[RunsColumn], study: &str) -> Result<(), RecordError> {
        write_whole_in(&self.staging, &self.work, record::STUDY_TEXT, study.as_bytes())?;
        let partial = self.staging.join(RUNS);
        let file = runs::write(&partial, columns)?;
        publish(&file, &partial, &self.work.join(RUNS))?;
        let (path, work) = (self.path.clone(), self.work.clone());
        drop(self);
        if work != path { swap::swap(&path, &work) } else { Ok(()) }
    }
}

impl Drop for BatchFolder {
    fn drop(&mut self) {
        // An error here has no one to go to: what is not removed now is removed by the next process here.
        for name in names(&self.staging).unwrap_or_default() {
            let _ = remove_file(&self.staging.join(name));
        }
        let _ = std::fs::remove_dir(&self.staging);
        self.locks.release();
        if !self.work.join(RUNS).is_file() {
            // A lock that was removed could be taken twice.
            return;
        }
        // Where another process still has something, its folder of staging stays.
        let partial = self.work.join(staging::FOLDER);
        let names = names(&partial).unwrap_or_default();
        if names.iter().all(|name| name.ends_with(locks::ENDING)) {
            for name in names {
                let _ = remove_file(&partial.join(name));
            }
            let _ = std::fs::remove_dir(&partial);
        }
    }
}

/// Writes a small file whole, by way of a folder of one's own.
fn write_whole_in(staging: &Path, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), RecordError> {
    let partial = staging.join(name);
    write_whole(&partial, bytes)?;
    std::fs::rename(&partial, folder.join(name)).map_err(RecordError::io("rename", &partial))
}

/// The tables of a batch that stand on disk, for those who read it back.
#[derive(Debug)]
pub struct BatchReader {
    folder: PathBuf,
    /// What the batch is.
    pub manifest: BatchManifest,
}

impl BatchReader {
    /// Looks at a folder; `None` if it is not a batch's.
    ///
    /// # Errors
    /// If the system will not let it be read.
    pub fn open(folder: &Path) -> Result<Option<Self>, RecordError> {
        let manifest = BatchManifest::read(folder)?;
        Ok(manifest.map(|manifest| Self { folder: folder.to_owned(), manifest }))
    }

    /// Records of finished runs by number.
    ///
    /// # Errors
    /// If the folder cannot be listed or a record cannot be read.
    pub fn finished(&self) -> Result<BTreeMap<u64, RunRecord>, RecordError> {
        record::finished(&self.folder, &self.manifest)
    }

    /// The file of a table of a run.
    #[must_use]
    pub fn table(&self, table: &str, run: u64) -> PathBuf {
        record::part(&self.folder, table, run)
    }
}
