//! Identifiers, the calendar, and quantities that carry their unit.
//!
//! A number is checked once, where it enters the program, and then carries its unit in its type.
//! Hot arrays hold bare numbers; their fields say the unit.

mod calendar;
mod identifiers;
mod quantities;

pub use calendar::{Calendar, QUARTERS_PER_YEAR, Quarter};
pub use identifiers::{IndustryId, PlaceId};
pub use quantities::{Kilometres, NotAQuantity, Persons, Share, SquareKilometres, Yuan, grouped};
