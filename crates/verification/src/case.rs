//! Cases: what each has to say of itself, and what it finds.

use economics::theory::TheoryError;
use serde::{Deserialize, Serialize};

use crate::chart::Chart;
use crate::error::VerificationError;
use crate::facts::{Fact, Prior, Status};
use crate::parameters::{Parameter, Parameters};
use crate::quantity::Quantity;
use crate::trial::Effort;

/// A theory of which the engine has a limit.
pub trait Case: Sync {
    /// Name on the command line.
    fn name(&self) -> &'static str;
    /// What it claims and how it is measured, in two sentences.
    fn about(&self) -> &'static str;
    /// Where it comes from.
    fn source(&self) -> &'static str;
    /// What can be set.
    fn parameters(&self) -> Vec<Parameter>;
    /// Theory and simulation, side by side.
    ///
    /// # Errors
    /// Numbers for which theory has no answer, and runs that fail.
    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError>;

    /// What theory says, or why it says nothing, with the name of the case.
    ///
    /// # Errors
    /// [`VerificationError::Theory`].
    fn theory<T>(&self, answer: Result<T, TheoryError>) -> Result<T, VerificationError>
    where
        Self: Sized,
    {
        answer.map_err(|error| VerificationError::Theory { case: self.name().to_owned(), error })
    }
}

/// What a case found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Quantities in the order of importance.
    pub quantities: Vec<Quantity>,
    /// A plot in letters, if there is something to see.
    pub plot: Option<String>,
    /// Charts of what was measured.
    pub charts: Vec<Chart>,
}

impl Findings {
    pub(crate) fn push(&mut self, quantity: Quantity) {
        self.quantities.push(quantity);
    }
}

/// A case with its verdicts, as `--json` prints it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Name of the case.
    pub case: String,
    /// Numbers used.
    pub parameters: Parameters,
    /// Theory, simulation, verdict.
    pub quantities: Vec<Quantity>,
    /// A plot in letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// Charts of what was measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<Chart>,
    /// Facts in full, if the case is `facts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The prior sweep, if the case is `prior`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
}

impl Report {
    /// Whether every quantity agrees, and every fact that the engine claims holds. Facts that hold under stated
    /// conditions only are reported, and decide nothing.
    #[must_use]
    pub fn ok(&self) -> bool {
        if self.facts.is_empty() {
            return self.quantities.iter().all(|quantity| quantity.ok);
        }
        self.facts.iter().all(|fact| fact.holds || fact.status == Status::Conditional)
    }
}
