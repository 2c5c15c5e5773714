//! The folder of a run: begun, kept going, finished whole, or left as it was.
//!
//! Everything unfinished stands in `.partial/` inside the folder; tables get their names when all are whole, the
//! manifest's `complete` is written last. A run that replaces another one is written to a sibling folder and swapped
//! in when it is complete; a swap that was cut short is ended by the next command that looks at the folder.

use std::fs::File;
use std::path::{Path, PathBuf};

use simulation::table::{Table, Tables};

use crate::checkpoint::{self, Checkpoint, Piece};
use crate::fault::RecordError;
use crate::manifest::{Inputs, Manifest};
use crate::ownership::{COLUMNS, Found, SCENARIO, end_swap, lock, look, named, remove_own, remove_staging, swap};
use crate::staging::{self, beside, rename, write_whole};
use crate::write::{Format, TableWriter, columns_as_csv};

/// Tables that are too large to be held until the end of a run.
const LARGE: [&str; 2] = ["agents", "firms"];

/// What [`RunFolder::begin`] found.
pub enum Start {
    /// A folder to write to.
    Run(Box<RunFolder>),
    /// The run is there already, complete and with the same inputs.
    Complete(Box<Manifest>),
}

/// What [`RunFolder::resume`] found.
pub enum Resumed {
    /// A run that can go on.
    Run {
        /// Its folder.
        folder: Box<RunFolder>,
        /// Its manifest as begun.
        manifest: Box<Manifest>,
        /// Where it stands.
        checkpoint: Box<Checkpoint>,
        /// The file it was read from.
        source: PathBuf,
    },
    /// The run is complete.
    Complete(Box<Manifest>),
}

/// A run's folder while it is being written. Dropped unfinished, it leaves what checkpoints need and nothing else.
pub struct RunFolder {
    /// Where the run will be found.
    path: PathBuf,
    /// Where it is written: the same, or a sibling to be swapped in.
    work: PathBuf,
    inputs: Inputs,
    streams: Vec<Stream>,
    keeps_pieces: bool,
    finished: bool,
    /// Locked so that no other process writes here; the system releases the lock however this process ends.
    lock: Option<File>,
}

/// A large table on its way to its file and, between checkpoints, to a piece.
struct Stream {
    name: &'static str,
    writer: TableWriter,
    piece: Option<Piece>,
}

impl RunFolder {
    /// Opens a folder for a new run, or finds that it is there already.
    ///
    /// # Errors
    /// If the folder holds foreign files, a run with other inputs or one that can go on (unless `force`), or if
    /// another process writes there, or the system refuses.
    pub fn begin(
        path: &Path,
        begun: &Manifest,
        scenario: &str,
        checkpoints: bool,
        force: bool,
    ) -> Result<Start, RecordError> {
        let path = &named(path)?;
        end_swap(path)?;
        let mut work = path.to_owned();
        match look(path)? {
            Found::Nothing => {}
            Found::Foreign => return Err(RecordError::Foreign { path: path.to_owned() }),
            Found::Begun(_) => {
                if let (false, Some(&tick)) = (force, checkpoint::ticks(&path.join(checkpoint::FOLDER))?.last()) {
                    return Err(RecordError::Unfinished { path: path.to_owned(), tick });
                }
            }
            Found::Complete(manifest) if force => {
                drop(manifest);
                work = beside(path, ".partial");
                if matches!(look(&work)?, Found::Foreign) {
                    return Err(RecordError::Foreign { path: work });
                }
            }
            Found::Complete(manifest) => {
                return match manifest.inputs.difference(&begun.inputs) {
                    None => Ok(Start::Complete(manifest)),
                    Some(what) => Err(RecordError::OtherRun { path: path.to_owned(), what }),
                };
            }
        }
        let lock = lock(&work)?;
        remove_own(&work, true)?;
        if checkpoints {
            let folder = work.join(checkpoint::FOLDER);
            std::fs::create_dir_all(&folder).map_err(RecordError::io("create", &folder))?;
        }
        begun.write(&work)?;
        write_whole(&work.join(SCENARIO), scenario.as_bytes())?;
        Ok(Start::Run(Box::new(Self {
            path: path.to_owned(),
            work,
            inputs: begun.inputs.clone(),
            streams: Vec::new(),
            keeps_pieces: checkpoints,
            finished: false,
            lock: Some(lock),
        })))
    }

    /// Opens the folder of a stopped run.
    ///
    /// # Errors
    /// If there is no run, no checkpoint, or the last checkpoint is damaged or foreign.
    pub fn resume(path: &Path) -> Result<Resumed, RecordError> {
        let path = &named(path)?;
        end_swap(path)?;
        let nothing = |why| RecordError::NothingToResume { path: path.to_owned(), why };
        let replacement = beside(path, ".partial");
        let (work, manifest) = match (look(path)?, look(&replacement)?) {
            (_, Found::Begun(Some(manifest)))
                if !checkpoint::ticks(&replacement.join(checkpoint::FOLDER))?.is_empty() =>
            {
                (replacement, manifest)
            }
            (Found::Complete(manifest), _) => return Ok(Resumed::Complete(manifest)),
            (Found::Begun(Some(manifest)), _) => (path.to_owned(), manifest),
            (Found::Begun(None) | Found::Nothing, _) => return Err(nothing("no run was begun there")),
            (Found::Foreign, _) => return Err(nothing("it is not the folder of a run")),
        };
        let lock = lock(&work)?;
        let Some((source, checkpoint)) = checkpoint::read_last(&work.join(checkpoint::FOLDER))? else {
            return Err(nothing("it has no checkpoint (--checkpoint-every keeps them)"));
        };
        if checkpoint.scenario_hash != manifest.inputs.scenario_hash || checkpoint.seed != manifest.inputs.seed {
            let what = "it is of another scenario or seed than the folder's manifest".to_owned();
            return Err(RecordError::Checkpoint { path: source, what });
        }
        remove_own(&work, false)?;
        let folder = Self {
            path: path.to_owned(),
            work,
            inputs: manifest.inputs.clone(),
            streams: Vec::new(),
            keeps_pieces: true,
            finished: false,
            lock: Some(lock),
        };
        Ok(Resumed::Run { folder: Box::new(folder), manifest, checkpoint: Box::new(checkpoint), source })
    }

    /// The folder that the run will be found in.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The resolved scenario that a resumed run reads.
    #[must_use]
    pub fn scenario_path(&self) -> PathBuf {
        self.work.join(SCENARIO)
    }

    /// Whether checkpoints are kept.
    #[must_use]
    pub fn keeps_checkpoints(&self) -> bool {
        self.keeps_pieces
    }

    fn staged(&self, name: &str) -> PathBuf {
        self.work.join(staging::FOLDER).join(name)
    }

    /// Brings back the rows of large tables of a resumed run. Call once, before the first quarter.
    ///
    /// # Errors
    /// If a piece is damaged or a file cannot be written.
    pub fn replay(&mut self, tables: &Tables, tick: u32) -> Result<(), RecordError> {
        let folder = self.work.join(checkpoint::FOLDER);
        for table in tables.0.iter().filter(|table| LARGE.contains(&table.name)) {
            let mut stream = self.stream(table)?;
            checkpoint::replay(&folder, table.name, tick, |rows| stream.writer.push(rows))?;
            self.streams.push(stream);
        }
        Ok(())
    }

    fn stream(&self, table: &Table) -> Result<Stream, RecordError> {
        let writer = TableWriter::create(&self.staged(table.name), table, self.inputs.format)?;
        Ok(Stream { name: table.name, writer, piece: None })
    }

    /// Takes the rows of large tables and writes them. Call it after every quarter, or more often.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn record(&mut self, tables: &mut Tables) -> Result<(), RecordError> {
        for table in tables.0.iter_mut().filter(|table| LARGE.contains(&table.name)) {
            let at = match self.streams.iter().position(|stream| stream.name == table.name) {
                Some(at) => at,
                None => {
                    self.streams.push(self.stream(table)?);
                    self.streams.len() - 1
                }
            };
            if table.rows() == 0 {
                continue;
            }
            let rows = table.drain();
            let piece = self.staged(&format!("{}.rows", table.name));
            let stream = &mut self.streams[at];
            stream.writer.push(&rows)?;
            if self.keeps_pieces {
                if stream.piece.is_none() {
                    stream.piece = Some(Piece::create(&piece)?);
                }
                if let Some(piece) = &mut stream.piece {
                    piece.push(&rows)?;
                }
            }
        }
        Ok(())
    }

    /// Keeps what a stopped run needs to go on from here.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn checkpoint(&mut self, tick: u32, state: Vec<u8>, tables: &Tables) -> Result<(), RecordError> {
        let _span = tracing::info_span!("checkpoint", quarter = tick).entered();
        let folder = self.work.join(checkpoint::FOLDER);
        for stream in &mut self.streams {
            if let Some(piece) = stream.piece.take() {
                piece.finish(&folder, stream.name, tick)?;
            }
        }
        let rows = tables.0.iter().filter(|table| !LARGE.contains(&table.name));
        let rows = rows.map(|table| (table.name.to_owned(), table.values.clone())).collect();
        let Inputs { scenario_hash, seed, .. } = self.inputs.clone();
        checkpoint::write(&folder, &Checkpoint { scenario_hash, seed, tick, state, rows })
    }

    /// Writes all tables and the manifest, and shows the run under its name.
    ///
    /// # Errors
    /// If a file cannot be written; the folder then shows no run.
    pub fn finish(mut self, tables: &mut Tables, manifest: &Manifest) -> Result<(), RecordError> {
        self.record(tables)?;
        let extension = self.inputs.format.extension();
        let file = |name: &str| format!("{name}.{extension}");
        let mut ready = Vec::new();
        for stream in std::mem::take(&mut self.streams) {
            stream.writer.finish(&self.staged(&file(stream.name)))?;
            ready.push(file(stream.name));
        }
        for table in tables.0.iter().filter(|table| !LARGE.contains(&table.name)) {
            let mut writer = TableWriter::create(&self.staged(table.name), table, self.inputs.format)?;
            writer.push(&table.values)?;
            writer.finish(&self.staged(&file(table.name)))?;
            ready.push(file(table.name));
        }
        if self.inputs.format == Format::Csv {
            write_whole(&self.staged(COLUMNS), columns_as_csv(&tables.0).as_bytes())?;
            ready.push(COLUMNS.to_owned());
        }
        for name in &ready {
            rename(&self.staged(name), &self.work.join(name))?;
        }
        remove_staging(&self.work)?;
        manifest.write(&self.work)?;
        self.finished = true;
        self.lock = None;
        if self.work != self.path {
            swap(&self.path, &self.work)?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl RunFolder {
    /// Leaves everything as it is, as a killed process does.
    pub(crate) fn give_up_as_if_killed(mut self) {
        self.finished = true;
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        // An error here has no one to go to: what is not removed now is removed by the next process here.
        let _ = remove_staging(&self.work);
        let kept = checkpoint::ticks(&self.work.join(checkpoint::FOLDER));
        if kept.is_ok_and(|ticks| ticks.is_empty()) {
            let _ = remove_own(&self.work, true);
            let _ = std::fs::remove_dir(self.work.join(staging::FOLDER));
            let _ = std::fs::remove_dir(self.work.join(checkpoint::FOLDER));
            let _ = std::fs::remove_dir(&self.work);
        }
    }
}
