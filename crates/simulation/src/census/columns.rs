//! Columns of the tables: name, unit and a sentence each.

use crate::table::{Field, Kind};

/// Units that many columns share.
pub(super) mod unit {
    pub(crate) const PERSONS: &str = "persons";
    pub(crate) const WORKERS: &str = "workers";
    pub(crate) const KM2: &str = "km2";
    pub(crate) const SHARE: &str = "share";
    pub(crate) const INDEX: &str = "index";
    pub(crate) const YUAN: &str = "constant yuan per quarter";
    pub(crate) const YUAN_PERSON: &str = "constant yuan per person and quarter";
    pub(crate) const YUAN_WORKER: &str = "constant yuan per worker and quarter";
    pub(crate) const UTILITY: &str = "log points";
}

/// Columns in the making.
pub(super) struct Columns(Vec<Field>);

impl Columns {
    /// Columns that every table by quarter starts with.
    pub(super) fn by_quarter() -> Self {
        Self(Vec::new())
            .integer("tick", "quarters", "Quarters done: 0 is the opening state, t the state after t quarters.")
            .real("year", "years", "Date of the state as a calendar year; quarters are fractions.")
    }

    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    fn with(mut self, name: &str, unit: &str, about: &str, kind: Kind) -> Self {
        self.0.push(Field { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), kind });
        self
    }

    pub(super) fn real(self, name: &str, unit: &str, about: &str) -> Self {
        self.with(name, unit, about, Kind::Real)
    }

    pub(super) fn integer(self, name: &str, unit: &str, about: &str) -> Self {
        self.with(name, unit, about, Kind::Integer)
    }

    pub(super) fn name(self, name: &str, about: &str) -> Self {
        self.with(name, "", about, Kind::Name)
    }

    pub(super) fn done(self) -> Vec<Field> {
        self.0
    }
}
