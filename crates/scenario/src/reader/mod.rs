//! Reads RON into a tree that keeps the position of each value.
//!
//! A reader of our own, because no crate reports every fault at once with its position: `ron` stops at the first. It
//! accepts a part of RON (what scenarios need: numbers, texts, switches, names, lists and structs), goes on after a fault
//! where it can, and reports up to [`SYNTAX_FAULTS_MAX`] of them. What it accepts, `ron` accepts as well.

mod cursor;
mod parser;

use crate::faults::Problem;
use crate::texts::Span;

pub(crate) use cursor::strict_number;
pub(crate) use parser::parse;

/// Deepest nesting of brackets.
pub(crate) const DEPTH_MAX: usize = 64;
/// Most values in one text.
pub(crate) const VALUES_MAX: usize = 2_000_000;
/// Faults of syntax after which reading stops.
pub(crate) const SYNTAX_FAULTS_MAX: usize = 10;

/// A value and its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) tree: Tree,
    pub(crate) at: Span,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// A number, perhaps infinite; its digits are in the text.
    Number(f64),
    /// A text in quotation marks.
    Text(String),
    /// `true` or `false`.
    Switch(bool),
    /// `[…]`
    List(Vec<Node>),
    /// `Name`
    Name(Box<str>),
    /// `(…)` or `Name(…)` with values.
    Tuple(Option<Box<str>>, Vec<Node>),
    /// `(…)` or `Name(…)` with fields; also `()`.
    Struct(Option<Box<str>>, Vec<Entry>),
    /// A value that was already reported as faulty.
    Broken,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: Box<str>,
    pub(crate) name_at: Span,
    pub(crate) node: Node,
}

/// A fault of syntax.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SyntaxFault {
    pub(crate) at: Span,
    pub(crate) problem: Problem,
}

impl Tree {
    /// What it is, in words.
    pub(crate) fn what(&self) -> &'static str {
        match self {
            Tree::Number(_) => "a number",
            Tree::Text(_) => "a text in quotation marks",
            Tree::Switch(_) => "a switch (true or false)",
            Tree::List(_) => "a list",
            Tree::Name(_) => "a name",
            Tree::Tuple(None, _) => "a bracket of values",
            Tree::Struct(None, _) => "a bracket of fields",
            Tree::Tuple(..) | Tree::Struct(..) => "a name with a bracket",
            Tree::Broken => "unreadable",
        }
    }
}
