//! Quantiles: where a tail has a given chance.

use super::student_tail;

/// Halvings of an interval after which a double has no further digits.
const HALVINGS: usize = 200;

/// The t of so many degrees of freedom above which Student's distribution has the chance `tail`; NaN without degrees, or
/// where `tail` is no probability between zero and one.
///
/// # Formula
/// The root of `student_tail(t, degrees) = tail`, by bisection.
#[must_use]
pub fn student_quantile(tail: f64, degrees: f64) -> f64 {
    let is_chance = tail > 0.0 && tail < 1.0;
    if !is_chance || degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    if tail > 0.5 {
        return -student_quantile(1.0 - tail, degrees);
    }
    let (mut low, mut high) = (0.0, 1.0);
    while student_tail(high, degrees) > tail {
        low = high;
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if student_tail(middle, degrees) > tail { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Two-sided 95 %: 12.706 with one degree, 4.303 with two, 2.365 with seven, 2.131 with fifteen.
        for (degrees, t) in [(1.0, 12.706_204_736), (2.0, 4.302_652_730), (7.0, 2.364_624_252), (15.0, 2.131_449_546)] {
            let found = student_quantile(0.025, degrees);
            assert!((found - t).abs() < 1e-7, "{degrees} degrees: {found} instead of {t}");
        }
        // Very many degrees: the normal distribution.
        assert!((student_quantile(0.025, 1e8) - 1.959_964).abs() < 1e-5);
    }

    #[test]
    fn quantiles_turn_the_tail_round_and_know_their_bounds() {
        for tail in [0.001, 0.2, 0.5, 0.7, 0.999] {
            assert!((student_tail(student_quantile(tail, 5.0), 5.0) - tail).abs() < 1e-12);
        }
        assert!(student_quantile(0.0, 5.0).is_nan() && student_quantile(1.0, 5.0).is_nan());
        assert!(student_quantile(0.1, 0.0).is_nan() && student_quantile(f64::NAN, 5.0).is_nan());
    }
}
