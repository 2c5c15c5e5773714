//! Tails of Student's and the chi-squared distribution. They are written here because the usual crate (`statrs`)
//! takes logarithms of the system's library, whose last digit differs between systems; tests hold them to that crate.

use economics::maths::{exp, ln, ln_1p};

/// Terms of a series or steps of a continued fraction after which it is taken as found.
const STEPS_MAX: usize = 10_000;
/// Relative change at which it is.
const PRECISION: f64 = 1e-15;
/// What a vanishing denominator of a continued fraction is replaced by.
const TINY: f64 = 1e-300;

/// Chance that a chi-squared variable of so many degrees of freedom is at least `statistic`; NaN if either is NaN or
/// there are no degrees.
///
/// # Formula
/// The upper regularised incomplete gamma function `Q(degrees/2, statistic/2)`.
#[must_use]
pub fn chi_squared_tail(statistic: f64, degrees: f64) -> f64 {
    if statistic.is_nan() || degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    if statistic <= 0.0 {
        return 1.0;
    }
    if statistic.is_infinite() {
        return 0.0;
    }
    upper_gamma(degrees / 2.0, statistic / 2.0)
}

/// Chance that Student's t of so many degrees of freedom is at least `t`; NaN if either is NaN or there are no degrees.
///
/// # Formula
/// `½ I_x(degrees/2, ½)` with `x = degrees/(degrees + t²)` for positive t, the regularised incomplete beta function.
#[must_use]
pub fn student_tail(t: f64, degrees: f64) -> f64 {
    if t.is_nan() || degrees.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    if t.is_infinite() {
        return if t > 0.0 { 0.0 } else { 1.0 };
    }
    let both = incomplete_beta(degrees / 2.0, 0.5, degrees / (degrees + t * t));
    if t >= 0.0 { both / 2.0 } else { 1.0 - both / 2.0 }
}

/// Q(a, x): by its series below a + 1, by Legendre's continued fraction above.
fn upper_gamma(a: f64, x: f64) -> f64 {
    let front = exp(a * ln(x) - x - ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        for _ in 0..STEPS_MAX {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * PRECISION {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    // Lentz's method on x + 1 − a − 1(1 − a)/(x + 3 − a − …).
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    for step in 1..STEPS_MAX {
        let i = step as f64;
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        value *= c * d;
        if (c * d - 1.0).abs() < PRECISION {
            break;
        }
    }
    (front * value).clamp(0.0, 1.0)
}

/// The regularised incomplete beta function `I_x(a, b)`, by its continued fraction on the side where that converges fast.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * ln(x) + b * ln_1p(-x));
    let value = if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    };
    value.clamp(0.0, 1.0)
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..STEPS_MAX {
        let m = step as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        value *= c * d;
        if (c * d - 1.0).abs() < PRECISION {
            break;
        }
    }
    value
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// Log of the gamma function for positive `x`: Stirling's series, from ten upwards, stepped down by Γ(x+1) = x Γ(x).
fn ln_gamma(x: f64) -> f64 {
    let (mut at, mut steps) = (x, 0.0);
    while at < 10.0 {
        steps += ln(at);
        at += 1.0;
    }
    let inverse = 1.0 / at;
    let square = inverse * inverse;
    // Bernoulli numbers over 2k(2k − 1).
    let series = inverse
        * (1.0 / 12.0
            - square
                * (1.0 / 360.0
                    - square
                        * (1.0 / 1260.0
                            - square * (1.0 / 1680.0 - square * (1.0 / 1188.0 - square * 691.0 / 360_360.0)))));
    (at - 0.5) * ln(at) - at + 0.5 * ln(std::f64::consts::TAU) + series - steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ChiSquared, ContinuousCDF, StudentsT};

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found - expected).abs() <= relative * expected.abs(), "{found} instead of {expected}");
    }

    #[test]
    fn gamma_is_the_factorial_and_at_one_half_the_root_of_pi() {
        near(ln_gamma(6.0), ln(120.0), 1e-14);
        near(ln_gamma(0.5), 0.5 * ln(std::f64::consts::PI), 1e-13);
        near(ln_gamma(25.0), 54.784_729_398_112_32, 1e-14);
    }

    #[test]
    fn tails_are_those_of_statrs() {
        for degrees in [1.0, 2.0, 3.0, 7.0, 10.0, 19.0, 250.0] {
            let (chi_squared, student) =
                (ChiSquared::new(degrees).unwrap(), StudentsT::new(0.0, 1.0, degrees).unwrap());
            for x in [0.01, 0.7, 1.5, 3.841, 11.0, 40.0] {
                near(chi_squared_tail(x, degrees), chi_squared.sf(x), 1e-9);
                near(student_tail(x, degrees), student.sf(x), 1e-9);
                near(student_tail(-x, degrees), student.sf(-x), 1e-9);
            }
        }
    }

    #[test]
    fn what_has_no_degrees_of_freedom_has_no_tail() {
        assert!(chi_squared_tail(1.0, 0.0).is_nan() && student_tail(1.0, 0.0).is_nan());
        assert_eq!([chi_squared_tail(0.0, 3.0), student_tail(f64::INFINITY, 3.0)], [1.0, 0.0]);
    }
}
