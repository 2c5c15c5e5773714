//! Many runs: the same scenario over seeds, and what can be said from them.
//!
//! [`runs`] carries pieces of work out side by side, [`keep`] turns a run in memory into a folder that `hinterland run`
//! reproduces, and [`statistics`] holds what turns runs into statements: means with standard errors, paired differences,
//! Wilson intervals, the zero of a regression line. [`compare`] is the policy lab: paired runs, effects, who gains.
//! [`standard`] makes a scenario of any size, for benchmarks.
//! [`study`] carries out what a study file asks for, with designs out of [`draws`]; [`score`] holds runs against a census,
//! [`hindcast`] does so in every province.

pub mod compare;
pub mod draws;
pub mod hindcast;
pub mod keep;
pub mod runs;
pub mod score;
pub mod standard;
pub mod statistics;
pub mod study;
