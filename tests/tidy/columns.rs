//! Tables of columns in prose, made from the census.

use std::path::PathBuf;

use crate::prose::{Part, keep_in_step};
use crate::source::{read, root, without_tests};

/// Tables of a run folder, the file that declares their columns, and the function in which it does.
const TABLES: [(&str, &str, &str); 8] = [
    ("cities", "census/cities.rs", "fn table("),
    ("sectors", "census/sectors.rs", "fn table("),
    ("flows", "census/flows.rs", "fn table("),
    ("groups", "census/groups.rs", "fn table("),
    ("accounts", "census/accounts.rs", "fn table("),
    ("region", "census/region.rs", "fn table("),
    ("agents", "agent_records.rs", "fn worker_fields("),
    ("firms", "agent_records.rs", "fn firm_fields("),
];

fn path(file: &str) -> PathBuf {
    root().join("crates/simulation/src").join(file)
}

/// The text of a function, up to the brace in the first column.
fn function<'a>(text: &'a str, head: &str) -> &'a str {
    let start = text.find(head).unwrap_or_else(|| panic!("no {head}…) among the columns of the census"));
    text[start..].split("\n}").next().unwrap_or_default()
}

/// Arguments of a call whose opening parenthesis has just been passed.
fn arguments(text: &str) -> Vec<String> {
    let (mut found, mut current, mut depth, mut quoted) = (Vec::new(), String::new(), 0, false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted && depth == 0 => break,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(current.trim().to_owned());
                current.clear();
                continue;
            }
            _ => {}
        }
        current.push(letter);
    }
    found.push(current.trim().to_owned());
    found.retain(|argument| !argument.is_empty());
    found
}

/// What an argument says: a literal, or the literal that a name stands for here or among the census's units.
fn said(argument: &str, here: &str, units: &str) -> String {
    if let Some(literal) = argument.split('"').nth(1) {
        return literal.replace("{name}", "<industry>");
    }
    let name = argument.trim_start_matches('&').rsplit("::").next().unwrap_or_default();
    let after = |text: &str, mark: String| {
        text.split_once(&mark).map(|(_, rest)| rest.split('"').nth(1).unwrap_or_default().to_owned())
    };
    after(here, format!("let {name} = "))
        .or_else(|| after(units, format!("const {name}: &str = ")))
        .unwrap_or_else(|| panic!("what does {argument} say?"))
        .replace("{name}", "<industry>")
}

/// Rows of a table of columns: name, unit, sentence.
fn rows(function: &str, columns: &str) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    let mut add = |text: &str| {
        let calls = [".integer(", ".real(", ".name(", ".flag(", "field("];
        let mut rest = text;
        while let Some((at, call)) = calls.iter().filter_map(|call| rest.find(call).map(|at| (at, *call))).min() {
            rest = &rest[at + call.len()..];
            let arguments = arguments(rest);
            let tell = |at: usize| said(&arguments[at], text, columns);
            rows.push(match (call, arguments.len()) {
                (".name(", _) => [tell(0), String::new(), tell(1)],
                ("field(", 4) => [tell(0), tell(1), tell(3)],
                (_, 3) => [tell(0), tell(1), tell(2)],
                _ => continue,
            });
        }
    };
    if function.contains("Columns::by_quarter()") {
        add(self::function(columns, "fn by_quarter("));
    }
    add(function);
    rows
}

#[test]
fn the_page_of_files_lists_every_column_of_every_table() {
    let columns = read(&path("census/columns.rs"));
    let parts: Vec<Part> = TABLES
        .iter()
        .map(|(table, file, head)| {
            let text = read(&path(file));
            let mut part = "| column | unit | what it is |\n|---|---|---|\n".to_owned();
            for [name, unit, about] in rows(function(without_tests(&text), head), &columns) {
                let unit = if unit.is_empty() { "–" } else { &unit };
                let about = about.replace("<industry>", "`<industry>`");
                part += &format!("| `{name}` | {unit} | {about} |\n");
            }
            Part { page: root().join("docs/files.md"), name: format!("columns of {table}"), text: part }
        })
        .collect();
    keep_in_step(&parts);
}

#[test]
fn a_column_is_read_out_of_its_declaration() {
    let units = "pub(crate) const SHARE: &str = \"share\";\n";
    let declared = "fn table() {\nlet about = format!(\"Of {name}.\");\nx.real(\"a\", unit::SHARE, \"One, two.\").name(\"b\", \"Three.\")\n.real(&format!(\"h_{name}\"), SHARE, &about)";
    let rows = rows(declared, units);
    assert_eq!(rows[0], ["a", "share", "One, two."]);
    assert_eq!(rows[1], ["b", "", "Three."]);
    assert_eq!(rows[2], ["h_<industry>", "share", "Of <industry>."]);
}
