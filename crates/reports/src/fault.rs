//! What can be wrong with a folder that is asked for a report.

use std::path::PathBuf;

use records::RecordError;
use scenario::Faults;
use simulation::table::NotRecorded;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The folder is none of ours.
    #[error(
        "{} holds no results of this program; give a folder that `run`, `compare --out`, `batch --out` or `verify --page` wrote",
        path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The run did not come to its end.
    #[error("{} holds a run that is not complete; `hinterland run --resume` continues it if it keeps checkpoints", path.display())]
    Incomplete {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The scenario in the folder cannot be read.
    #[error("{0}")]
    Scenario(Box<Faults>),
    /// A table lacks something.
    #[error("{}: {error}", path.display())]
    Table {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        error: NotRecorded,
    },
    /// Tables that are not Parquet.
    #[error("{} holds tables as CSV; a report reads Parquet (run it again without --format csv)", path.display())]
    NotParquet {
        /// The folder.
        path: PathBuf,
    },
}
