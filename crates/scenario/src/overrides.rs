//! Overrides: `PATH=VALUE` set into the tree of a scenario before it is decoded, so that every check applies.

use crate::faults::{Problem, nearest};
use crate::industry::STANDARD;
use crate::reader::{Entry, Node, Tree};
use crate::reading::{Reading, join};
use crate::texts::Span;

/// Deepest path of an override.
const STEPS_MAX: usize = 16;

/// A path split into steps, each with its position.
pub(crate) type Steps = Vec<(String, Span)>;

/// One override, split into path and value.
struct Override {
    steps: Steps,
    value: Node,
}

/// Where an override was written: its own text, or inside quotation marks in a file.
#[derive(Clone, Copy)]
struct OverrideOrigin<'t> {
    /// What a fault of syntax is said to be in.
    label: &'t str,
    /// The stretch of the override.
    at: Span,
}

/// Sets every override into a tree, in order.
pub(crate) fn apply(reading: &mut Reading, root: &mut Node, overrides: &[String]) {
    for (index, text) in overrides.iter().enumerate() {
        let label = format!("--set {}", index + 1);
        let kept = reading.texts.keep(label.clone(), text.clone(), false);
        let at = Span { text: kept, start: 0, end: text.len() as u32 };
        if let Some(taken) = split_override(reading, OverrideOrigin { label: &label, at }, text) {
            set(reading, root, &taken.steps, taken.value, "");
        }
    }
}

/// Sets an override that is a quoted text in a file.
pub(crate) fn apply_quoted(reading: &mut Reading, root: &mut Node, text: &str, at: Span) {
    let label = reading.texts.location(at).to_string();
    if let Some(taken) = split_override(reading, OverrideOrigin { label: &label, at: inside(at) }, text) {
        set(reading, root, &taken.steps, taken.value, "");
    }
}

/// The path before the equals sign, without spaces.
pub(crate) fn path_of(text: &str) -> &str {
    text.split_once('=').map_or(text, |(path, _)| path).trim()
}

/// Whether two dotted paths lead to the same field, or one to a field of what the other leads to.
pub(crate) fn overlap(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split('.').map(str::trim), other.split('.').map(str::trim));
    loop {
        match (one.next(), other.next()) {
            (Some(one), Some(other)) if one != other => return false,
            (Some(_), Some(_)) => {}
            _ => return true,
        }
    }
}

/// The stretch between quotation marks.
pub(crate) fn inside(at: Span) -> Span {
    Span { start: at.start + 1, end: at.end.saturating_sub(1).max(at.start + 1), ..at }
}

fn split_override(reading: &mut Reading, origin: OverrideOrigin<'_>, text: &str) -> Option<Override> {
    let Some((path, value)) = text.split_once('=').filter(|(path, _)| !path.trim().is_empty()) else {
        reading.fault(origin.at, "", Problem::BadOverride);
        return None;
    };
    // the value is read out of the whole override, so that faults point into what was typed
    let blank: String = " ".repeat(origin.at.start as usize + path.len() + 1);
    let before = reading.faults.count();
    let node = reading.parse(origin.label.to_owned(), format!("{blank}{value}"), false);
    if reading.faults.count() > before {
        return None;
    }
    let mut node = node?;
    move_to(&mut node, origin.at.text);
    let Some(steps) = steps(path, origin.at) else {
        reading.fault(origin.at, "", Problem::BadOverride);
        return None;
    };
    Some(Override { steps, value: node })
}

/// The steps of a dotted path that starts where a stretch does; none if it has no step, an empty one or too many.
pub(crate) fn steps(path: &str, at: Span) -> Option<Steps> {
    let mut steps = Vec::new();
    let mut start = at.start as usize;
    for step in path.split('.') {
        let trimmed = step.trim();
        let lead = start + step.find(trimmed).unwrap_or(0);
        let span = Span { text: at.text, start: lead as u32, end: (lead + trimmed.len()) as u32 };
        steps.push((trimmed.to_owned(), span));
        start += step.len() + 1;
    }
    let sound = steps.len() <= STEPS_MAX && steps.iter().all(|(step, _)| !step.is_empty());
    sound.then_some(steps)
}

/// Lets the spans of a tree point into another text of the same layout.
fn move_to(node: &mut Node, text: u16) {
    node.at.text = text;
    match &mut node.tree {
        Tree::List(nodes) | Tree::Tuple(_, nodes) => nodes.iter_mut().for_each(|node| move_to(node, text)),
        Tree::Struct(_, entries) => {
            for entry in entries {
                entry.name_at.text = text;
                move_to(&mut entry.node, text);
            }
        }
        _ => {}
    }
}

/// Sets a value at the end of a path, making blocks on the way that are not there.
pub(crate) fn set(reading: &mut Reading, node: &mut Node, steps: &[(String, Span)], value: Node, path: &str) {
    let Some(((step, at), rest)) = steps.split_first() else {
        *node = value;
        return;
    };
    let inside = join(path, step);
    if let Tree::List(nodes) = &mut node.tree {
        return match position(nodes, step) {
            Ok(index) => set(reading, &mut nodes[index], rest, value, &inside),
            Err(problem) => reading.fault(*at, path, problem),
        };
    }
    if matches!(&node.tree, Tree::Name(name) if &**name == "Off") {
        reading.notes.push(format!("{path} was Off; it is on because {inside} is set"));
        *node = empty(*at);
    }
    let shape = node.tree.what();
    let Tree::Struct(_, entries) = &mut node.tree else {
        let expected = format!("a bracket of fields to set `{step}` in");
        return reading.fault(*at, path, Problem::WrongType { expected, found: shape });
    };
    let index = match entries.iter().position(|entry| *entry.name == **step) {
        Some(index) => index,
        None => {
            let node = if path.is_empty() && step == "industries" { standard_industries(*at) } else { empty(*at) };
            entries.push(Entry { name: step.as_str().into(), name_at: *at, node });
            entries.len() - 1
        }
    };
    set(reading, &mut entries[index].node, rest, value, &inside);
}

fn empty(at: Span) -> Node {
    Node { tree: Tree::Struct(None, Vec::new()), at }
}

/// `[(name: "labour_intensive"), …]`
fn standard_industries(at: Span) -> Node {
    let industry = |name: &str| {
        let node = Node { tree: Tree::Text(name.to_owned()), at };
        Node { tree: Tree::Struct(None, vec![Entry { name: "name".into(), name_at: at, node }]), at }
    };
    Node { tree: Tree::List(STANDARD.into_iter().map(industry).collect()), at }
}

/// Index of an entry of a list, by number or by its `name` or `key`.
fn position(nodes: &[Node], step: &str) -> Result<usize, Problem> {
    let named = |node: &Node| match &node.tree {
        Tree::Struct(None, entries) => entries
            .iter()
            .find(|entry| matches!(&*entry.name, "name" | "key"))
            .and_then(|entry| if let Tree::Text(name) = &entry.node.tree { Some(name.clone()) } else { None }),
        _ => None,
    };
    if let Some(index) = nodes.iter().position(|node| named(node).as_deref() == Some(step)) {
        return Ok(index);
    }
    match step.parse::<usize>() {
        Ok(index) if index < nodes.len() => Ok(index),
        _ => {
            let names: Vec<String> = nodes.iter().filter_map(named).take(1000).collect();
            Err(Problem::UnknownName {
                what: "entry",
                name: step.chars().take(80).collect(),
                nearest: nearest(step, names.iter().map(String::as_str)),
                known: names,
            })
        }
    }
}
