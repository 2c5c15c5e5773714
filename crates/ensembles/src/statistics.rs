//! Statistics of replicates: means, paired differences, shares, lines, and the tails of the usual distributions.

mod line;
mod quantile;
mod share;
mod tails;

pub use line::Line;
pub use quantile::student_quantile;
pub use share::Share;
pub use tails::{chi_squared_tail, student_tail};

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

    /// Of the differences `after − before` of pairs that shared their random numbers.
    #[must_use]
    pub fn of_pairs(after: &[f64], before: &[f64]) -> Self {
        let differences: Vec<f64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
        Self::of(&differences)
    }

    /// Chance of so large a mean, or a larger one, if the true mean were `bound` (Student's one-sided test); NaN for
    /// fewer than two replicates.
    #[must_use]
    pub fn chance_above(&self, bound: f64) -> f64 {
        if self.replicates < 2 {
            return f64::NAN;
        }
        let gap = self.mean - bound;
        if self.standard_error == 0.0 {
            return if gap > 0.0 { 0.0 } else { 1.0 };
        }
        student_tail(gap / self.standard_error, (self.replicates - 1) as f64)
    }

    /// The interval that covers the true mean in so large a share of samples (Student's); NaN for fewer than two
    /// replicates, the mean alone where all of them are equal.
    #[must_use]
    pub fn interval(&self, coverage: f64) -> [f64; 2] {
        if self.replicates < 2 {
            return [f64::NAN; 2];
        }
        let half = student_quantile((1.0 - coverage) / 2.0, (self.replicates - 1) as f64) * self.standard_error;
        [self.mean - half, self.mean + half]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_and_its_error_are_those_of_hand_arithmetic() {
        // Mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, variance 10/4, of the mean 10/4/5.
        let estimate = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(estimate.mean, 3.0);
        assert!((estimate.standard_error - 0.5_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn pairs_take_out_what_they_share() {
        let before = [10.0, 20.0, 30.0];
        let after = [11.0, 21.0, 31.0];
        let estimate = Estimate::of_pairs(&after, &before);
        assert_eq!((estimate.mean, estimate.standard_error), (1.0, 0.0));
        assert_eq!(estimate.chance_above(0.0), 0.0);
        assert_eq!(estimate.chance_above(1.0), 1.0);
    }

    #[test]
    fn a_mean_at_the_bound_is_as_often_above_as_below() {
        let estimate = Estimate::of(&[1.0, 2.0, 3.0]);
        assert!((estimate.chance_above(2.0) - 0.5).abs() < 1e-12);
        assert!(Estimate::of(&[1.0]).chance_above(0.0).is_nan());
    }

    #[test]
    fn an_interval_is_the_mean_and_student_s_t_on_either_side() {
        // Mean 2, standard error √(1/3), t of two degrees 4.302653.
        let [low, high] = Estimate::of(&[1.0, 2.0, 3.0]).interval(0.95);
        let half = 4.302_652_73 / 3.0_f64.sqrt();
        assert!((low - (2.0 - half)).abs() < 1e-7 && (high - (2.0 + half)).abs() < 1e-7);
        assert_eq!(Estimate::of(&[0.0; 4]).interval(0.95), [0.0, 0.0]);
        assert!(Estimate::of(&[1.0]).interval(0.95)[0].is_nan());
    }
}
