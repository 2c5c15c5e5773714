//! Faults: what is wrong with an input, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

mod problem;
pub use problem::Problem;
pub(crate) use problem::{nearest, wanted};

/// Faults beyond this many are counted but not kept.
pub const FAULTS_MAX: usize = 100;

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A whole file.
    File {
        /// File as named by the user.
        file: String,
    },
    /// A stretch of a text.
    Text {
        /// File as named by the user, or the override.
        file: String,
        /// Line, from 1; 0 for an override, which has one line.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A cell of a table.
    Cell {
        /// File as named by the user.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Name of the column.
        column: String,
    },
}

impl fmt::Display for Location {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::File { file } => write!(out, "{file}"),
            Location::Text { file, line: 0, .. } => write!(out, "{file}"),
            Location::Text { file, line, column } => write!(out, "{file}:{line}:{column}"),
            Location::Cell { file, line, column } => write!(out, "{file}:{line}:{column}"),
        }
    }
}

/// The line of a text that a fault is in, with the part to underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or the part of it around the fault.
    pub line: String,
    /// Bytes of it to underline.
    pub marked: Range<usize>,
}

impl Excerpt {
    /// The line with its number, if it has one, and carets below the fault.
    fn drawn(&self, number: Option<usize>) -> String {
        let mark = AnnotationKind::Primary.span(self.marked.clone());
        let snippet = Snippet::source(&self.line).fold(false).line_numbering(number.is_some());
        let snippet = snippet.line_start(number.unwrap_or(1)).annotation(mark);
        Renderer::plain().render(&[Group::with_level(Level::ERROR).element(snippet)])
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where it is.
    pub location: Location,
    /// The line, if it is in a text.
    pub excerpt: Option<Excerpt>,
    /// Dotted path of the field; empty where there is none.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.location, self.problem.sentence(&self.path))?;
        if let Some(excerpt) = &self.excerpt {
            let number = match &self.location {
                Location::Text { line, .. } if *line > 0 => Some(*line),
                _ => None,
            };
            write!(out, "\n{}", excerpt.drawn(number))?;
        }
        Ok(())
    }
}

/// All faults of an input. There is at least one.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Faults {
    kept: Vec<Fault>,
    beyond: usize,
}

impl Faults {
    /// One fault alone.
    pub(crate) fn of(location: Location, problem: Problem) -> Faults {
        let fault = Fault { location, excerpt: None, path: String::new(), problem };
        Faults { kept: vec![fault], beyond: 0 }
    }

    /// How many faults there are, also those that were not kept.
    pub fn count(&self) -> usize {
        self.kept.len() + self.beyond
    }

    /// The faults that were kept, at most [`FAULTS_MAX`], in the order of the input as far as it could be read.
    pub fn kept(&self) -> &[Fault] {
        &self.kept
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.kept.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write!(out, "{fault}")?;
        }
        if self.beyond > 0 {
            write!(out, "\n… and {} more", self.beyond)?;
        }
        Ok(())
    }
}

/// Gathers faults while an input is read.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    kept: Vec<Fault>,
    beyond: usize,
}

impl Collector {
    /// Adds a fault; what is not kept is not made either.
    pub(crate) fn add(&mut self, fault: impl FnOnce() -> Fault) {
        if self.kept.len() < FAULTS_MAX {
            let fault = fault();
            if !self.kept.contains(&fault) {
                self.kept.push(fault);
            }
        } else {
            self.beyond += 1;
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.kept.len() + self.beyond
    }

    /// The faults, if there are any.
    pub(crate) fn into_faults(self) -> Option<Faults> {
        (!self.kept.is_empty()).then_some(Faults { kept: self.kept, beyond: self.beyond })
    }
}
