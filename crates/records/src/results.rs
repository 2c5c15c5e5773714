//! A folder of results that many runs gave: tables and a manifest, shown under their names only when all are whole.
//!
//! Unfinished files stand in `.partial/` inside the folder. Its manifest says by `kind` whose folder it is; one that says
//! anything else, and one with files and no manifest, is not ours to touch.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use simulation::table::Table;

use crate::fault::RecordError;
use crate::manifest::{self, PROGRAM};
use crate::ownership::{lock, named, remove_staging};
use crate::staging::{self, names, remove_file, rename, write_whole};
use crate::write::{Format, TableWriter};

/// What fixes every table of a folder of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// What kind of results: `comparison`.
    pub kind: &'static str,
    /// Hash of everything that went in.
    pub inputs_hash: String,
    /// What else the manifest says: names of scenario and policies, seeds, dates.
    pub about: Map<String, Value>,
}

/// What [`ResultsFolder::begin`] found.
pub enum Opened {
    /// A folder to write to.
    Folder(ResultsFolder),
    /// The same results are there already.
    Complete,
}

/// A folder of results that is being written.
pub struct ResultsFolder {
    path: PathBuf,
    results: Results,
    /// Locked so that no other process writes here.
    lock: Option<File>,
}

impl ResultsFolder {
    /// Opens a folder, or finds the same results there. Nothing that is there is changed yet.
    ///
    /// # Errors
    /// If it holds something else, or other results (unless `force`), or another process writes there, or the system
    /// refuses.
    pub fn begin(path: &Path, results: Results, force: bool) -> Result<Opened, RecordError> {
        let path = named(path)?;
        let foreign = || Err(RecordError::Foreign { path: path.clone() });
        if path.is_file() {
            return foreign();
        }
        match read(&path)? {
            Some(manifest) if manifest.get("kind") != Some(&json!(results.kind)) => return foreign(),
            Some(_) if force => {}
            Some(manifest) => {
                let same = manifest.get("inputs_hash") == Some(&json!(results.inputs_hash))
                    && manifest.get("version") == Some(&json!(env!("CARGO_PKG_VERSION")));
                let what = || "other inputs, or made by another version".to_owned();
                return if same { Ok(Opened::Complete) } else { Err(RecordError::OtherRun { path, what: what() }) };
            }
            // Killed before it had a manifest: what is in .partial is ours, and so are tables beside it.
            None if path.join(staging::FOLDER).is_dir() => {}
            None if names(&path)?.is_empty() => {}
            None => return foreign(),
        }
        let lock = lock(&path)?;
        Ok(Opened::Folder(Self { path, results, lock: Some(lock) }))
    }

    /// Where the results will be found.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes tables, further files by name, and the manifest; `unused` are tables of this kind that earlier results may
    /// have and these have not.
    ///
    /// # Errors
    /// If a file cannot be written; the folder then shows no results.
    pub fn finish(
        mut self,
        tables: &[Table],
        files: &[(String, Vec<u8>)],
        unused: &[&str],
        run: Map<String, Value>,
    ) -> Result<(), RecordError> {
        let staged = |name: &str| self.path.join(staging::FOLDER).join(name);
        let file = |name: &str| format!("{name}.{}", Format::Parquet.extension());
        let mut ready = Vec::new();
        for table in tables {
            let unfinished = staged(&format!("{}.rows", table.name));
            let mut writer = TableWriter::create(&unfinished, table, Format::Parquet)?;
            writer.push(&table.values)?;
            writer.finish(&staged(&file(table.name)))?;
            ready.push(file(table.name));
        }
        for (name, bytes) in files {
            write_whole(&staged(name), bytes)?;
            ready.push(name.clone());
        }
        // Without a manifest there are no results: no reader gets half of the old and half of the new.
        remove_file(&self.path.join(manifest::FILE))?;
        for name in unused {
            remove_file(&self.path.join(file(name)))?;
        }
        for name in &ready {
            rename(&staged(name), &self.path.join(name))?;
        }
        let mut about = Map::new();
        about.insert("program".to_owned(), json!(PROGRAM));
        about.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
        about.insert("kind".to_owned(), json!(self.results.kind));
        about.insert("inputs_hash".to_owned(), json!(self.results.inputs_hash));
        about.insert("complete".to_owned(), json!(true));
        about.append(&mut self.results.about);
        about.insert("files".to_owned(), json!(ready));
        about.extend(run);
        let manifest = self.path.join(manifest::FILE);
        let mut text = serde_json::to_string_pretty(&about).map_err(RecordError::content(&manifest))?;
        text.push('\n');
        write_whole(&manifest, text.as_bytes())?;
        self.lock = None;
        remove_staging(&self.path)
    }
}

impl Drop for ResultsFolder {
    fn drop(&mut self) {
        // An error here has no one to go to: what is not removed now is removed by the next process here.
        let _ = remove_staging(&self.path);
        if names(&self.path).is_ok_and(|names| names.is_empty()) {
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

/// The manifest of a folder, if it is one of this program.
fn read(folder: &Path) -> Result<Option<Map<String, Value>>, RecordError> {
    let path = folder.join(manifest::FILE);
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(RecordError::io("read", &path)(error)),
        Ok(bytes) => {
            let manifest = serde_json::from_slice::<Map<String, Value>>(&bytes).unwrap_or_default();
            Ok(Some(manifest).filter(|manifest| manifest.get("program") == Some(&json!(PROGRAM))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulation::record::columns::{Columns, TableRow};

    fn results(hash: &str) -> Results {
        Results { kind: "comparison", inputs_hash: hash.to_owned(), about: Map::new() }
    }

    struct Number(f64);

    impl TableRow for Number {
        type At<'a> = Self;
    }

    fn table(value: f64) -> Table {
        Columns::<Number>::new("effects").real("x", "km2", "A number.", |row| row.0).with_rows([Number(value)])
    }

    fn opened(path: &Path, hash: &str, force: bool) -> Result<ResultsFolder, String> {
        match ResultsFolder::begin(path, results(hash), force) {
            Ok(Opened::Folder(folder)) => Ok(folder),
            Ok(Opened::Complete) => Err("complete".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn write(path: &Path, hash: &str, force: bool) -> Result<(), String> {
        let folder = opened(path, hash, force)?;
        folder
            .finish(&[table(1.0)], &[("base.ron".to_owned(), b"()".to_vec())], &["runs"], Map::new())
            .map_err(|e| e.to_string())
    }

    #[test]
    fn results_are_written_whole_known_again_and_replaced_only_by_force() {
        let place = tempfile::tempdir().expect("there is room for temporary files");
        let path = place.path().join("found");
        write(&path, "a", false).unwrap();
        assert_eq!(names(&path).unwrap(), ["base.ron", "effects.parquet", "manifest.json"]);
        assert_eq!(crate::read::read(&path.join("effects.parquet"), "effects").unwrap().rows(), 1);
        assert_eq!(write(&path, "a", false), Err("complete".to_owned()));
        assert!(write(&path, "b", false).unwrap_err().contains("--force"));
        std::fs::write(path.join("notes.txt"), "mine").unwrap();
        std::fs::write(path.join("runs.parquet"), "of earlier results").unwrap();
        write(&path, "b", true).unwrap();
        assert_eq!(names(&path).unwrap(), ["base.ron", "effects.parquet", "manifest.json", "notes.txt"]);
    }

    #[test]
    fn a_folder_with_other_files_is_refused_and_not_changed() {
        let place = tempfile::tempdir().expect("there is room for temporary files");
        std::fs::write(place.path().join("letter.txt"), "hello").unwrap();
        assert!(write(place.path(), "a", true).unwrap_err().contains("holds files"));
        std::fs::write(place.path().join("manifest.json"), "{\"program\": \"hinterland\", \"seed\": 1}").unwrap();
        assert!(write(place.path(), "a", true).unwrap_err().contains("holds files"));
        assert_eq!(names(place.path()).unwrap(), ["letter.txt", "manifest.json"]);
    }

    #[test]
    fn a_folder_that_was_given_up_is_gone_and_a_killed_one_is_taken_over() {
        let place = tempfile::tempdir().expect("there is room for temporary files");
        let path = place.path().join("found");
        drop(opened(&path, "a", false).unwrap());
        assert!(!path.exists());
        std::mem::forget(opened(&path, "a", false).unwrap().lock.take());
        std::fs::create_dir_all(path.join(staging::FOLDER)).unwrap();
        std::fs::write(path.join(staging::FOLDER).join("effects.rows"), "torn").unwrap();
        write(&path, "a", false).unwrap();
        assert_eq!(names(&path).unwrap(), ["base.ron", "effects.parquet", "manifest.json"]);
    }
}
