//! The prior sweep: in what share of plausible parameters does each fact hold?
//!
//! A fact that lives only at the shipped parameters is no fact. Draws are a Latin hypercube over the ranges below; each
//! draw is a whole set of parameters, tried with a few seeds.

use std::sync::atomic::{AtomicUsize, Ordering};

use ensembles::runs::Workers;
use ensembles::statistics::Share;
use serde::{Deserialize, Serialize};

use super::draws::Draws;
use super::fact::{Case, FactError, Trial};
use super::testing::FEWEST_AGENTS;
use super::world::{World, set};
use super::{
    agglomeration_and_diffusion, centre_periphery, consumer_services, general_cities, land_quota, settlement, transport,
};

/// A plausible range of a parameter, or of several that move together.
struct Range {
    paths: &'static [&'static str],
    low: f64,
    high: f64,
}

const fn range(paths: &'static [&'static str], low: f64, high: f64) -> Range {
    Range { paths, low, high }
}

/// Plausible ranges: published ones where there are (elasticities of agglomeration .03-.08, of substitution 3-8), about
/// half to twice the prototype's value elsewhere.
const RANGES: [Range; 30] = [
    range(&["preferences.subsistence"], 0.5, 0.7),
    range(&["agriculture.growth"], 0.002, 0.006),
    range(&["agriculture.consolidation_gain"], 0.0, 0.2),
    range(&["market_access.distance_cost"], 0.6, 1.6),
    range(&["market_access.protection"], 0.5, 2.0),
    range(&["market_access.last_mile"], 1.15, 1.5),
    range(&["industries.labour_intensive.substitution"], 4.5, 8.0),
    range(&["industries.capital_intensive.substitution"], 4.0, 7.0),
    range(&["industries.producer_services.substitution"], 3.0, 6.0),
    range(&["industries.labour_intensive.marshall"], 0.05, 0.085),
    range(&["industries.capital_intensive.marshall"], 0.03, 0.06),
    range(&["industries.producer_services.marshall"], 0.03, 0.07),
    range(&["industries.capital_intensive.jacobs"], 0.03, 0.06),
    range(&["industries.producer_services.jacobs"], 0.03, 0.07),
    range(&["industries.capital_intensive.pace", "industries.producer_services.pace"], 0.2, 0.5),
    range(&["congestion.crowding_cost"], 0.05, 0.13),
    range(&["congestion.crowding_exponent"], 1.2, 1.8),
    range(&["firm_location.precision"], 0.2, 0.5),
    range(&["firm_location.imitation"], 0.7, 0.85),
    range(&["firm_turnover.exit_rate"], 0.012, 0.03),
    range(&["migrant_location.precision"], 2.2, 4.2),
    range(&["migrant_location.size_exponent"], 0.5, 0.7),
    range(&["migrant_location.revision_rural"], 0.015, 0.05),
    range(&["migrant_location.moving_cost"], 0.07, 0.25),
    range(&["migrant_location.distance_cost"], 0.05, 0.15),
    range(&["settlement_rules.entry_cost"], 0.15, 0.35),
    range(&["settlement_rules.entry_cost_centre"], 0.15, 0.40),
    range(&["networks.strength"], 0.05, 0.13),
    range(&["land_quota.plan_growth"], 0.001, 0.004),
    range(&["consumer_services.fixed_cost"], 1.2, 2.0),
];

/// Facts that are asked about: those that need few runs and are not by construction.
const ASKED: [&Case; 7] = [
    &centre_periphery::CASE,
    &agglomeration_and_diffusion::CASE,
    &general_cities::CASE,
    &settlement::CASE,
    &land_quota::CASE,
    &transport::CASE,
    &consumer_services::CASE,
];
/// Seed of the hypercube.
const DESIGN_SEED: u64 = 2010;
/// First seed of its runs: none that a check or a search uses.
const RUN_SEED: u64 = 2_000_000;
/// Correlations that are reported for a fact.
const CORRELATES: usize = 4;

/// What the sweep says about a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriorFact {
    /// `SF1` …
    pub id: String,
    /// Share of draws in which it holds: in which more than half of the seeds pass.
    pub holds: f64,
    /// Lower end of the 95 % Wilson interval.
    pub wilson_low: f64,
    /// Upper end.
    pub wilson_high: f64,
    /// Median over draws of every figure that its test looks at.
    #[serde(deserialize_with = "crate::quantity::pairs_if_any")]
    pub medians: Vec<(String, f64)>,
    /// Parameters that go with it most, by the correlation of the draw with passing.
    #[serde(deserialize_with = "crate::quantity::pairs_if_any")]
    pub correlates: Vec<(String, f64)>,
}

/// The prior sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// Draws of parameters.
    pub draws: usize,
    /// Draws in which a run ended early, e.g. for want of food; they count as failures of every fact.
    pub ended_early: usize,
    /// Seeds of each draw.
    pub seeds_per_draw: usize,
    /// Paths, low and high ends of the ranges.
    pub ranges: Vec<(String, f64, f64)>,
    /// What was found.
    pub facts: Vec<PriorFact>,
    /// Share of draws in which each part of the second fact holds.
    #[serde(deserialize_with = "crate::quantity::pairs_if_any")]
    pub parts: Vec<(String, f64)>,
}

/// Sweeps plausible parameters. `progress` gets a sentence on what was finished.
///
/// # Errors
/// [`FactError::Scenario`] if a draw is no scenario: only the ranges could be wrong.
pub fn prior_sweep(
    draws: usize,
    seeds_per_draw: usize,
    workers: &Workers,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Prior, FactError> {
    let design = Draws::new(DESIGN_SEED).latin_hypercube(draws, RANGES.len());
    let done = AtomicUsize::new(0);
    let results = workers.side_by_side(draws, |options, draw| {
        let world = World::new(overrides(&design[draw]), None, options);
        let result = ASKED.iter().map(|case| trials(case, &world, draw, seeds_per_draw)).collect::<Result<Vec<_>, _>>();
        progress(&format!("prior sweep: {} of {draws} draws", done.fetch_add(1, Ordering::Relaxed) + 1));
        result
    });
    let results: Vec<Vec<Option<Vec<Trial>>>> = results.into_iter().collect::<Result<_, _>>()?;
    let facts = ASKED.iter().enumerate().map(|(index, case)| {
        let of: Vec<Option<&Vec<Trial>>> = results.iter().map(|draw| draw[index].as_ref()).collect();
        sum_up(case, &of, &design)
    });
    let path = |range: &Range| (range.paths.join(", "), range.low, range.high);
    Ok(Prior {
        draws,
        ended_early: results.iter().filter(|draw| draw.iter().any(Option::is_none)).count(),
        seeds_per_draw,
        ranges: RANGES.iter().map(path).collect(),
        facts: facts.collect(),
        parts: parts(&results),
    })
}

fn overrides(draw: &[f64]) -> Vec<String> {
    let drawn = RANGES.iter().zip(draw).flat_map(|(range, &at)| {
        let value = range.low + at * (range.high - range.low);
        range.paths.iter().map(move |path| set(path, value))
    });
    FEWEST_AGENTS.iter().map(|text| (*text).to_owned()).chain(drawn).collect()
}

/// The trials of one draw; `None` if a run ended early.
fn trials(case: &Case, world: &World<'_>, draw: usize, seeds: usize) -> Result<Option<Vec<Trial>>, FactError> {
    let mut trials = Vec::new();
    for seed in 0..seeds {
        match (case.trial)(world, RUN_SEED + (draw * seeds + seed) as u64) {
            Ok(trial) => trials.push(trial),
            Err(FactError::Run(_)) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(trials))
}

fn passes(trials: Option<&Vec<Trial>>) -> bool {
    trials.is_some_and(|trials| 2 * trials.iter().filter(|trial| trial.passed).count() > trials.len())
}

fn sum_up(case: &Case, draws: &[Option<&Vec<Trial>>], design: &[Vec<f64>]) -> PriorFact {
    let passed: Vec<bool> = draws.iter().map(|trials| passes(*trials)).collect();
    let share = Share::of(&passed);
    let (wilson_low, wilson_high) = share.wilson();
    let held: Vec<f64> = passed.iter().map(|&passed| f64::from(u8::from(passed))).collect();
    let mut correlates: Vec<(String, f64)> = RANGES
        .iter()
        .enumerate()
        .map(|(index, range)| {
            let drawn: Vec<f64> = design.iter().map(|draw| draw[index]).collect();
            (range.paths[0].to_owned(), correlation(&drawn, &held))
        })
        .filter(|(_, correlation)| correlation.is_finite())
        .collect();
    correlates.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    correlates.truncate(CORRELATES);
    let all: Vec<&Trial> = draws.iter().flatten().flat_map(|trials| trials.iter()).collect();
    let names = all.first().map(|trial| trial.measures.as_slice()).unwrap_or_default();
    let medians = names.iter().enumerate().map(|(index, (name, _))| {
        let mut values: Vec<f64> =
            all.iter().map(|trial| trial.measures[index].1).filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        ((*name).to_owned(), values.get(values.len() / 2).copied().unwrap_or(f64::NAN))
    });
    PriorFact {
        id: case.id.to_owned(),
        holds: share.rate(),
        wilson_low,
        wilson_high,
        medians: medians.collect(),
        correlates,
    }
}

/// Pearson's correlation; NaN if either does not vary.
fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let count = x.len() as f64;
    let (x_mean, y_mean) = (x.iter().sum::<f64>() / count, y.iter().sum::<f64>() / count);
    let product = |a: &[f64], a_mean: f64, b: &[f64], b_mean: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - a_mean) * (b - b_mean)).sum()
    };
    product(x, x_mean, y, y_mean) / (product(x, x_mean, x, x_mean) * product(y, y_mean, y, y_mean)).sqrt()
}

/// Shares of draws in which each part of agglomeration and diffusion holds on average over the draw's seeds.
fn parts(results: &[Vec<Option<Vec<Trial>>>]) -> Vec<(String, f64)> {
    let named = [
        ("labour_intensive_rise", 0.02),
        ("labour_intensive_fall", 0.05),
        ("capital_intensive_gain", 0.05),
        ("producer_services_gain", 0.05),
    ];
    let share = |(name, bound): (&str, f64)| {
        let holds: Vec<bool> = results
            .iter()
            .filter_map(|draw| draw[1].as_ref())
            .map(|trials| {
                let values: Vec<f64> = trials
                    .iter()
                    .flat_map(|trial| {
                        trial.measures.iter().filter(|measure| measure.0 == name).map(|measure| measure.1)
                    })
                    .collect();
                values.iter().sum::<f64>() / values.len() as f64 > bound
            })
            .collect();
        (format!("{name} above {bound}"), Share::of(&holds).rate())
    };
    named.into_iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_the_ranges_are_scenarios() {
        for at in [0.0, 1.0] {
            let world = World::new(overrides(&[at; RANGES.len()]), None, &simulation::model::Options::default());
            if let Err(error) = world.scenario(&[], &[]) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn correlations_are_those_of_hand_arithmetic() {
        assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        // Deviations (−1, 0, 1) and (−1/3, 2/3, −1/3): product zero.
        assert!(correlation(&[1.0, 2.0, 3.0], &[0.0, 1.0, 0.0]).abs() < 1e-12);
        assert!(correlation(&[1.0, 2.0], &[1.0, 1.0]).is_nan());
    }
}
