//! What several tables need of a quarter, reckoned once.

use super::memory::Memory;
use super::output::Output;
use super::people::People;
use super::reading::Reading;
use super::work::Work;
use crate::table::Cell;

/// A quarter, reckoned.
pub(super) struct Quarter {
    /// Quarters done.
    pub(super) tick: u32,
    pub(super) year: f64,
    /// Price level against the opening state: what a nominal yuan is divided by.
    pub(super) price_level: f64,
    /// Output at base prices, thousand yuan.
    pub(super) output: f64,
    /// The same at prices of the quarter.
    pub(super) output_nominal: f64,
    pub(super) work: Work,
    pub(super) people: People,
}

impl Quarter {
    pub(super) fn of(reading: &Reading, memory: &Memory, tick: u32) -> Self {
        let output = Output::of(reading);
        Self {
            tick,
            year: reading.year_after(tick),
            price_level: output.price_level(&memory.base),
            output: output.real(&memory.base),
            output_nominal: output.nominal(),
            work: Work::of(reading),
            people: People::of(reading, &memory.base),
        }
    }

    /// The two cells that a row by quarter starts with.
    pub(super) fn head(&self) -> [Cell; 2] {
        [Cell::Integer(i64::from(self.tick)), Cell::Real(self.year)]
    }

    /// Nominal thousand yuan as constant yuan.
    pub(super) fn money(&self, thousand: f64) -> f64 {
        1000.0 * thousand / self.price_level
    }

    /// Nominal yuan a head as constant yuan.
    pub(super) fn each(&self, yuan: f64) -> f64 {
        yuan / self.price_level
    }
}

/// `sum / number`, undefined where there is none.
pub(super) fn per(sum: f64, number: f64) -> f64 {
    if number > 0.0 { sum / number } else { f64::NAN }
}
