//! Dated changes of the rules of a mechanism: what each kind must say about itself, and lists of them.

use crate::place::Place;
use crate::reading::{Fields, Names, Reading, sourced};
use crate::written::{Sources, Written};

/// A dated change of rules.
pub(crate) trait RuleChange: Sized {
    /// From when it holds.
    fn date(&self) -> f64;
    /// Reads a change, but for its date.
    fn decode(reading: &mut Reading, fields: &mut Fields<'_>, names: &Names, from: f64) -> Self;
    /// What both set, if two changes of the same date contradict each other.
    fn conflict(&self, other: &Self, places: &[Place]) -> Option<&'static str>;
    /// The change as it is written; `path` is that of its numbers in `sources`.
    fn written(&self, sources: &Sources, path: &str) -> Written;
}

/// The dated changes of one mechanism.
pub(crate) trait Changes {
    /// Reads one more, but for its date.
    fn decode(&mut self, reading: &mut Reading, fields: &mut Fields<'_>, names: &Names, from: f64);
    /// Drops the last.
    fn drop_last(&mut self);
    /// Dates, in the order of the list.
    fn dates(&self) -> Vec<f64>;
    /// What two of them both set.
    fn conflict(&self, one: usize, other: usize, places: &[Place]) -> Option<&'static str>;
    /// The list as it is written; `path` is its own.
    fn written(&self, sources: &Sources, path: &str) -> Written;
}

impl<C: RuleChange> Changes for Vec<C> {
    fn decode(&mut self, reading: &mut Reading, fields: &mut Fields<'_>, names: &Names, from: f64) {
        self.push(C::decode(reading, fields, names, from));
    }
    fn drop_last(&mut self) {
        self.pop();
    }
    fn dates(&self) -> Vec<f64> {
        self.iter().map(C::date).collect()
    }
    fn conflict(&self, one: usize, other: usize, places: &[Place]) -> Option<&'static str> {
        self[one].conflict(&self[other], places)
    }
    fn written(&self, sources: &Sources, path: &str) -> Written {
        let one = |(index, change): (usize, &C)| change.written(sources, &format!("{path}.{index}"));
        Written::List(self.iter().enumerate().map(one).collect())
    }
}

/// A number that a change may give.
pub(super) fn change_number(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    name: &'static str,
    limits: (f64, f64),
    unit: &str,
) -> Option<f64> {
    let node = fields.take_optional(name)?;
    let path = fields.path(name);
    let (node, source) = sourced(reading, node, &path);
    reading.sources.insert(path.clone(), source);
    reading.number(node, &path, limits, unit)
}
