//! Effects: paired differences with intervals, beside what unpaired runs would have given.

use serde::Serialize;

use super::published::Published;
use crate::statistics::Estimate;

/// Coverage of the intervals.
pub const COVERAGE: f64 = 0.95;

/// A difference between two worlds over paired runs. What is not defined is NaN: null in files.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Numbers {
    /// Mean over seeds without the policy.
    pub base: f64,
    /// Mean over seeds with the policy.
    pub with_policy: f64,
    /// Mean of the paired differences.
    pub effect: f64,
    /// Lower end of the 95 % interval (Student's t over the pairs).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard error of the mean difference.
    pub standard_error: f64,
    /// Pairs in which the quantity is defined.
    pub pairs: usize,
}

impl Numbers {
    /// Of values by seed in two worlds; pairs of which one is not defined are left out.
    #[must_use]
    pub fn of(base: &[f64], with: &[f64]) -> Self {
        let [base, with] = defined(base, with);
        let paired = Estimate::of_pairs(&with, &base);
        let [low, high] = paired.interval(COVERAGE);
        Self {
            base: mean(&base),
            with_policy: mean(&with),
            effect: mean(&differences(&base, &with)),
            low,
            high,
            standard_error: paired.standard_error,
            pairs: base.len(),
        }
    }

    /// Sign of the interval: 1 above zero, −1 below, 0 if it holds zero.
    #[must_use]
    pub fn sign(&self) -> i8 {
        i8::from(self.low > 0.0) - i8::from(self.high < 0.0)
    }
}

fn defined(base: &[f64], with: &[f64]) -> [Vec<f64>; 2] {
    let pairs = base.iter().zip(with).filter(|(base, with)| base.is_finite() && with.is_finite());
    let (base, with) = pairs.map(|(base, with)| (*base, *with)).unzip();
    [base, with]
}

fn differences(base: &[f64], with: &[f64]) -> Vec<f64> {
    with.iter().zip(base).map(|(with, base)| with - base).collect()
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { Estimate::of(values).mean }
}

/// The effect of a policy on a quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The policy, or policies that act together.
    pub policy: String,
    /// The quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: &'static str,
    /// What it is.
    pub about: String,
    /// Whether it belongs on the first page.
    pub headline: bool,
    /// The difference.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Mean over seeds of the difference as a share of the base (for what a policy is worth: of mean real income).
    pub relative: f64,
    /// Lower end of its 95 % interval.
    pub relative_low: f64,
    /// Upper end.
    pub relative_high: f64,
    /// Standard error that as many runs with seeds of their own in each world would have.
    pub unpaired_standard_error: f64,
    /// How many times larger that is than the paired one; infinite where pairs differ by the same amount.
    pub standard_error_ratio: f64,
    /// Its square: how many times fewer runs pairing needs for the same precision.
    pub variance_ratio: f64,
    /// What has been published about such an effect.
    pub published: Vec<Published>,
}

/// What pairing saves.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reduction {
    unpaired: f64,
    ratio: f64,
}

impl Reduction {
    /// The same runs, taken as if they had not shared random numbers: √(s₀²/n + s₁²/n) against the error of the pairs.
    fn of(base: &[f64], with: &[f64], paired: f64) -> Self {
        let [base, with] = [base, with].map(|values| Estimate::of(values).standard_error);
        let unpaired = (base * base + with * with).sqrt();
        let ratio = if paired > 0.0 {
            unpaired / paired
        } else if unpaired > 0.0 {
            f64::INFINITY
        } else {
            // Nothing varies in either world: there is nothing to reduce.
            f64::NAN
        };
        Self { unpaired, ratio }
    }
}

/// The effect on one quantity out of its values by seed; `whole` is what the relative effect is a share of, by seed.
pub(super) fn effect(
    policy: &str,
    quantity: &super::quantities::Quantity,
    base: &[f64],
    with: &[f64],
    whole: &[f64],
) -> Effect {
    let numbers = Numbers::of(base, with);
    let shares: Vec<f64> = with
        .iter()
        .zip(base)
        .zip(whole)
        .map(|((with, base), whole)| (with - base) / whole)
        .filter(|share| share.is_finite())
        .collect();
    let relative = Estimate::of(&shares);
    let [relative_low, relative_high] = if shares.is_empty() { [f64::NAN; 2] } else { relative.interval(COVERAGE) };
    let [base, with] = defined(base, with);
    let reduction = Reduction::of(&base, &with, numbers.standard_error);
    Effect {
        policy: policy.to_owned(),
        quantity: quantity.name.clone(),
        unit: quantity.unit,
        about: quantity.about.clone(),
        headline: quantity.headline,
        numbers,
        relative: mean(&shares),
        relative_low,
        relative_high,
        unpaired_standard_error: reduction.unpaired,
        standard_error_ratio: reduction.ratio,
        variance_ratio: reduction.ratio * reduction.ratio,
        published: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: &[f64], with: &[f64]) -> Effect {
        let quantity = super::super::quantities::Quantity {
            name: "output".to_owned(),
            unit: "yuan",
            about: String::new(),
            headline: true,
        };
        effect("policy", &quantity, base, with, base)
    }

    #[test]
    fn worlds_that_are_the_same_differ_by_exactly_nothing() {
        let effect = of(&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]);
        let numbers = effect.numbers;
        assert_eq!([numbers.effect, numbers.low, numbers.high, numbers.standard_error], [0.0; 4]);
        assert_eq!([effect.relative, effect.relative_low, effect.relative_high], [0.0; 3]);
        // Runs differ between seeds, and pairs do not: pairing is infinitely better.
        assert!(effect.variance_ratio.is_infinite() && numbers.sign() == 0);
        assert!(of(&[3.0; 4], &[3.0; 4]).variance_ratio.is_nan());
    }

    #[test]
    fn pairing_is_compared_with_runs_with_independent_random_numbers() {
        // Differences 1, 2, 3: standard error 1/√3. Base 0, 10, 20 and policy 1, 12, 23: variances 100 and 121.
        let effect = of(&[0.0, 10.0, 20.0], &[1.0, 12.0, 23.0]);
        let unpaired = (221.0_f64 / 3.0).sqrt();
        assert!((effect.numbers.standard_error - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert!((effect.unpaired_standard_error - unpaired).abs() < 1e-12);
        assert!((effect.variance_ratio - 221.0).abs() < 1e-9);
        // The share of zero is not defined: two pairs are left, .2 and .15.
        assert!((effect.relative - 0.175).abs() < 1e-12);
    }

    #[test]
    fn a_pair_without_a_value_is_left_out() {
        let numbers = Numbers::of(&[1.0, f64::NAN, 3.0], &[2.0, 5.0, f64::NAN]);
        assert_eq!((numbers.pairs, numbers.base, numbers.effect), (1, 1.0, 1.0));
        assert!(numbers.low.is_nan());
        assert!(Numbers::of(&[f64::NAN], &[1.0]).effect.is_nan());
    }
}
