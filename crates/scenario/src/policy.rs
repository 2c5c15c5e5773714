//! Policies: files of dated changes that are merged into the levers of a scenario.

use std::path::Path;

use crate::decode::{Outline, decode_change};
use crate::faults::Location;
use crate::reader::{Node, Tree};
use crate::reading::{Fields, Reading};

/// Largest scenario or policy file that is read.
pub const FILE_BYTES_MAX: u64 = 16 << 20;

/// Merges a policy file into a scenario; gives the policy's name.
pub(crate) fn merge_file(reading: &mut Reading, path: &Path, outline: &mut Outline) -> Option<String> {
    let label = path.to_string_lossy().into_owned();
    match reading.files.read(path, FILE_BYTES_MAX) {
        Ok(content) => merge(reading, label, content, outline),
        Err(problem) => {
            reading.fault_at(Location::File { file: label }, "", problem);
            None
        }
    }
}

/// Merges a policy into a scenario; gives the policy's name.
pub(crate) fn merge(reading: &mut Reading, label: String, content: String, outline: &mut Outline) -> Option<String> {
    let node = reading.parse(label, content, true)?;
    merge_node(reading, &node, outline)
}

/// Merges a policy that was parsed; gives its name.
pub(crate) fn merge_node(reading: &mut Reading, node: &Node, outline: &mut Outline) -> Option<String> {
    let mut root = Fields::open(reading, node, "")?;
    let name = root.need(reading, "name", "").and_then(|node| reading.text(node, "name"));
    if let Some(node) = root.take("description") {
        reading.text(node, "description");
    }
    let changes = root.need(reading, "changes", ": write changes: [] for a policy that does nothing");
    if let Some(changes) = changes {
        merge_changes(reading, changes, outline);
    }
    root.close(reading);
    name
}

fn merge_changes(reading: &mut Reading, changes: &Node, outline: &mut Outline) {
    let Tree::List(nodes) = &changes.tree else {
        return reading.wrong_type(changes, "changes", "a list […] of changes (at: …, change: …)");
    };
    for (index, node) in nodes.iter().enumerate() {
        let path = format!("changes.{index}");
        decode_change(reading, node, &path, outline);
    }
}
