//! History: policies that belong to the past of a scenario, in every run of it and in every world of a comparison.

use crate::decode::Outline;
use crate::policy::{self, FILE_BYTES_MAX};
use crate::reader::{Node, Tree};
use crate::reading::{Reading, join};

/// Merges `history: [Policy("…"), …]`: files against the scenario's folder, or policies written in place. Their changes of
/// rules are marked, so that they give way to those of other policies.
pub(crate) fn merge(reading: &mut Reading, outline: &mut Outline) {
    let Some(node) = outline.history_given.take() else { return };
    let events = reading.list(&node, "history", "policies, each Policy(\"….ron\")").unwrap_or_default();
    let before: Vec<usize> = outline.scenario.levers.rules().iter().map(|rules| rules.changes.dates().len()).collect();
    for (index, event) in events.iter().enumerate() {
        let name = merge_event(reading, event, &join("history", index), outline);
        outline.history.extend(name);
    }
    for (rules, first) in outline.scenario.levers.rules_mut().into_iter().zip(before) {
        rules.changes.mark_history(first);
    }
    if !outline.history.is_empty() {
        let names = outline.history.join(", ");
        reading.notes.push(format!("history: {names}; leave it out with --set history=[]"));
    }
}

fn merge_event(reading: &mut Reading, event: &Node, path: &str, outline: &mut Outline) -> Option<String> {
    if let Tree::Struct(Some(name), entries) = &event.tree
        && &**name == "Policy"
    {
        let written = Node { tree: Tree::Struct(None, entries.clone()), at: event.at };
        return policy::merge_node(reading, &written, outline);
    }
    let file = match &event.tree {
        Tree::Tuple(Some(name), nodes) if &**name == "Policy" && nodes.len() == 1 => &nodes[0],
        _ => {
            let expected = "Policy(\"policies/….ron\"), or Policy(name: …, changes: […])";
            reading.wrong_type(event, path, expected);
            return None;
        }
    };
    let name = reading.text(file, path)?;
    let name = reading.folder.join(name);
    match reading.files.read(&name, FILE_BYTES_MAX) {
        Ok(content) => policy::merge(reading, name.to_string_lossy().into_owned(), content, outline),
        Err(problem) => {
            reading.fault(file.at, path, problem);
            None
        }
    }
}
