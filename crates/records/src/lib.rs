//! What a run writes, and reading it back.
//!
//! A run folder ([`RunFolder`]) shows a file under its name only when it is whole: everything is written beside, synced
//! and renamed. [`write`] turns tables into Parquet or CSV, [`read`] turns Parquet back into columns, [`checkpoint`]
//! keeps what a stopped run needs to go on, [`summary`] says in a screenful what happened, [`results`] holds what many
//! runs gave, [`batch`] is the folder of a study.
//!
//! Nothing here simulates, and nothing here prints. Tables hold no times and no hosts: those stand in the manifest.

pub mod batch;
pub mod checkpoint;
mod fault;
mod folder;
mod manifest;
mod ownership;
pub mod read;
pub mod results;
mod staging;
pub mod summary;
#[cfg(test)]
mod tests;
pub mod write;

pub use fault::{RecordError, shell_word};
pub use folder::{Resumed, RunFolder, Start};
pub use manifest::{Inputs, Manifest};
pub use write::Format;

/// Hash of a resolved scenario's text, as 64 hexadecimal digits.
#[must_use]
pub fn scenario_hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
