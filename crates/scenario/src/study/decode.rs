//! The study file as a whole.

use std::path::Path;

use crate::faults::{Faults, Location, Problem};
use crate::overrides;
use crate::policy::FILE_BYTES_MAX;
use crate::reader::{Node, Tree};
use crate::reading::{Fields, Reading, join};
use crate::texts::Span;

use super::arms::decode_arms;
use super::parameters::{count_points, decode_design, decode_parameters};
use super::probe::probe;
use super::{Base, Design, RUNS_MAX, Study, Swept, TABLES};

/// Reads a study and checks it with everything that it names. `set` are further overrides of its scenario.
///
/// # Errors
/// Every fault of the study, its scenario, its policies and the values of its parameters, each with its place.
pub fn read(path: &Path, set: &[String]) -> Result<Study, Faults> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut reading = Reading { folder, ..Reading::default() };
    let label = path.to_string_lossy().into_owned();
    let study = match reading.files.read(path, FILE_BYTES_MAX) {
        Ok(content) => {
            let node = reading.parse(label.clone(), content.clone(), true);
            let study = node.and_then(|node| decode(&mut reading, &node, set));
            study.map(|study| Study { text: content, ..study })
        }
        Err(problem) => {
            reading.fault_at(Location::File { file: label.clone() }, "", problem);
            None
        }
    };
    if let Some(study) = &study {
        probe(&mut reading, study);
    }
    match (reading.faults.into_faults(), study) {
        (Some(faults), _) => Err(faults),
        (None, Some(study)) => Ok(study),
        (None, None) => {
            let problem = Problem::Unreadable { reason: "nothing in it could be read".into() };
            Err(Faults::of(Location::File { file: label }, problem))
        }
    }
}

/// The study of a tree, as far as it can be read; `None` if its scenario cannot.
fn decode(reading: &mut Reading, node: &Node, set: &[String]) -> Option<Study> {
    if let Tree::Struct(None, entries) = &node.tree {
        let has = |name: &str| entries.iter().any(|entry| &*entry.name == name);
        if has("region") && !has("scenario") {
            let rule =
                "this is a scenario, not a study: `hinterland run` runs it, and a study names it as its `scenario`";
            reading.fault(Span { end: node.at.start + 1, ..node.at }, "", Problem::InvalidCombination { rule });
            return None;
        }
    }
    let mut root = Fields::open(reading, node, "")?;
    let name = root.need(reading, "name", "").and_then(|node| reading.text(node, "name"));
    let question = root.take("question").and_then(|node| reading.text(node, "question"));
    let base = root.need(reading, "scenario", ": write scenario: \"../henan.ron\", or another file");
    let fixed = root.take("set");
    let (policies, arms) = decode_arms(reading, root.take("policies"));
    let parameters = root.take("parameters").map(|node| decode_parameters(reading, node)).unwrap_or_default();
    let design_node = root.take("design");
    let design = decode_design(reading, design_node);
    let hint = ": write seeds: [1, 2, 3], or seeds: Range(from: 1, count: 8)";
    let seeds_node = root.need(reading, "seeds", hint);
    let (seeds, seed_count) = seeds_node.and_then(|node| decode_seeds(reading, node)).unwrap_or_default();
    let record = root.take("record").map_or_else(|| TABLES.to_vec(), |node| decode_record(reading, node));
    root.close(reading);
    // A design that cannot be read was already reported.
    let points = design.map_or(1.0, |design| count_points(reading, design, &parameters, design_node.unwrap_or(node)));
    let design = design.unwrap_or(Design::Grid);
    if points * arms.len() as f64 * seed_count > RUNS_MAX as f64 {
        let here = Span { end: node.at.start + 1, ..node.at };
        let problem = Problem::TooManyRuns { points, arms: arms.len(), seeds: seed_count, runs_max: RUNS_MAX };
        reading.fault(design_node.or(seeds_node).map_or(here, |node| node.at), "", problem);
    }
    let (label, folder, mut tree) = read_base(reading, base?)?;
    if let Some(fixed) = fixed {
        set_fixed(reading, &mut tree, fixed, &parameters);
    }
    overrides::apply(reading, &mut tree, set);
    for text in set {
        let path = overrides::path_of(text);
        if let Some(swept) = parameters.iter().find(|swept| overrides::overlap(&swept.path, path)) {
            let at = swept.steps.first().map_or(node.at, |(_, at)| *at);
            let problem = Problem::SetTwice { path: swept.path.clone(), first: format!("--set {text}") };
            reading.fault(at, "parameters", problem);
        }
    }
    let base = Base { label, folder, tree, texts: reading.texts.clone(), files: reading.files.clone(), policies };
    Some(Study {
        name: name.unwrap_or_default(),
        text: String::new(),
        question,
        parameters,
        design,
        arms,
        seeds,
        record,
        base,
    })
}

/// The scenario's tree, its label and its folder.
fn read_base(reading: &mut Reading, node: &Node) -> Option<(String, std::path::PathBuf, Node)> {
    let name = reading.text(node, "scenario")?;
    let file = reading.folder.join(name);
    let label = file.to_string_lossy().into_owned();
    match reading.files.read(&file, FILE_BYTES_MAX) {
        Ok(content) => {
            let tree = reading.parse(label.clone(), content, true)?;
            Some((label, file.parent().map(Path::to_path_buf).unwrap_or_default(), tree))
        }
        Err(problem) => {
            reading.fault(node.at, "scenario", problem);
            None
        }
    }
}

fn set_fixed(reading: &mut Reading, tree: &mut Node, node: &Node, parameters: &[Swept]) {
    for (index, node) in reading.list(node, "set", "changes \"PATH=VALUE\"").unwrap_or_default().iter().enumerate() {
        let path = join("set", index);
        let Some(text) = reading.text(node, &path) else { continue };
        if let Some(swept) = parameters.iter().find(|swept| overrides::overlap(&swept.path, overrides::path_of(&text)))
        {
            let first = swept.steps.first().map(|(_, at)| reading.texts.location(*at).to_string()).unwrap_or_default();
            reading.fault(node.at, &path, Problem::SetTwice { path: swept.path.clone(), first });
        }
        overrides::apply_quoted(reading, tree, &text, node.at);
    }
}

/// Seeds and how many they are, which may be more than are kept.
fn decode_seeds(reading: &mut Reading, node: &Node) -> Option<(Vec<u64>, f64)> {
    let path = "seeds";
    match &node.tree {
        Tree::List(nodes) => {
            if nodes.is_empty() {
                reading.fault(node.at, path, Problem::Nothing { what: "seed" });
            }
            let mut found: Vec<(u64, &Node)> =
                nodes.iter().filter_map(|node| Some((reading.seed(node, path)?, node))).collect();
            let seeds: Vec<u64> = found.iter().map(|(seed, _)| *seed).collect();
            found.sort_by_key(|(seed, _)| *seed);
            for pair in found.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                let first = reading.texts.location(pair[0].1.at).to_string();
                let name = pair[1].0.to_string();
                reading.fault(pair[1].1.at, path, Problem::Duplicate { what: "seed", name, first });
            }
            let count = seeds.len() as f64;
            Some((seeds, count))
        }
        Tree::Struct(Some(name), entries) if &**name == "Range" => {
            let mut fields = Fields::of(reading, entries, node.at, path);
            let from = fields.need(reading, "from", "").and_then(|node| reading.seed(node, "seeds.from"));
            let count = fields.need(reading, "count", "");
            let count = count.and_then(|node| reading.whole(node, "seeds.count", (1.0, 1e15), "seeds"));
            fields.close(reading);
            let (from, count) = (from?, count?);
            let kept = (count as u64).min(RUNS_MAX + 1);
            if from.checked_add(count as u64).is_none() {
                let rule = "the last of these seeds is no whole number of 64 bits; start lower";
                reading.fault(node.at, path, Problem::InvalidCombination { rule });
                return None;
            }
            Some(((from..from + kept).collect(), count))
        }
        _ => {
            reading.wrong_type(node, path, "a list […] of seeds, or Range(from: 1, count: 8)");
            None
        }
    }
}

fn decode_record(reading: &mut Reading, node: &Node) -> Vec<&'static str> {
    let nodes = reading.list(node, "record", "tables").unwrap_or_default();
    let chosen: Vec<&str> = nodes.iter().filter_map(|node| reading.choice(node, "record", "table", TABLES)).collect();
    TABLES.iter().copied().filter(|table| chosen.contains(table)).collect()
}
