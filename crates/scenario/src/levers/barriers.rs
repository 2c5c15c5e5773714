//! Barriers between places: multiplies the border wedge of trade with the places named.

use crate::parameters::parameters;
use crate::period::Period;
use crate::place::Where;

parameters! {
    /// Barriers between places: multiplies the border wedge of trade with the places named.
    pub struct Barrier = "barriers" {
        /// When.
        period: Period = Period::ALWAYS, "", Assumed("the whole run unless given");
        /// Places whose borders it changes (a pair counts if either place is named).
        places: Where = Where::All, "", Assumed("every place unless given");
        /// Multiple of the wedge; 1 changes nothing, 0 removes it.
        wedge: f64 = 1.0, "multiple of the border wedge", 0.0..=10.0, Assumed("changes nothing unless given");
    }
}
