//! Single values as RON.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::parameters::{Source, Value};
use crate::period::Period;
use crate::place::Where;

/// Where each number comes from, by dotted path.
pub(crate) type Sources = BTreeMap<String, Source>;

pub(crate) fn with_source(sources: &Sources, path: &str, value: String) -> String {
    match sources.get(path) {
        Some(Source::Assumed(why)) => format!("(value: {value}, source: Assumed({}))", quoted(why)),
        Some(Source::Published(publication)) => format!("(value: {value}, source: Published({}))", quoted(publication)),
        Some(Source::User) | None => value,
    }
}

pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{number:?}"),
        Value::Count(count) => count.to_string(),
        Value::Switch(switch) => switch.to_string(),
        Value::Choice(name) => (*name).to_owned(),
        Value::Places(places) => set(places),
        Value::Industries(names) => names_of(names),
        Value::Period(period) => dates(*period).join(", "),
    }
}

pub(crate) fn dates(period: Period) -> Vec<String> {
    let mut dates = Vec::new();
    if period.from != Period::ALWAYS.from {
        dates.push(format!("at: {:?}", period.from));
    }
    dates.extend(period.until.map(|until| format!("until: {until:?}")));
    dates
}

fn names_of(names: &[String]) -> String {
    format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "))
}

pub(crate) fn set(places: &Where) -> String {
    match places {
        Where::All => "All".into(),
        Where::Places(keys) => format!("Places({})", names_of(keys)),
        Where::Level(level) => format!("Level({})", level.name()),
        Where::Tier { from, below } => format!("Tier(from: {from:?}, below: {})", perhaps(*below)),
    }
}

pub(crate) fn perhaps(value: Option<impl std::fmt::Debug>) -> String {
    value.map_or("None".into(), |value| format!("{value:?}"))
}

/// A text in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out + "\""
}

/// A field that holds a list, one entry a line, as in a mechanism's block.
pub(crate) fn list(name: &str, entries: Vec<String>) -> String {
    let entries: String = entries.iter().map(|entry| format!("\n            {entry},")).collect();
    if entries.is_empty() { format!("{name}: [],") } else { format!("{name}: [{entries}\n        ],") }
}
