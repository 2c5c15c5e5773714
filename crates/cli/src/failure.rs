//! How commands fail: an exit code and a message that says what to do.

use records::RecordError;
use scenario::Faults;
use simulation::model::RunError;

/// The run failed.
const FAILED: u8 = 1;
/// The input or the usage is wrong.
const WRONG: u8 = 2;
/// Interrupted.
const INTERRUPTED: u8 = 130;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn wrong(message: impl Into<String>) -> Self {
        Self { code: WRONG, message: message.into() }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self { code: FAILED, message: message.into() }
    }

    /// Nothing has run yet: what is wrong is the folder that was asked for.
    pub(crate) fn of_the_output(error: RecordError) -> Self {
        Self::wrong(format!("error: {error}"))
    }

    /// Everything ran, and these cases differ from theory.
    pub(crate) fn differs(cases: &[&str]) -> Self {
        Self { code: FAILED, message: format!("differs: {}", cases.join(", ")) }
    }

    /// A batch came to its end, and so many of its runs failed.
    pub(crate) fn of_runs(failed: usize, runs: usize) -> Self {
        let verb = if failed == 1 { "run" } else { "runs" };
        Self {
            code: FAILED,
            message: format!("error: {failed} {verb} of {runs} failed; their errors stand in runs.parquet"),
        }
    }

    pub(crate) fn interrupted(message: impl Into<String>) -> Self {
        Self { code: INTERRUPTED, message: message.into() }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        let count = faults.count();
        Self::wrong(format!("{faults}\n{count} {}", if count == 1 { "fault" } else { "faults" }))
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        Self { code: if error.is_usage() { WRONG } else { FAILED }, message: format!("error: {error}") }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let code = match error {
            RunError::Account(_) => FAILED,
            RunError::Unsupported { .. } | RunError::Snapshot { .. } => WRONG,
        };
        let mut message = format!("error: {error}");
        if matches!(&error, RunError::Account(breach) if breach.account == "food") {
            message.push_str("\nhint: the region grows less food than its people need; lower preferences.subsistence");
        }
        Self { code, message }
    }
}
