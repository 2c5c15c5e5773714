//! Changes of a policy, and the notes on what falls outside the calendar.

use crate::faults::Problem;
use crate::levers::{Levers, period};
use crate::parameters::Source;
use crate::period::Period;
use crate::reader::{Entry, Node, Tree};
use crate::reading::{Fields, Reading, decode_date, decode_period, join};
use crate::scenario::Scenario;
use crate::texts::Span;

use super::levers::decode_measure;
use super::outline::Outline;

/// Adds a change of a policy to the levers of a scenario.
pub(crate) fn decode_change(reading: &mut Reading, node: &Node, path: &str, outline: &mut Outline) {
    let Some(mut outer) = Fields::open(reading, node, path) else {
        return;
    };
    let at = outer.need(reading, "at", ": write at: 2014, or another date");
    let change = outer.need(reading, "change", ": write change: Settlement(…), or another");
    let Some(change) = change else {
        return outer.close(reading);
    };
    let (kind, entries) = match &change.tree {
        Tree::Name(kind) => (&**kind, &[][..]),
        Tree::Struct(Some(kind), entries) => (&**kind, entries.as_slice()),
        _ => {
            reading.wrong_type(change, &join(path, "change"), "a change such as Settlement(rules: […])");
            return;
        }
    };
    let levers = Levers::default();
    let rules: Vec<&str> = levers.rules().iter().map(|rules| rules.change).collect();
    let measures: Vec<&str> = levers.measures().iter().map(|lever| lever.change).collect();
    let added = if let Some(at_rules) = rules.iter().position(|known| *known == kind) {
        let from = at.and_then(|node| decode_date(reading, node, &join(path, "at"))).unwrap_or(0.0);
        if let Some(until) = outer.take("until") {
            let rule = "a change of rules has no `until`; add a second change that sets the former rules again";
            reading.fault(until.at, path, Problem::InvalidCombination { rule });
        }
        outer.close(reading);
        add_rules(reading, change, entries, &join(path, kind), outline, at_rules, from)
    } else if let Some(at_measures) = measures.iter().position(|known| *known == kind) {
        let period = decode_period(reading, &mut outer).unwrap_or(Period::ALWAYS);
        outer.close(reading);
        note_calendar(reading, &outline.scenario, path, period.from, period.until);
        add_measure(reading, change, entries, &join(path, kind), outline, at_measures, period)
    } else {
        return reading.unknown(change.at, path, "change", kind, rules.into_iter().chain(measures));
    };
    finish(reading, change.at, &added.0, added.1, &join(path, kind));
}

/// Adds a measure to a lever; gives the path of the lever, and the index of the measure unless the lever is off.
fn add_measure(
    reading: &mut Reading,
    change: &Node,
    entries: &[Entry],
    path: &str,
    outline: &mut Outline,
    lever: usize,
    period: Period,
) -> (String, Option<usize>) {
    let mut fields = Fields::of(reading, entries, change.at, path);
    let lever = outline.scenario.levers.measures_mut().swap_remove(lever);
    let mut ignored = lever.measures.blank();
    let index = lever.measures.blocks().map(|blocks| blocks.len());
    let measure = lever.measures.add().unwrap_or(&mut *ignored);
    decode_measure(reading, &mut fields, &outline.names, measure, lever.needs, Some(period));
    fields.close(reading);
    (lever.name.to_owned(), index)
}

/// Adds a dated change of a mechanism's rules; gives the path of its list, and its index unless the mechanism is off.
fn add_rules(
    reading: &mut Reading,
    change: &Node,
    entries: &[Entry],
    path: &str,
    outline: &mut Outline,
    rules: usize,
    from: f64,
) -> (String, Option<usize>) {
    note_calendar(reading, &outline.scenario, path, from, None);
    let mut fields = Fields::of(reading, entries, change.at, path);
    let rules = outline.scenario.levers.rules_mut().swap_remove(rules);
    let blocks = outline.scenario.mechanisms.blocks();
    let is_on = blocks.iter().any(|(name, block)| *name == rules.mechanism && block.is_some());
    let index = rules.changes.dates().len();
    rules.changes.decode(reading, &mut fields, &outline.names, from);
    fields.close(reading);
    if is_on {
        outline.dated.entry(rules.mechanism).or_default().push(change.at);
    } else {
        rules.changes.drop_last();
    }
    (join(rules.mechanism, "changes"), is_on.then_some(index))
}

/// Moves the sources of a change to the lever that it was added to, or says that it is ignored.
fn finish(reading: &mut Reading, at: Span, lever: &str, index: Option<usize>, path: &str) {
    let prefix = format!("{path}.");
    let moved: Vec<(String, Source)> = reading
        .sources
        .range(prefix.clone()..)
        .take_while(|(path, _)| path.starts_with(&prefix))
        .map(|(path, source)| (path.clone(), source.clone()))
        .collect();
    for (path, source) in moved {
        reading.sources.remove(&path);
        if let Some(index) = index {
            reading.sources.insert(format!("{lever}.{index}.{}", &path[prefix.len()..]), source);
        }
    }
    if index.is_none() {
        let block = lever.strip_suffix(".changes").unwrap_or(lever);
        let location = reading.texts.location(at);
        reading.notes.push(format!("{location}: {block} is Off in this scenario, so this change is ignored"));
    }
}

/// Notes a change that falls outside the quarters that are run.
fn note_calendar(reading: &mut Reading, scenario: &Scenario, path: &str, from: f64, until: Option<f64>) {
    let start = f64::from(scenario.start);
    let end = start + f64::from(scenario.ticks) / 4.0;
    if from >= end {
        reading.notes.push(format!("{path}: takes effect in {from}, after the run ends ({end}), so it never happens"));
    } else if until.is_some_and(|until| until <= start) {
        reading.notes.push(format!("{path}: ends before the run starts ({start}), so it never happens"));
    } else if from < start && from > 0.0 {
        reading.notes.push(format!("{path}: begins in {from}, before the run; holds from its start ({start})"));
    }
}

/// Notes measures of the scenario itself that fall outside the quarters that are run.
pub(crate) fn note_measures(reading: &mut Reading, scenario: &Scenario) {
    let levers = &scenario.levers;
    for lever in levers.measures() {
        for (index, measure) in lever.measures.blocks().unwrap_or_default().into_iter().enumerate() {
            let Period { from, until } = period(measure);
            note_calendar(reading, scenario, &join(lever.name, index), from, until);
        }
    }
    for rules in levers.rules() {
        for (index, from) in rules.changes.dates().into_iter().enumerate() {
            note_calendar(reading, scenario, &format!("{}.changes.{index}", rules.mechanism), from, None);
        }
    }
}
