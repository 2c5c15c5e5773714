//! Drift: agents are put into a state, choose once at its prices, and the way they move on the whole is counted. Where
//! that changes sign, as trade costs rise, lies a break or a sustain point.

use economics::maths::{exp, ln, total};
use ensembles::statistics::Line;

use crate::error::VerificationError;
use crate::trial::{Effort, Setting, State, run_all};

/// A drift beyond so many standard deviations of pure chance has a sign.
const DEFINITE: f64 = 4.0;
/// Points of the first look, spread evenly in the logarithm.
const FIRST_POINTS: usize = 24;
/// Points of each closer look.
const POINTS: usize = 9;
/// Closer looks before a line is fitted.
const LOOKS: usize = 4;
/// A bracket this narrow, relative to where it is, is narrow enough for a line.
const NARROW: f64 = 0.06;
/// Half the width of the last window, relative to where it is: curvature then moves the zero by less than 1e-4 of it.
/// Where drift is weak the window is wider, up to the second figure.
const WINDOW: (f64, f64) = (0.02, 0.1);

/// A question to the engine: at which `x` does drift change sign?
pub(crate) struct Question<'a> {
    /// The scenario at some `x`, for a first look or for good, with a seed.
    pub(crate) setting: &'a (dyn Fn(f64, Resolution, u32) -> Setting + Sync),
    /// Drift between opening and end, in standard deviations of pure chance or near it.
    pub(crate) drift: &'a (dyn Fn(&State, &State) -> f64 + Sync),
    /// Where to look, both above zero.
    pub(crate) range: (f64, f64),
    /// Whether drift is positive at the upper end.
    pub(crate) positive_above: bool,
}

/// How many agents a run has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// Few: enough to see a sign.
    Look,
    /// Many: for the figure that is reported.
    Measure,
}

/// Where drift is zero.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Zero {
    /// There.
    pub(crate) at: f64,
    /// Standard error.
    pub(crate) standard_error: f64,
    /// Mean drift at each `x` of the last window.
    pub(crate) drifts: Vec<(f64, f64)>,
}

/// The largest `x` at which drift changes sign; `None` if it has one sign, or none, all over the range.
///
/// A first look over the whole range finds a bracket, closer looks narrow it, and a line through many replicates gives
/// the zero with its standard error.
///
/// # Errors
/// The first run that failed.
pub(crate) fn zero(question: &Question, effort: &Effort) -> Result<Option<Zero>, VerificationError> {
    let Some((low, high)) = narrow_bracket(question, effort)? else { return Ok(None) };
    let middle = (low + high) / 2.0;
    let half = ((high - low) / 2.0).max(WINDOW.0 * middle);
    let Some(rough) = fit(question, (middle, half), (Resolution::Look, 4), effort)? else { return Ok(None) };
    // A line that missed its window says little about where its zero is.
    let centre = rough.at.clamp(middle - half, middle + half);
    let half = (4.0 * rough.standard_error).clamp(WINDOW.0 * centre, WINDOW.1 * centre);
    fit(question, (centre, half), (Resolution::Measure, effort.of(6, 16)), effort)
}

/// As [`zero`], to a few per cent and without replicates.
///
/// # Errors
/// The first run that failed.
pub(crate) fn rough_zero(question: &Question, effort: &Effort) -> Result<Option<f64>, VerificationError> {
    Ok(narrow_bracket(question, effort)?.map(|(low, high)| (low + high) / 2.0))
}

fn narrow_bracket(question: &Question, effort: &Effort) -> Result<Option<(f64, f64)>, VerificationError> {
    let (low, high) = question.range;
    let ratio = ln(high / low) / (FIRST_POINTS - 1) as f64;
    let first: Vec<f64> = (0..FIRST_POINTS).map(|point| low * exp(ratio * point as f64)).collect();
    let Some(mut found) = bracket(question, &first, effort)? else { return Ok(None) };
    for _ in 0..LOOKS {
        let (low, high) = found;
        if high - low <= NARROW * high {
            break;
        }
        match bracket(question, &spread(low, high), effort)? {
            Some(narrower) if narrower != found => found = narrower,
            _ => break,
        }
    }
    Ok(Some(found))
}

/// Points between two bounds, both included.
fn spread(low: f64, high: f64) -> Vec<f64> {
    (0..POINTS).map(|point| low + (high - low) * point as f64 / (POINTS - 1) as f64).collect()
}

/// Drifts at each point, over so many replicates. No two runs of a look share a seed: at neighbouring points the same random numbers
/// would push the same way, and a line through them would hide it.
fn drifts(
    question: &Question,
    points: &[f64],
    (grain, replicates): (Resolution, u32),
    effort: &Effort,
) -> Result<Vec<Vec<f64>>, VerificationError> {
    let runs = points.iter().flat_map(|&x| (0..replicates).map(move |_| x)).zip(1..);
    let settings: Vec<Setting> = runs.map(|(x, seed)| (question.setting)(x, grain, seed).with("seed", seed)).collect();
    let drifts = run_all(&settings, effort, |opening, end| (question.drift)(opening, end))?;
    Ok(drifts.chunks(replicates as usize).map(<[f64]>::to_vec).collect())
}

/// The two neighbouring points between which the sign changes for the last time; points where chance hides the sign do
/// not count.
fn bracket(question: &Question, points: &[f64], effort: &Effort) -> Result<Option<(f64, f64)>, VerificationError> {
    let upper_sign = if question.positive_above { 1.0 } else { -1.0 };
    let drifts = drifts(question, points, (Resolution::Look, 1), effort)?;
    let mut upper = None;
    for (&x, drifts) in points.iter().zip(&drifts).rev() {
        let drift = upper_sign * mean(drifts);
        if drift > DEFINITE {
            upper = Some(x);
        } else if drift < -DEFINITE {
            return Ok(upper.map(|upper| (x, upper)));
        }
    }
    Ok(None)
}

fn fit(
    question: &Question,
    (centre, half): (f64, f64),
    sample: (Resolution, u32),
    effort: &Effort,
) -> Result<Option<Zero>, VerificationError> {
    let points = spread(centre - half, centre + half);
    let drifts = drifts(question, &points, sample, effort)?;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (&point, drifts) in points.iter().zip(&drifts) {
        x.extend(drifts.iter().map(|_| point));
        y.extend(drifts);
    }
    let means = points.iter().zip(&drifts).map(|(&point, drifts)| (point, mean(drifts))).collect();
    Ok(Line::fit(&x, &y, None).filter(|line| line.zero.is_finite()).map(|line| Zero {
        at: line.zero,
        standard_error: line.zero_standard_error,
        drifts: means,
    }))
}

fn mean(values: &[f64]) -> f64 {
    total(values) / values.len().max(1) as f64
}
