//! The policies of a study, and which are in force together.

use crate::faults::Problem;
use crate::policy::FILE_BYTES_MAX;
use crate::reader::{Node, Tree};
use crate::reading::{Reading, join};

use super::{Arm, Policy};

/// Most policies of which every combination is tried.
const COMBINED_MAX: usize = 16;
/// Name of an arm without policies.
const NONE: &str = "none";

/// The policies of a study, and its arms in order. Without any, one arm without policies.
pub(super) fn decode_arms(reading: &mut Reading, node: Option<&Node>) -> (Vec<Policy>, Vec<Arm>) {
    let mut policies = Vec::new();
    let sets = match node {
        None => vec![Vec::new()],
        Some(node) => match &node.tree {
            Tree::List(nodes) => listed(reading, node, nodes, &mut policies),
            Tree::Tuple(Some(name), nodes) if &**name == "Combinations" && nodes.len() == 1 => {
                combined(reading, &nodes[0], &mut policies)
            }
            _ => {
                let forms = "a list […] of policies, each a file, a policy (name: …, changes: […]) or a list of those in force \
                             together; or Combinations([…]) for every combination of them";
                reading.wrong_type(node, "policies", forms);
                Vec::new()
            }
        },
    };
    let name = |set: &Vec<usize>| match set.is_empty() {
        true => NONE.to_owned(),
        false => set.iter().map(|index| policies[*index].name.as_str()).collect::<Vec<_>>().join(" + "),
    };
    let arms: Vec<Arm> = sets.into_iter().map(|set| Arm { name: name(&set), policies: set }).collect();
    if let Some(node) = node {
        check_names(reading, node, &policies, &arms);
    }
    (policies, arms)
}

fn check_names(reading: &mut Reading, node: &Node, policies: &[Policy], arms: &[Arm]) {
    for (index, arm) in arms.iter().enumerate() {
        if let Some(first) = arms[..index].iter().position(|first| first.name == arm.name) {
            let first = format!("entry {}", first + 1);
            reading.fault(node.at, "policies", Problem::Duplicate { what: "policy", name: arm.name.clone(), first });
        }
    }
    for policy in policies.iter().filter(|policy| policy.name == NONE || policy.name.contains(" + ")) {
        let rule = "a policy of a study cannot be called `none`, nor have ` + ` in its name: these mark runs \
                    without policies and with several";
        reading.fault(policy.node.at, "policies", Problem::InvalidCombination { rule });
    }
}

fn listed(reading: &mut Reading, node: &Node, nodes: &[Node], policies: &mut Vec<Policy>) -> Vec<Vec<usize>> {
    if nodes.is_empty() {
        let rule = "there is no policy; leave `policies` out, or write [[]] for runs without any";
        reading.fault(node.at, "policies", Problem::InvalidCombination { rule });
    }
    let mut sets = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let path = join("policies", index);
        let set = match &node.tree {
            Tree::List(nodes) => nodes.iter().map(|node| policy(reading, node, &path, policies)).collect(),
            _ => policy(reading, node, &path, policies).map(|index| vec![index]),
        };
        sets.extend(set);
    }
    sets
}

/// Every combination, without any first; the first policy changes with every arm.
fn combined(reading: &mut Reading, node: &Node, policies: &mut Vec<Policy>) -> Vec<Vec<usize>> {
    let Some(nodes) = reading.list(node, "policies", "policies") else { return Vec::new() };
    if nodes.is_empty() || nodes.len() > COMBINED_MAX {
        let problem = match nodes.len() {
            0 => Problem::Nothing { what: "policy to combine" },
            count => Problem::TooMany { what: "policies to combine", count, count_max: COMBINED_MAX },
        };
        reading.fault(node.at, "policies", problem);
        return Vec::new();
    }
    let named: Vec<Option<usize>> = nodes
        .iter()
        .enumerate()
        .map(|(index, node)| policy(reading, node, &join("policies", index), policies))
        .collect();
    let Some(named) = named.into_iter().collect::<Option<Vec<usize>>>() else { return Vec::new() };
    let of =
        |bits: usize| named.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, index)| *index);
    (0..1_usize << named.len()).map(|bits| of(bits).collect()).collect()
}

/// Index of a policy, kept when it is first named.
fn policy(reading: &mut Reading, node: &Node, path: &str, policies: &mut Vec<Policy>) -> Option<usize> {
    let (file, node) = match &node.tree {
        Tree::Text(file) => {
            let file = reading.folder.join(file);
            if let Some(index) = policies.iter().position(|policy| policy.file.as_ref() == Some(&file)) {
                return Some(index);
            }
            let content = match reading.files.read(&file, FILE_BYTES_MAX) {
                Ok(content) => content,
                Err(problem) => {
                    reading.fault(node.at, path, problem);
                    return None;
                }
            };
            let node = reading.parse(file.to_string_lossy().into_owned(), content, true)?;
            (Some(file), node)
        }
        Tree::Struct(None, _) => (None, node.clone()),
        _ => {
            reading.wrong_type(node, path, "a file \"….ron\", or a policy (name: …, changes: […])");
            return None;
        }
    };
    // A policy without a name is a fault that is found when it is merged.
    let name = name_of(&node).unwrap_or_else(|| format!("policy {}", policies.len() + 1));
    policies.push(Policy { name, file, node });
    Some(policies.len() - 1)
}

fn name_of(node: &Node) -> Option<String> {
    let Tree::Struct(None, entries) = &node.tree else { return None };
    entries.iter().find(|entry| &*entry.name == "name").and_then(|entry| match &entry.node.tree {
        Tree::Text(name) => Some(name.clone()),
        _ => None,
    })
}
