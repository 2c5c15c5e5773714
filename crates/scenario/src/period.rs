//! When a measure holds.

use serde::{Deserialize, Serialize};

/// When a measure holds, as calendar years with quarters as fractions (2014.5 is the third quarter of 2014).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// First quarter.
    pub from: f64,
    /// First quarter in which it no longer holds; `None`: it never ends.
    pub until: Option<f64>,
}

impl Period {
    /// Every quarter of every run.
    pub const ALWAYS: Period = Period { from: 0.0, until: None };
}
