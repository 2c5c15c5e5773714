//! Changes that set the same thing at the same date.

use crate::faults::Problem;
use crate::reading::Reading;
use crate::texts::Span;

use super::outline::Outline;

/// Reports changes that set the same thing at the same date.
pub(crate) fn check_conflicts(reading: &mut Reading, outline: &Outline) {
    for rules in outline.scenario.levers.rules() {
        let (dates, history) = (rules.changes.dates(), rules.changes.are_history());
        let mut order: Vec<usize> = (0..dates.len()).collect();
        order.sort_by(|a, b| history[*a].cmp(&history[*b]).then(dates[*a].total_cmp(&dates[*b])));
        // History gives way to what is no history, so that the two cannot contradict each other.
        let together = |a: &usize, b: &usize| dates[*a] == dates[*b] && history[*a] == history[*b];
        let given = outline.dated.get(rules.mechanism).map(Vec::as_slice).unwrap_or_default();
        for (first, second) in order.chunk_by(together).flat_map(pairs) {
            if let Some(what) = rules.changes.conflict(first, second, &outline.scenario.places) {
                report(reading, what, dates[second], given, first, second);
            }
        }
    }
}

/// Each change with the next 50 of its date: a conflict among many shows between neighbours.
fn pairs(group: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let nearby = move |(index, first): (usize, &'_ usize)| {
        let first = *first;
        group.iter().skip(index + 1).take(50).map(move |second| (first, *second))
    };
    group.iter().enumerate().flat_map(nearby)
}

fn report(reading: &mut Reading, what: &'static str, date: f64, given: &[Span], first: usize, second: usize) {
    if let (Some(first), Some(second)) = (given.get(first).copied(), given.get(second).copied()) {
        let (one, other) = (reading.texts.location(first).to_string(), reading.texts.location(second).to_string());
        reading.fault(second, "", Problem::Conflict { at: date, what, first: one, second: other });
    }
}
