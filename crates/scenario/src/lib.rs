//! Reads scenarios, region tables and policies, checks them, and says every fault at once with its place.
//!
//! Start with [`load`]: it reads a scenario file, applies overrides and policies, and gives a [`Loaded`] scenario or
//! [`Faults`]. The parts of a scenario are in [`scenario`], [`mechanisms`], [`levers`], [`industry`] and
//! [`place`]; [`parameters`] describes every number.

mod history;
pub mod industry;
pub mod levers;
pub mod mechanisms;
pub mod parameters;
pub mod place;
pub mod scenario;
pub mod study;

mod choice;
mod decode;
mod draft;
mod facts;
mod faults;
mod load;
mod overrides;
mod period;
mod policy;
mod reader;
mod reading;
mod resolve;
mod table;
mod texts;
mod written;

pub use decode::{AGENTS_MAX, TICKS_MAX};
pub use faults::{Excerpt, FAULTS_MAX, Fault, Faults, Location, Problem};
pub use load::{Loaded, Request, load, load_str};
pub use policy::FILE_BYTES_MAX;
pub use scenario::Scenario;
pub use table::{Census, Observed, ObservedPlace, PLACES_MAX, ProvinceTable, TABLE_BYTES_MAX, observed, provinces};
