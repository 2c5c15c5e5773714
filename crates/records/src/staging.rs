//! Writing beside: a file gets its name only once it is whole and on disk.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::fault::RecordError;

/// Folder inside a run's folder where unfinished files stand.
pub(crate) const FOLDER: &str = ".partial";

/// A path with something added to its last part.
pub(crate) fn beside(path: &Path, added: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(added);
    path.with_file_name(name)
}

/// Writes a small file whole: beside, synced, renamed.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), RecordError> {
    let partial = beside(path, ".partial");
    let mut file = File::create(&partial).map_err(RecordError::io("create", &partial))?;
    file.write_all(bytes).map_err(RecordError::io("write", &partial))?;
    publish(&file, &partial, path)
}

/// Syncs a finished file and gives it its name.
pub(crate) fn publish(file: &File, partial: &Path, path: &Path) -> Result<(), RecordError> {
    file.sync_all().map_err(RecordError::io("sync", partial))?;
    rename(partial, path)
}

/// Syncs a finished file and gives it its name, but does not ask the folder to remember it: for many files in many
/// folders, whose presence is checked when they are next looked for.
pub(crate) fn place(file: &File, partial: &Path, path: &Path) -> Result<(), RecordError> {
    file.sync_data().map_err(RecordError::io("sync", partial))?;
    std::fs::rename(partial, path).map_err(RecordError::io("rename", partial))
}

/// Renames, and has the folder remember it.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), RecordError> {
    std::fs::rename(from, to).map_err(RecordError::io("rename", from))?;
    if let Some(folder) = to.parent() {
        sync_folder(folder);
    }
    Ok(())
}

/// Asks the system to put a folder's list of names on disk; systems that cannot are left alone.
fn sync_folder(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}

/// Removes a file that may be gone already.
pub(crate) fn remove_file(path: &Path) -> Result<(), RecordError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(RecordError::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Names of a folder's entries in order; none if there is no such folder.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, RecordError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(RecordError::io("list", folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(RecordError::io("list", folder))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
