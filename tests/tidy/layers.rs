//! Inside a crate, files use what lies below them: no circle, no arrow up. A lever, and a column, is named in few files.
//!
//! Columns and resources do not count as arrows between the files of mechanisms. They are the vocabulary that mechanisms
//! share, an economy is circular in them, and the schedule holds the order in which they are read and written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::source::{Word, code, files, is_test, read, root, shown, sources, stem, without_tests, words};
use crate::{levers, report};

/// The rooms of the scenario crate, the lowest first. A room uses those before it.
const SCENARIO: [&str; 23] = [
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
    "facts",
    "policy",
    "history",
    "load",
    "resolve",
    "study",
];

/// The rooms of the simulation crate, the lowest first.
const SIMULATION: [&str; 18] = [
    "clock",
    "step",
    "region",
    "base_year",
    "per_thread",
    "table",
    "accounts",
    "run",
    "agents",
    "random",
    "snapshot",
    "model",
    "city_choice",
    "mechanisms",
    "audits",
    "record",
    "opening",
    "build",
];

/// Most production files of all crates that may hold a lever's name.
const LEVER_FILES_MAX: usize = 5;
/// Most of them in the scenario crate: its own file and the list of levers.
const LEVER_FILES_IN_SCENARIO: usize = 2;

/// The column of rents, and its name in tables.
const RENT: (&str, &str) = ("GoingRent", "rent");
/// Most production files of all crates that may hold either.
const RENT_FILES_MAX: usize = 15;

/// A file's place below `src`, as a path of modules: `levers::parks`; a folder's `mod.rs` is the folder.
fn module(source: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(source).expect("the file lies below `src`").with_extension("");
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

/// What a file uses: for each module of the crate the names that it takes from there.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Whether a letter can stand in a name.
fn in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Reads a path, or a tree of paths in braces, that begins at the start of `text`; returns what follows it.
fn tree<'a>(text: &'a str, from: &[String], found: &mut Vec<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut inside) = text.strip_prefix('{') {
        while !inside.trim_start().starts_with('}') && !inside.trim_start().is_empty() {
            let rest = tree(inside, from, found).trim_start();
            // A name after `as` is passed over with the comma.
            inside = rest.find([',', '}']).map_or("", |at| &rest[at..]);
            inside = inside.strip_prefix(',').unwrap_or(inside);
        }
        let inside = inside.trim_start();
        return inside.strip_prefix('}').unwrap_or(inside);
    }
    let name = &text[..text.find(|letter| !in_name(letter)).unwrap_or(text.len())];
    let rest = &text[name.len()..];
    let mut path = from.to_vec();
    match name {
        "" | "self" => {}
        "super" => drop(path.pop()),
        name => path.push(name.to_owned()),
    }
    match rest.trim_start().strip_prefix("::") {
        Some(deeper) if !name.is_empty() => tree(deeper, &path, found),
        _ => {
            found.push(path);
            rest
        }
    }
}

/// The paths of a text that begin with a word; it must not stand inside a longer path.
fn paths_from(text: &str, word: &str, from: &[String], found: &mut Vec<Vec<String>>) {
    let mark = format!("{word}::");
    for (at, _) in text.match_indices(&mark) {
        if !text[..at].chars().next_back().is_some_and(|letter| in_name(letter) || "$:".contains(letter)) {
            tree(&text[at + mark.len()..], from, found);
        }
    }
}

/// The longest part of a path that is a module, and the name that follows it; an empty one for the module as a whole.
fn resolved(path: &[String], modules: &BTreeSet<String>) -> Option<(String, String)> {
    let module = |length: &usize| modules.contains(&path[..*length].join("::"));
    let length = (1..=path.len()).rev().find(module)?;
    Some((path[..length].join("::"), path.get(length).cloned().unwrap_or_default()))
}

/// What a file uses of `modules`: by `crate::`, by `super::`, or by the name of a child. What a file only hands on by
/// `pub use` and what documents or tests name is not counted.
fn used(module: &str, is_folder: bool, text: &str, modules: &BTreeSet<String>) -> Uses {
    let text = code(without_tests(text));
    let counts = |statement: &&str| {
        let exports = statement.starts_with("pub") && statement.split_whitespace().nth(1) == Some("use");
        !exports && !["#[cfg(doc)]", "#[cfg(test)]"].iter().any(|mark| statement.starts_with(mark))
    };
    let statements: Vec<&str> = text.split(';').map(str::trim_start).filter(counts).collect();
    let text = statements.join(";\n");
    let own: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut found = Vec::new();
    paths_from(&text, "crate", &[], &mut found);
    paths_from(&text, "super", &own[..own.len() - 1], &mut found);
    if is_folder {
        let children = modules.iter().filter_map(|child| child.strip_prefix(module)?.strip_prefix("::"));
        for child in children.filter(|child| !child.contains("::")) {
            paths_from(&text, child, &[&own[..], &[child.to_owned()]].concat(), &mut found);
        }
    }
    let mut uses = Uses::new();
    let mut open = found;
    while let Some(path) = open.pop() {
        let Some((used, name)) = resolved(&path, modules) else { continue };
        if used == module {
            continue;
        }
        // A module that is imported as a whole is used by what is taken from it.
        let mut taken = Vec::new();
        if name.is_empty() {
            paths_from(&text, path.last().expect("a module has a name"), &path, &mut taken);
            taken.retain(|deeper| deeper.len() > path.len());
        }
        if taken.is_empty() {
            uses.entry(used).or_default().insert(name);
        }
        open.extend(taken);
    }
    uses
}

/// The modules of a crate, and what each uses.
fn uses(name: &str) -> BTreeMap<String, Uses> {
    let source = root().join(format!("crates/{name}/src"));
    let paths: Vec<_> =
        files(&source, "rs").into_iter().filter(|path| !is_test(path) && !is_tests_module(path)).collect();
    let modules: BTreeSet<String> = paths.iter().map(|path| module(&source, path)).collect();
    let each = |path: &PathBuf| {
        let own = module(&source, path);
        let is_folder = source.join(own.replace("::", "/")).is_dir();
        let uses = used(&own, is_folder, &read(path), &modules);
        (own, uses)
    };
    paths.iter().map(each).filter(|(own, _)| own != "lib").collect()
}

/// Columns, resources and bundles of them that a file declares.
fn data(text: &str) -> BTreeSet<String> {
    let text = code(without_tests(text));
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("#[derive(") {
        let (derived, item) = text[at..].split_once(')').unwrap_or_default();
        let is_data = words(derived).iter().any(|word| ["Component", "Resource", "SystemParam"].contains(&word.text));
        let mut names = item.split_whitespace().skip_while(|word| !["struct", "enum"].contains(word));
        let name = names.nth(1).unwrap_or_default().split(|letter| !in_name(letter)).next();
        found.extend(name.filter(|_| is_data).map(str::to_owned));
    }
    if let Some((_, columns)) = text.split_once("columns! {") {
        let is_column = |word: &Word| {
            let row = word.before.split_whitespace().next_back();
            row.is_some_and(|row| row == "city" || row == "sector") && word.after.starts_with('(')
        };
        found.extend(words(columns).iter().filter(|word| is_column(word)).map(|word| word.text.to_owned()));
    }
    found
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

/// Circles, and arrows that run from a room to one above it.
fn faults(arrows: &BTreeMap<String, BTreeSet<String>>, rooms: &[&str]) -> Vec<String> {
    let mut complaints: Vec<String> =
        circles(arrows).iter().map(|module| format!("{module} is in a circle: it uses {:?}", arrows[module])).collect();
    let room = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let layer = |module: &str| rooms.iter().position(|name| *name == room(module));
    for (from, to) in arrows.iter().flat_map(|(from, to)| to.iter().map(move |to| (from, to))) {
        match (layer(from), layer(to)) {
            (Some(from_layer), Some(to_layer)) if to_layer <= from_layer => {}
            (Some(_), Some(_)) => complaints.push(format!("{from} uses {to}, which lies above it")),
            _ => complaints.push(format!("{from} or {to} has no layer in tests/tidy/layers.rs")),
        }
    }
    complaints
}

#[test]
fn no_circle_and_no_arrow_up_in_the_scenario_crate() {
    let arrows = uses("scenario").into_iter().map(|(from, to)| (from, to.into_keys().collect())).collect();
    report(faults(&arrows, &SCENARIO));
}

#[test]
fn no_circle_and_no_arrow_up_in_the_simulation_crate() {
    let source = root().join("crates/simulation/src");
    let mut vocabulary: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files(&source.join("mechanisms"), "rs") {
        vocabulary.entry(owner(&module(&source, &path))).or_default().extend(data(&read(&path)));
    }
    let is_file = |module: &str| module.starts_with("mechanisms::");
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, uses) in uses("simulation") {
        let counts = |to: &String, names: &BTreeSet<String>| {
            !(is_file(&from) && is_file(to) && names.iter().all(|name| vocabulary[&owner(to)].contains(name)))
        };
        let to = uses.iter().filter(|(to, names)| counts(to, names)).map(|(to, _)| to.clone()).collect();
        arrows.insert(from, to);
    }
    // The lists of mechanisms name every file, inside a macro.
    let files: Vec<String> = arrows.keys().filter(|module| is_file(module)).cloned().collect();
    arrows.entry("mechanisms".to_owned()).or_default().extend(files);
    report(faults(&arrows, &SIMULATION));
}

/// The mechanism that a module belongs to: the first two names of its path.
fn owner(module: &str) -> String {
    module.split("::").take(2).collect::<Vec<_>>().join("::")
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
fn the_column_of_rents_is_named_in_few_files() {
    let names = |text: &str| {
        let in_code = words(&code(text)).iter().any(|word| word.text == RENT.0);
        let recorded = format!("\"{}\"", RENT.1);
        in_code || text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&recorded))
    };
    let named: Vec<String> = sources()
        .iter()
        .filter(|(path, text)| !is_test(path) && !is_tests_module(path) && names(without_tests(text)))
        .map(|(path, _)| shown(path))
        .collect();
    assert!(named.len() <= RENT_FILES_MAX, "{} files name the column of rents: {}", named.len(), named.join(", "));
    assert!(named.iter().any(|path| path.ends_with("rent_pressure.rs")), "no file of its owner among {named:?}");
}

#[test]
fn circles_and_uses_are_found() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    let modules = set(&["levers", "levers::finance", "levers::parks", "place", "texts"]);
    let text = "use crate::place::Where;\nuse super::finance::Finance;\npub use crate::period::Period;\nuse csv::Row;\nfn f() { crate::texts::g() }";
    let modules_used = |module: &str, is_folder: bool, text: &str| -> BTreeSet<String> {
        used(module, is_folder, text, &modules).into_keys().collect()
    };
    assert_eq!(modules_used("levers::parks", false, text), set(&["levers::finance", "place", "texts"]));
    assert_eq!(modules_used("levers", true, "use finance::Finance;"), set(&["levers::finance"]));
    let text =
        "use crate::{levers::{parks, finance::{Finance, Loan as L}}, place};\nfn f() -> parks::Park { place::g() }";
    let names = used("texts", false, text, &modules);
    assert_eq!(names["levers::finance"], set(&["Finance", "Loan"]));
    assert_eq!((&names["levers::parks"], &names["place"]), (&set(&["Park"]), &set(&["g"])));
    let arrows =
        BTreeMap::from([("a".to_owned(), set(&["b"])), ("b".to_owned(), set(&["c"])), ("c".to_owned(), set(&["b"]))]);
    assert_eq!(circles(&arrows), ["b", "c"]);
    let text = "#[derive(Resource, Clone)]\npub struct Rule(f64);\n#[derive(Clone)]\nstruct Other;\ncolumns! {\n    nominal city Rent(f64);\n}";
    assert_eq!(data(text), set(&["Rent", "Rule"]));
    assert!(names_lever("let x = scenario.levers\n.parks;", "parks", "Park"));
    assert!(names_lever("use scenario::levers::Park;", "parks", "Park"));
    assert!(!names_lever("use scenario::levers::Period; Outlay::Park", "parks", "Park"));
    assert!(!names_lever("// levers.parks\nlet y = levers.parks_more;", "parks", "Park"));
}
