//! Putting a new batch in the place of an old one.

use std::path::Path;

use crate::fault::RecordError;
use crate::staging::{self, beside, names, remove_file, rename};

use super::record::{BatchManifest, DONE, Found, PART, STUDY, STUDY_TEXT};
use super::runs::RUNS;

/// Puts a complete batch in the place of another one.
pub(super) fn swap(path: &Path, replacement: &Path) -> Result<(), RecordError> {
    rename(path, &beside(path, ".replaced"))?;
    rename(replacement, path)?;
    end(path)
}

/// Ends a swap that was begun; does nothing where none was.
pub(super) fn end(path: &Path) -> Result<(), RecordError> {
    let (old, new) = (beside(path, ".replaced"), beside(path, ".partial"));
    if BatchManifest::read(&old)?.is_none() {
        return Ok(());
    }
    match BatchManifest::find(path)? {
        Found::Batch(_) => {}
        Found::Nothing if new.join(RUNS).is_file() => rename(&new, path)?,
        Found::Nothing => return rename(&old, path),
        // Somebody else made a folder of that name meanwhile: not ours to touch.
        Found::Foreign => return Ok(()),
    }
    remove(&old)
}

/// Removes a batch's own files, its manifest last, and the folder if nothing else is in it.
pub(super) fn remove(folder: &Path) -> Result<(), RecordError> {
    let Some(manifest) = BatchManifest::read(folder)? else { return Ok(()) };
    remove_file(&folder.join(RUNS))?;
    let done = folder.join(DONE);
    for name in names(&done)?.iter().filter(|name| name.ends_with(".json")) {
        remove_file(&done.join(name))?;
    }
    let _ = std::fs::remove_dir(&done);
    for table in &manifest.tables {
        let table = folder.join(table);
        for name in names(&table)?.iter().filter(|name| name.starts_with("run=")) {
            remove_file(&table.join(name).join(PART))?;
            let _ = std::fs::remove_dir(table.join(name));
        }
        let _ = std::fs::remove_dir(&table);
    }
    let partial = folder.join(staging::FOLDER);
    for name in names(&partial)? {
        let inside = partial.join(&name);
        if inside.is_dir() {
            for name in names(&inside)? {
                remove_file(&inside.join(name))?;
            }
            let _ = std::fs::remove_dir(&inside);
        } else {
            remove_file(&inside)?;
        }
    }
    let _ = std::fs::remove_dir(&partial);
    remove_file(&folder.join(STUDY_TEXT))?;
    remove_file(&folder.join(STUDY))?;
    // Stays if anything foreign is left in it.
    let _ = std::fs::remove_dir(folder);
    Ok(())
}
