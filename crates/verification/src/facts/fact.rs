//! What a fact is, and what was found about it.

use ensembles::statistics::{Estimate, Share};
use serde::{Deserialize, Serialize};
use simulation::model::RunError;

use super::world::World;
use crate::Quantity;

/// How much of a fact is the model's own doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It follows from what firms and people do.
    Emerges,
    /// It emerges, but its level is calibrated or it needs the parameters of the shipped scenario.
    EmergesWithin,
    /// It holds under stated conditions only.
    Conditional,
    /// It restates an assumption or an identity.
    ByConstruction,
}

/// A figure that the test of a fact looked at: its mean over seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Name.
    pub name: String,
    /// Mean over seeds.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub mean: f64,
    /// Standard error of the mean.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub standard_error: f64,
}

/// The test of a fact in another world: with part of the model off (an ablation), or under another condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// What is different.
    pub name: String,
    /// The difference, as `run --set` takes it.
    pub overrides: Vec<String>,
    /// Seeds tried.
    pub seeds: usize,
    /// Share of seeds that pass the test.
    pub pass_rate: f64,
    /// Lower end of the 95 % Wilson interval of the share.
    pub wilson_low: f64,
    /// Upper end.
    pub wilson_high: f64,
    /// Mean effect.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub effect: f64,
    /// Its standard error.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub effect_standard_error: f64,
    /// Every figure that the test looked at.
    pub measures: Vec<Measure>,
}

/// A stylised fact, tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `SF1` … `SF10`.
    pub id: String,
    /// Name.
    pub title: String,
    /// What is claimed.
    pub statement: String,
    /// Who found it.
    pub source: String,
    /// How much of it is the model's own doing.
    pub status: Status,
    /// The test that a seed passes or fails.
    pub threshold: String,
    /// What `effect` is.
    pub effect_name: String,
    /// First seed; seeds follow one another.
    pub first_seed: u64,
    /// Number of seeds.
    pub seeds: usize,
    /// Share of seeds that pass.
    pub pass_rate: f64,
    /// Lower end of the 95 % Wilson interval of the share.
    pub wilson_low: f64,
    /// Upper end.
    pub wilson_high: f64,
    /// Mean effect.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub effect: f64,
    /// Its standard error.
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub effect_standard_error: f64,
    /// Chance of so large an effect if there were none (one-sided t).
    #[serde(deserialize_with = "crate::quantity::number_if_any")]
    pub effect_chance: f64,
    /// Every figure that the test looked at.
    pub measures: Vec<Measure>,
    /// Worlds in which the fact must fail.
    pub ablations: Vec<Arm>,
    /// Worlds that show its conditions; they decide nothing.
    pub variants: Vec<Arm>,
    /// Pass rate less that of the best ablation.
    pub margin: f64,
    /// Margin that is required.
    pub required_margin: f64,
    /// Whether the margin is as required.
    pub holds: bool,
    /// Under which conditions it holds, and what the test cannot say.
    pub conditions: String,
}

impl Fact {
    /// The verdict as quantities: the margin against what is required, and the pass rates behind it.
    #[must_use]
    pub fn quantities(&self) -> Vec<Quantity> {
        let error = |low: f64, high: f64| (high - low) / 3.92;
        let rate = |name: String, arm: (f64, f64, f64)| Quantity {
            name,
            theory: None,
            simulated: Some(arm.0),
            standard_error: error(arm.1, arm.2),
            tolerance: 1.0,
            ok: true,
        };
        let mut quantities = vec![Quantity {
            name: format!("{} pass_rate minus best ablation", self.id),
            theory: Some(self.required_margin),
            simulated: Some(self.margin),
            standard_error: error(self.wilson_low, self.wilson_high),
            tolerance: 1.0 - self.required_margin,
            ok: self.holds,
        }];
        quantities.push(rate(format!("{} pass_rate", self.id), (self.pass_rate, self.wilson_low, self.wilson_high)));
        quantities.extend(self.ablations.iter().map(|arm| {
            rate(format!("{} pass_rate, {}", self.id, arm.name), (arm.pass_rate, arm.wilson_low, arm.wilson_high))
        }));
        quantities
    }
}

/// Why facts could not be tested.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FactError {
    /// There is no fact of that name.
    #[error("there is no fact {id}; there are SF1 to SF10")]
    Unknown {
        /// The name.
        id: String,
    },
    /// Overrides do not fit the scenario.
    #[error("{0}")]
    Scenario(String),
    /// A run ended early.
    #[error("{0}")]
    Run(RunError),
    /// A run could not be kept.
    #[error("{0}")]
    Keep(String),
}

/// What one seed said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trial {
    /// Whether it passed the test.
    pub passed: bool,
    /// The effect.
    pub effect: f64,
    /// Every figure looked at; the same names in every trial.
    pub measures: Vec<(&'static str, f64)>,
}

/// Another world: a name and overrides.
pub(super) type Difference = (&'static str, &'static [&'static str]);

/// How a fact is tested.
pub(super) struct Case {
    pub id: &'static str,
    pub title: &'static str,
    pub statement: &'static str,
    pub source: &'static str,
    pub status: Status,
    pub threshold: &'static str,
    pub effect: &'static str,
    pub conditions: &'static str,
    pub ablations: &'static [Difference],
    pub variants: &'static [Difference],
    /// Seeds in a full check and in a quick one.
    pub seeds: (usize, usize),
    /// Seeds of each ablation, likewise; variants, which decide nothing, have half as many.
    pub arm_seeds: (usize, usize),
    /// Whether a full check runs at the resolution of the file; otherwise with fewer agents.
    pub full_resolution: bool,
    /// Tests one seed.
    pub trial: fn(&World<'_>, u64) -> Result<Trial, FactError>,
}

/// Sums up the trials of one world.
pub(super) fn arm(difference: &Difference, trials: &[Trial]) -> Arm {
    let passed: Vec<bool> = trials.iter().map(|trial| trial.passed).collect();
    let share = Share::of(&passed);
    let (wilson_low, wilson_high) = share.wilson();
    let effects: Vec<f64> = trials.iter().map(|trial| trial.effect).collect();
    let effect = Estimate::of(&effects);
    let names = trials.first().map(|trial| trial.measures.as_slice()).unwrap_or_default();
    let measures = names.iter().enumerate().map(|(index, (name, _))| {
        let values: Vec<f64> = trials.iter().map(|trial| trial.measures[index].1).collect();
        let estimate = Estimate::of(&values);
        Measure { name: (*name).to_owned(), mean: estimate.mean, standard_error: estimate.standard_error }
    });
    Arm {
        name: difference.0.to_owned(),
        overrides: difference.1.iter().map(|text| (*text).to_owned()).collect(),
        seeds: trials.len(),
        pass_rate: share.rate(),
        wilson_low,
        wilson_high,
        effect: effect.mean,
        effect_standard_error: effect.standard_error,
        measures: measures.collect(),
    }
}

/// The verdict on a fact from the trials of the world as it is, of its ablations and of its variants.
pub(super) fn verdict(
    case: &Case,
    first_seed: u64,
    required_margin: f64,
    own: &[Trial],
    ablations: Vec<Arm>,
    variants: Vec<Arm>,
) -> Fact {
    let found = arm(&("as it is", &[]), own);
    let effects: Vec<f64> = own.iter().map(|trial| trial.effect).collect();
    let best = ablations.iter().map(|arm| arm.pass_rate).fold(0.0, f64::max);
    let margin = found.pass_rate - best;
    Fact {
        id: case.id.to_owned(),
        title: case.title.to_owned(),
        statement: case.statement.to_owned(),
        source: case.source.to_owned(),
        status: case.status,
        threshold: case.threshold.to_owned(),
        effect_name: case.effect.to_owned(),
        first_seed,
        seeds: own.len(),
        pass_rate: found.pass_rate,
        wilson_low: found.wilson_low,
        wilson_high: found.wilson_high,
        effect: found.effect,
        effect_standard_error: found.effect_standard_error,
        effect_chance: Estimate::of(&effects).chance_above(0.0),
        measures: found.measures,
        ablations,
        variants,
        margin,
        required_margin,
        // A hair of rounding must not decide: .8 − .2 is .6.
        holds: margin >= required_margin - 1e-9,
        conditions: case.conditions.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(passed: bool, effect: f64) -> Trial {
        Trial { passed, effect, measures: vec![("twice", 2.0 * effect)] }
    }

    #[test]
    fn an_arm_counts_and_averages() {
        let arm = arm(&("off", &["congestion=Off"]), &[trial(true, 1.0), trial(false, 3.0)]);
        assert_eq!((arm.pass_rate, arm.effect, arm.effect_standard_error), (0.5, 2.0, 1.0));
        assert_eq!(arm.measures[0].mean, 4.0);
        assert_eq!(arm.overrides, ["congestion=Off"]);
    }
}
