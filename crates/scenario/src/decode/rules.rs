//! Settlement rules and the dated changes of settlement rules and of the land-quota market.

use crate::faults::Problem;
use crate::levers::{Finance, LandQuotaChange, SettlementChange};
use crate::mechanisms::land_quota::TransferScope;
use crate::mechanisms::settlement_rules::{HomesteadRule, Rule, SettlementRule};
use crate::reader::{Entry, Node, Tree};
use crate::texts::Span;

use super::block::{decode_date, sourced};
use super::{Fields, Names, Reading, join, optional};

const FORMS: [&str; 5] = ["Closed", "Open", "Quota", "Residence", "Points"];

/// `[(places: …, rule: …), …]`
pub(crate) fn decode_rules(reading: &mut Reading, node: &Node, path: &str, names: &Names) -> Vec<SettlementRule> {
    let mut rules = Vec::new();
    for (index, node) in reading.list(node, path, "settlement rules").unwrap_or_default().iter().enumerate() {
        let path = join(path, index);
        let Some(mut fields) = Fields::open(reading, node, &path) else {
            continue;
        };
        let places = fields.need(reading, "places", ": write places: All, or which");
        let places = places.and_then(|node| names.places(reading, node, &join(&path, "places")));
        let rule = fields.need(reading, "rule", ": write rule: Open, or another");
        let rule = rule.and_then(|node| decode_rule(reading, node, &join(&path, "rule")));
        fields.close(reading);
        if let (Some(places), Some(rule)) = (places, rule) {
            rules.push(SettlementRule { places, rule });
        }
    }
    rules
}

fn decode_rule(reading: &mut Reading, node: &Node, path: &str) -> Option<Rule> {
    match &node.tree {
        Tree::Name(name) if &**name == "Closed" => Some(Rule::Closed),
        Tree::Name(name) if &**name == "Open" => Some(Rule::Open),
        Tree::Struct(Some(name), entries) if FORMS[2..].contains(&&**name) => {
            decode_conditions(reading, name, entries, node.at, path)
        }
        Tree::Name(name) | Tree::Tuple(Some(name), _) | Tree::Struct(Some(name), _) if !FORMS.contains(&&**name) => {
            reading.unknown(node.at, path, "settlement rule", name, FORMS.iter().copied());
            None
        }
        _ => {
            let expected = "Closed, Open, Quota(share: …), Residence(residence: …, insured: …) or Points(skill: …, …)";
            reading.wrong_type(node, path, expected);
            None
        }
    }
}

fn decode_conditions(reading: &mut Reading, name: &str, entries: &[Entry], at: Span, path: &str) -> Option<Rule> {
    const SHARE: (f64, f64) = (0.0, 1.0);
    const YEARS: (f64, f64) = (0.0, 60.0);
    let mut fields = Fields::of(reading, entries, at, path);
    let mut number = |reading: &mut Reading, name: &'static str, limits: (f64, f64), unit: &str, must: bool| {
        let node = match must {
            true => fields.need(reading, name, "")?,
            false => fields.take_optional(name)?,
        };
        let path = join(path, name);
        let (node, _) = sourced(reading, node, &path);
        match unit {
            "points" => reading.whole(node, &path, limits, unit),
            _ => reading.number(node, &path, limits, unit),
        }
    };
    let per_year = "settlers a year per registered citizen";
    let before = reading.faults.count();
    let rule = match name {
        "Quota" => Rule::Quota { share: number(reading, "share", SHARE, per_year, true).unwrap_or(0.0) },
        "Residence" => Rule::Residence {
            residence: number(reading, "residence", YEARS, "years", true).unwrap_or(0.0),
            insured: number(reading, "insured", YEARS, "years", false).unwrap_or(0.0),
            quota: number(reading, "quota", SHARE, per_year, false),
        },
        _ => {
            let mut points = |reading: &mut Reading, name: &'static str| {
                number(reading, name, (0.0, 1000.0), "points", false).map(|points| points as u32)
            };
            Rule::Points {
                skill: points(reading, "skill").unwrap_or(0),
                insured: points(reading, "insured").unwrap_or(0),
                residence: points(reading, "residence").unwrap_or(0),
                housing: points(reading, "housing").unwrap_or(0),
                threshold: number(reading, "threshold", (0.0, 1e6), "points", false).map(|points| points as u32),
                quota: number(reading, "quota", SHARE, per_year, false),
            }
        }
    };
    fields.close(reading);
    if matches!(rule, Rule::Points { threshold: None, quota: None, .. }) && reading.faults.count() == before {
        reading.fault(at, path, Problem::NoThreshold);
    }
    Some(rule)
}

/// A dated change of settlement rules, but for its date.
pub(crate) fn decode_settlement(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    from: f64,
) -> SettlementChange {
    let path = fields.path.clone();
    let rules_node = fields.take("rules");
    let rules = rules_node.map(|node| decode_rules(reading, node, &join(&path, "rules"), names)).unwrap_or_default();
    let homestead = fields
        .take_optional("homestead")
        .and_then(|node| reading.choice(node, &join(&path, "homestead"), "rule for homesteads", HomesteadRule::NAMES));
    let entry_cost = change_number(reading, fields, "entry_cost", (0.0, 10.0), "multiple of the cost of entering");
    let financed_by = fields
        .take("financed_by")
        .and_then(|node| reading.choice(node, &join(&path, "financed_by"), "way to pay", Finance::NAMES));
    if rules.is_empty() && homestead.is_none() && entry_cost.is_none() && rules_node.is_none() {
        let known = ["rules", "homestead", "entry_cost"];
        reading.fault(fields.at, &path, Problem::NoEffect { fields: known.map(str::to_owned).to_vec() });
    }
    SettlementChange {
        from,
        rules,
        homestead: homestead.and_then(HomesteadRule::named),
        entry_cost,
        financed_by: financed_by.and_then(Finance::named).unwrap_or(Finance::Wages),
    }
}

/// A dated change of the land-quota market, but for its date.
pub(crate) fn decode_land_quota(reading: &mut Reading, fields: &mut Fields<'_>, from: f64) -> LandQuotaChange {
    let path = fields.path.clone();
    // a scope may be called `None`, so that here it is a scope and not its absence
    let scope = fields
        .take("scope")
        .map(|node| match &node.tree {
            Tree::Tuple(Some(_), _) => optional(node).unwrap_or(node),
            _ => node,
        })
        .and_then(|node| reading.choice(node, &join(&path, "scope"), "scope", TransferScope::NAMES));
    let plan_growth =
        change_number(reading, fields, "plan_growth", (0.0, 0.1), "share of construction land per quarter");
    let price_quarters = change_number(reading, fields, "price_quarters", (0.0, 400.0), "quarters of the city's rent");
    if scope.is_none() && plan_growth.is_none() && price_quarters.is_none() {
        let known = ["scope", "plan_growth", "price_quarters"];
        reading.fault(fields.at, &path, Problem::NoEffect { fields: known.map(str::to_owned).to_vec() });
    }
    LandQuotaChange { from, scope: scope.and_then(TransferScope::named), plan_growth, price_quarters }
}

fn change_number(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    name: &'static str,
    limits: (f64, f64),
    unit: &str,
) -> Option<f64> {
    let node = fields.take_optional(name)?;
    let path = fields.path(name);
    let (node, source) = sourced(reading, node, &path);
    reading.sources.insert(path.clone(), source);
    reading.number(node, &path, limits, unit)
}

/// The `changes: […]` of a block, each with its date.
pub(crate) fn decode_changes<C>(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    mut change: impl FnMut(&mut Reading, &mut Fields<'_>, f64) -> C,
) -> Vec<(C, Span)> {
    let path = fields.path("changes");
    let Some(node) = fields.take("changes") else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for (index, node) in reading.list(node, &path, "dated changes").unwrap_or_default().iter().enumerate() {
        let path = join(&path, index);
        let Some(mut fields) = Fields::open(reading, node, &path) else {
            continue;
        };
        let at = fields.need(reading, "at", ": write at: 2014, or another date");
        let from = at.and_then(|node| decode_date(reading, node, &join(&path, "at")));
        let decoded = change(reading, &mut fields, from.unwrap_or(0.0));
        fields.close(reading);
        changes.push((decoded, node.at));
    }
    changes
}
