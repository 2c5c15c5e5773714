//! Tables of parameters in prose, made from the `parameters!` blocks of the scenario crate.

use std::collections::BTreeMap;

use crate::prose::{Part, keep_in_step};
use crate::source::{code, files, read, root, without_tests, words};
use crate::{measures, mechanisms, report};

/// A block of parameters as its source describes it.
pub(crate) struct Block {
    /// Name in files.
    pub(crate) name: String,
    /// Its fields.
    pub(crate) fields: Vec<Field>,
}

/// A field of a block.
pub(crate) struct Field {
    /// Name in files.
    pub(crate) name: String,
    cells: [String; 5],
}

/// Every block of the scenario crate.
pub(crate) fn blocks() -> Vec<Block> {
    let paths = files(&root().join("crates/scenario/src"), "rs");
    let texts: Vec<String> = paths.iter().map(|path| without_tests(&read(path)).to_owned()).collect();
    let choices: BTreeMap<String, String> = texts.iter().flat_map(|text| choices(text)).collect();
    let mut found = Vec::new();
    for text in &texts {
        for body in text.split("\nparameters! {").skip(1) {
            let body = body.split("\n}").next().unwrap_or_default();
            let Some((_, block)) = body.split_once("pub struct ") else { continue };
            let name = block.split('"').nth(1).unwrap_or_default().to_owned();
            let fields = block.split_once('{').map(|(_, fields)| fields_of(fields, &choices)).unwrap_or_default();
            found.push(Block { name, fields });
        }
    }
    found
}

/// Names of the variants of every `choices!`, by type.
fn choices(text: &str) -> Vec<(String, String)> {
    let of = |body: &str| {
        let body = body.split("\n}").next()?;
        let (_, body) = body.split_once("pub enum ")?;
        let (name, variants) = body.split_once('{')?;
        let variant = |line: &str| line.trim().strip_suffix(',').map(|name| format!("`{name}`"));
        let names: Vec<String> = variants.lines().filter_map(variant).collect();
        Some((name.trim().to_owned(), names.join(", ")))
    };
    text.split("\nchoices! {").skip(1).filter_map(of).collect()
}

fn fields_of(body: &str, choices: &BTreeMap<String, String>) -> Vec<Field> {
    let (mut fields, mut doc, mut statement) = (Vec::new(), String::new(), String::new());
    for line in body.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            doc = format!("{doc} {}", words.trim());
            continue;
        }
        statement = format!("{statement} {line}");
        if line.ends_with(");") {
            fields.extend(field(statement.trim(), doc.trim(), choices));
            (doc, statement) = (String::new(), String::new());
        }
    }
    fields
}

/// A field out of `name: type = default, "unit", low..=high, Assumed("why");`.
fn field(statement: &str, doc: &str, choices: &BTreeMap<String, String>) -> Option<Field> {
    let (name, rest) = statement.split_once(':')?;
    let (kind, rest) = rest.split_once('=')?;
    let (default, rest) = rest.split_once(", \"")?;
    let (unit, rest) = rest.split_once('"')?;
    let (limits, source) = match rest.split_once("..=") {
        Some((low, rest)) => {
            let (high, source) = rest.split_once(',')?;
            (Some((low.trim_start_matches(',').trim(), high.trim())), source)
        }
        None => (None, rest.trim_start_matches(',')),
    };
    let (quality, why) = source.trim().split_once("(\"")?;
    let why = why.trim_end_matches("\");").replace("\\\"", "\"");
    let range = match (limits, kind.trim()) {
        (Some((low, high)), _) => format!("{} to {}", number(low), number(high)),
        (None, "bool") => "`true`, `false`".to_owned(),
        (None, "Where") => "a set of places".to_owned(),
        (None, "Period") => "a period".to_owned(),
        (None, "Vec<String>") => "names".to_owned(),
        (None, kind) => choices.get(kind).cloned().unwrap_or_else(|| "–".to_owned()),
    };
    let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let cells = [doc.to_owned(), or_dash(unit), number(default), range, format!("{}: {why}", quality.to_lowercase())];
    Some(Field { name: name.trim().to_owned(), cells })
}

/// A literal as prose shows it.
fn number(literal: &str) -> String {
    match literal.trim().replace('_', "").parse::<f64>() {
        Ok(number) => number.to_string(),
        Err(_) if literal.trim() == "Vec::new()" => "none".to_owned(),
        Err(_) => format!("`{}`", literal.trim().rsplit("::").next().unwrap_or_default()),
    }
}

impl Block {
    fn table(&self) -> String {
        let mut table =
            "| parameter | what it is | unit | default | range | source |\n|---|---|---|---|---|---|\n".to_owned();
        for field in &self.fields {
            let cells = field.cells.join(" | ");
            table += &format!("| `{}` | {cells} |\n", field.name);
        }
        table
    }
}

#[test]
fn every_page_of_a_mechanism_lists_its_parameters_as_the_source_has_them() {
    let names: Vec<String> = mechanisms().into_iter().chain(measures()).collect();
    let parts: Vec<Part> = blocks()
        .iter()
        .filter(|block| names.contains(&block.name))
        .map(|block| Part {
            page: root().join(format!("docs/mechanisms/{}.md", block.name)),
            name: format!("parameters of {}", block.name),
            text: block.table(),
        })
        .collect();
    assert_eq!(parts.len(), names.len(), "every mechanism and lever has a block of parameters");
    keep_in_step(&parts);
}

#[test]
fn the_page_of_scenarios_lists_the_blocks_that_belong_to_no_mechanism() {
    let own = ["money", "preferences", "initial", "industry"];
    let parts: Vec<Part> = blocks()
        .iter()
        .filter(|block| own.contains(&block.name.as_str()))
        .map(|block| Part {
            page: root().join("docs/scenario.md"),
            name: format!("parameters of {}", block.name),
            text: block.table(),
        })
        .collect();
    assert_eq!(parts.len(), own.len());
    keep_in_step(&parts);
}

#[test]
fn every_parameter_of_a_mechanism_is_read_by_the_simulation() {
    let texts: Vec<String> = files(&root().join("crates/simulation/src"), "rs")
        .iter()
        .map(|path| code(without_tests(&read(path))))
        .collect();
    let read_somewhere = |name: &str| texts.iter().any(|text| words(text).iter().any(|word| word.text == name));
    let mut complaints = Vec::new();
    for block in blocks().iter().filter(|block| block.name == "industry" || mechanisms().contains(&block.name)) {
        for field in block.fields.iter().filter(|field| !read_somewhere(&field.name)) {
            complaints.push(format!("{}.{}: nothing in crates/simulation reads it", block.name, field.name));
        }
    }
    report(complaints);
}

#[test]
fn a_field_is_read_out_of_its_declaration() {
    let choices = BTreeMap::from([("Mode".to_owned(), "`Slow`, `Fast`".to_owned())]);
    let numbers = "/// Share that\n/// goes home.\nshare: f64 = 0.250, \"share of pay\", 0.0..=1_000.0, Assumed(\"a \\\"guess\\\"\");";
    let choice = "/// How.\nmode: Mode = Mode::Slow, \"\", Published(\"Someone 1999\");";
    let fields = fields_of(&format!("{numbers}\n{choice}"), &choices);
    assert_eq!(fields[0].cells, ["Share that goes home.", "share of pay", "0.25", "0 to 1000", "assumed: a \"guess\""]);
    assert_eq!(fields[1].cells, ["How.", "–", "`Slow`", "`Slow`, `Fast`", "published: Someone 1999"]);
}
