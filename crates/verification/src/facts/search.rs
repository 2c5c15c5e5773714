//! The search by which the shipped scenario's parameters were chosen: on seeds 1 to 1000, inside the ranges of the
//! literature or of the prototype's own sweeps, for worlds in which both the first and the second fact show.

use std::sync::atomic::{AtomicUsize, Ordering};

use ensembles::runs::Workers;
use serde::Serialize;
use simulation::model::Options;

use super::draws::Draws;
use super::fact::{Case, FactError};
use super::testing::FEWER_AGENTS;
use super::world::{World, set};
use super::{agglomeration_and_diffusion, centre_periphery};

/// A parameter that was searched over: path, prototype's value, low and high end.
type Searched = (&'static str, f64, f64, f64);

/// What was searched over. Marshall elasticities: .03-.08 (Rosenthal and Strange 2004). Precision of firms: effective
/// precision 1-2.5 at an imitation of .8. Rural people who look: .02-.05, both from the prototype's sweeps.
const SEARCHED: [Searched; 5] = [
    ("industries.labour_intensive.marshall", 0.072, 0.065, 0.080),
    ("industries.capital_intensive.marshall", 0.030, 0.030, 0.060),
    ("industries.producer_services.marshall", 0.030, 0.030, 0.080),
    ("firm_location.precision", 0.30, 0.20, 0.50),
    ("migrant_location.revision_rural", 0.025, 0.020, 0.050),
];
/// What is shipped.
const SHIPPED: [f64; 5] = [0.08, 0.04, 0.055, 0.35, 0.035];
/// Seed of the hypercube.
const DESIGN_SEED: u64 = 1;

/// A set of parameters, and how the two facts fared there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Where it comes from: `prototype`, `shipped` or `draw 1`, …
    pub name: String,
    /// Paths and values.
    pub values: Vec<(String, f64)>,
    /// Distance from the prototype, in widths of the ranges.
    pub distance: f64,
    /// Share of seeds in which centre and periphery form.
    pub centre_periphery: f64,
    /// Least rise of the Gini coefficient after 400 quarters over seeds.
    pub inequality_rise_least: f64,
    /// Share of seeds in which agglomeration and diffusion show.
    pub agglomeration_and_diffusion: f64,
    /// Least rise of the centre's share of labour-intensive jobs over seeds.
    pub share_rise_least: f64,
}

/// Tries the prototype's parameters, those shipped, and `draws` more, each with seeds 1, 2, …; those in which both facts
/// pass in every seed come first, the nearest to the prototype before others.
///
/// # Errors
/// As [`super::check`].
pub fn search(
    draws: usize,
    seeds: usize,
    workers: &Workers,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Candidate>, FactError> {
    let mut points = vec![
        ("prototype".to_owned(), SEARCHED.map(|(_, prototype, ..)| prototype).to_vec()),
        ("shipped".to_owned(), SHIPPED.to_vec()),
    ];
    let design = Draws::new(DESIGN_SEED).latin_hypercube(draws, SEARCHED.len());
    points.extend(design.iter().enumerate().map(|(index, draw)| {
        let value = |((_, _, low, high), at): (&Searched, &f64)| low + at * (high - low);
        (format!("draw {}", index + 1), SEARCHED.iter().zip(draw).map(value).collect())
    }));
    let done = AtomicUsize::new(0);
    let candidates = workers.side_by_side(points.len(), |options, index| {
        let (name, values) = &points[index];
        let candidate = try_out(name, values, seeds.clamp(1, 1000) as u64, options);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(&format!("search: {done} of {} sets of parameters", points.len()));
        candidate
    });
    let mut candidates: Vec<Candidate> = candidates.into_iter().collect::<Result<_, _>>()?;
    let both =
        |candidate: &Candidate| candidate.centre_periphery == 1.0 && candidate.agglomeration_and_diffusion == 1.0;
    candidates.sort_by(|a, b| both(b).cmp(&both(a)).then(a.distance.total_cmp(&b.distance)));
    Ok(candidates)
}

fn try_out(name: &str, values: &[f64], seeds: u64, options: &Options) -> Result<Candidate, FactError> {
    let overrides = SEARCHED.iter().zip(values).map(|((path, ..), value)| set(path, *value));
    let all = FEWER_AGENTS.iter().map(|text| (*text).to_owned()).chain(overrides);
    let world = World::new(all.collect(), None, options);
    let fared = |case: &Case| -> Result<(f64, f64), FactError> {
        let trials = (1..=seeds).map(|seed| (case.trial)(&world, seed)).collect::<Result<Vec<_>, _>>()?;
        let passed = trials.iter().filter(|trial| trial.passed).count();
        let least = trials.iter().map(|trial| trial.effect).fold(f64::INFINITY, f64::min);
        Ok((passed as f64 / seeds as f64, least))
    };
    let (centre_periphery, inequality_rise_least) = fared(&centre_periphery::CASE)?;
    let (agglomeration_and_diffusion, share_rise_least) = fared(&agglomeration_and_diffusion::CASE)?;
    let squares = SEARCHED.iter().zip(values).map(|((_, prototype, low, high), value)| {
        let width = (value - prototype) / (high - low);
        width * width
    });
    Ok(Candidate {
        name: name.to_owned(),
        values: SEARCHED.iter().zip(values).map(|((path, ..), value)| ((*path).to_owned(), *value)).collect(),
        distance: squares.sum::<f64>().sqrt(),
        centre_periphery,
        inequality_rise_least,
        agglomeration_and_diffusion,
        share_rise_least,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_what_the_search_calls_shipped() {
        let as_it_is =
            World::new(Vec::new(), None, &Options::default()).scenario(&[], &[]).expect("the shipped scenario");
        let own = SEARCHED.iter().zip(SHIPPED).map(|((path, ..), value)| set(path, value)).collect();
        let again = World::new(own, None, &Options::default()).scenario(&[], &[]).expect("inside all ranges");
        assert_eq!(as_it_is, again);
        for ((path, prototype, low, high), shipped) in SEARCHED.iter().zip(SHIPPED) {
            assert!((*low..=*high).contains(&shipped) && (*low..=*high).contains(prototype), "{path}");
        }
    }
}
