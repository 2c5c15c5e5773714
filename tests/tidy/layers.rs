//! Inside a crate, files use what lies below them: no circle, no arrow up. And a lever is named in few files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::{code, files, is_test, read, root, shown, sources, stem, without_tests, words};
use crate::{levers, report};

/// The rooms of the scenario crate, the lowest first. A room uses those before it.
const SCENARIO: [&str; 21] = [
    "choice",
    "period",
    "place",
    "parameters",
    "industry",
    "written",
    "faults",
    "texts",
    "reader",
    "reading",
    "draft",
    "table",
    "mechanisms",
    "levers",
    "scenario",
    "decode",
    "overrides",
    "policy",
    "load",
    "resolve",
    "study",
];

/// Most production files of all crates that may hold a lever's name.
const LEVER_FILES_MAX: usize = 5;
/// Most of them in the scenario crate: its own file and the list of levers.
const LEVER_FILES_IN_SCENARIO: usize = 2;

/// A file's place below `src`, as a path of modules: `levers::parks`; a folder's `mod.rs` is the folder.
fn module(source: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(source).expect("the file lies below `src`").with_extension("");
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

/// The modules out of `modules` that a file uses: by `crate::`, by `super::`, or by `use child::`. What a file only hands
/// on by `pub use` is not counted.
fn used(module: &str, is_folder: bool, text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let text = code(without_tests(text));
    let above = module.rsplit_once("::").map_or("", |(above, _)| above);
    let name = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let mut found = BTreeSet::new();
    for statement in text.split(';').map(str::trim_start) {
        if statement.starts_with("pub") && statement.split_whitespace().nth(1) == Some("use") {
            continue;
        }
        for (mark, from) in [("crate::", ""), ("super::", above)] {
            for (at, _) in statement.match_indices(mark) {
                if statement[..at].chars().next_back().is_some_and(|letter| name(&letter) || "$:".contains(letter)) {
                    continue;
                }
                let rest = statement[at + mark.len()..].chars();
                let mut path =
                    format!("{from}::{}", rest.take_while(|letter| name(letter) || *letter == ':').collect::<String>());
                path = path.trim_matches(':').to_owned();
                while !modules.contains(&path) {
                    path = path.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned());
                    if path.is_empty() {
                        break;
                    }
                }
                found.insert(path);
            }
        }
        if let Some(path) = statement.strip_prefix("use ").filter(|_| is_folder) {
            let child = format!("{module}::{}", path.chars().take_while(name).collect::<String>());
            found.extend(modules.get(&child).cloned());
        }
    }
    found.retain(|path| !path.is_empty() && path != module);
    found
}

/// The arrows between the modules of a crate: for each file the files that it uses.
fn arrows(name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let source = root().join(format!("crates/{name}/src"));
    let paths: Vec<_> = files(&source, "rs").into_iter().filter(|path| !is_test(path)).collect();
    let modules: BTreeSet<String> = paths.iter().map(|path| module(&source, path)).collect();
    let arrow = |path: &std::path::PathBuf| {
        let own = module(&source, path);
        let is_folder = source.join(own.replace("::", "/")).is_dir();
        let uses = used(&own, is_folder, &read(path), &modules);
        (own, uses)
    };
    paths.iter().map(arrow).collect()
}

/// Modules that reach themselves by following arrows.
fn circles(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let reaches_itself = |from: &&String| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = arrows[*from].iter().collect();
        while let Some(next) = open.pop() {
            if next == *from {
                return true;
            }
            if seen.insert(next) {
                open.extend(arrows.get(next).into_iter().flatten());
            }
        }
        false
    };
    arrows.keys().filter(reaches_itself).cloned().collect()
}

#[test]
fn no_circle_and_no_arrow_up_in_the_scenario_crate() {
    let arrows = arrows("scenario");
    let in_circles = circles(&arrows);
    let mut complaints: Vec<String> =
        in_circles.iter().map(|module| format!("{module} is in a circle: it uses {:?}", arrows[module])).collect();
    let room = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let layer = |module: &str| SCENARIO.iter().position(|name| *name == room(module));
    for (from, to) in
        arrows.iter().filter(|(from, _)| *from != "lib").flat_map(|(from, to)| to.iter().map(move |to| (from, to)))
    {
        match (layer(from), layer(to)) {
            (Some(from_layer), Some(to_layer)) if to_layer <= from_layer => {}
            (Some(_), Some(_)) => complaints.push(format!("{from} uses {to}, which lies above it")),
            _ => complaints.push(format!("{from} or {to} has no layer in tests/tidy/layers.rs")),
        }
    }
    report(complaints);
}

/// Whether code names a lever: by its type, or by its field of `levers`. Variants of other types that have the same name
/// are not meant: a file that names the type takes it from `levers`.
fn names_lever(text: &str, field: &str, kind: &str) -> bool {
    let text = code(text);
    let compact: String = text.split_whitespace().collect();
    let ends = |after: &str| !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let accessor = format!("levers.{field}");
    let uses_field = compact.match_indices(&accessor).any(|(at, found)| ends(&compact[at + found.len()..]));
    let names_type = |statement: &str| words(statement).iter().any(|word| word.text == kind);
    uses_field || text.split(';').any(|statement| statement.contains("levers::") && names_type(statement))
}

/// Whether the module that a file is of is declared for tests alone.
fn is_tests_module(path: &Path) -> bool {
    let parent = path.with_file_name("mod.rs");
    let declared = format!("#[cfg(test)]\nmod {};", stem(path));
    parent.is_file() && read(&parent).contains(&declared)
}

#[test]
fn a_lever_is_named_in_few_files() {
    let mut complaints = Vec::new();
    for (field, kind) in levers() {
        let named: Vec<String> = sources()
            .iter()
            .filter(|(path, text)| {
                let its_own = path.ends_with(format!("scenario/src/levers/{field}.rs"));
                let its_list = path.ends_with("scenario/src/levers/mod.rs");
                its_own || its_list || names_lever(without_tests(text), &field, &kind)
            })
            .filter(|(path, _)| !is_test(path) && !is_tests_module(path))
            .map(|(path, _)| shown(path))
            .collect();
        let own = named.iter().filter(|path| path.starts_with("crates/scenario")).count();
        if named.len() > LEVER_FILES_MAX || own > LEVER_FILES_IN_SCENARIO {
            complaints.push(format!("{field} ({kind}) is named in {} files: {}", named.len(), named.join(", ")));
        }
    }
    report(complaints);
}

#[test]
fn circles_and_uses_are_found() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    let modules = set(&["levers", "levers::finance", "levers::parks", "place", "texts"]);
    let text = "use crate::place::Where;\nuse super::finance::Finance;\npub use crate::period::Period;\nuse csv::Row;\nfn f() { crate::texts::g() }";
    assert_eq!(used("levers::parks", false, text, &modules), set(&["levers::finance", "place", "texts"]));
    assert_eq!(used("levers", true, "use finance::Finance;", &modules), set(&["levers::finance"]));
    let arrows =
        BTreeMap::from([("a".to_owned(), set(&["b"])), ("b".to_owned(), set(&["c"])), ("c".to_owned(), set(&["b"]))]);
    assert_eq!(circles(&arrows), ["b", "c"]);
    assert!(names_lever("let x = scenario.levers\n.parks;", "parks", "Park"));
    assert!(names_lever("use scenario::levers::Park;", "parks", "Park"));
    assert!(!names_lever("use scenario::levers::Period; Outlay::Park", "parks", "Park"));
    assert!(!names_lever("// levers.parks\nlet y = levers.parks_more;", "parks", "Park"));
}
