//! Running the worlds: one seed after the other, or side by side, every world with the same random numbers.

use scenario::Scenario;
use simulation::model::{Model, Options, RunError};
use simulation::record::persons::{Persons, persons};
use simulation::table::Tables;

use super::costs::Costs;
use super::people::Shift;
use super::plan::Plan;
use super::quantities::{Known, Quantity, read};
use super::state::State;
use crate::runs::Workers;

const QUARTERS_A_YEAR: u32 = 4;

/// Why a comparison ended early.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CompareError {
    /// A run failed.
    #[error("{}{error}", in_world(run.as_ref()))]
    Run {
        /// Why.
        error: RunError,
        /// Its world and seed; none for what is no single run's.
        run: Option<(String, u64)>,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
}

fn in_world(run: Option<&(String, u64)>) -> String {
    run.map(|(world, seed)| format!("{world}, seed {seed}: ")).unwrap_or_default()
}

impl From<RunError> for CompareError {
    fn from(error: RunError) -> Self {
        Self::Run { error, run: None }
    }
}

impl CompareError {
    /// The error of a run in a world with a seed.
    fn in_run(self, world: &str, seed: u64) -> Self {
        match self {
            Self::Run { error, run: None } => Self::Run { error, run: Some((world.to_owned(), seed)) },
            other => other,
        }
    }
}

/// How a comparison is carried out; nothing here changes a result.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Threads to use in all.
    pub threads: usize,
    /// Called after each quarter of a run; returns whether to continue.
    pub watch: &'a (dyn Fn() -> bool + Sync),
}

/// What is kept of a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) state_hash: String,
    /// In the order of [`Runs::quantities`].
    pub(super) values: Vec<f64>,
    /// The same at the end of every year; what needs single persons is not defined there.
    pub(super) path: Vec<Vec<f64>>,
    pub(super) costs: Vec<f64>,
    /// By quantity of places, then by place.
    pub(super) cities: Vec<Vec<f64>>,
}

/// All worlds of one seed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draw {
    pub(super) base: Outcome,
    pub(super) arms: Vec<(Outcome, Shift)>,
}

/// Every run of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Runs {
    pub(super) quantities: Vec<Quantity>,
    /// Units of the quantities of places.
    pub(super) city_units: Vec<String>,
    pub(super) draws: Vec<Draw>,
}

/// Quantities of places that effects are stated for: columns of table `cities`.
pub const OF_PLACES: [&str; 14] = [
    "population",
    "urban_population",
    "registered",
    "migrants",
    "employment",
    "unemployment",
    "wage",
    "rent",
    "price_index",
    "service_output",
    "urban_land",
    "rural_income",
    "value_added",
    "budget_balance",
];

/// Runs every world of a plan with every seed.
pub(super) fn run(plan: &Plan, effort: &Effort) -> Result<Runs, CompareError> {
    let seeds = plan.seeds.len();
    let threads = effort.threads.max(1);
    let at_once = threads.min(seeds).max(1);
    let workers = Workers::new(at_once, threads / at_once)?;
    let draws = workers.side_by_side(seeds, |options, at| draw(plan, plan.seeds[at], options, effort));
    let mut kept = Runs { quantities: Vec::new(), city_units: Vec::new(), draws: Vec::new() };
    for draw in draws {
        let (quantities, city_units, draw) = draw?;
        (kept.quantities, kept.city_units) = (quantities, city_units);
        kept.draws.push(draw);
    }
    Ok(kept)
}

type Drawn = (Vec<Quantity>, Vec<String>, Draw);

/// Runs every world of a plan with one seed: the common past once, then each world from there.
fn draw(plan: &Plan, seed: u64, options: &Options, effort: &Effort) -> Result<Drawn, CompareError> {
    let _span = tracing::info_span!("pair_of_worlds", seed).entered();
    let with_seed = |scenario: &Scenario| Scenario { seed, ..scenario.clone() };
    let scenario = with_seed(&plan.base.scenario);
    let mut names: Vec<String> = scenario.places.iter().map(|place| place.key.clone()).collect();
    names.push("outside".to_owned());
    let in_base = |error: CompareError| error.in_run("base", seed);
    let mut base = simulation::build(&scenario, options).map_err(CompareError::from).map_err(in_base)?;
    let mut costs = Costs::default();
    go_on(&mut base, plan.fork, plan, effort, &mut costs).map_err(in_base)?;
    let past = (plan.fork > 0).then(|| (base.save(), base.tables_mut().clone(), costs.clone()));
    go_on(&mut base, scenario.ticks, plan, effort, &mut costs).map_err(in_base)?;
    let before = persons(&mut base.world);
    let outcome = |model: &mut Model, costs: &Costs, persons: &Persons, gain: f64| {
        let state_hash = model.state_hash();
        let quarters = model.now();
        let tables: &Tables = model.tables_mut();
        let state = State::after(tables, quarters);
        let (quantities, values) = read(state, Some(Known { persons, gain })).into_iter().unzip();
        let years = (QUARTERS_A_YEAR..=quarters).step_by(QUARTERS_A_YEAR as usize);
        let at = |quarter| read(State::after(tables, quarter), None).into_iter().map(|(_, value)| value).collect();
        let path = years.map(at).collect();
        let cities = OF_PLACES.map(|column| state.cities(column).to_vec()).to_vec();
        let units: Vec<String> = OF_PLACES.map(|column| state.unit_of_cities(column).to_owned()).to_vec();
        (quantities, units, Outcome { state_hash, values, path, costs: costs.yearly(), cities })
    };
    let (quantities, city_units, base) = outcome(&mut base, &costs, &before, 0.0);
    let mut draw = Draw { base, arms: Vec::new() };
    for arm in &plan.arms {
        let scenario = with_seed(&arm.loaded.scenario);
        let in_arm = |error: CompareError| error.in_run(&arm.policy, seed);
        let mut model = simulation::build(&scenario, options).map_err(CompareError::from).map_err(in_arm)?;
        if let Some((state, tables, _)) = &past {
            model.restore(state)?;
            model.tables_mut().clone_from(tables);
        }
        let mut costs = past.as_ref().map_or_else(Costs::default, |(.., costs)| costs.clone());
        go_on(&mut model, scenario.ticks, plan, effort, &mut costs).map_err(in_arm)?;
        let after = persons(&mut model.world);
        let shift = Shift::of(&before, &after, &names);
        let (_, _, with) = outcome(&mut model, &costs, &after, shift.gain);
        draw.arms.push((with, shift));
    }
    Ok((quantities, city_units, draw))
}

/// Simulates up to so many quarters, and adds up costs from the first change on.
fn go_on(model: &mut Model, until: u32, plan: &Plan, effort: &Effort, costs: &mut Costs) -> Result<(), CompareError> {
    while model.now() < until {
        let counts = model.now() >= plan.first_change;
        model.tick()?;
        if counts {
            let now = model.now();
            let price_level = State::after(model.tables_mut(), now).region("price_level");
            costs.add(model, price_level);
        }
        if !(effort.watch)() {
            return Err(CompareError::Stopped);
        }
    }
    Ok(())
}
