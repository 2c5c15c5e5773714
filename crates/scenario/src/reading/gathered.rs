//! What is gathered while files are read, and the checks of single values.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::faults::{Collector, Fault, Location, Problem};
use crate::parameters::{Kind, Source};
use crate::reader::{self, Node, Tree};
use crate::texts::{Files, Span, Texts};

/// What is gathered while a scenario is read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) texts: Texts,
    pub(crate) faults: Collector,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) notes: Vec<String>,
    /// Folder against which paths in the scenario are read.
    pub(crate) folder: PathBuf,
    pub(crate) files: Files,
}

impl Reading {
    /// Reads a text into a tree, and reports its faults of syntax.
    pub(crate) fn parse(&mut self, label: String, content: String, numbered: bool) -> Option<Node> {
        let text = self.texts.keep(label, content, numbered);
        let (node, faults) = reader::parse(text, self.texts.content(text));
        for fault in faults {
            self.fault(fault.at, "", fault.problem);
        }
        node
    }

    /// Reports a fault at a stretch of a text.
    pub(crate) fn fault(&mut self, at: Span, path: &str, problem: Problem) {
        let texts = &self.texts;
        self.faults.add(|| Fault {
            location: texts.location(at),
            excerpt: texts.excerpt(at),
            path: path.to_owned(),
            problem,
        });
    }

    /// Reports a fault at a place that is not in a text.
    pub(crate) fn fault_at(&mut self, location: Location, path: &str, problem: Problem) {
        self.faults.add(|| Fault { location, excerpt: None, path: path.to_owned(), problem });
    }

    /// Reports that a value is of the wrong type, unless that it is unreadable was reported before.
    pub(crate) fn wrong_type(&mut self, node: &Node, path: &str, expected: impl Into<String>) {
        if node.tree != Tree::Broken {
            let problem = Problem::WrongType { expected: expected.into(), found: node.tree.what() };
            self.fault(node.at, path, problem);
        }
    }

    /// A number within limits.
    pub(crate) fn number(&mut self, node: &Node, path: &str, limits: (f64, f64), unit: &str) -> Option<f64> {
        let (low, high) = limits;
        let Tree::Number(value) = node.tree else {
            let kind = Kind::Number { low, high };
            self.wrong_type(node, path, crate::faults::wanted(&kind, unit));
            return None;
        };
        let problem = if !value.is_finite() {
            Problem::NotFinite { value }
        } else if value < low || value > high {
            Problem::OutOfRange { value, low, high, unit: unit.to_owned() }
        } else {
            return Some(value);
        };
        self.fault(node.at, path, problem);
        None
    }

    /// A whole number within limits.
    pub(crate) fn whole(&mut self, node: &Node, path: &str, limits: (f64, f64), unit: &str) -> Option<f64> {
        if !matches!(node.tree, Tree::Number(_)) {
            let kind = Kind::Count { low: limits.0 as u32, high: limits.1 as u32 };
            self.wrong_type(node, path, crate::faults::wanted(&kind, unit));
            return None;
        }
        let value = self.number(node, path, limits, unit)?;
        if value.fract() != 0.0 {
            self.fault(node.at, path, Problem::NotWhole { value });
            return None;
        }
        Some(value)
    }

    /// A whole number of 64 bits, more than a float can tell apart, in digits.
    pub(crate) fn seed(&mut self, node: &Node, path: &str) -> Option<u64> {
        let is_number = matches!(node.tree, Tree::Number(_));
        let digits = self.texts.slice(node.at).replace('_', "");
        let seed = digits.parse().ok().filter(|_| is_number);
        if seed.is_none() && (!is_number || self.whole(node, path, (0.0, u64::MAX as f64), "").is_some()) {
            self.wrong_type(node, path, "a whole number from 0 to 18446744073709551615, in digits");
        }
        seed
    }

    /// A text in quotation marks.
    pub(crate) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.tree {
            Tree::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(node, path, "a text in quotation marks");
                None
            }
        }
    }

    /// The entries of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, path: &str, what: &str) -> Option<&'n [Node]> {
        match &node.tree {
            Tree::List(nodes) => Some(nodes),
            _ => {
                self.wrong_type(node, path, format!("a list […] of {what}"));
                None
            }
        }
    }

    /// One of a choice of names.
    pub(crate) fn choice(
        &mut self,
        node: &Node,
        path: &str,
        what: &'static str,
        names: &'static [&'static str],
    ) -> Option<&'static str> {
        match &node.tree {
            Tree::Name(name) => {
                let found = names.iter().find(|known| **known == &**name).copied();
                if found.is_none() {
                    self.unknown(node.at, path, what, name, names.iter().copied());
                }
                found
            }
            _ => {
                self.wrong_type(node, path, format!("one of {}", names.join(", ")));
                None
            }
        }
    }

    /// Reports a name that names nothing.
    pub(crate) fn unknown<'n>(
        &mut self,
        at: Span,
        path: &str,
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let problem = Problem::UnknownName {
            what,
            name: name.chars().take(80).collect(),
            nearest: crate::faults::nearest(name, known.clone()),
            known: known.take(13).map(str::to_owned).collect(),
        };
        self.fault(at, path, problem);
    }
}

/// `Some(x)` is x, `None` is nothing, and x alone is x.
pub(crate) fn optional(node: &Node) -> Option<&Node> {
    match &node.tree {
        Tree::Name(name) if &**name == "None" => None,
        Tree::Tuple(Some(name), nodes) if &**name == "Some" && nodes.len() == 1 => nodes.first(),
        _ => Some(node),
    }
}

/// A path with one more step.
pub(crate) fn join(path: &str, step: impl std::fmt::Display) -> String {
    if path.is_empty() { step.to_string() } else { format!("{path}.{step}") }
}
