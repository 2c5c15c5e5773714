//! Why a verification could not be carried out.

use economics::theory::TheoryError;
use records::RecordError;
use scenario::Faults;
use simulation::model::RunError;

/// Why a case gave no verdict.
#[derive(Debug, thiserror::Error)]
pub enum VerificationError {
    /// There is no such case.
    #[error("no case `{name}`; {}", meant(nearest.as_deref(), known))]
    UnknownCase {
        /// What was asked for.
        name: String,
        /// The nearest name, if one is near.
        nearest: Option<String>,
        /// All names.
        known: Vec<String>,
    },
    /// None of the cases has such a parameter.
    #[error("--set {name}: no such parameter in these cases; {}", meant(nearest.as_deref(), known))]
    UnknownParameter {
        /// What was asked for.
        name: String,
        /// The nearest name, if one is near.
        nearest: Option<String>,
        /// Parameters of the cases asked for.
        known: Vec<String>,
    },
    /// A change that is not of the form `name=value`.
    #[error("--set {text}: expected NAME=VALUE, such as sigma=6")]
    NoValue {
        /// What was given.
        text: String,
    },
    /// A value that the parameter cannot have.
    #[error("--set {name}={value}: {name} must be {expected}")]
    BadValue {
        /// Parameter.
        name: String,
        /// What was given.
        value: String,
        /// What it must be.
        expected: String,
    },
    /// Theory has no answer for these numbers.
    #[error("{case}: {error}")]
    Theory {
        /// Case.
        case: String,
        /// Why.
        error: TheoryError,
    },
    /// The scenario of a case, as changed, is faulty.
    #[error("{0}")]
    Scenario(Box<Faults>),
    /// A run failed.
    #[error("{0}")]
    Run(#[from] RunError),
    /// A run could not be kept.
    #[error("{0}")]
    Keep(#[from] RecordError),
}

impl VerificationError {
    /// Whether the user's input is at fault, and not a run.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Run(_) | Self::Keep(_))
    }
}

fn meant(nearest: Option<&str>, known: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}

impl From<Faults> for VerificationError {
    fn from(faults: Faults) -> Self {
        Self::Scenario(Box::new(faults))
    }
}
