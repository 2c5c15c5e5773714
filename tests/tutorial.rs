//! The page *Your first mechanism* works: done to a copy of the repository it compiles, passes its tests, and touches no
//! more than five files besides documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const PAGE: &str = "docs/first-mechanism.md";
/// What the copy needs to be built.
const COPIED: [&str; 6] = ["Cargo.toml", "Cargo.lock", "crates", "benches", "docs", "configs"];
/// Our packages that the tests of a mechanism are built from. Compiled without optimisation they take seconds.
const OURS: [&str; 3] = ["hinterland-economics", "hinterland-scenario", "hinterland-simulation"];
/// Most files that a mechanism adds or changes, besides documents.
const FILES_MAX: usize = 5;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("a folder can be listed") {
            let name = entry.expect("a folder can be listed").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

/// A step of the page: the whole of a new file, or a change of one that is there.
enum Edit {
    New { path: String, text: String },
    Change { path: String, before: String, after: String },
}

/// The blocks that follow "New file `path`:" and "Change `path`:", in order.
fn edits(page: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let named = |line: &str, start: &str| Some(line.strip_prefix(start)?.strip_suffix("`:")?.to_owned());
    let (mut new, mut changed) = (None, None);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(path) = named(line, "New file `") {
            (new, changed) = (Some(path), None);
        } else if let Some(path) = named(line, "Change `") {
            (new, changed) = (None, Some(path));
        }
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if language == "diff" {
            let path = changed.clone().expect("a change comes after the name of its file");
            let side = |other: char| {
                let own = block.iter().filter(|line| !line.starts_with(other));
                own.map(|line| line.get(1..).unwrap_or_default()).map(|line| format!("{line}\n")).collect::<String>()
            };
            edits.push(Edit::Change { path, before: side('+'), after: side('-') });
        } else if let Some(path) = new.take() {
            edits.push(Edit::New { path, text: block.join("\n") + "\n" });
        }
    }
    edits
}

/// Follows the page in a copy; gives the files that it touches.
fn follow(page: &str, copy: &Path) -> BTreeSet<String> {
    let mut touched = BTreeSet::new();
    for edit in edits(page) {
        match edit {
            Edit::New { path, text } => {
                assert!(!copy.join(&path).exists(), "{path} is there already");
                fs::write(copy.join(&path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
                touched.insert(path);
            }
            Edit::Change { path, before, after } => {
                let text = fs::read_to_string(copy.join(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
                assert_eq!(text.matches(&before).count(), 1, "{PAGE}: {path} has these lines once:\n{before}");
                fs::write(copy.join(&path), text.replace(&before, &after)).expect("a copy can be changed");
                touched.insert(path);
            }
        }
    }
    touched
}

/// Removes what cargo says that it made of the copy, and what it noted about it.
fn remove_built(messages: &str, copy: &Path) {
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        if !manifest.starts_with(copy) {
            continue;
        }
        let files = message["filenames"].as_array().into_iter().flatten();
        for file in files.filter_map(Value::as_str).map(Path::new) {
            // `deps/libsimulation-0123.rlib`, `deps/simulation-0123.d` and `.fingerprint/hinterland-simulation-0123`
            let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().trim_start_matches("lib");
            let (deps, Some((crate_name, hash))) = (file.parent().expect("it is in a folder"), name.rsplit_once('-'))
            else {
                continue;
            };
            let notes = deps.with_file_name(".fingerprint").join(format!("hinterland-{crate_name}-{hash}"));
            // What is gone already is as it should be.
            let _ = fs::remove_file(file);
            let _ = fs::remove_file(deps.join(format!("{name}.d")));
            let _ = fs::remove_dir_all(notes);
        }
    }
}

#[test]
fn the_first_mechanism_of_the_page_passes_its_tests_and_touches_five_files() {
    let page = fs::read_to_string(root().join(PAGE)).expect("the page is there");
    let program = std::env::current_exe().expect("a test knows where it is");
    // target/release/deps/tutorial-0123
    let profile = program.ancestors().nth(2).expect("programs are in the folder of a profile");
    let target = profile.parent().expect("profiles are in the target folder");
    let name = profile.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = if name == "debug" { "dev" } else { name };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    // As cargo writes it.
    let copied = folder.path().canonicalize().expect("the folder is there");
    for part in COPIED {
        copy(&root().join(part), &copied.join(part));
    }

    let touched = follow(&page, &copied);
    let sources: Vec<&String> = touched.iter().filter(|path| !path.starts_with("docs/")).collect();
    assert!((1..=FILES_MAX).contains(&sources.len()), "at most {FILES_MAX} files: {sources:?}");

    let mut cargo = Command::new(std::env::var_os("CARGO").expect("cargo runs the tests"));
    cargo
        .current_dir(&copied)
        .env("CARGO_INCREMENTAL", "0")
        .args(["test", "--offline", "--locked", "--profile", name, "--target-dir"])
        .arg(target);
    for ours in OURS {
        cargo.args(["--config", &format!("profile.{name}.package.{ours}.opt-level=0")]);
    }
    cargo.args(["--message-format", "json-render-diagnostics", "--package", "hinterland-simulation", "--lib"]);
    let output = cargo.arg("mechanisms::commuting::").output().expect("cargo can be started");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    remove_built(&said, &copied);
    let results: Vec<&str> = said.lines().filter(|line| !line.starts_with('{')).collect();
    assert!(output.status.success(), "{complained}\n{}", results.join("\n"));
    assert!(!complained.contains("warning"), "{complained}");
    let count = |line: &&str| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u32>().ok();
    let passed: u32 = results.iter().filter_map(count).sum();
    assert!(passed >= 2, "{passed} tests passed:\n{}", results.join("\n"));
}
