//! What files are read with: faults and sources are gathered, numbers and names checked, blocks of parameters filled.

mod block;
mod fields;
mod gathered;
mod names;

pub(crate) use block::{decode_block, decode_date, decode_period, source_defaults, sourced};
pub(crate) use fields::Fields;
pub(crate) use gathered::{Reading, join, optional};
pub(crate) use names::{Names, PlaceNames};
