//! The calendar: ticks, and the quarters of the years they stand for.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Ticks in a year.
pub const QUARTERS_PER_YEAR: u32 = 4;

/// One quarter of one year, written `2014Q3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawQuarter", into = "RawQuarter")]
pub struct Quarter {
    year: i32,
    quarter: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Quarter")]
struct RawQuarter {
    year: i32,
    quarter: u8,
}

impl TryFrom<RawQuarter> for Quarter {
    type Error = String;

    fn try_from(raw: RawQuarter) -> Result<Self, String> {
        Quarter::new(raw.year, raw.quarter)
            .ok_or_else(|| format!("{} is not a quarter of a year: use 1 to 4", raw.quarter))
    }
}

impl From<Quarter> for RawQuarter {
    fn from(quarter: Quarter) -> Self {
        RawQuarter { year: quarter.year, quarter: quarter.quarter }
    }
}

impl Quarter {
    /// A quarter of a year, 1 to 4; `None` for another number.
    pub const fn new(year: i32, quarter: u8) -> Option<Self> {
        if quarter >= 1 && quarter <= 4 { Some(Self { year, quarter }) } else { None }
    }

    /// The first quarter of a year.
    pub const fn first_of(year: i32) -> Self {
        Self { year, quarter: 1 }
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The quarter within the year, 1 to 4.
    pub const fn quarter(self) -> u8 {
        self.quarter
    }

    /// The quarter that many ticks later.
    pub fn after(self, ticks: u32) -> Self {
        let quarters = i64::from(self.year) * 4 + i64::from(self.quarter - 1) + i64::from(ticks);
        let year = i32::try_from(quarters.div_euclid(4)).unwrap_or(i32::MAX);
        Self { year, quarter: quarters.rem_euclid(4) as u8 + 1 }
    }

    /// Ticks from an earlier quarter to this one; negative when it is later.
    pub fn ticks_since(self, earlier: Self) -> i64 {
        (i64::from(self.year) - i64::from(earlier.year)) * 4 + i64::from(self.quarter) - i64::from(earlier.quarter)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year, self.quarter)
    }
}

/// Where the ticks of a run lie in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The quarter of tick 0.
    pub start: Quarter,
}

impl Calendar {
    /// The quarter that a tick stands for.
    pub fn quarter(self, tick: u32) -> Quarter {
        self.start.after(tick)
    }

    /// The year in which a tick lies.
    pub fn year(self, tick: u32) -> i32 {
        self.quarter(tick).year()
    }

    /// The first tick of a quarter; `None` before the run starts.
    pub fn tick(self, quarter: Quarter) -> Option<u32> {
        u32::try_from(quarter.ticks_since(self.start)).ok()
    }

    /// Whether a tick is the last of its year, when yearly tables are written.
    pub fn closes_year(self, tick: u32) -> bool {
        self.quarter(tick).quarter() == 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fourth_tick_closes_the_year() {
        let calendar = Calendar { start: Quarter::first_of(2010) };
        assert_eq!(calendar.quarter(0).to_string(), "2010Q1");
        assert_eq!(calendar.quarter(3).to_string(), "2010Q4");
        assert!(calendar.closes_year(3) && !calendar.closes_year(4));
        assert_eq!(calendar.year(4), 2011);
        assert_eq!(calendar.tick(Quarter::first_of(2014)), Some(16));
        assert_eq!(calendar.tick(Quarter::first_of(2009)), None);
    }

    #[test]
    fn there_is_no_fifth_quarter() {
        assert_eq!(Quarter::new(2010, 5), None);
        let refused = serde_json::from_str::<Quarter>(r#"{"year":2010,"quarter":0}"#).unwrap_err();
        assert!(refused.to_string().contains("use 1 to 4"));
        let read: Quarter = serde_json::from_str(r#"{"year":2010,"quarter":4}"#).unwrap();
        assert_eq!(read, Quarter::first_of(2010).after(3));
    }

    proptest! {
        #[test]
        fn ticks_and_quarters_agree(year in -3000..3000i32, quarter in 1u8..=4, ticks in 0u32..100_000) {
            let start = Quarter::new(year, quarter).unwrap();
            prop_assert_eq!(start.after(ticks).ticks_since(start), i64::from(ticks));
            prop_assert_eq!(Calendar { start }.tick(start.after(ticks)), Some(ticks));
        }
    }
}
