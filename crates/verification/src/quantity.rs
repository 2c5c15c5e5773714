//! A quantity: what theory says, what the simulation gives, and whether the two agree.

use serde::{Deserialize, Deserializer, Serialize};

/// One line of a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Name, as in the list of cases.
    pub name: String,
    /// What theory says; `None` where it says that there is none.
    pub theory: Option<f64>,
    /// What the simulation gives; `None` where nothing was found.
    pub simulated: Option<f64>,
    /// Standard error of `simulated`; zero where nothing was drawn.
    #[serde(deserialize_with = "number_if_any")]
    pub standard_error: f64,
    /// Largest difference that counts as agreement.
    #[serde(deserialize_with = "number_if_any")]
    pub tolerance: f64,
    /// Whether they agree.
    pub ok: bool,
}

impl Quantity {
    /// Compares two numbers.
    #[must_use]
    pub fn compare(name: &str, theory: f64, simulated: f64, standard_error: f64, tolerance: f64) -> Self {
        let ok = (simulated - theory).abs() <= tolerance;
        Self { name: name.to_owned(), theory: Some(theory), simulated: Some(simulated), standard_error, tolerance, ok }
    }

    /// Compares two figures either of which may not exist; if one is missing, so must be the other.
    #[must_use]
    pub fn compare_if_any(
        name: &str,
        theory: Option<f64>,
        simulated: Option<f64>,
        standard_error: f64,
        tolerance: f64,
    ) -> Self {
        let ok = match (theory, simulated) {
            (Some(theory), Some(simulated)) => (simulated - theory).abs() <= tolerance,
            (None, None) => true,
            _ => false,
        };
        Self { name: name.to_owned(), theory, simulated, standard_error, tolerance, ok }
    }

    /// Simulated less theory.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.simulated? - self.theory?)
    }
}

/// Reads a number; JSON has no word for one that is not defined and says `null`.
pub(crate) fn number_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::<f64>::deserialize(deserializer)?.unwrap_or(f64::NAN))
}

/// The same for names with numbers.
pub(crate) fn pairs_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, f64)>, D::Error> {
    let pairs = Vec::<(String, Option<f64>)>::deserialize(deserializer)?;
    Ok(pairs.into_iter().map(|(name, number)| (name, number.unwrap_or(f64::NAN))).collect())
}
