//! What can go wrong with files, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why files could not be written or read.
#[derive(Debug)]
pub enum RecordError {
    /// The system refused.
    Io {
        /// What was being done, e.g. `write`.
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The folder holds files and is not a run's.
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds a complete run with other inputs.
    OtherRun {
        /// The folder.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The folder holds an unfinished run that can go on.
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// Quarters done at its last checkpoint.
        tick: u32,
    },
    /// Another process writes there.
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// There is nothing to resume.
    NothingToResume {
        /// The folder.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// A checkpoint is damaged, or of another run or version.
    Checkpoint {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// There is nothing to score.
    NothingToScore {
        /// The folder.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// The folder holds files and is not a batch's.
    NotABatch {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds another study, or this one as it was.
    OtherStudy {
        /// The folder.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// Runs of a batch are not there yet.
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

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
            Self::Foreign { path } => write!(
                f,
                "{} holds files and is not the folder of a run; name a new or empty folder with --out",
                path.display()
            ),
            Self::OtherRun { path, what } => write!(
                f,
                "{} holds a complete run with {what}; name another folder with --out, or replace it with --force",
                path.display()
            ),
            Self::Unfinished { path, tick } => write!(
                f,
                "{} holds an unfinished run that got to quarter {tick}; continue it with --resume {}, or start again \
                 with --force",
                path.display(),
                shell_word(path)
            ),
            Self::Busy { path } => write!(f, "another run is writing to {}", path.display()),
            Self::NothingToResume { path, why } => write!(f, "{} cannot be resumed: {why}", path.display()),
            Self::Checkpoint { path, what } => write!(
                f,
                "the checkpoint {} cannot be used: {what}; remove the file to continue from the one before it, if any",
                path.display()
            ),
            Self::NothingToScore { path, why } => write!(f, "{} cannot be scored: {why}", path.display()),
            Self::NotABatch { path } => write!(
                f,
                "{} holds files and is not the folder of a batch; name a new or empty folder with --out",
                path.display()
            ),
            Self::OtherStudy { path, what } => {
                write!(f, "{} holds {what}; name another folder with --out, or replace it with --force", path.display())
            }
            Self::Missing { path, missing, runs, first } => write!(
                f,
                "{}: {missing} of {runs} runs are not there (the first is run {first}); finish the shards that hold them, \
                 then merge again",
                path.display()
            ),
            Self::Content { path, what } => write!(f, "{}: {what}", path.display()),
        }
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
