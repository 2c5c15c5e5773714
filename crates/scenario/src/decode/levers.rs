//! Levers of a scenario: lists of measures, and dated changes of the rules of mechanisms.

use crate::faults::Problem;
use crate::levers::{Changes, Lever, Levers};
use crate::parameters::{Block, Kind, Value};
use crate::period::Period;
use crate::reader::Tree;
use crate::reading::{Fields, Names, Reading, decode_block, decode_date, join};
use crate::texts::Span;

/// The levers of a scenario file, but for dated changes of rules.
pub(crate) fn decode_levers(reading: &mut Reading, root: &mut Fields<'_>, names: &Names) -> Levers {
    let mut levers = Levers::default();
    for Lever { name, needs, measures, .. } in levers.measures_mut() {
        let Some(node) = root.take(name) else { continue };
        let nodes = match &node.tree {
            Tree::Name(state) if &**state == "Off" => {
                measures.switch_off();
                continue;
            }
            Tree::List(nodes) => nodes,
            _ => {
                reading.wrong_type(node, name, "Off, or a list […] of measures");
                continue;
            }
        };
        for (index, node) in nodes.iter().enumerate() {
            let opened = Fields::open(reading, node, &join(name, index));
            if let (Some(mut fields), Some(measure)) = (opened, measures.add()) {
                decode_measure(reading, &mut fields, names, measure, needs, None);
                fields.close(reading);
            }
        }
    }
    levers
}

/// Fills a measure; `period` is given where a policy says it outside.
pub(super) fn decode_measure(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    measure: &mut dyn Block,
    needs: Option<&'static str>,
    period: Option<Period>,
) {
    if decode_block(reading, fields, names, measure, period) == 0 {
        let described = measure.fields().into_iter().filter(|field| matches!(field.kind, Kind::Number { .. }));
        let known = described.map(|field| field.name.to_owned()).collect();
        reading.fault(fields.at, &fields.path, Problem::NoEffect { fields: known });
    }
    if let Some(name) = needs
        && measure.get(name) == Some(Value::Industries(Vec::new()))
    {
        reading.fault(fields.at, &fields.path, Problem::MissingField { name, hint: ": name at least one" });
    }
}

/// The `changes: […]` of a mechanism's block, each with its date; gives where each was written.
pub(super) fn decode_changes(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    changes: &mut dyn Changes,
) -> Vec<Span> {
    let path = fields.path("changes");
    let Some(node) = fields.take("changes") else {
        return Vec::new();
    };
    let mut spans = Vec::new();
    for (index, node) in reading.list(node, &path, "dated changes").unwrap_or_default().iter().enumerate() {
        let path = join(&path, index);
        let Some(mut fields) = Fields::open(reading, node, &path) else {
            continue;
        };
        let at = fields.need(reading, "at", ": write at: 2014, or another date");
        let from = at.and_then(|node| decode_date(reading, node, &join(&path, "at")));
        changes.decode(reading, &mut fields, names, from.unwrap_or(0.0));
        fields.close(reading);
        spans.push(node.at);
    }
    spans
}
