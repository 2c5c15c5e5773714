//! No public function without a caller outside tests.

use std::collections::BTreeSet;

use crate::report;
use crate::source::{code, files, is_test, read, root, shown, sources, without_tests, words};

/// Public functions that nothing in the product or the benches calls, and why they stay.
const FOR_OTHERS: [(&str, &str); 2] = [
    ("all_parameters", "tests hold shipped scenarios and the conservation laws to every parameter"),
    ("record_city", "a new mechanism records its figures by it, without a change to the tables of every run"),
];

/// Code of the product, tests cut, with the path of its file.
fn product() -> Vec<(String, String)> {
    let own = sources().into_iter().filter(|(path, _)| !is_test(path));
    own.map(|(path, text)| (shown(&path), code(without_tests(&text)))).collect()
}

/// Names that code calls, names by path or imports. Exporting a name anew is no use of it.
fn used_names(code: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for statement in code.split(';') {
        if let Some((_, imported)) = format!("\n{statement}").rsplit_once("\nuse ") {
            let start = statement.len() - imported.len();
            names.extend(words(&statement[start..]).into_iter().map(|word| word.text));
        }
    }
    let is_use = |before: &str, after: &str| {
        !before.ends_with("fn") && (after.starts_with('(') || after.starts_with("::<") || before.ends_with("::"))
    };
    let called = words(code).into_iter().filter(|word| {
        let exports = word.before.trim_start().starts_with("pub use");
        !exports && is_use(word.before, word.after)
    });
    names.extend(called.map(|word| word.text));
    names
}

#[test]
fn every_public_function_has_a_caller_outside_tests() {
    let product = product();
    let benches: Vec<String> = files(&root().join("benches"), "rs").iter().map(|path| code(&read(path))).collect();
    let texts = product.iter().map(|(_, code)| code.as_str()).chain(benches.iter().map(String::as_str));
    let used: BTreeSet<&str> = texts.flat_map(used_names).collect();
    let mut complaints = Vec::new();
    for (path, code) in &product {
        for word in words(code) {
            let before = word.before.trim_start();
            let defines = before.starts_with("pub ") && before.ends_with("fn");
            let expected = FOR_OTHERS.iter().any(|(name, _)| *name == word.text);
            if defines && !expected && !used.contains(word.text) {
                complaints.push(format!("{path}:{}: nothing outside tests calls `{}`", word.line, word.text));
            }
        }
    }
    for (name, reason) in FOR_OTHERS {
        if used.contains(name) {
            complaints
                .push(format!("tests/tidy/callers.rs: `{name}` has a caller; remove it from the list ({reason})"));
        }
    }
    report(complaints);
}

#[test]
fn definitions_exports_and_fields_are_no_callers() {
    let code =
        "use a::{\n    one,\n    two,\n};\npub use b::three;\npub fn four() {}\nlet x = y.five + six(7) + s::seven;";
    let used = used_names(code);
    for name in ["one", "two", "six", "seven"] {
        assert!(used.contains(name), "{name}");
    }
    for name in ["three", "four", "five"] {
        assert!(!used.contains(name), "{name}");
    }
}
