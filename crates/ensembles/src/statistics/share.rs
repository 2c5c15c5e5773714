//! A share of trials that passed, with the interval of Wilson.

/// How many of so many trials passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Trials that passed.
    pub passed: usize,
    /// All trials.
    pub trials: usize,
}

/// Standard deviations to either side that hold 95 % of a normal distribution.
const NORMAL_95: f64 = 1.959_963_984_540_054;

impl Share {
    /// Counts what passed.
    #[must_use]
    pub fn of(passed: &[bool]) -> Self {
        Self { passed: passed.iter().filter(|&&passed| passed).count(), trials: passed.len() }
    }

    /// Share that passed; NaN without trials.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.passed as f64 / self.trials as f64
    }

    /// Interval that covers the true share in 95 % of cases, also near zero and one.
    ///
    /// # Formula
    /// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`; `(0, 1)` without trials.
    ///
    /// # Source
    /// Wilson (1927).
    #[must_use]
    pub fn wilson(&self) -> (f64, f64) {
        if self.trials == 0 {
            return (0.0, 1.0);
        }
        let (n, p, z) = (self.trials as f64, self.rate(), NORMAL_95);
        let centre = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        (((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_intervals_are_those_of_the_tables() {
        // 8 of 10: (.4902, .9433), the standard worked example; 0 of 10: 0 and z²/(n + z²).
        let (low, high) = Share { passed: 8, trials: 10 }.wilson();
        assert!((low - 0.4902).abs() < 5e-5 && (high - 0.9433).abs() < 5e-5, "{low} {high}");
        let (low, high) = Share { passed: 0, trials: 10 }.wilson();
        let square = NORMAL_95 * NORMAL_95;
        assert!(low.abs() < 1e-15 && (high - square / (10.0 + square)).abs() < 1e-14, "{low} {high}");
    }

    #[test]
    fn the_interval_solves_the_score_equation() {
        // At either end, the observed share is 1.96 standard deviations of that end's binomial away.
        let share = Share { passed: 13, trials: 20 };
        let (low, high) = share.wilson();
        for end in [low, high] {
            let deviations = (share.rate() - end).abs() / (end * (1.0 - end) / 20.0).sqrt();
            assert!((deviations - NORMAL_95).abs() < 1e-12, "{deviations}");
        }
    }

    #[test]
    fn no_trials_say_nothing() {
        assert_eq!(Share::of(&[]).wilson(), (0.0, 1.0));
        assert_eq!(Share::of(&[true, false, true]), Share { passed: 2, trials: 3 });
    }
}
