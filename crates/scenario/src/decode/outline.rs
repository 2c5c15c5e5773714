//! A scenario, and what is needed to merge policies into it and to write it out.

use std::collections::BTreeMap;

use crate::place::Coordinates;
use crate::reader::Node;
use crate::reading::Names;
use crate::scenario::Scenario;
use crate::texts::Span;

/// A scenario while policies are merged into it.
pub(crate) struct Outline {
    pub(crate) scenario: Scenario,
    pub(crate) coordinates: Coordinates,
    pub(crate) distances_given: bool,
    pub(crate) names: Names,
    pub(crate) dated: Dated,
    /// History as it is written, until it is merged.
    pub(crate) history_given: Option<Node>,
    /// Names of the policies that are history.
    pub(crate) history: Vec<String>,
}

/// Where the dated changes of each mechanism were given, in the order of the levers.
pub(crate) type Dated = BTreeMap<&'static str, Vec<Span>>;
