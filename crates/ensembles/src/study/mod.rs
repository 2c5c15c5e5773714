//! Running studies: a design gives the points, runs follow in a balanced order, each is kept, all are joined at the end.
//!
//! [`Plan`] lays the points of a [`scenario::study::Study`] and numbers its runs. Every cell (a point with a set of
//! policies) is run with the first seed before any with the second, so that a study that was stopped is usable.
//! [`carry_out`] runs what is left side by side, each run on one thread, and [`columns`] makes `runs.parquet` from the
//! records, so that it holds the same bytes however often the study was stopped and however it was divided.

mod design;
mod outcomes;
mod plan;
mod run;
mod runs;
mod sobol;

pub use design::points;
pub use outcomes::{Outcome, figures};
pub use plan::{Plan, PlanError, RunKey};
pub use run::{Carried, carry_out};
pub use runs::columns;
pub use sobol::Sobol;
