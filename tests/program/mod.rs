//! The program itself, run as a user runs it.

#![allow(dead_code, reason = "every test that includes this module uses a part of it")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program with arguments, in a folder of its own, without a terminal.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hinterland"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

pub(crate) fn output(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().expect("the program can be started")
}

/// Runs the program and expects it to succeed.
pub(crate) fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let output = output(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", error_text(&output));
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

pub(crate) fn error_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A file of `configs/`, as an argument.
pub(crate) fn config(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("configs").join(name);
    path.to_str().expect("the path of the repository is UTF-8").to_owned()
}

pub(crate) fn manifest(run: &Path) -> Value {
    let text = std::fs::read_to_string(run.join("manifest.json")).expect("a run has a manifest");
    serde_json::from_str(&text).expect("a manifest is JSON")
}

pub(crate) fn state_hash(run: &Path) -> String {
    manifest(run)["state_hash"].as_str().expect("a complete run has a state hash").to_owned()
}

/// Names of what is in a folder, sorted.
pub(crate) fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The tables of a run with their bytes, sorted by name.
pub(crate) fn tables(run: &Path) -> Vec<(String, Vec<u8>)> {
    let is_table = |name: &String| name.ends_with(".parquet") || name.ends_with(".csv");
    let read = |name: String| (name.clone(), std::fs::read(run.join(&name)).expect("a table can be read"));
    entries(run).into_iter().filter(is_table).map(read).collect()
}

/// Fails with the name of the first table of two runs that differs.
pub(crate) fn assert_same_tables(one: &Path, other: &Path) {
    let (one_tables, other_tables) = (tables(one), tables(other));
    let names = |tables: &[(String, Vec<u8>)]| tables.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one_tables), names(&other_tables));
    for ((name, one_bytes), (_, other_bytes)) in one_tables.iter().zip(&other_tables) {
        assert!(one_bytes == other_bytes, "{name} of {} and {} differs", one.display(), other.display());
    }
}

pub(crate) fn text(path: &Path) -> String {
    path.to_str().expect("paths of temporary folders are UTF-8").to_owned()
}

/// A path below a folder, as an argument.
pub(crate) fn below(folder: &Path, name: &str) -> String {
    text(&folder.join(name))
}
