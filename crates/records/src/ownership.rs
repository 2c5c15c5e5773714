//! Which files are a run's own, whose a folder is, and how one run takes the place of another.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::checkpoint;
use crate::fault::RecordError;
use crate::manifest::{self, Manifest};
use crate::staging::{self, beside, names, remove_file, rename};
use crate::write::Format;

const TABLES: [&str; 8] = ["cities", "sectors", "flows", "groups", "accounts", "region", "agents", "firms"];
pub(crate) const SCENARIO: &str = "scenario.ron";
pub(crate) const COLUMNS: &str = "columns.csv";
const LOCK: &str = "lock";

/// What a folder is.
pub(crate) enum Found {
    /// No folder, or an empty one.
    Nothing,
    /// A run that was begun and has not ended; without a manifest if it was killed at once.
    Begun(Option<Box<Manifest>>),
    Complete(Box<Manifest>),
    Foreign,
}

/// A path with a name of its own: siblings of `.` cannot be found otherwise.
pub(crate) fn named(path: &Path) -> Result<PathBuf, RecordError> {
    match path.file_name() {
        Some(_) => Ok(path.to_owned()),
        None => std::fs::canonicalize(path).map_err(RecordError::io("find", path)),
    }
}

pub(crate) fn look(folder: &Path) -> Result<Found, RecordError> {
    if folder.is_file() {
        return Ok(Found::Foreign);
    }
    let names = names(folder)?;
    if names.is_empty() {
        return Ok(Found::Nothing);
    }
    Ok(match Manifest::read(folder)? {
        Some(manifest) if manifest.complete => Found::Complete(Box::new(manifest)),
        Some(manifest) => Found::Begun(Some(Box::new(manifest))),
        None if folder.join(staging::FOLDER).join(LOCK).exists() => Found::Begun(None),
        // Killed before there was a lock: there is nothing but the empty folder that it would have been put in.
        None if names == [staging::FOLDER] && is_empty_folder(&folder.join(staging::FOLDER))? => Found::Begun(None),
        None => Found::Foreign,
    })
}

fn is_empty_folder(path: &Path) -> Result<bool, RecordError> {
    Ok(path.is_dir() && names(path)?.is_empty())
}

pub(crate) fn lock(folder: &Path) -> Result<File, RecordError> {
    let staging = folder.join(staging::FOLDER);
    std::fs::create_dir_all(&staging).map_err(RecordError::io("create", &staging))?;
    let path = staging.join(LOCK);
    let file = File::create(&path).map_err(RecordError::io("create", &path))?;
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(RecordError::Busy { path: folder.to_owned() }),
        // A file system without locks is written to without one.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// Removes a run's own files from a folder, and no others: unfinished and finished tables, and with `everything` also
/// checkpoints, scenario and (last) manifest. The lock stays.
pub(crate) fn remove_own(folder: &Path, everything: bool) -> Result<(), RecordError> {
    let staging = folder.join(staging::FOLDER);
    for name in names(&staging)?.iter().filter(|name| *name != LOCK) {
        remove_file(&staging.join(name))?;
    }
    for table in TABLES {
        for format in [Format::Parquet, Format::Csv] {
            remove_file(&folder.join(format!("{table}.{}", format.extension())))?;
        }
    }
    remove_file(&folder.join(COLUMNS))?;
    if everything {
        let checkpoints = folder.join(checkpoint::FOLDER);
        for name in names(&checkpoints)?.iter().filter(|name| checkpoint::is_ours(name)) {
            remove_file(&checkpoints.join(name))?;
        }
        for name in [SCENARIO, manifest::FILE] {
            remove_file(&folder.join(name))?;
            remove_file(&folder.join(format!("{name}.partial")))?;
        }
    }
    Ok(())
}

pub(crate) fn remove_staging(folder: &Path) -> Result<(), RecordError> {
    let staging = folder.join(staging::FOLDER);
    for name in names(&staging)? {
        remove_file(&staging.join(name))?;
    }
    match std::fs::remove_dir(&staging) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(RecordError::io("remove", &staging)(error)),
        _ => Ok(()),
    }
}

/// Puts a complete run in the place of another one.
pub(crate) fn swap(path: &Path, replacement: &Path) -> Result<(), RecordError> {
    rename(path, &beside(path, ".replaced"))?;
    rename(replacement, path)?;
    end_swap(path)
}

/// Ends a swap: brings foreign files over, then removes what was replaced. Does nothing where no swap was begun.
pub(crate) fn end_swap(path: &Path) -> Result<(), RecordError> {
    let (old, new) = (beside(path, ".replaced"), beside(path, ".partial"));
    if !matches!(look(&old)?, Found::Complete(_)) {
        return Ok(());
    }
    match (look(path)?, look(&new)?) {
        (Found::Complete(_), _) => {}
        (Found::Nothing, Found::Complete(_)) => rename(&new, path)?,
        (Found::Nothing, _) => return rename(&old, path),
        // Somebody else made a folder of that name meanwhile: not ours to touch.
        (Found::Begun(_) | Found::Foreign, _) => return Ok(()),
    }
    let own = |name: &str| {
        name == SCENARIO
            || name == COLUMNS
            || name == manifest::FILE
            || name == checkpoint::FOLDER
            || name == staging::FOLDER
            || name
                .rsplit_once('.')
                .is_some_and(|(stem, end)| TABLES.contains(&stem) && ["parquet", "csv"].contains(&end))
    };
    for name in names(&old)?.iter().filter(|name| !own(name)) {
        if !path.join(name).exists() {
            rename(&old.join(name), &path.join(name))?;
        }
    }
    for folder in [checkpoint::FOLDER, staging::FOLDER] {
        for name in names(&old.join(folder))?.iter().filter(|name| checkpoint::is_ours(name) || *name == LOCK) {
            remove_file(&old.join(folder).join(name))?;
        }
        let _ = std::fs::remove_dir(old.join(folder));
    }
    remove_own(&old, true)?;
    // Stays if anything foreign is left in it.
    let _ = std::fs::remove_dir(&old);
    Ok(())
}
