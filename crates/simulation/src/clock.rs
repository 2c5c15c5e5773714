//! Time: quarters since the start, and whether the run proper has begun.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// The clock of a run.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Quarter that is being simulated, from 0. During burn-in it stays 0.
    pub tick: u32,
    /// First year of the run.
    pub start: u16,
    /// True while opening prices settle with people and firms frozen.
    pub burning_in: bool,
}

impl Clock {
    /// The present quarter as a year with quarters as fractions (2014.5 is the third quarter of 2014).
    #[must_use]
    pub fn year(&self) -> f64 {
        f64::from(self.start) + f64::from(self.tick) / 4.0
    }

    /// Whether a measure dated `from..until` holds now. Nothing dated holds during burn-in.
    #[must_use]
    pub fn within(&self, from: f64, until: Option<f64>) -> bool {
        !self.burning_in && self.year() >= from && until.is_none_or(|end| self.year() < end)
    }
}
