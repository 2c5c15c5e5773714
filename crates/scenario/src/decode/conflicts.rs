//! Changes that set the same thing at the same date.

use crate::faults::Problem;
use crate::levers::SettlementChange;
use crate::mechanisms::settlement_rules::SettlementRule;
use crate::place::{Place, Where};
use crate::texts::Span;

use super::{Outline, Reading};

/// Reports changes that set the same thing at the same date.
pub(crate) fn check_conflicts(reading: &mut Reading, outline: &Outline) {
    let levers = &outline.scenario.levers;
    let places = &outline.scenario.places;
    let by_date = |mut order: Vec<usize>, date: &dyn Fn(usize) -> f64| {
        order.sort_by(|a, b| date(*a).total_cmp(&date(*b)));
        let groups = order.chunk_by(|a, b| date(*a) == date(*b));
        groups.filter(|group| group.len() > 1).map(<[usize]>::to_vec).collect::<Vec<_>>()
    };
    let settlement = by_date((0..levers.settlement.len()).collect(), &|index| levers.settlement[index].from);
    for (first, second) in settlement.iter().flat_map(|group| pairs(group)) {
        if let Some(what) = same_settlement(&levers.settlement[first], &levers.settlement[second], places) {
            report(reading, what, levers.settlement[second].from, &outline.dated.settlement, first, second);
        }
    }
    let land_quota = by_date((0..levers.land_quota.len()).collect(), &|index| levers.land_quota[index].from);
    for (first, second) in land_quota.iter().flat_map(|group| pairs(group)) {
        let (one, other) = (&levers.land_quota[first], &levers.land_quota[second]);
        let what = if one.scope.is_some() && other.scope.is_some() {
            "the scope of land quotas"
        } else if one.plan_growth.is_some() && other.plan_growth.is_some() {
            "the plan growth of construction land"
        } else if one.price_quarters.is_some() && other.price_quarters.is_some() {
            "the price of land quotas"
        } else {
            continue;
        };
        report(reading, what, other.from, &outline.dated.land_quota, first, second);
    }
}

/// Each change with the next few of its date: a quarrel among many shows between neighbours.
fn pairs(group: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let nearby = move |(index, first): (usize, &'_ usize)| {
        let first = *first;
        group.iter().skip(index + 1).take(50).map(move |second| (first, *second))
    };
    group.iter().enumerate().flat_map(nearby)
}

fn same_settlement(one: &SettlementChange, other: &SettlementChange, places: &[Place]) -> Option<&'static str> {
    if one.homestead.is_some() && other.homestead.is_some() {
        return Some("the rule for homesteads");
    }
    let rules = |change: &SettlementChange| change.rules.iter().take(100).cloned().collect::<Vec<SettlementRule>>();
    let others = rules(other);
    let both = |rule: &SettlementRule| others.iter().any(|other| overlap(&rule.places, &other.places, places));
    rules(one).iter().any(both).then_some("settlement rules of the same places")
}

/// Whether two sets can name the same place. City sizes change, so that a tier can meet any set that is not a tier.
fn overlap(one: &Where, other: &Where, places: &[Place]) -> bool {
    match (one, other) {
        (Where::Tier { from, below }, Where::Tier { from: other_from, below: other_below }) => {
            let before = |below: &Option<f64>, from: &f64| below.is_some_and(|below| below <= *from);
            !before(below, other_from) && !before(other_below, from)
        }
        (Where::Tier { .. }, set) | (set, Where::Tier { .. }) => places.iter().any(|place| set.names(place, 0.0)),
        (one, other) => places.iter().any(|place| one.names(place, 0.0) && other.names(place, 0.0)),
    }
}

fn report(reading: &mut Reading, what: &'static str, date: f64, given: &[Span], first: usize, second: usize) {
    if let (Some(first), Some(second)) = (given.get(first).copied(), given.get(second).copied()) {
        let (one, other) = (reading.texts.location(first).to_string(), reading.texts.location(second).to_string());
        reading.fault(second, "", Problem::Conflict { at: date, what, first: one, second: other });
    }
}
