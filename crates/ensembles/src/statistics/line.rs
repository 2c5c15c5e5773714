//! A least-squares line, and where it crosses zero.

use economics::maths::total;

/// A line fitted by least squares, weighted by the precision of its points where that is known.
///
/// # Formula
/// `zero = −intercept/slope`, with the standard error of the delta method:
/// `√(var(a) + 2 zero cov(a, b) + zero² var(b)) / |b|`.
///
/// # Source
/// Textbook least squares, e.g. Draper and Smith (1998), chapters 1 and 9.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Change of y per unit of x.
    pub slope: f64,
    /// Standard error of the slope.
    pub slope_standard_error: f64,
    /// y at x = 0.
    pub intercept: f64,
    /// Standard error of the intercept.
    pub intercept_standard_error: f64,
    /// Where the line is zero; infinite or NaN where it is level.
    pub zero: f64,
    /// Standard error of `zero`.
    pub zero_standard_error: f64,
    /// Sum of squared deviations, in units of the standard errors where they were given. If those are right and the
    /// relation is a line, it is chi-squared with `points − 2` degrees of freedom.
    pub deviance: f64,
    /// Number of points.
    pub points: usize,
}

impl Line {
    /// Fits a line through points. With standard errors of y, points count by their inverse squares and the errors of
    /// the line follow from them; without, all count alike and the errors follow from the scatter about the line.
    ///
    /// `None` if there are fewer than two points at different x (three without standard errors), if lengths differ, or
    /// if a number is not finite or a standard error not positive.
    #[must_use]
    pub fn fit(x: &[f64], y: &[f64], standard_errors: Option<&[f64]>) -> Option<Self> {
        let points = x.len();
        let least = if standard_errors.is_some() { 2 } else { 3 };
        if points < least || y.len() != points || !x.iter().chain(y).all(|value| value.is_finite()) {
            return None;
        }
        let weights: Vec<f64> = match standard_errors {
            Some(errors) if errors.len() != points || !errors.iter().all(|&e| e > 0.0 && e.is_finite()) => return None,
            Some(errors) => errors.iter().map(|error| 1.0 / (error * error)).collect(),
            None => vec![1.0; points],
        };
        let weight = total(&weights);
        let mean = |values: &[f64]| weighted(&weights, values, |value| value) / weight;
        let (x_mean, y_mean) = (mean(x), mean(y));
        let x_squares = weighted(&weights, x, |x| (x - x_mean) * (x - x_mean));
        if x_squares <= 0.0 {
            return None;
        }
        let products: Vec<f64> =
            weights.iter().zip(x).zip(y).map(|((weight, x), y)| weight * (x - x_mean) * (y - y_mean)).collect();
        let slope = total(&products) / x_squares;
        let intercept = y_mean - slope * x_mean;
        let deviations: Vec<f64> = weights
            .iter()
            .zip(x)
            .zip(y)
            .map(|((weight, x), y)| {
                let deviation = y - intercept - slope * x;
                weight * deviation * deviation
            })
            .collect();
        let deviance = total(&deviations);
        let scale = if standard_errors.is_some() { 1.0 } else { deviance / (points - 2) as f64 };
        let slope_variance = scale / x_squares;
        let intercept_variance = scale / weight + x_mean * x_mean * slope_variance;
        let covariance = -x_mean * slope_variance;
        let zero = -intercept / slope;
        let zero_variance = intercept_variance + 2.0 * zero * covariance + zero * zero * slope_variance;
        Some(Self {
            slope,
            slope_standard_error: slope_variance.sqrt(),
            intercept,
            intercept_standard_error: intercept_variance.sqrt(),
            zero,
            zero_standard_error: zero_variance.max(0.0).sqrt() / slope.abs(),
            deviance,
            points,
        })
    }

    /// The line's height at `x`.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }
}

fn weighted(weights: &[f64], values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let terms: Vec<f64> = weights.iter().zip(values).map(|(weight, &value)| weight * term(value)).collect();
    total(&terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} instead of {expected}");
    }

    #[test]
    fn a_line_is_found_again() {
        let line = Line::fit(&[1.0, 2.0, 4.0], &[1.0, -1.0, -5.0], None).expect("three points");
        near(line.slope, -2.0);
        near(line.intercept, 3.0);
        near(line.zero, 1.5);
        near(line.zero_standard_error, 0.0);
        near(line.at(10.0), -17.0);
    }

    #[test]
    fn errors_without_weights_follow_from_the_scatter() {
        // By hand: x̄ 1.5, Sxx 5, Sxy 9.5, slope 1.9, intercept −.35; residuals .35, −.55, .05, .15 squared sum to .45,
        // over two degrees of freedom .225.
        let line = Line::fit(&[0.0, 1.0, 2.0, 3.0], &[0.0, 1.0, 3.5, 5.5], None).expect("four points");
        near(line.slope, 1.9);
        near(line.intercept, -0.35);
        near(line.deviance, 0.45);
        near(line.slope_standard_error, (0.225_f64 / 5.0).sqrt());
        near(line.intercept_standard_error, (0.225_f64 * (0.25 + 2.25 / 5.0)).sqrt());
        // Delta method in its centred form: √(s² (1/n + (x₀ − x̄)²/Sxx)) / |b|.
        let zero: f64 = 0.35 / 1.9;
        near(line.zero, zero);
        near(line.zero_standard_error, (0.225 * (0.25 + (zero - 1.5) * (zero - 1.5) / 5.0)).sqrt() / 1.9);
    }

    #[test]
    fn weights_count_points_as_often_as_their_precision_says() {
        // A point with half the standard error counts like four points there.
        let line = Line::fit(&[0.0, 1.0, 2.0], &[1.0, 0.5, -1.0], Some(&[1.0, 0.5, 1.0])).expect("three points");
        let copies = Line::fit(
            &[0.0, 1.0, 1.0, 1.0, 1.0, 2.0],
            &[1.0, 0.5, 0.5, 0.5, 0.5, -1.0],
            Some(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
        )
        .expect("six points");
        near(line.zero, copies.zero);
        near(line.zero_standard_error, copies.zero_standard_error);
        near(line.deviance, copies.deviance);
    }

    #[test]
    fn no_line_without_two_places_to_draw_it_through() {
        assert_eq!(Line::fit(&[1.0, 1.0, 1.0], &[0.0, 1.0, 2.0], None), None);
        assert_eq!(Line::fit(&[0.0, 1.0], &[0.0, 1.0], None), None);
        assert_eq!(Line::fit(&[0.0, 1.0], &[0.0, 1.0], Some(&[1.0, 0.0])), None);
        assert_eq!(Line::fit(&[0.0, f64::NAN], &[0.0, 1.0], Some(&[1.0, 1.0])), None);
        assert!(Line::fit(&[0.0, 1.0], &[0.0, 1.0], Some(&[1.0, 1.0])).is_some());
    }
}
