//! `hinterland report`: folders of results as one page.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use figures::Language;

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland report runs/henan-1
  hinterland report results/open --out open.html --lang zh
  hinterland report results/open runs/henan-1 --out both.html

The page needs no network and no script: it opens from disk, on a phone, and prints on A4. Under every figure stand its
table and the same numbers as CSV. docs/reports.md says how to read it.

Exit codes: 0 done, 1 a file could not be read or written, 2 the input or the usage is wrong.")]
pub(crate) struct Report {
    /// Folders that `run`, `compare --out`, `batch --out` or `verify --page` wrote.
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<PathBuf>,
    /// File to write [default: report.html in the first folder].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of the page.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Do not say where the page is.
    #[arg(long, short)]
    quiet: bool,
}

/// A language of pages.
#[derive(ValueEnum, Clone, Copy, Debug, Default)]
enum Lang {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Report {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let language = match self.lang {
            Lang::Zh => Language::Chinese,
            Lang::En => Language::English,
        };
        let page = reports::report(&self.folders, language)?;
        let out = self.out.clone().unwrap_or_else(|| self.folders[0].join("report.html"));
        std::fs::write(&out, page)
            .map_err(|error| Failure::failed(format!("error: could not write {}: {error}", out.display())))?;
        if !self.quiet {
            console.note(&format!("report in {}", out.display()));
        }
        Ok(())
    }
}
