//! What can go wrong with files, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why files could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The system refused.
    #[error("cannot {doing} {path}: {error}")]
    Io {
        /// What was being done, e.g. `write`.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// The folder holds files and is not a run's.
    #[error("{path} holds files and is not the folder of a run; name a new or empty folder with --out")]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds a complete run with other inputs.
    #[error("{path} holds a complete run with {what}; name another folder with --out, or replace it with --force")]
    OtherRun {
        /// The folder.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The folder holds an unfinished run that can go on.
    #[error(
        "{path} holds an unfinished run that got to quarter {tick}; continue it with --resume {word}, or start again with --force",
        word = shell_word(path)
    )]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// Quarters done at its last checkpoint.
        tick: u32,
    },
    /// Another process writes there.
    #[error("another run is writing to {path}")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// There is nothing to resume.
    #[error("{path} cannot be resumed: {why}")]
    NothingToResume {
        /// The folder.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// A checkpoint is damaged, or of another run or version.
    #[error("the checkpoint {path} cannot be used: {what}; remove the file to continue from the one before it, if any")]
    Checkpoint {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// There is nothing to score.
    #[error("{path} cannot be scored: {why}")]
    NothingToScore {
        /// The folder.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// The folder holds files and is not a batch's.
    #[error("{path} holds files and is not the folder of a batch; name a new or empty folder with --out")]
    NotABatch {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds another study, or this one as it was.
    #[error("{path} holds {what}; name another folder with --out, or replace it with --force")]
    OtherStudy {
        /// The folder.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// Runs of a batch are not there yet.
    #[error(
        "{path}: {missing} of {runs} runs are not there (the first is run {first}); finish the shards that hold them, then merge again"
    )]
    Missing {
        /// The folder.
        path: PathBuf,
        /// Runs that are not there.
        missing: u64,
        /// Runs of the study.
        runs: u64,
        /// The first of those that are not there.
        first: u64,
    },
    /// A manifest or a table cannot be read, or a table cannot be written.
    #[error("{path}: {what}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

impl RecordError {
    /// Whether the user's input is at fault (exit code 2) rather than the run (exit code 1).
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Io { .. } | Self::Content { .. } => false,
            Self::Foreign { .. }
            | Self::OtherRun { .. }
            | Self::Unfinished { .. }
            | Self::Busy { .. }
            | Self::NothingToResume { .. }
            | Self::NothingToScore { .. }
            | Self::NotABatch { .. }
            | Self::OtherStudy { .. }
            | Self::Missing { .. }
            | Self::Checkpoint { .. } => true,
        }
    }

    /// For `map_err`: names what was being done and with what.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Io { doing, path, error }
    }

    /// For `map_err`: a file whose content cannot be read or written.
    pub(crate) fn content<E: fmt::Display>(path: &Path) -> impl FnOnce(E) -> Self + use<E> {
        let path = path.to_owned();
        move |error| Self::Content { path, what: error.to_string() }
    }
}

/// A path as it can be pasted into a shell: in quotation marks where it needs them.
#[must_use]
pub fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
