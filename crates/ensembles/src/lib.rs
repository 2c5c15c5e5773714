//! Many runs: the same scenario over seeds, and what can be said from them.
//!
//! [`keep`] turns a run in memory into a folder. [`runs`] carries runs out in memory, several at a time, each on one thread: results do not depend on how many.
//! [`statistics`] holds what turns them into statements: means with standard errors, paired differences, Wilson
//! intervals, the zero of a regression line.

pub mod keep;
pub mod runs;
pub mod statistics;
