//! How a run is carried out, and why it may end early.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::accounts::Breach;

/// How a run is carried out; nothing here changes a result.
#[derive(Clone, Debug)]
pub struct Options {
    /// Worker threads; 0: as many as the machine has.
    pub threads: usize,
    /// Threads to borrow instead, shared by all runs that are given them; `threads` is then ignored.
    pub pool: Option<Arc<ThreadPool>>,
    /// Which vector lanes to use.
    pub lanes: Lanes,
    /// Record every agent at every n-th quarter (and before the first).
    pub record_agents: Option<u32>,
    /// Hold the counts of people and jobs to the agents at every n-th quarter.
    pub recount_every: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 0,
            pool: None,
            lanes: Lanes::Auto,
            record_agents: None,
            recount_every: if cfg!(test) { 1 } else { 4 },
        }
    }
}

/// Quarters from one recount of people and jobs to the next.
#[derive(Resource, Clone, Copy, Debug)]
pub(crate) struct RecountEvery(pub u32);

/// Width of the random-number kernel. All give the same bits.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lanes {
    /// The widest that the machine has.
    #[default]
    Auto,
    /// One at a time.
    Scalar,
    /// 8 at a time (AVX2).
    Avx2,
    /// 16 at a time (AVX-512).
    Avx512,
}

/// Why a run ended early.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// An account did not close.
    #[error("{0}")]
    Account(Breach),
    /// The machine cannot do what the options ask for.
    #[error("this machine cannot do it: {what}")]
    Unsupported {
        /// What was asked for.
        what: String,
    },
    /// A snapshot is of another version, another scenario, or damaged.
    #[error("the checkpoint cannot be used: {what}")]
    Snapshot {
        /// What is wrong with it.
        what: String,
    },
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
