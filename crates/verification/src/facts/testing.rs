//! Testing facts: every seed of every world, side by side, and the verdicts.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use ensembles::runs::Workers;
use simulation::model::Options;

use super::CASES;
use super::fact::{Case, Difference, Fact, FactError, Trial, arm, verdict};
use super::world::World;

/// First seed of a check. Parameters were chosen on seeds up to 1000.
pub const FIRST_SEED: u64 = 3_000_000;
/// Pass rate less that of the best ablation that a fact needs to hold.
pub const REQUIRED_MARGIN: f64 = 0.6;

/// Fewer agents than in the file: facts are about shares, and a share of 100,000 people in 2,000 agents is good to a
/// percent of itself.
pub(super) const FEWER_AGENTS: [&str; 2] = ["workers_per_agent=200", "firm_location.jobs_per_firm=100"];
/// Fewer still, for a quick check and for sweeps.
pub(super) const FEWEST_AGENTS: [&str; 2] = ["workers_per_agent=400", "firm_location.jobs_per_firm=200"];

/// Names of all facts with their titles.
#[must_use]
pub fn known() -> Vec<(&'static str, &'static str)> {
    CASES.iter().map(|case| (case.id, case.title)).collect()
}

/// One trial to be made.
struct Task<'a> {
    case: &'a Case,
    world: usize,
    difference: &'a Difference,
    seed: u64,
}

/// Tests facts by name, or all if none is named; `quick` with fewer seeds and agents. Overrides (`PATH=VALUE`) apply to
/// every world; runs are kept in a folder if one is given. `progress` gets a sentence on what was finished.
///
/// # Errors
/// [`FactError::Unknown`] for a name that is no fact's, [`FactError::Scenario`] for overrides that do not fit,
/// [`FactError::Run`] if a run ended early.
pub fn check(
    ids: &[&str],
    quick: bool,
    overrides: &[String],
    keep: Option<&Path>,
    workers: &Workers,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Fact>, FactError> {
    if let Some(id) = ids.iter().find(|id| !CASES.iter().any(|case| case.id.eq_ignore_ascii_case(id))) {
        return Err(FactError::Unknown { id: (*id).to_owned() });
    }
    let chosen: Vec<&Case> = CASES
        .into_iter()
        .filter(|case| ids.is_empty() || ids.iter().any(|id| case.id.eq_ignore_ascii_case(id)))
        .collect();
    let tasks: Vec<Task<'_>> = chosen.iter().flat_map(|case| tasks(case, quick)).collect();
    let done = AtomicUsize::new(0);
    let trials = workers.side_by_side(tasks.len(), |options, index| {
        let task = &tasks[index];
        let trial = (task.case.trial)(&world(task, quick, overrides, keep, options), task.seed);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(&format!("{} {}: {done} of {} trials", task.case.id, task.difference.0, tasks.len()));
        trial
    });
    let trials: Vec<Trial> = trials.into_iter().collect::<Result<_, _>>()?;
    Ok(chosen.iter().map(|case| judge(case, &tasks, &trials)).collect())
}

const AS_IT_IS: Difference = ("as it is", &[]);

/// The world as it is, then ablations, then variants.
fn worlds(case: &Case) -> impl Iterator<Item = &Difference> {
    std::iter::once(&AS_IT_IS).chain(case.ablations).chain(case.variants)
}

fn tasks(case: &Case, quick: bool) -> Vec<Task<'_>> {
    let pick = |(full, few): (usize, usize)| if quick { few } else { full };
    worlds(case)
        .enumerate()
        .flat_map(|(world, difference)| {
            let seeds = match world {
                0 => pick(case.seeds),
                _ if world <= case.ablations.len() => pick(case.arm_seeds),
                _ => pick(case.arm_seeds).div_ceil(2),
            };
            (0..seeds as u64).map(move |seed| Task { case, world, difference, seed: FIRST_SEED + seed })
        })
        .collect()
}

fn world<'a>(
    task: &Task<'_>,
    quick: bool,
    overrides: &[String],
    keep: Option<&'a Path>,
    options: &Options,
) -> World<'a> {
    let agents: &[&str] = match (quick, task.case.full_resolution) {
        (false, true) => &[],
        (false, false) => &FEWER_AGENTS,
        (true, _) => &FEWEST_AGENTS,
    };
    let all = agents.iter().chain(task.difference.1).map(|text| (*text).to_owned());
    World::new(all.chain(overrides.iter().cloned()).collect(), keep, options)
}

fn judge(case: &Case, tasks: &[Task<'_>], trials: &[Trial]) -> Fact {
    let of = |world: usize| -> Vec<Trial> {
        let mine = tasks.iter().zip(trials).filter(|(task, _)| task.case.id == case.id && task.world == world);
        mine.map(|(_, trial)| trial.clone()).collect()
    };
    let arms: Vec<_> =
        worlds(case).enumerate().skip(1).map(|(world, difference)| arm(difference, &of(world))).collect();
    let (ablations, variants) = arms.split_at(case.ablations.len());
    verdict(case, FIRST_SEED, REQUIRED_MARGIN, &of(0), ablations.to_vec(), variants.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_fact_is_named() {
        let error =
            check(&["SF11"], true, &[], None, &Workers::new(1, 1).unwrap(), &|_| {}).expect_err("there are ten");
        assert_eq!(error, FactError::Unknown { id: "SF11".into() });
    }

    #[test]
    fn every_world_of_every_fact_is_a_scenario() {
        for case in CASES {
            for task in tasks(case, true) {
                let world = world(&task, true, &[], None, &Options::default());
                if let Err(error) = world.scenario(&[], &[]) {
                    panic!("{} {}:\n{error}", case.id, task.difference.0);
                }
            }
        }
    }

    #[test]
    fn agglomeration_and_diffusion_shows_and_needs_trade_costs() {
        let case = CASES[1];
        let passes = |difference: &Difference| {
            let task = Task { case, world: 0, difference, seed: FIRST_SEED };
            (case.trial)(&world(&task, true, &[], None, &Options::default()), FIRST_SEED)
                .expect("a run to its end")
                .passed
        };
        assert!(passes(&AS_IT_IS));
        assert!(!passes(&("no trade cost", super::super::ablations::NO_TRADE_COST)));
    }
}
