//! Why a verification could not be carried out.

use std::fmt;

use economics::theory::TheoryError;
use records::RecordError;
use scenario::Faults;
use simulation::model::RunError;

/// Why a case gave no verdict.
#[derive(Debug)]
pub enum VerificationError {
    /// There is no such case.
    UnknownCase {
        /// What was asked for.
        name: String,
        /// The nearest name, if one is near.
        nearest: Option<String>,
        /// All names.
        known: Vec<String>,
    },
    /// None of the cases has such a parameter.
    UnknownParameter {
        /// What was asked for.
        name: String,
        /// The nearest name, if one is near.
        nearest: Option<String>,
        /// Parameters of the cases asked for.
        known: Vec<String>,
    },
    /// A change that is not of the form `name=value`.
    NoValue {
        /// What was given.
        text: String,
    },
    /// A value that the parameter cannot have.
    BadValue {
        /// Parameter.
        name: String,
        /// What was given.
        value: String,
        /// What it must be.
        expected: String,
    },
    /// Theory has no answer for these numbers.
    Theory {
        /// Case.
        case: String,
        /// Why.
        error: TheoryError,
    },
    /// The scenario of a case, as changed, is faulty.
    Scenario(Box<Faults>),
    /// A run failed.
    Run(RunError),
    /// A run could not be kept.
    Keep(RecordError),
}

impl VerificationError {
    /// Whether the user's input is at fault, and not a run.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Run(_) | Self::Keep(_))
    }
}

impl fmt::Display for VerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = |nearest: &Option<String>, known: &[String]| match nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("there are: {}", known.join(", ")),
        };
        match self {
            Self::UnknownCase { name, nearest, known } => {
                write!(f, "no case `{name}`; {}", meant(nearest, known))
            }
            Self::UnknownParameter { name, nearest, known } => {
                write!(f, "--set {name}: no such parameter in these cases; {}", meant(nearest, known))
            }
            Self::NoValue { text } => write!(f, "--set {text}: expected NAME=VALUE, such as sigma=6"),
            Self::BadValue { name, value, expected } => {
                write!(f, "--set {name}={value}: {name} must be {expected}")
            }
            Self::Theory { case, error } => write!(f, "{case}: {error}"),
            Self::Scenario(faults) => write!(f, "{faults}"),
            Self::Run(error) => write!(f, "{error}"),
            Self::Keep(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for VerificationError {}

impl From<RunError> for VerificationError {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl From<Faults> for VerificationError {
    fn from(faults: Faults) -> Self {
        Self::Scenario(Box::new(faults))
    }
}

impl From<RecordError> for VerificationError {
    fn from(error: RecordError) -> Self {
        Self::Keep(error)
    }
}
