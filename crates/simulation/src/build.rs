//! From a checked scenario to a model that is ready for its first quarter.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;
use tracing::info_span;

use crate::agents::firm::{CLOSED, Site};
use crate::agents::worker::WorkerBlock;
use crate::audits;
use crate::mechanisms::population::{self, Counts};
use crate::mechanisms::{self, Add, firms, job_matching};
use crate::model::{Model, StepAccess};
use crate::opening::{self, spawn_firms, spawn_workers};
use crate::random::RandomSource;
use crate::record;
use crate::region::{Geography, PlaceTable};
use crate::run::{Options, RunError};
use crate::snapshot::{self, agents};

/// Builds the model of a scenario: people and places, opening prices, firms, and every mechanism that is on.
///
/// # Errors
/// [`RunError::Unsupported`] if the machine lacks what the options ask for or the agents are too many;
/// [`RunError::Account`] if an account did not close during burn-in.
pub fn build(scenario: &Scenario, options: &Options) -> Result<Model, RunError> {
    build_of(scenario, options, &parts())
}

fn build_of(scenario: &Scenario, options: &Options, parts: &[Add]) -> Result<Model, RunError> {
    let _span = info_span!("build", places = scenario.places.len()).entered();
    let mut model = Model::empty(scenario, options)?;
    let random = RandomSource::new(scenario.seed, options.lanes)?;
    model.world.insert_resource(random);
    let people = opening::people(scenario, &PlaceTable::of(scenario), &Geography::of(scenario))
        .map_err(|error| RunError::Unsupported { what: error.to_string() })?;
    opening::insert(&mut model.world, scenario, &people);
    let working_life =
        scenario.mechanisms.demography.as_ref().map_or(scenario.initial.working_life, |block| block.working_life);
    model.within_pool(|world| spawn_workers::spawn_workers(world, &people.cohorts, &scenario.initial, working_life));
    model.keep_pieces("workers", vec![agents::workers()]).keep_pieces("firms", vec![agents::firms()]);
    // Destinations are proposed by opening populations, so people must be counted before the mechanisms are added.
    count(&mut model);
    parts.iter().for_each(|add| add(&mut model, scenario));
    opening::burn_in(&mut model, scenario)?;
    model.within_pool(|world| open_firms_and_jobs(world, scenario));
    model.within_pool(record::record_opening);
    if let Some(every) = options.record_agents {
        record::agents::add(&mut model, every);
        record::agents::record_opening(&mut model.world);
    }
    Ok(model)
}

/// Everything that adds itself to a model. The order is free.
fn parts() -> Vec<Add> {
    let rest: [Add; 2] = [audits::add, record::add];
    mechanisms::all().map(|mechanism| mechanism.add).chain(rest).collect()
}

/// Every system that a quarter of a scenario runs, in order, with what it reads and writes. Nobody lives in this model.
///
/// # Errors
/// [`RunError::Unsupported`] if the scenario has more places or agents than a run can hold.
pub fn describe(scenario: &Scenario) -> Result<Vec<StepAccess>, RunError> {
    let mut model = Model::empty(scenario, &Options { threads: 1, ..Options::default() })?;
    let people = opening::people(scenario, &PlaceTable::of(scenario), &Geography::of(scenario))
        .map_err(|error| RunError::Unsupported { what: error.to_string() })?;
    opening::insert(&mut model.world, scenario, &people);
    parts().iter().for_each(|add| add(&mut model, scenario));
    Ok(model.steps())
}

fn count(model: &mut Model) {
    model.within_pool(|world| {
        let missing = "counting people needs nothing that could be missing";
        world.run_system_cached(population::count_people).expect(missing);
        world.run_system_cached(population::add_up).expect(missing);
    });
}

fn open_firms_and_jobs(world: &mut World, scenario: &Scenario) {
    let location = scenario.mechanisms.firm_location.clone().unwrap_or_default();
    spawn_firms::spawn_firms(world, &location, scenario.initial.jobs_per_firm_unit);
    world.run_system_cached(firms::count_firms).expect("counting firms needs nothing that could be missing");
    if let Some(matching) = &scenario.mechanisms.job_matching {
        job_matching::open_jobs(world);
        spawn_workers::give_work_histories(world, matching.turnover);
    }
}

impl Model {
    /// Worker agents and firm agents in the world, empty slots not counted.
    #[must_use]
    pub fn agents(&self) -> (u64, u64) {
        let workers = self.world.resource::<Counts>().total();
        let sites = self.world.iter_entities().filter_map(|entity| entity.get::<Site>());
        (workers, sites.flat_map(|site| &site.0).filter(|&&site| site != CLOSED).count() as u64)
    }

    /// Puts a saved state into a model that was built from the same scenario, and counts people and jobs from the agents.
    ///
    /// # Errors
    /// [`RunError::Snapshot`] if the bytes are damaged, of another form, or of another set of mechanisms.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RunError> {
        snapshot::restore(&self.kept, &mut self.world, bytes)?;
        if self.world.query::<&WorkerBlock>().iter(&self.world).next().is_some() {
            count(self);
            self.within_pool(job_matching::count_again);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opening::tests::config;
    use crate::table::Tables;

    #[test]
    fn the_order_of_adding_mechanisms_changes_no_byte() {
        let scenario = config("henan.ron", &["workers_per_agent=20000", "initial.burn_in=12"]);
        let after = |parts: &[Add]| {
            let mut model = build_of(&scenario, &Options { threads: 1, ..Options::default() }, parts).unwrap();
            (0..3).for_each(|_| model.tick().unwrap());
            // As text, in which a figure that is missing equals itself.
            (model.state_hash(), format!("{:?}", model.world.resource::<Tables>()))
        };
        let mut orders = parts();
        let as_listed = after(&orders);
        orders.reverse();
        assert_eq!(after(&orders), as_listed);
        // An order that is neither: 101 is a prime, so that no two keys are equal.
        let mut keyed: Vec<(usize, Add)> = parts().into_iter().enumerate().collect();
        keyed.sort_by_key(|(at, _)| (at + 1) * 37 % 101);
        let shuffled: Vec<Add> = keyed.into_iter().map(|(_, add)| add).collect();
        assert_eq!(after(&shuffled), as_listed);
    }
}
