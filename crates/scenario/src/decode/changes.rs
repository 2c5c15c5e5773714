//! Changes of a policy, and the notes on what falls outside the calendar.

use crate::faults::Problem;
use crate::levers::Period;
use crate::parameters::{Block, Source};
use crate::reader::{Node, Tree};
use crate::scenario::Scenario;
use crate::texts::Span;

use super::block::{decode_date, decode_period};
use super::levers::decode_measure;
use super::rules::{decode_land_quota, decode_settlement};
use super::{Fields, Names, Reading, join};

/// What a policy can change, and the lever that each adds to.
const KINDS: [&str; 10] = [
    "Settlement",
    "LandQuota",
    "ServiceReform",
    "Barrier",
    "Transport",
    "Communications",
    "Subsidy",
    "Park",
    "VillageConsolidation",
    "FarmPolicy",
];

/// Where the dated changes of a scenario were given, in the order in which they stand in its levers.
#[derive(Debug, Default)]
pub(crate) struct Dated {
    pub(crate) settlement: Vec<Span>,
    pub(crate) land_quota: Vec<Span>,
}

/// Adds a change of a policy to the levers of a scenario.
pub(crate) fn decode_change(
    reading: &mut Reading,
    node: &Node,
    path: &str,
    names: &Names,
    scenario: &mut Scenario,
    dated: &mut Dated,
) {
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
    let Some(kind) = KINDS.iter().find(|known| **known == kind).copied() else {
        reading.unknown(change.at, path, "change", kind, KINDS.iter().copied());
        return;
    };
    let mut inner = Fields::of(reading, entries, change.at, &join(path, kind));
    if matches!(kind, "Settlement" | "LandQuota") {
        let from = at.and_then(|node| decode_date(reading, node, &join(path, "at"))).unwrap_or(0.0);
        if let Some(until) = outer.take("until") {
            let rule = "a change of rules has no `until`; add a second change that sets the former rules again";
            reading.fault(until.at, path, Problem::InvalidCombination { rule });
        }
        outer.close(reading);
        add_rules(reading, kind, &mut inner, names, from, scenario, dated, change.at);
        inner.close(reading);
        return;
    }
    let period = decode_period(reading, &mut outer).unwrap_or(Period::ALWAYS);
    outer.close(reading);
    note_calendar(reading, scenario, path, period.from, period.until);
    let levers = &mut scenario.levers;
    let (lever, index) = match kind {
        "ServiceReform" => ("service_reform", add(reading, &mut inner, names, period, &mut levers.service_reform)),
        "Barrier" => ("barriers", add(reading, &mut inner, names, period, &mut levers.barriers)),
        "Transport" => ("transport", add(reading, &mut inner, names, period, &mut levers.transport)),
        "Communications" => ("communications", add(reading, &mut inner, names, period, &mut levers.communications)),
        "Subsidy" => ("subsidies", add(reading, &mut inner, names, period, &mut levers.subsidies)),
        "Park" => ("parks", add(reading, &mut inner, names, period, &mut levers.parks)),
        "VillageConsolidation" => {
            ("village_consolidation", add(reading, &mut inner, names, period, &mut levers.village_consolidation))
        }
        _ => ("farm_policy", add(reading, &mut inner, names, period, &mut levers.farm_policy)),
    };
    let from_path = inner.path.clone();
    inner.close(reading);
    finish(reading, change.at, lever, index, &from_path);
}

fn add<M: Block + Default>(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    period: Period,
    lever: &mut Option<Vec<M>>,
) -> Option<usize> {
    let measure = decode_measure(reading, fields, names, Some(period));
    let measures = lever.as_mut()?;
    measures.push(measure);
    Some(measures.len() - 1)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one change, each of its own kind")]
fn add_rules(
    reading: &mut Reading,
    kind: &str,
    inner: &mut Fields<'_>,
    names: &Names,
    from: f64,
    scenario: &mut Scenario,
    dated: &mut Dated,
    at: Span,
) {
    note_calendar(reading, scenario, &inner.path, from, None);
    let path = inner.path.clone();
    if kind == "Settlement" {
        let change = decode_settlement(reading, inner, names, from);
        let on = scenario.mechanisms.settlement_rules.is_some();
        if on {
            scenario.levers.settlement.push(change);
            dated.settlement.push(at);
        }
        let index = scenario.levers.settlement.len().saturating_sub(1);
        finish(reading, at, "settlement_rules.changes", on.then_some(index), &path);
    } else {
        let change = decode_land_quota(reading, inner, from);
        let on = scenario.mechanisms.land_quota.is_some();
        if on {
            scenario.levers.land_quota.push(change);
            dated.land_quota.push(at);
        }
        let index = scenario.levers.land_quota.len().saturating_sub(1);
        finish(reading, at, "land_quota.changes", on.then_some(index), &path);
    }
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
    fn periods<M>(measures: &Option<Vec<M>>, period: impl Fn(&M) -> Period) -> Vec<Period> {
        measures.iter().flatten().map(period).collect()
    }
    let levers = &scenario.levers;
    let all = [
        ("barriers", periods(&levers.barriers, |measure| measure.period)),
        ("transport", periods(&levers.transport, |measure| measure.period)),
        ("communications", periods(&levers.communications, |measure| measure.period)),
        ("subsidies", periods(&levers.subsidies, |measure| measure.period)),
        ("parks", periods(&levers.parks, |measure| measure.period)),
        ("village_consolidation", periods(&levers.village_consolidation, |measure| measure.period)),
        ("service_reform", periods(&levers.service_reform, |measure| measure.period)),
        ("farm_policy", periods(&levers.farm_policy, |measure| measure.period)),
        ("settlement_rules.changes", levers.settlement.iter().map(|change| from(change.from)).collect()),
        ("land_quota.changes", levers.land_quota.iter().map(|change| from(change.from)).collect()),
    ];
    for (lever, periods) in all {
        for (index, period) in periods.into_iter().enumerate() {
            note_calendar(reading, scenario, &join(lever, index), period.from, period.until);
        }
    }
}

fn from(date: f64) -> Period {
    Period { from: date, until: None }
}
