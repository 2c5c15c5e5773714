//! Dated changes of the rules of a mechanism: what each kind must say about itself, and lists of them.

use crate::place::Place;
use crate::reader::Tree;
use crate::reading::{Fields, Names, Reading, sourced};
use crate::written::{Sources, Written};

/// A dated change of rules.
pub(crate) trait RuleChange: Sized {
    /// From when it holds.
    fn date(&self) -> f64;
    /// Whether it is history, which gives way to changes that are not.
    fn is_history(&self) -> bool;
    /// The same, to be set.
    fn history(&mut self) -> &mut bool;
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
    /// Which of them are history, in the order of the list.
    fn are_history(&self) -> Vec<bool>;
    /// Makes those from this index on history.
    fn mark_history(&mut self, first: usize);
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
    fn are_history(&self) -> Vec<bool> {
        self.iter().map(C::is_history).collect()
    }
    fn mark_history(&mut self, first: usize) {
        self.iter_mut().skip(first).for_each(|change| *change.history() = true);
    }
    fn conflict(&self, one: usize, other: usize, places: &[Place]) -> Option<&'static str> {
        self[one].conflict(&self[other], places)
    }
    fn written(&self, sources: &Sources, path: &str) -> Written {
        let one = |(index, change): (usize, &C)| change.written(sources, &format!("{path}.{index}"));
        Written::List(self.iter().enumerate().map(one).collect())
    }
}

/// Orders changes for a run: history first, then by date, so that what is no history holds over it.
pub(super) fn in_order<C: RuleChange + Clone>(changes: &[C]) -> Vec<C> {
    let mut ordered = changes.to_vec();
    ordered.sort_by(|one, other| other.is_history().cmp(&one.is_history()).then(one.date().total_cmp(&other.date())));
    ordered
}

/// Whether a change says that it is history.
pub(super) fn change_of_history(reading: &mut Reading, fields: &mut Fields<'_>) -> bool {
    let Some(node) = fields.take("history") else { return false };
    match &node.tree {
        Tree::Switch(history) => *history,
        _ => {
            reading.wrong_type(node, &fields.path("history"), "true or false");
            false
        }
    }
}

/// What a change of history adds to its fields.
pub(super) fn written_history(history: bool) -> Option<(&'static str, Written)> {
    history.then_some(("history", Written::Switch(true)))
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
