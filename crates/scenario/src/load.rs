//! Loading: a file, overrides and policies in, a checked scenario or every fault out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::decode::{self, Outline};
use crate::facts;
use crate::faults::{Faults, Location, Problem};
use crate::history;
use crate::overrides;
use crate::parameters::Source;
use crate::place::Coordinates;
use crate::policy::{self, FILE_BYTES_MAX};
use crate::reading::Reading;
use crate::scenario::Scenario;

/// What to apply to the scenario file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Overrides, each `PATH=VALUE`, in order; the last holds.
    pub overrides: Vec<String>,
    /// Policy files, stacked in order.
    pub policies: Vec<PathBuf>,
    /// Files that are given here and not read from disk, by path.
    pub given: Vec<(PathBuf, String)>,
}

/// A checked scenario, and what there is to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The scenario, with overrides and policies applied.
    pub scenario: Scenario,
    /// Where each number comes from, by dotted path.
    pub sources: BTreeMap<String, Source>,
    /// Rules that filled gaps, changes that never happen, and the like.
    pub notes: Vec<String>,
    /// Names of the policies that were merged.
    pub policies: Vec<String>,
    /// Names of the policies that are the scenario's history.
    pub history: Vec<String>,
    /// What coordinates of places are.
    pub coordinates: Coordinates,
    /// Whether distances were given, not computed.
    pub distances_given: bool,
}

/// Loads a scenario file.
///
/// # Errors
/// Every fault of the scenario, its table, the overrides and the policies, each with its place.
pub fn load(path: &Path, request: &Request) -> Result<Loaded, Faults> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut reading = Reading { folder, ..Reading::default() };
    for (path, content) in &request.given {
        reading.files.give(path, content);
    }
    let label = path.to_string_lossy().into_owned();
    let outline = match reading.files.read(path, FILE_BYTES_MAX) {
        Ok(content) => outline(&mut reading, label.clone(), content, &request.overrides),
        Err(problem) => {
            reading.fault_at(Location::File { file: label.clone() }, "", problem);
            None
        }
    };
    finish(reading, outline, label, |reading, outline| {
        request.policies.iter().filter_map(|path| policy::merge_file(reading, path, outline)).collect()
    })
}

/// Loads a scenario out of a text. Tables are sought in `folder`; policies are texts with their labels.
///
/// # Errors
/// As [`load`].
pub fn load_str(text: &str, folder: &Path, overrides: &[String], policies: &[(&str, &str)]) -> Result<Loaded, Faults> {
    let mut reading = Reading { folder: folder.to_path_buf(), ..Reading::default() };
    let label = "scenario.ron".to_owned();
    let outline = outline(&mut reading, label.clone(), text.to_owned(), overrides);
    finish(reading, outline, label, |reading, outline| {
        let merge =
            |(label, text): &(&str, &str)| policy::merge(reading, (*label).to_owned(), (*text).to_owned(), outline);
        policies.iter().filter_map(merge).collect()
    })
}

fn outline(reading: &mut Reading, label: String, content: String, overrides: &[String]) -> Option<Outline> {
    let mut node = reading.parse(label, content, true)?;
    overrides::apply(reading, &mut node, overrides);
    facts::fill(reading, &mut node);
    decode::decode(reading, &node)
}

/// Merges policies and gives the scenario, or every fault that was found.
pub(crate) fn finish(
    mut reading: Reading,
    outline: Option<Outline>,
    label: String,
    merge: impl FnOnce(&mut Reading, &mut Outline) -> Vec<String>,
) -> Result<Loaded, Faults> {
    let mut outline = outline;
    let policies = outline.as_mut().map(|outline| {
        history::merge(&mut reading, outline);
        let names = merge(&mut reading, outline);
        decode::check_conflicts(&mut reading, outline);
        names
    });
    let unread = Location::File { file: label };
    let Reading { faults, sources, notes, .. } = reading;
    match (faults.into_faults(), outline, policies) {
        (Some(faults), ..) => Err(faults),
        (None, Some(outline), Some(policies)) => Ok(Loaded {
            scenario: outline.scenario,
            sources,
            notes,
            policies,
            history: outline.history,
            coordinates: outline.coordinates,
            distances_given: outline.distances_given,
        }),
        (None, ..) => Err(Faults::of(unread, Problem::Unreadable { reason: "nothing in it could be read".into() })),
    }
}
