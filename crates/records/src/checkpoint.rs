//! Checkpoints: what a stopped run needs to go on and to end with the same tables.
//!
//! A file is a line of text that says what it is, the compressed content, and a checksum over both. The content is the
//! state and the rows recorded so far. Rows of tables that are too large for that (agents, firms) stand beside it in
//! pieces, one from each checkpoint to the next.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use simulation::table::{Tables, Values};

use crate::fault::RecordError;
use crate::staging::{names, publish, remove_file, write_whole};

/// Name of the folder in a run's folder.
pub const FOLDER: &str = "checkpoints";
/// Checkpoints that are kept.
pub const KEPT: usize = 2;
/// Version of the file's form.
const FORM: u32 = 1;
const MAGIC: &str = "hinterland checkpoint";
const CHECKSUM: usize = 32;
const LEVEL: i32 = 3;

/// What a checkpoint holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Hash of the resolved scenario.
    pub scenario_hash: String,
    /// Seed.
    pub seed: u64,
    /// Quarters done.
    pub tick: u32,
    /// The state, as the model saved it.
    pub state: Vec<u8>,
    /// Rows recorded so far, by table.
    pub rows: Vec<(String, Vec<Values>)>,
}

impl Checkpoint {
    /// Puts the recorded rows into the tables of a model built from the same scenario.
    ///
    /// # Errors
    /// In words, if the tables are others.
    pub fn put_rows(self, tables: &mut Tables) -> Result<(), String> {
        for (name, values) in self.rows {
            let table = tables.get_mut(&name);
            let table = table.map_err(|_| format!("it holds a table `{name}` that this program does not record"))?;
            let kinds = |columns: &[Values]| columns.iter().map(std::mem::discriminant).collect::<Vec<_>>();
            if kinds(&values) != kinds(&table.values) {
                return Err(format!("the columns of its table `{name}` are others than those of this program"));
            }
            table.values = values;
        }
        Ok(())
    }
}

fn file_name(tick: u32) -> String {
    format!("{tick:06}.checkpoint")
}

/// Ticks of the checkpoints in a folder, in rising order.
pub(crate) fn ticks(folder: &Path) -> Result<Vec<u32>, RecordError> {
    let mut ticks: Vec<u32> =
        names(folder)?.iter().filter_map(|name| name.strip_suffix(".checkpoint")?.parse().ok()).collect();
    ticks.sort_unstable();
    Ok(ticks)
}

/// Writes a checkpoint whole and removes all but the last [`KEPT`].
pub(crate) fn write(folder: &Path, checkpoint: &Checkpoint) -> Result<(), RecordError> {
    let path = folder.join(file_name(checkpoint.tick));
    let content = postcard::to_allocvec(checkpoint).map_err(RecordError::content(&path))?;
    let mut bytes = format!("{MAGIC} {FORM} {}\n", env!("CARGO_PKG_VERSION")).into_bytes();
    bytes.extend(zstd::bulk::compress(&content, LEVEL).map_err(RecordError::io("compress", &path))?);
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(checksum.as_bytes());
    write_whole(&path, &bytes)?;
    let ticks = ticks(folder)?;
    for tick in &ticks[..ticks.len().saturating_sub(KEPT)] {
        remove_file(&folder.join(file_name(*tick)))?;
    }
    Ok(())
}

/// Reads the last checkpoint of a folder; `None` if there is none.
///
/// # Errors
/// [`RecordError::Checkpoint`] if it is damaged or of another form.
pub(crate) fn read_last(folder: &Path) -> Result<Option<(PathBuf, Checkpoint)>, RecordError> {
    let Some(tick) = ticks(folder)?.pop() else { return Ok(None) };
    let path = folder.join(file_name(tick));
    let bytes = std::fs::read(&path).map_err(RecordError::io("read", &path))?;
    match decode(&bytes) {
        Ok(checkpoint) if checkpoint.tick == tick => Ok(Some((path, checkpoint))),
        Ok(checkpoint) => {
            let what = format!("it is of quarter {}, not of the one in its name", checkpoint.tick);
            Err(RecordError::Checkpoint { path, what })
        }
        Err(what) => Err(RecordError::Checkpoint { path, what }),
    }
}

fn decode(bytes: &[u8]) -> Result<Checkpoint, String> {
    let head = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let line = std::str::from_utf8(&bytes[..head]).unwrap_or_default();
    let form = line.strip_prefix(MAGIC).and_then(|rest| rest.split_whitespace().next());
    match form {
        None => return Err("it is not a checkpoint".to_owned()),
        Some(form) if form != FORM.to_string() => {
            return Err(format!("it is of form {form}, and this program reads form {FORM}"));
        }
        Some(_) => {}
    }
    let end = bytes.len().checked_sub(CHECKSUM).filter(|end| *end > head).ok_or("it is damaged (too short)")?;
    let (content, checksum) = bytes.split_at(end);
    if blake3::hash(content).as_bytes() != checksum {
        return Err("it is damaged (its checksum does not match)".to_owned());
    }
    let content = zstd::stream::decode_all(&content[head + 1..]).map_err(|error| format!("it is damaged ({error})"))?;
    postcard::from_bytes(&content).map_err(|error| format!("it is damaged ({error})"))
}

/// Rows of a large table since the last checkpoint, on their way to a piece.
#[derive(Debug)]
pub(crate) struct Piece {
    partial: PathBuf,
    file: File,
}

fn piece_name(table: &str, tick: u32) -> String {
    format!("{table}-{tick:06}.rows")
}

/// Tick and name of a piece of a table.
fn piece_tick(name: &str, table: &str) -> Option<u32> {
    name.strip_prefix(table)?.strip_prefix('-')?.strip_suffix(".rows")?.parse().ok()
}

impl Piece {
    pub(crate) fn create(partial: &Path) -> Result<Self, RecordError> {
        let file = File::create(partial).map_err(RecordError::io("create", partial))?;
        Ok(Self { partial: partial.to_owned(), file })
    }

    pub(crate) fn push(&mut self, rows: &[Values]) -> Result<(), RecordError> {
        let path = &self.partial;
        let content = postcard::to_allocvec(rows).map_err(RecordError::content(path))?;
        let packed = zstd::bulk::compress(&content, 1).map_err(RecordError::io("compress", path))?;
        let mut bytes = (packed.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(blake3::hash(&packed).as_bytes());
        bytes.extend_from_slice(&packed);
        self.file.write_all(&bytes).map_err(RecordError::io("write", path))
    }

    /// Gives the piece its name among the checkpoints.
    pub(crate) fn finish(self, folder: &Path, table: &str, tick: u32) -> Result<(), RecordError> {
        publish(&self.file, &self.partial, &folder.join(piece_name(table, tick)))
    }
}

/// Hands over all rows of a table up to a checkpoint, and removes pieces after it.
pub(crate) fn replay(
    folder: &Path,
    table: &str,
    tick: u32,
    mut each: impl FnMut(&[Values]) -> Result<(), RecordError>,
) -> Result<(), RecordError> {
    for name in names(folder)? {
        let Some(until) = piece_tick(&name, table) else { continue };
        let path = folder.join(&name);
        if until > tick {
            remove_file(&path)?;
            continue;
        }
        let mut file = File::open(&path).map_err(RecordError::io("open", &path))?;
        let mut left = file.metadata().map_err(RecordError::io("read", &path))?.len();
        while left > 0 {
            let damaged = || RecordError::Checkpoint { path: path.clone(), what: "it is damaged".to_owned() };
            let mut head = [0; 8 + CHECKSUM];
            file.read_exact(&mut head).map_err(|_| damaged())?;
            let (size, checksum) = head.split_at(8);
            let size = u64::from_le_bytes(size.try_into().map_err(|_| damaged())?);
            left = left.checked_sub(size.saturating_add(head.len() as u64)).ok_or_else(damaged)?;
            let mut packed = vec![0; usize::try_from(size).map_err(|_| damaged())?];
            file.read_exact(&mut packed).map_err(|_| damaged())?;
            if blake3::hash(&packed).as_bytes() != checksum {
                return Err(damaged());
            }
            let content = zstd::stream::decode_all(packed.as_slice()).map_err(|_| damaged())?;
            each(&postcard::from_bytes::<Vec<Values>>(&content).map_err(|_| damaged())?)?;
        }
    }
    Ok(())
}

/// Whether a file among the checkpoints was written by this program.
pub(crate) fn is_ours(name: &str) -> bool {
    let name = name.strip_suffix(".partial").unwrap_or(name);
    name.ends_with(".checkpoint") || name.ends_with(".rows")
}
