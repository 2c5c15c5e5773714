//! The model: a world, a schedule, and the running of quarters.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{InternedSystemSet, LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy_ecs::system::ScheduleSystem;
use rayon::{ThreadPool, ThreadPoolBuilder};
use scenario::scenario::Scenario;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::accounts::{Audit, Breach, Ledger};
use crate::clock::Clock;
use crate::phase::{Phase, RUN_ONLY};
use crate::plugin::Plugin;
use crate::snapshot::SnapshotPart;
use crate::table::Tables;

/// How a run is carried out; nothing here changes a result.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Worker threads; 0: as many as the machine has.
    pub threads: usize,
    /// Threads to borrow instead, shared by all runs that are given them; `threads` is then ignored.
    pub pool: Option<Arc<ThreadPool>>,
    /// Which vector lanes to use.
    pub lanes: Lanes,
    /// Record every agent at every n-th quarter (and before the first).
    pub record_agents: Option<u32>,
}

/// Width of the random-number kernel. All give the same bits.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lanes {
    /// The widest that the machine has.
    #[default]
    Auto,
    /// One at a time.
    Scalar,
    /// Eight at a time (AVX2).
    Avx2,
    /// sixteen at a time (AVX-512).
    Avx512,
}

/// Why a run ended early.
#[derive(Clone, Debug, PartialEq)]
pub enum RunError {
    /// An account did not close.
    Account(Breach),
    /// The machine cannot do what the options ask for.
    Unsupported {
        /// What was asked for.
        what: String,
    },
    /// A snapshot is of another version, another scenario, or damaged.
    Snapshot {
        /// What is wrong with it.
        what: String,
    },
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Account(breach) => write!(f, "{breach}"),
            Self::Unsupported { what } => write!(f, "this machine cannot do it: {what}"),
            Self::Snapshot { what } => write!(f, "the checkpoint cannot be used: {what}"),
        }
    }
}

impl std::error::Error for RunError {}

/// The schedule of a quarter.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Quarter;

/// A world of cities, firms and workers, and the schedule that takes it through quarters.
pub struct Model {
    /// Everything that exists.
    pub world: World,
    schedule: Schedule,
    pool: Arc<ThreadPool>,
    pub(crate) kept: Vec<SnapshotPart>,
}

/// Threads that runs can borrow; 0: as many as the machine has.
///
/// # Errors
/// [`RunError::Unsupported`] if they could not be started.
pub fn pool(threads: usize) -> Result<Arc<ThreadPool>, RunError> {
    let built = ThreadPoolBuilder::new().num_threads(threads).build();
    built
        .map(Arc::new)
        .map_err(|error| RunError::Unsupported { what: format!("could not start {threads} threads: {error}") })
}

fn running(clock: Res<Clock>) -> bool {
    !clock.burning_in
}

impl Model {
    /// A model of a scenario's places with a clock, empty accounts and tables, and no mechanism.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the threads or lanes asked for cannot be had.
    pub fn empty(scenario: &Scenario, options: &Options) -> Result<Self, RunError> {
        Self::of_places(scenario.start, scenario.places.len(), options)
    }

    /// A model of so many places from the year `start` on, with no mechanism.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the threads or lanes asked for cannot be had.
    pub fn of_places(start: u16, places: usize, options: &Options) -> Result<Self, RunError> {
        let pool = match &options.pool {
            Some(pool) => Arc::clone(pool),
            None => pool(options.threads)?,
        };
        let mut schedule = Schedule::new(Quarter);
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule
            .set_build_settings(ScheduleBuildSettings { ambiguity_detection: LogLevel::Error, ..Default::default() });
        for pair in Phase::LIST.windows(2) {
            schedule.configure_sets(pair[1].after(pair[0]));
        }
        for phase in RUN_ONLY {
            schedule.configure_sets(phase.run_if(running));
        }
        let mut world = World::new();
        world.insert_resource(Clock { tick: 0, start, burning_in: true });
        world.insert_resource(Audit::default());
        world.insert_resource(Tables::default());
        world.insert_resource(Ledger::new(places));
        world.insert_resource(options.lanes);
        let mut model = Self { world, schedule, pool, kept: Vec::new() };
        model.keep::<Clock>("clock").keep::<Ledger>("ledger");
        Ok(model)
    }

    /// Adds a mechanism.
    pub fn add(&mut self, plugin: &dyn Plugin) -> &mut Self {
        plugin.build(self);
        self
    }

    /// Adds systems to a phase. Two systems of a phase that touch the same data in no stated order are an error.
    pub fn add_systems<M>(&mut self, phase: Phase, systems: impl IntoScheduleConfigs<ScheduleSystem, M>) -> &mut Self {
        self.schedule.add_systems(systems.in_set(phase));
        self
    }

    /// Adds a system that runs before everything else.
    pub(crate) fn add_first<M>(&mut self, system: impl IntoScheduleConfigs<ScheduleSystem, M>) {
        self.schedule.add_systems(system.before(Phase::LIST[0]));
    }

    /// Adds a system that runs after everything in a phase and before everything in the next.
    pub(crate) fn add_after<M>(&mut self, phase: Phase, system: impl IntoScheduleConfigs<ScheduleSystem, M>) {
        let next = Phase::LIST.into_iter().skip_while(|&each| each != phase).nth(1);
        let system = system.after(phase);
        self.schedule.add_systems(match next {
            Some(next) => system.before(next),
            None => system,
        });
    }

    /// States an order or a phase of sets of systems, for mechanisms that write the same data in one phase.
    pub fn configure_sets<M>(&mut self, sets: impl IntoScheduleConfigs<InternedSystemSet, M>) -> &mut Self {
        self.schedule.configure_sets(sets);
        self
    }

    /// Makes a resource part of the saved state and of the state hash, under a name that never changes.
    pub fn keep<T: Resource + Serialize + DeserializeOwned>(&mut self, name: &'static str) -> &mut Self {
        self.kept.push(SnapshotPart::resource::<T>(name));
        self
    }

    /// Runs the schedule once, inside the model's own pool.
    ///
    /// # Errors
    /// [`RunError::Account`] if an account did not close.
    pub fn run_schedule(&mut self) -> Result<(), RunError> {
        let (world, schedule) = (&mut self.world, &mut self.schedule);
        self.pool.install(|| schedule.run(world));
        match self.world.resource::<Audit>().0.clone() {
            Some(breach) => Err(RunError::Account(breach)),
            None => Ok(()),
        }
    }

    /// Simulates one quarter.
    ///
    /// # Errors
    /// [`RunError::Account`] if an account did not close; the quarter then does not count.
    pub fn tick(&mut self) -> Result<(), RunError> {
        self.run_schedule()?;
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

    /// Runs something inside the model's own pool of threads.
    pub fn within_pool<T: Send>(&mut self, work: impl FnOnce(&mut World) -> T + Send) -> T {
        let world = &mut self.world;
        self.pool.install(|| work(world))
    }
}
