//! Single values as RON.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::levers::Period;
use crate::mechanisms::settlement_rules::{Rule, SettlementRule};
use crate::parameters::{Source, Value};
use crate::place::Where;

pub(super) fn with_source(sources: &BTreeMap<String, Source>, path: &str, value: String) -> String {
    match sources.get(path) {
        Some(Source::Assumed(why)) => format!("(value: {value}, source: Assumed({}))", quoted(why)),
        Some(Source::Published(publication)) => format!("(value: {value}, source: Published({}))", quoted(publication)),
        Some(Source::User) | None => value,
    }
}

pub(super) fn plain(value: &Value) -> String {
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

pub(super) fn dates(period: Period) -> Vec<String> {
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

pub(super) fn set(places: &Where) -> String {
    match places {
        Where::All => "All".into(),
        Where::Places(keys) => format!("Places({})", names_of(keys)),
        Where::Level(level) => format!("Level({})", level.name()),
        Where::Tier { from, below } => format!("Tier(from: {from:?}, below: {})", perhaps(*below)),
    }
}

pub(super) fn rule(rule: &SettlementRule) -> String {
    let text = match &rule.rule {
        Rule::Closed => "Closed".to_owned(),
        Rule::Open => "Open".to_owned(),
        Rule::Quota { share } => format!("Quota(share: {share:?})"),
        Rule::Residence { residence, insured, quota } => {
            format!("Residence(residence: {residence:?}, insured: {insured:?}, quota: {})", perhaps(*quota))
        }
        Rule::Points { skill, insured, residence, housing, threshold, quota } => format!(
            "Points(skill: {skill}, insured: {insured}, residence: {residence}, housing: {housing}, threshold: {}, quota: {})",
            perhaps(*threshold),
            perhaps(*quota)
        ),
    };
    format!("(places: {}, rule: {text})", set(&rule.places))
}

fn perhaps(value: Option<impl std::fmt::Debug>) -> String {
    value.map_or("None".into(), |value| format!("{value:?}"))
}

/// A text in quotation marks.
pub(super) fn quoted(text: &str) -> String {
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
