//! Rules of style that a test can hold: arrows between crates, length of files, matching rooms, banned words, and prose
//! that says what the code says.
//!
//! Tables of parameters and of columns in `docs/` are made from the source. After a change there, write them again with
//! `UPDATE_PROSE=1 cargo test --test tidy`; that run fails, so that a rewrite cannot pass unnoticed.

mod arrows;
mod callers;
mod columns;
mod equations;
mod language;
mod layers;
mod parameters;
mod prose;
mod rooms;
mod source;
mod steps;
mod words;

/// What the list of a macro in the scenario crate declares: each name, and the words after it.
fn declared(file: &str, list: &str) -> Vec<(String, String)> {
    let text = source::read(&source::root().join("crates/scenario/src").join(file));
    let (_, list) = text.rsplit_once(list).expect("the list stands at the end of its file");
    let entry = |line: &str| {
        let (name, rest) = line.trim().strip_suffix(';')?.split_once(": ")?;
        Some((name.to_owned(), rest.to_owned()))
    };
    list.lines().filter_map(entry).collect()
}

/// The mechanisms, in the order of a scenario's blocks.
fn mechanisms() -> Vec<String> {
    declared("mechanisms/mod.rs", "\nmechanisms! {").into_iter().map(|(name, _)| name).collect()
}

/// Every lever: its field, and the type of its measures or of its dated changes.
fn levers() -> Vec<(String, String)> {
    let kind = |rest: &str| rest.split(' ').next().unwrap_or_default().to_owned();
    declared("levers/mod.rs", "\nlevers! {").into_iter().map(|(field, rest)| (field, kind(&rest))).collect()
}

/// The levers that are lists of measures, not dated changes of a mechanism's rules.
fn measures() -> Vec<String> {
    let entries = declared("levers/mod.rs", "\nlevers! {").into_iter();
    entries.filter(|(_, rest)| !rest.contains(" in ")).map(|(name, _)| name).collect()
}

/// Fails with all complaints at once.
fn report(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
