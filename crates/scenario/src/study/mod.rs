//! Studies: one scenario over seeds, parameters and policies.
//!
//! A study is a RON file. [`read`] reads it with everything that it names and gives every fault at once, each with its
//! place in the study: parameter paths are tried on the scenario at every value and at both ends of every range before
//! anything runs. [`Study::cell`] then gives the scenario of one point and one set of policies; files are read once, so
//! what a study says cannot change while it runs.

mod arms;
mod decode;
mod parameters;
mod probe;

pub use decode::read;

use std::path::PathBuf;

use crate::decode::decode as decode_scenario;
use crate::facts;
use crate::faults::Faults;
use crate::load::{self, Loaded};
use crate::overrides::{self, Steps};
use crate::policy;
use crate::reader::{Entry, Node, Tree};
use crate::reading::Reading;
use crate::texts::{Files, Span, Texts};

/// Most runs of a study.
pub const RUNS_MAX: u64 = 1_000_000;
/// Most parameters of a Sobol sequence.
pub const SOBOL_DIMENSIONS_MAX: usize = 32;
/// Tables that a study can record for each run, in the order of files.
pub const TABLES: &[&str] = &["cities", "sectors", "flows", "groups", "accounts", "region"];

/// A checked study.
#[derive(Clone, Debug)]
pub struct Study {
    /// Name.
    pub name: String,
    /// What it asks, in words.
    pub question: Option<String>,
    /// The file as it was read.
    pub text: String,
    /// What is varied, in the order of the file.
    pub parameters: Vec<Swept>,
    /// How points are laid.
    pub design: Design,
    /// Sets of policies, in order; at least one, which may be empty.
    pub arms: Vec<Arm>,
    /// Seeds, in order, each once.
    pub seeds: Vec<u64>,
    /// Tables kept of each run, in the order of [`TABLES`].
    pub record: Vec<&'static str>,
    base: Base,
}

/// What every cell starts from.
#[derive(Clone, Debug)]
struct Base {
    label: String,
    folder: PathBuf,
    tree: Node,
    texts: Texts,
    files: Files,
    policies: Vec<Policy>,
}

/// A policy that arms name.
#[derive(Clone, Debug)]
struct Policy {
    name: String,
    /// Its file, if it is not written in the study.
    file: Option<PathBuf>,
    node: Node,
}

/// Policies that are in force together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// Names of the policies joined by ` + `, or `none`.
    pub name: String,
    policies: Vec<usize>,
}

/// A field of the scenario that a study varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Swept {
    /// Dotted path.
    pub path: String,
    /// What it is set to.
    pub levels: Levels,
    steps: Steps,
    source: Option<Node>,
}

/// What a field is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// One of these.
    Listed(Vec<Listed>),
    /// A number between two ends.
    Between(Between),
}

/// A value out of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// How it is shown.
    pub shown: Shown,
    node: Node,
}

/// A value as a table shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// A number.
    Number(f64),
    /// Anything else, as it was written.
    Text(String),
}

/// A range of numbers, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// Lower end.
    pub from: f64,
    /// Upper end, above `from`.
    pub to: f64,
    /// Whether equal steps are equal ratios.
    pub logarithmic: bool,
    /// Whether only whole numbers are meant.
    pub whole: bool,
    /// Number of levels in a grid, at least two.
    pub levels: Option<u32>,
    at: Span,
}

/// How points are laid over the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// The k-th point takes the k-th value of every parameter.
    List,
    /// Every value with every other.
    Grid,
    /// A Latin hypercube (McKay, Beckman and Conover 1979): each of as many equal parts of a range as there are points is
    /// met once.
    LatinHypercube {
        /// Points.
        points: usize,
        /// Seed of the design.
        seed: u64,
    },
    /// The first points of a Sobol sequence, shifted at random if there is a seed.
    Sobol {
        /// Points.
        points: usize,
        /// Seed of the digital shift.
        seed: Option<u64>,
    },
}

/// What one parameter is at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// A value out of its list, by index.
    Listed(usize),
    /// A number.
    Number(f64),
}

impl Study {
    /// The scenario of a cell: the base with the parameters set and the policies of an arm. Its seed is the base's.
    ///
    /// # Errors
    /// Every fault that the values have only together.
    ///
    /// # Panics
    /// If the point has not one setting of its kind for each parameter, or there is no such arm.
    pub fn cell(&self, point: &[Setting], arm: usize) -> Result<Loaded, Faults> {
        assert_eq!(point.len(), self.parameters.len(), "a point has one setting for each parameter");
        let settings: Vec<(&Swept, Setting)> = self.parameters.iter().zip(point.iter().copied()).collect();
        self.base.load(&settings, &self.arms[arm].policies)
    }
}

impl Base {
    fn load(&self, settings: &[(&Swept, Setting)], policies: &[usize]) -> Result<Loaded, Faults> {
        let mut reading = Reading {
            texts: self.texts.clone(),
            folder: self.folder.clone(),
            files: self.files.clone(),
            ..Reading::default()
        };
        let mut tree = self.tree.clone();
        for (swept, setting) in settings {
            overrides::set(&mut reading, &mut tree, &swept.steps, swept.node(*setting), "");
        }
        facts::fill(&mut reading, &mut tree);
        let outline = decode_scenario(&mut reading, &tree);
        load::finish(reading, outline, self.label.clone(), |reading, outline| {
            let merge = |index: &usize| policy::merge_node(reading, &self.policies[*index].node, outline);
            policies.iter().filter_map(merge).collect()
        })
    }
}

impl Swept {
    /// What a setting is, for a table.
    ///
    /// # Panics
    /// If it is of the other kind, or no value of the list.
    #[must_use]
    pub fn shown(&self, setting: Setting) -> Shown {
        match (&self.levels, setting) {
            (Levels::Listed(values), Setting::Listed(index)) => values[index].shown.clone(),
            (Levels::Between(_), Setting::Number(value)) => Shown::Number(value),
            _ => unreachable!("a setting of {} is of the other kind", self.path),
        }
    }

    /// Whether every value is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        match &self.levels {
            Levels::Listed(values) => values.iter().all(|value| matches!(value.shown, Shown::Number(_))),
            Levels::Between(_) => true,
        }
    }

    /// The value as written in a scenario, with its source if the study gives one.
    fn node(&self, setting: Setting) -> Node {
        let value = match (&self.levels, setting) {
            (Levels::Listed(values), Setting::Listed(index)) => values[index].node.clone(),
            (Levels::Between(range), Setting::Number(value)) => Node { tree: Tree::Number(value), at: range.at },
            _ => unreachable!("a setting of {} is of the other kind", self.path),
        };
        let Some(source) = &self.source else { return value };
        let at = value.at;
        let entry = |name: &str, node: Node| Entry { name: name.into(), name_at: node.at, node };
        Node { tree: Tree::Struct(None, vec![entry("value", value), entry("source", source.clone())]), at }
    }
}
