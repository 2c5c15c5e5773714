//! The world of a fact: the shipped scenario with overrides, run in memory.

use std::path::Path;

use scenario::{Loaded, Scenario};
use simulation::model::{Model, Options};
use simulation::table::Tables;

use super::draws::Draws;
use super::fact::FactError;

/// The scenario that every fact is tested on.
pub const BASE: &str = include_str!("../../../../configs/central-plains.ron");

/// Names of the industries that the facts are about.
pub(super) const LABOUR_INTENSIVE: &str = "labour_intensive";
/// Capital-intensive industry.
pub(super) const CAPITAL_INTENSIVE: &str = "capital_intensive";
/// Producer services.
pub(super) const PRODUCER_SERVICES: &str = "producer_services";
/// The place that is the centre.
pub(super) const CENTRE: usize = 0;

/// The shipped scenario with overrides, each as `run --set` takes it.
#[derive(Debug)]
pub(super) struct World<'a> {
    overrides: Vec<String>,
    keep: Option<&'a Path>,
    options: Options,
}

impl<'a> World<'a> {
    /// A world with these overrides, run with these options; runs are kept in a folder if one is given.
    pub(super) fn new(overrides: Vec<String>, keep: Option<&'a Path>, options: &Options) -> Self {
        Self { overrides, keep, options: options.clone() }
    }

    /// The checked scenario. What the fact itself sets comes first, so that an ablation can take it back.
    pub(super) fn scenario(&self, own: &[String], policies: &[(&str, &str)]) -> Result<Scenario, FactError> {
        Ok(self.load(own, policies)?.scenario)
    }

    fn load(&self, own: &[String], policies: &[(&str, &str)]) -> Result<Loaded, FactError> {
        let overrides: Vec<String> = own.iter().chain(&self.overrides).cloned().collect();
        let loaded = scenario::load_str(BASE, Path::new("."), &overrides, policies);
        loaded.map_err(|faults| FactError::Scenario(faults.to_string()))
    }

    /// Runs it with a seed, to its own end or for so many quarters.
    pub(super) fn run(
        &self,
        seed: u64,
        ticks: Option<u32>,
        own: &[String],
        policies: &[(&str, &str)],
    ) -> Result<Tables, FactError> {
        let mut loaded = self.load(own, policies)?;
        let scenario = &mut loaded.scenario;
        scenario.seed = seed;
        scenario.ticks = ticks.unwrap_or(scenario.ticks);
        let mut model = simulation::build(&loaded.scenario, &self.options).map_err(FactError::Run)?;
        while model.now() < loaded.scenario.ticks {
            model.tick().map_err(FactError::Run)?;
        }
        self.keep(&loaded, &mut model)?;
        Ok(std::mem::take(model.tables_mut()))
    }

    fn keep(&self, loaded: &Loaded, model: &mut Model) -> Result<(), FactError> {
        let Some(folder) = self.keep else { return Ok(()) };
        let hash = ensembles::keep::scenario_hash(loaded);
        let name = format!("facts-{}-{}-{}", &hash[..12], loaded.scenario.seed, loaded.scenario.ticks);
        ensembles::keep::keep(loaded, model, &folder.join(name)).map_err(|error| FactError::Keep(error.to_string()))
    }

    /// The same world with further overrides, which come last: for what must build on the world's own numbers.
    pub(super) fn with(&self, further: impl IntoIterator<Item = String>) -> Self {
        let overrides = self.overrides.iter().cloned().chain(further).collect();
        Self { overrides, keep: self.keep, options: self.options.clone() }
    }

    /// The override that gives the scenario's places other people, in thousand persons: of the city and of its
    /// countryside. Everything else about the places is that of the file, but that all are of one level if `alike`.
    pub(super) fn people(
        &self,
        alike: bool,
        mut people: impl FnMut(usize, f64, f64) -> (f64, f64),
    ) -> Result<String, FactError> {
        let scenario = self.scenario(&[], &[])?;
        let place = |(index, place): (usize, &scenario::place::Place)| {
            let (city, countryside) =
                people(index, place.urban_population / 1000.0, (place.population - place.urban_population) / 1000.0);
            let level = if alike { "Municipal" } else { place.level.name() };
            format!(
                "(key:\"{}\",level:{level},x:{},y:{},area:{},population:{:.0},urban_population:{:.0})",
                place.key,
                place.longitude,
                place.latitude,
                place.area,
                1000.0 * (city + countryside),
                1000.0 * city,
            )
        };
        let places: Vec<String> = scenario.places.iter().enumerate().map(place).collect();
        Ok(format!("region=Places([{}])", places.join(",")))
    }

    /// Ten cities that are alike but for noise of 5 % in their size, and of 10 % in that of their countryside.
    pub(super) fn near_symmetric(&self, seed: u64) -> Result<Vec<String>, FactError> {
        let mut draws = Draws::new(seed);
        let region = self.people(true, |_, _, _| (550.0 * draws.log_normal(0.05), 1500.0 * draws.log_normal(0.10)))?;
        Ok(vec![region])
    }
}

/// `PATH=VALUE`
pub(super) fn set(path: &str, value: f64) -> String {
    format!("{path}={value}")
}
