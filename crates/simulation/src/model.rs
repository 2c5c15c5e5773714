//! The model: a world, a schedule for each phase, and the running of quarters.

use std::sync::Arc;

use bevy_ecs::component::ComponentId;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy_ecs::system::{ScheduleSystem, SystemAccess};
use rayon::ThreadPool;
use scenario::scenario::Scenario;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::info_span;

use crate::accounts::{Audit, Ledger};
use crate::agents::city::{City, Sector};
use crate::clock::Clock;
use crate::run::RecountEvery;
use crate::snapshot::{self, Piece, SnapshotPart, resource};
use crate::step::{Phase, Step};
use crate::table::Tables;

pub use crate::run::{Lanes, Options, RunError, pool};

/// The label of a phase's schedule.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct PhaseSchedule(Phase);

/// A world of cities, firms and workers, and the schedules that take it through quarters.
pub struct Model {
    /// Everything that exists.
    pub world: World,
    /// By phase, in their order.
    schedules: Vec<Schedule>,
    pool: Arc<ThreadPool>,
    pub(crate) kept: Vec<SnapshotPart>,
}

/// A system of a quarter, and what it touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepAccess {
    /// Phase in which it runs.
    pub phase: Phase,
    /// Path of the system inside this crate, such as `mechanisms::rent_pressure::adjust_rents`.
    pub system: String,
    /// Names of the components and resources that it reads, sorted.
    pub reads: Vec<String>,
    /// Names of those that it may write, sorted.
    pub writes: Vec<String>,
}

impl Model {
    /// A model of a scenario's places with a clock, empty accounts and tables, and no mechanism.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the threads asked for could not be started.
    pub fn empty(scenario: &Scenario, options: &Options) -> Result<Self, RunError> {
        Self::of_places(scenario.start, scenario.places.len(), options)
    }

    /// A model of so many places from the year `start` on, with no mechanism.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the threads asked for could not be started.
    pub fn of_places(start: u16, places: usize, options: &Options) -> Result<Self, RunError> {
        let pool = match &options.pool {
            Some(pool) => Arc::clone(pool),
            None => pool(options.threads)?,
        };
        let schedule = |&phase: &Phase| {
            let mut schedule = Schedule::new(PhaseSchedule(phase));
            schedule.set_executor(SingleThreadedExecutor::new());
            schedule.set_build_settings(ScheduleBuildSettings {
                ambiguity_detection: LogLevel::Error,
                ..Default::default()
            });
            for step in Step::ALL.iter().filter(|step| step.phase() == phase) {
                if let Some(next) = step.next() {
                    schedule.configure_sets((*step, next).chain());
                }
            }
            schedule
        };
        let mut world = World::new();
        world.insert_resource(Clock { tick: 0, start, burning_in: true });
        world.insert_resource(Audit::default());
        world.insert_resource(Tables::default());
        world.insert_resource(Ledger::new(places));
        world.insert_resource(options.lanes);
        world.insert_resource(RecountEvery(options.recount_every));
        let mut model = Self { world, schedules: Phase::ALL.iter().map(schedule).collect(), pool, kept: Vec::new() };
        model.keep::<Clock>("clock").keep::<Ledger>("ledger");
        Ok(model)
    }

    fn schedule(&mut self, step: Step) -> &mut Schedule {
        &mut self.schedules[step.phase() as usize]
    }

    /// Adds the system of a step. Systems run in the order of [`Step`], in whatever order they are added.
    pub fn add<M>(&mut self, step: Step, system: impl IntoScheduleConfigs<ScheduleSystem, M>) -> &mut Self {
        self.schedule(step).add_systems(system.in_set(step));
        self
    }

    /// Adds a system that runs right after a step, for whoever watches or changes a model from outside.
    pub fn add_after<M>(&mut self, step: Step, system: impl IntoScheduleConfigs<ScheduleSystem, M>) -> &mut Self {
        let system = system.after(step);
        self.schedule(step).add_systems(match step.next() {
            Some(next) => system.before(next),
            None => system,
        });
        self
    }

    /// Makes a resource part of the saved state and of the state hash, under a name that never changes.
    pub fn keep<T: Resource + Serialize + DeserializeOwned>(&mut self, name: &'static str) -> &mut Self {
        self.keep_pieces(name, vec![resource::<T>()])
    }

    /// Makes columns, resources or agents one part of the saved state and of the state hash.
    pub(crate) fn keep_pieces(&mut self, name: &'static str, pieces: Vec<Piece>) -> &mut Self {
        self.kept.push(SnapshotPart::new(name, pieces));
        self.kept.sort_by_key(SnapshotPart::order);
        self
    }

    /// Runs the phases once, in the model's threads; in burn-in without those that wait for the run proper.
    ///
    /// # Errors
    /// [`RunError::Account`] if an account did not close.
    pub fn run_phases(&mut self) -> Result<(), RunError> {
        let Clock { tick, burning_in, .. } = *self.world.resource::<Clock>();
        let _quarter = info_span!("quarter", tick, burning_in).entered();
        let (world, schedules) = (&mut self.world, &mut self.schedules);
        self.pool.install(|| {
            for (&phase, schedule) in Phase::ALL.iter().zip(schedules) {
                if burning_in && phase.only_in_run() || schedule.systems_len() == 0 {
                    continue;
                }
                let _phase = info_span!("phase", name = phase.name()).entered();
                schedule.run(world);
            }
        });
        match self.world.resource::<Audit>().0.clone() {
            Some(breach) => Err(RunError::Account(breach)),
            None => Ok(()),
        }
    }

    /// The whole state as bytes. The same state gives the same bytes, in whatever order blocks are stored.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        snapshot::save(&self.kept, &self.world)
    }

    /// Hash of the whole state, as 64 hexadecimal digits. Needs no second copy of the agents.
    #[must_use]
    pub fn state_hash(&self) -> String {
        snapshot::hash(&self.kept, &self.world)
    }

    /// Simulates one quarter.
    ///
    /// # Errors
    /// [`RunError::Account`] if an account did not close; the quarter then does not count.
    pub fn tick(&mut self) -> Result<(), RunError> {
        self.run_phases()?;
        self.world.resource_mut::<Clock>().tick += 1;
        Ok(())
    }

    /// Quarters simulated so far.
    #[must_use]
    pub fn now(&self) -> u32 {
        self.world.resource::<Clock>().tick
    }

    /// The tables that the census fills.
    pub fn tables_mut(&mut self) -> &mut Tables {
        self.world.resource_mut::<Tables>().into_inner()
    }

    /// Runs something in the model's threads.
    pub fn within_pool<T: Send>(&mut self, work: impl FnOnce(&mut World) -> T + Send) -> T {
        let world = &mut self.world;
        self.pool.install(|| work(world))
    }

    /// Every system of a quarter in the order of running, with what it reads and writes, as the schedules know it.
    ///
    /// # Panics
    /// If two systems touch the same data in no stated order.
    pub fn steps(&mut self) -> Vec<StepAccess> {
        let mut steps = Vec::new();
        for (&phase, schedule) in Phase::ALL.iter().zip(&mut self.schedules) {
            schedule.initialize(&mut self.world).expect("the order of steps leaves no conflict open");
            let systems = schedule.systems_with_access().expect("the schedule was initialised");
            for (_, with_access) in systems {
                let path = with_access.system().name().to_string();
                let SystemAccess::Shared(access) = with_access.access() else { continue };
                let access = access.combined_access();
                let name = |id: ComponentId| short_name(&self.world, id);
                let all = access.reads().as_finite_set().map(|ids| ids.iter().collect()).unwrap_or_default();
                let (writes, reads): (Vec<_>, Vec<_>) =
                    Vec::into_iter(all).partition(|&id: &ComponentId| access.has_write(id));
                let sorted = |ids: Vec<ComponentId>| {
                    let mut names: Vec<String> = ids.into_iter().filter_map(name).collect();
                    names.sort();
                    names
                };
                steps.push(StepAccess {
                    phase,
                    system: path.split_once("::").map_or(path.clone(), |(_, system)| system.to_owned()),
                    reads: sorted(reads),
                    writes: sorted(writes),
                });
            }
        }
        steps
    }
}

/// A component's name without its path; `None` for what only says which rows a column has.
fn short_name(world: &World, id: ComponentId) -> Option<String> {
    let rows = [world.component_id::<City>(), world.component_id::<Sector>()];
    let info = world.components().get_info(id).filter(|_| !rows.contains(&Some(id)))?;
    Some(info.name().shortname().to_string())
}
