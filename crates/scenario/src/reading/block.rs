//! A block of parameters: each field is checked against its own description.

use crate::faults::{Problem, wanted};
use crate::parameters::{Block, Kind, Parameter, Source, Value};
use crate::period::Period;
use crate::reader::{Node, Tree};

use super::fields::Fields;
use super::gathered::{Reading, join};
use super::names::Names;

/// Calendar years that can be named.
pub(crate) const YEARS: (f64, f64) = (1900.0, 2300.0);

/// Sets the fields of a block that are given, and notes the source of every field. Says how many were given.
pub(crate) fn decode_block(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    block: &mut dyn Block,
    period: Option<Period>,
) -> usize {
    let mut given = 0;
    for parameter in block.fields() {
        if parameter.kind == Kind::Period {
            let period = period.or_else(|| decode_period(reading, fields));
            if let Some(period) = period {
                block.set(parameter.name, Value::Period(period));
            }
            continue;
        }
        let path = fields.path(parameter.name);
        let Some(node) = fields.take(parameter.name) else {
            continue;
        };
        given += usize::from(parameter.name != "financed_by" && parameter.kind != Kind::Places);
        let (node, source) = sourced(reading, node, &path);
        if let Some(value) = decode_value(reading, node, &path, &parameter, names) {
            block.set(parameter.name, value);
        }
        reading.sources.insert(path, source);
    }
    given
}

/// The fields that a block leaves unsaid keep their defaults, and the sources of those.
pub(crate) fn source_defaults(reading: &mut Reading, path: &str, block: &dyn Block) {
    for parameter in block.fields() {
        reading.sources.entry(join(path, parameter.name)).or_insert(parameter.source);
    }
}

/// A value and its source: `value` alone, or `(value: …, source: Assumed("…"))`.
pub(crate) fn sourced<'n>(reading: &mut Reading, node: &'n Node, path: &str) -> (&'n Node, Source) {
    let Tree::Struct(None, entries) = &node.tree else {
        return (node, Source::User);
    };
    let Some(entry) = entries.iter().find(|entry| &*entry.name == "value") else {
        return (node, Source::User);
    };
    let mut fields = Fields::of(reading, entries, node.at, path);
    fields.take("value");
    let source = fields.take("source").and_then(|node| decode_source(reading, node, path));
    fields.close(reading);
    (&entry.node, source.unwrap_or(Source::User))
}

fn decode_source(reading: &mut Reading, node: &Node, path: &str) -> Option<Source> {
    let path = join(path, "source");
    if let Tree::Tuple(Some(name), nodes) = &node.tree
        && let [Node { tree: Tree::Text(text), .. }] = nodes.as_slice()
    {
        match &**name {
            "Assumed" => return Some(Source::Assumed(text.clone())),
            "Published" => return Some(Source::Published(text.clone())),
            _ => {}
        }
    }
    reading.wrong_type(node, &path, "Assumed(\"why\") or Published(\"where\")");
    None
}

fn decode_value(reading: &mut Reading, node: &Node, path: &str, parameter: &Parameter, names: &Names) -> Option<Value> {
    match &parameter.kind {
        Kind::Number { low, high } => reading.number(node, path, (*low, *high), parameter.unit).map(Value::Number),
        Kind::Count { low, high } => {
            let limits = (f64::from(*low), f64::from(*high));
            reading.whole(node, path, limits, parameter.unit).map(|value| Value::Count(value as u32))
        }
        Kind::Switch => match node.tree {
            Tree::Switch(switch) => Some(Value::Switch(switch)),
            _ => {
                reading.wrong_type(node, path, wanted(&parameter.kind, ""));
                None
            }
        },
        Kind::Choice(choice) => reading.choice(node, path, "choice", choice).map(Value::Choice),
        Kind::Places => names.places(reading, node, path).map(Value::Places),
        Kind::Industries => names.industries(reading, node, path).map(Value::Industries),
        Kind::Period => None,
    }
}

/// `at: …, until: …`; without `at` from the start of every run.
pub(crate) fn decode_period(reading: &mut Reading, fields: &mut Fields<'_>) -> Option<Period> {
    let at = fields.take("at").map(|node| (node, decode_date(reading, node, &fields.path("at"))));
    let until = fields.take_optional("until").map(|node| (node, decode_date(reading, node, &fields.path("until"))));
    let from = match at {
        Some((_, date)) => date?,
        None => Period::ALWAYS.from,
    };
    let Some((node, until)) = until else {
        return Some(Period { from, until: None });
    };
    let until = until?;
    if until <= from {
        reading.fault(node.at, &fields.path, Problem::EmptyPeriod { from, until });
        return None;
    }
    Some(Period { from, until: Some(until) })
}

/// A date; one inside a quarter means the next quarter.
pub(crate) fn decode_date(reading: &mut Reading, node: &Node, path: &str) -> Option<f64> {
    let (node, _) = sourced(reading, node, path);
    let date = reading.number(node, path, YEARS, "calendar year, quarters as .0, .25, .5, .75")?;
    let quarter = (date * 4.0).ceil() / 4.0;
    if quarter != date {
        reading.notes.push(format!("{path}: {date} is inside a quarter; read as {quarter}, the start of the next"));
    }
    Some(quarter)
}
