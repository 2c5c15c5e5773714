//! A trial: a scenario of the engine, opened in some state and looked at after so many quarters.

use std::path::PathBuf;

use bevy_ecs::prelude::World;
use ensembles::runs::Workers;
use scenario::Loaded;
use simulation::agents::city::WorldColumns;
use simulation::agents::firm::VarietyMass;
use simulation::mechanisms::firms::Firms;
use simulation::mechanisms::goods_market::{PriceIndex, UnitCost};
use simulation::mechanisms::population::UrbanPeople;
use simulation::mechanisms::wage_setting::{Pay, Wage};
use simulation::model::{Model, Options};
use simulation::region::PlaceTable;

use crate::error::VerificationError;

/// How much work a verification may do, and what it leaves behind.
#[derive(Debug)]
pub struct Effort {
    /// Fewer agents and replicates: minutes become seconds, standard errors grow.
    pub quick: bool,
    /// Where every run is kept, if anywhere.
    pub keep: Option<PathBuf>,
    /// Who carries out the runs.
    pub workers: Workers,
}

impl Effort {
    /// One number for quick verifications, another for thorough ones.
    pub(crate) fn of<T>(&self, quick: T, thorough: T) -> T {
        if self.quick { quick } else { thorough }
    }
}

/// A scenario of a case: the file, and what the case changes in it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Name of the case, for kept folders.
    pub(crate) case: &'static str,
    /// Text of the scenario.
    pub(crate) scenario: &'static str,
    /// Changes, each `PATH=VALUE`.
    pub(crate) changes: Vec<String>,
}

impl Setting {
    /// A scenario as it is.
    #[must_use]
    pub(crate) fn new(case: &'static str, scenario: &'static str) -> Self {
        Self { case, scenario, changes: Vec::new() }
    }

    /// With one more change.
    #[must_use]
    pub(crate) fn with(mut self, path: &str, value: impl std::fmt::Display) -> Self {
        self.changes.push(format!("{path}={value}"));
        self
    }

    /// With city people (persons) of each place in the order of the places, named by key. The countryside stays.
    #[must_use]
    pub(crate) fn with_city_people(mut self, keys: &[&str], people: &[f64], rural: f64) -> Self {
        for (key, people) in keys.iter().zip(people) {
            self = self
                .with(&format!("places.{key}.population"), people + rural)
                .with(&format!("places.{key}.urban_population"), people);
        }
        self
    }

    /// Loads it.
    ///
    /// # Errors
    /// Every fault of the scenario as changed.
    pub(crate) fn load(&self) -> Result<Loaded, VerificationError> {
        Ok(scenario::load_str(self.scenario, std::path::Path::new("."), &self.changes, &[])?)
    }
}

/// What is looked at, in the order of places.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// City people, thousand persons.
    pub(crate) people: Vec<f64>,
    /// Wages per efficiency unit.
    pub(crate) wages: Vec<f64>,
    /// Price indices of the first industry.
    pub(crate) price_indices: Vec<f64>,
    /// Firms of the first industry, units.
    pub(crate) firms: Vec<f64>,
    /// Pay of an efficiency unit of labour.
    pub(crate) pay: Vec<f64>,
    /// Unit costs of the first industry.
    pub(crate) unit_costs: Vec<f64>,
    /// Thousand persons that an agent of the first place stands for, dependants included.
    pub(crate) agent: f64,
    /// Units for which a firm agent of the first industry stands.
    pub(crate) firm: f64,
}

impl State {
    /// Agents among the city people of all places.
    #[must_use]
    pub(crate) fn agents(&self) -> f64 {
        economics::maths::total(&self.people) / self.agent
    }

    /// Share of a place in a column.
    #[must_use]
    pub(crate) fn share(column: &[f64], place: usize) -> f64 {
        column[place] / economics::maths::total(column)
    }

    /// Reads a model.
    #[must_use]
    pub(crate) fn of(model: &Model) -> Self {
        let world = &model.world;
        Self {
            people: world.by_city::<UrbanPeople>().to_vec(),
            wages: world.by_city::<Wage>().to_vec(),
            price_indices: world.by_sector::<PriceIndex>()[0].to_vec(),
            firms: world.by_sector::<Firms>()[0].to_vec(),
            pay: world.by_city::<Pay>().to_vec(),
            unit_costs: world.by_sector::<UnitCost>()[0].to_vec(),
            agent: world.resource::<PlaceTable>().mass_per_agent(0),
            firm: world.resource::<VarietyMass>().0[0],
        }
    }
}

/// Runs a setting to its end and gives what `read` takes from its opening and its last state.
///
/// # Errors
/// Faults of the scenario, a failed run, a folder that cannot be written.
pub(crate) fn run<T>(
    setting: &Setting,
    effort: &Effort,
    read: impl Fn(&State, &State) -> T,
) -> Result<T, VerificationError> {
    run_one(setting, effort, effort.workers.options(), read)
}

fn run_one<T>(
    setting: &Setting,
    effort: &Effort,
    options: &Options,
    read: impl Fn(&State, &State) -> T,
) -> Result<T, VerificationError> {
    let mut opening = None;
    let model = carry_out(setting, effort, options, |model| {
        if model.now() == 0 {
            opening = Some(State::of(model));
        }
    })?;
    let end = State::of(&model);
    Ok(read(opening.as_ref().unwrap_or(&end), &end))
}

/// Runs a setting to its end and collects what `read` takes from the world after each quarter.
///
/// # Errors
/// As [`run`].
pub(crate) fn follow<T>(
    setting: &Setting,
    effort: &Effort,
    read: impl Fn(&World, u32) -> Option<T>,
) -> Result<Vec<T>, VerificationError> {
    let mut seen = Vec::new();
    carry_out(setting, effort, effort.workers.options(), |model| {
        if model.now() > 0 {
            seen.extend(read(&model.world, model.now()));
        }
    })?;
    Ok(seen)
}

/// Runs a setting, shows the model when it opens and after each quarter, and keeps the run if that was asked for.
fn carry_out(
    setting: &Setting,
    effort: &Effort,
    options: &Options,
    mut look: impl FnMut(&Model),
) -> Result<Model, VerificationError> {
    let loaded = setting.load()?;
    let mut model = simulation::build(&loaded.scenario, options)?;
    look(&model);
    while model.now() < loaded.scenario.ticks {
        model.tick()?;
        look(&model);
    }
    if let Some(folder) = &effort.keep {
        let hash = ensembles::keep::scenario_hash(&loaded);
        let folder = folder.join(format!("{}-{}-{}", setting.case, &hash[..12], loaded.scenario.seed));
        ensembles::keep::keep(&loaded, &mut model, &folder)?;
    }
    Ok(model)
}

/// [`run`] for many settings at once; answers in their order.
///
/// # Errors
/// The first error in the order of the settings.
pub(crate) fn run_all<T: Send>(
    settings: &[Setting],
    effort: &Effort,
    read: impl Fn(&State, &State) -> T + Sync,
) -> Result<Vec<T>, VerificationError> {
    let work = |options: &Options, index: usize| run_one(&settings[index], effort, options, &read);
    effort.workers.side_by_side(settings.len(), work).into_iter().collect()
}
