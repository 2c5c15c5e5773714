//! From a design to points: one setting of every parameter each.

use economics::maths::{exp, ln};
use scenario::study::{Between, Design, Levels, Setting, Study, Swept};

use super::sobol::Sobol;
use crate::draws::Draws;

/// The points of a study, in order. A study without parameters has one point, without settings.
#[must_use]
pub fn points(study: &Study) -> Vec<Vec<Setting>> {
    let parameters = &study.parameters;
    if parameters.is_empty() {
        return vec![Vec::new()];
    }
    match study.design {
        Design::Grid => grid(parameters),
        Design::List => {
            let count = parameters.iter().map(|swept| values(swept).len()).min().unwrap_or(0);
            (0..count).map(|at| parameters.iter().map(|swept| values(swept)[at]).collect()).collect()
        }
        Design::LatinHypercube { points, seed } => {
            let drawn = Draws::new(seed).latin_hypercube(points, parameters.len());
            drawn.iter().map(|point| located(parameters, point)).collect()
        }
        Design::Sobol { points, seed } => {
            Sobol::new(parameters.len(), seed).take(points).map(|point| located(parameters, &point)).collect()
        }
    }
}

/// Every value with every other; the last parameter changes with every point.
fn grid(parameters: &[Swept]) -> Vec<Vec<Setting>> {
    let mut points = vec![Vec::new()];
    for swept in parameters {
        let values = values(swept);
        points = points
            .into_iter()
            .flat_map(|point| values.iter().map(move |value| point.iter().copied().chain([*value]).collect()))
            .collect();
    }
    points
}

/// The values of a list, or the levels of a range.
fn values(swept: &Swept) -> Vec<Setting> {
    match &swept.levels {
        Levels::Listed(values) => (0..values.len()).map(Setting::Listed).collect(),
        Levels::Between(range) => {
            let steps = range.levels.unwrap_or(2) - 1;
            let share = |level| f64::from(level) / f64::from(steps);
            (0..=steps).map(|level| Setting::Number(between(range, share(level)))).collect()
        }
    }
}

/// A point of the unit cube as settings.
fn located(parameters: &[Swept], point: &[f64]) -> Vec<Setting> {
    let one = |(swept, share): (&Swept, &f64)| match &swept.levels {
        Levels::Listed(values) => Setting::Listed(((share * values.len() as f64) as usize).min(values.len() - 1)),
        // Each whole number has the same share of the range.
        Levels::Between(range) if range.whole && !range.logarithmic => {
            let among = range.to - range.from + 1.0;
            Setting::Number((range.from + (share * among).floor()).min(range.to))
        }
        Levels::Between(range) => Setting::Number(between(range, *share)),
    };
    parameters.iter().zip(point).map(one).collect()
}

/// The number at a share of the way from one end of a range to the other; at share 0 and 1 it is the ends exactly.
fn between(range: &Between, share: f64) -> f64 {
    let (from, to) = (range.from, range.to);
    let value = if share <= 0.0 {
        from
    } else if share >= 1.0 {
        to
    } else if range.logarithmic {
        exp(ln(from) + share * (ln(to) - ln(from)))
    } else {
        from + share * (to - from)
    };
    let value = if range.whole { value.round() } else { value };
    value.clamp(from, to)
}
