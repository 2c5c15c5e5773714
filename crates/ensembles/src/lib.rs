//! Many runs: the same scenario over seeds, and what can be said from them.
//!
//! [`runs`] carries pieces of work out side by side, [`keep`] turns a run in memory into a folder that `hinterland run`
//! reproduces, and [`statistics`] holds what turns runs into statements: means with standard errors, paired differences,
//! Wilson intervals, the zero of a regression line.

pub mod draws;
pub mod keep;
pub mod runs;
pub mod score;
pub mod statistics;
pub mod study;
