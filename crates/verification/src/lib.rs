//! Verification: known theory and stylised facts, side by side with what the engine does.
//!
//! A theory case is a scenario of the engine with mechanisms off until it *is* that theory, a set of parameters, a
//! measured quantity and a closed form. A fact is a statistical test over seeds, with ablations that must fail.

pub mod facts;
pub mod quantity;

pub use quantity::Quantity;
