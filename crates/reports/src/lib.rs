//! Reports: folders of results in, one HTML page out, which explains itself and needs nothing else.
//!
//! [`report`] reads folders of runs, comparisons, batches, verifications and scores. [`run_figures`] and
//! [`comparison_figures`] are the figures alone, for `--svg`. All numbers come from the tables of a folder, which are the
//! same bytes for the same inputs; so is the page.
//!
//! *Invariants:* a page asks for no address but its own, runs no script, and holds a table and a CSV for every figure.
//! Texts stand in `messages/`, one file for each language, and nowhere else.

mod batch;
mod comparison;
mod effects;
mod fault;
mod folder;
mod gains;
mod geography;
mod page;
mod provenance;
mod run;
mod series;
pub mod spreadsheet;
mod verified;
mod words;

pub use comparison::figures as comparison_figures;
pub use fault::ReportError;
pub use run::figures as run_figures;
pub use words::messages;

use std::path::PathBuf;

use figures::{Language, Messages};

/// The page for folders, in their order.
///
/// # Errors
/// If a folder is none that the program writes, or a file in it is missing or damaged.
pub fn report(folders: &[PathBuf], language: Language) -> Result<String, ReportError> {
    let messages = messages(language);
    let mut parts = Vec::new();
    for (at, path) in folders.iter().enumerate() {
        let mut part = of_folder(path, &messages)?;
        // Identifiers are unique in a page: figures of a second folder carry its number.
        if at > 0 {
            part.number(at + 1);
        }
        parts.push(part);
    }
    Ok(page::page(&parts, &messages))
}

fn of_folder(path: &std::path::Path, messages: &Messages) -> Result<page::Part, ReportError> {
    use folder::Kind;
    match folder::kind(path)? {
        Kind::Run(manifest) => run::part(path, &manifest, messages),
        Kind::Comparison(manifest) => comparison::part(path, &manifest, messages),
        Kind::Batch => batch::part(path, messages),
        Kind::Verification(reports) => Ok(verified::part(path, &reports, messages)),
        Kind::Tables(manifest) => verified::tables(path, &manifest, messages),
    }
}
