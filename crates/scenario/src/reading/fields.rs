//! The fields of a struct: each is read by name, and a field that is never read is a fault.

use crate::faults::{Problem, nearest};
use crate::reader::{Entry, Node, Tree};
use crate::texts::Span;

use super::gathered::{Reading, join, optional};

pub(crate) struct Fields<'n> {
    pub(crate) at: Span,
    pub(crate) path: String,
    entries: &'n [Entry],
    asked: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Opens a bracket of fields.
    pub(crate) fn open(reading: &mut Reading, node: &'n Node, path: &str) -> Option<Fields<'n>> {
        match &node.tree {
            Tree::Struct(None, entries) => Some(Fields::of(reading, entries, node.at, path)),
            _ => {
                reading.wrong_type(node, path, "a bracket of fields (name: value, …)");
                None
            }
        }
    }

    /// Takes fields that were already found in a bracket, and reports those given twice.
    pub(crate) fn of(reading: &mut Reading, entries: &'n [Entry], at: Span, path: &str) -> Fields<'n> {
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort_by(|a, b| a.name.cmp(&b.name)); // stable: the first given stays first
        for pair in order.windows(2) {
            if pair[0].name == pair[1].name {
                let first_line = reading.texts.line(pair[0].name_at);
                let problem = Problem::DuplicateField { name: pair[1].name.to_string(), first_line };
                reading.fault(pair[1].name_at, path, problem);
            }
        }
        Fields { at, path: path.to_owned(), entries, asked: Vec::new() }
    }

    /// A field, if it is there.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.asked.push(name);
        self.entries.iter().find(|entry| &*entry.name == name).map(|entry| &entry.node)
    }

    /// A field that may be `None` or `Some(…)`.
    pub(crate) fn take_optional(&mut self, name: &'static str) -> Option<&'n Node> {
        self.take(name).and_then(optional)
    }

    /// A field that must be there.
    pub(crate) fn need(&mut self, reading: &mut Reading, name: &'static str, hint: &'static str) -> Option<&'n Node> {
        let found = self.take(name);
        if found.is_none() {
            let at = Span { end: self.at.start + 1, ..self.at };
            reading.fault(at, &self.path, Problem::MissingField { name, hint });
        }
        found
    }

    /// Path of a field.
    pub(crate) fn path(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// Reports every field that was never read.
    pub(crate) fn close(self, reading: &mut Reading) {
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&&*entry.name)) {
            let problem = Problem::UnknownField {
                name: entry.name.chars().take(80).collect(),
                inside: self.path.clone(),
                nearest: nearest(&entry.name, self.asked.iter().copied()),
                known: self.asked.iter().map(|name| (*name).to_owned()).collect(),
            };
            reading.fault(entry.name_at, &self.path, problem);
        }
    }
}
