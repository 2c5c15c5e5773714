//! From a checked scenario to a model that is ready for its first quarter.

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::agent_records;
use crate::agents::firm::VarietyMass;
use crate::agents::saved::{read_firms, read_workers, write_firms, write_workers};
use crate::agents::worker::WorkerBlock;
use crate::audit_people;
use crate::census;
use crate::mechanisms::firm_location::add_sites;
use crate::mechanisms::relocation::{self, RelocationPlugin, count_people};
use crate::mechanisms::{job_matching, standard};
use crate::model::{Model, Options, RunError};
use crate::opening::{self, spawn_firms, spawn_workers};
use crate::places::{Counts, Establishments, FirmMass};
use crate::random::RandomSource;
use crate::snapshot::SnapshotPart;

/// Builds the model of a scenario: people and places, opening prices, firms, and every mechanism that is on.
///
/// # Errors
/// [`RunError::Unsupported`] if the machine lacks what the options ask for or the agents are too many;
/// [`RunError::Account`] if an account did not close during burn-in.
pub fn build(scenario: &Scenario, options: &Options) -> Result<Model, RunError> {
    let mut model = Model::empty(scenario, options)?;
    let random = RandomSource::new(scenario.seed, options.lanes)?;
    model.world.insert_resource(random);
    let (table, geography, industries) = opening::tables(scenario);
    let people = opening::people(scenario, &table, &geography)
        .map_err(|error| RunError::Unsupported { what: error.to_string() })?;
    let places = table.places.len();
    opening::insert(&mut model.world, scenario, table, geography, industries, &people);
    model.world.insert_resource(Counts::none(places));
    model.world.init_resource::<VarietyMass>();
    let demography = scenario.mechanisms.demography.as_ref();
    let working_life = demography.map_or(scenario.initial.working_life, |block| block.working_life);
    model.within_pool(|world| spawn_workers::spawn_workers(world, &people.cohorts, &scenario.initial, working_life));
    keep_state(&mut model);
    model.add(&RelocationPlugin);
    add_sites(&mut model);
    audit_people::add(&mut model);
    count(&mut model);
    // Destinations are proposed by opening populations, so people must be counted before the mechanisms are added.
    standard(&mut model, scenario);
    census::add(&mut model, scenario);
    opening::burn_in(&mut model, scenario)?;
    model.within_pool(|world| open_firms_and_jobs(world, scenario));
    model.within_pool(census::record_opening);
    if let Some(every) = options.record_agents {
        agent_records::add(&mut model, every);
        agent_records::record_opening(&mut model.world);
    }
    Ok(model)
}

fn keep_state(model: &mut Model) {
    model.kept.push(SnapshotPart::with("workers", write_workers, read_workers));
    model.kept.push(SnapshotPart::with("firms", write_firms, read_firms));
    model.keep::<VarietyMass>("variety_mass").keep::<FirmMass>("firm_mass").keep::<Establishments>("establishments");
}

fn count(model: &mut Model) {
    model.within_pool(|world| {
        let missing = "counting people needs nothing that could be missing";
        world.run_system_cached(count_people).expect(missing);
        world.run_system_cached(audit_people::add_up).expect(missing);
    });
}

fn open_firms_and_jobs(world: &mut World, scenario: &Scenario) {
    let location = scenario.mechanisms.firm_location.clone().unwrap_or_default();
    spawn_firms::spawn_firms(world, &location, scenario.initial.jobs_per_firm_unit);
    world.run_system_cached(relocation::count_firms).expect("counting firms needs nothing that could be missing");
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
        let firms = self
            .world
            .iter_entities()
            .filter_map(|entity| entity.get::<crate::agents::firm::Site>())
            .flat_map(|site| &site.0)
            .filter(|&&site| site != crate::agents::firm::CLOSED)
            .count();
        (workers, firms as u64)
    }

    /// Recounts people from the agents and replaces the masses that follow: needed after a snapshot was restored.
    pub(crate) fn recount(&mut self) {
        if self.world.query::<&WorkerBlock>().iter(&self.world).next().is_some() {
            count(self);
        }
    }
}
