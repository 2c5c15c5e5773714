//! Statistics of replicates.

use economics::maths::total;

/// Mean of replicates with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Standard error of the mean; NaN for fewer than two replicates.
    pub standard_error: f64,
    /// Number of replicates.
    pub replicates: usize,
}

impl Estimate {
    /// Of values that were drawn independently.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let mean = total(values) / count;
        let squares: Vec<f64> = values.iter().map(|value| (value - mean) * (value - mean)).collect();
        let standard_error = if values.len() < 2 { f64::NAN } else { (total(&squares) / (count - 1.0) / count).sqrt() };
        Self { mean, standard_error, replicates: values.len() }
    }

    /// Mean over standard error.
    #[must_use]
    pub fn t(&self) -> f64 {
        self.mean / self.standard_error
    }
}
