//! Turns the tree of a scenario or policy into checked values.

mod changes;
mod conflicts;
mod distances;
mod gaps;
mod industries;
mod levers;
mod outline;
mod regions;
mod root;

pub(crate) use changes::decode_change;
pub(crate) use conflicts::check_conflicts;
pub(crate) use outline::Outline;
pub(crate) use root::decode;
pub use root::{AGENTS_MAX, TICKS_MAX};
