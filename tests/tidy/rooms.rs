//! One mechanism, one name, in every room; and no file that swallows its neighbours.

use crate::source::{code, is_test, read, root, shown, sources, without_tests};
use crate::{measures, mechanisms, report};

/// Most lines of code in a file: neither blank, nor comment, nor test.
const CODE_MAX: usize = 400;
/// Most lines of a file in all.
const LINES_MAX: usize = 700;

#[test]
fn files_stay_short() {
    let mut complaints = Vec::new();
    for (path, text) in sources() {
        let own = if is_test(&path) { "" } else { without_tests(&text) };
        let lines = code(own).lines().filter(|line| !line.trim().is_empty()).count();
        if lines > CODE_MAX {
            complaints.push(format!("{}: {lines} lines of code; make it a folder at {CODE_MAX}", shown(&path)));
        }
        let all = text.lines().count();
        if all > LINES_MAX {
            complaints.push(format!("{}: {all} lines; at most {LINES_MAX}, tests and comments included", shown(&path)));
        }
    }
    report(complaints);
}

/// Whether the tests of a mechanism are in its own file. Older ones have a file of tests that run the whole model.
fn tests_itself(name: &str) -> bool {
    let own = root().join("crates/simulation/src/mechanisms").join(format!("{name}.rs"));
    own.is_file() && read(&own).contains("#[cfg(test)]\nmod tests {")
}

#[test]
fn every_mechanism_has_its_rooms() {
    let mut complaints = Vec::new();
    let mut want = |paths: Vec<String>| {
        if !paths.iter().any(|path| root().join(path).is_file()) {
            complaints.push(format!("{} is missing", paths.join(" or ")));
        }
    };
    for name in mechanisms() {
        want(vec![format!("crates/scenario/src/mechanisms/{name}.rs")]);
        if !tests_itself(&name) {
            want(vec![format!("tests/mechanisms/{name}.rs")]);
        }
    }
    for name in mechanisms().into_iter().chain(measures()) {
        let room = format!("crates/simulation/src/mechanisms/{name}");
        want(vec![format!("{room}.rs"), format!("{room}/mod.rs")]);
        want(vec![format!("docs/mechanisms/{name}.md")]);
    }
    report(complaints);
}

#[test]
fn the_list_of_mechanisms_is_that_of_scenarios_and_of_tests() {
    let modules = |path: &str| -> Vec<String> {
        let text = read(&root().join(path));
        let name =
            |line: &str| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned);
        let mut names: Vec<String> = text.lines().filter_map(name).collect();
        names.sort();
        names
    };
    let mut mechanisms = mechanisms();
    mechanisms.sort();
    // `slot` is what the mechanisms have in common.
    let mut own = modules("crates/scenario/src/mechanisms/mod.rs");
    own.retain(|name| name != "slot");
    assert_eq!(own, mechanisms);
    let tested = modules("tests/mechanisms/main.rs");
    let missing: Vec<&String> =
        mechanisms.iter().filter(|name| !tested.contains(name) && !tests_itself(name)).collect();
    assert!(missing.is_empty(), "tests/mechanisms/main.rs has no module for {missing:?}");
}

#[test]
fn every_mechanism_opens_with_its_card() {
    let mut complaints = Vec::new();
    for name in mechanisms() {
        let room = root().join("crates/simulation/src/mechanisms");
        let file = [room.join(format!("{name}.rs")), room.join(name).join("mod.rs")];
        let Some(path) = file.iter().find(|path| path.is_file()) else { continue };
        let text = read(path);
        let card: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        for word in ["**Reads**", "**Writes**", "**Phase", "**Random numbers**", "**Equation", "**Switched off**"] {
            if !card.contains(word) {
                complaints.push(format!("{}: the card at its head lacks {word}", shown(path)));
            }
        }
    }
    report(complaints);
}
