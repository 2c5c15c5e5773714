//! Settlement rules: what they say, and how they are read and written.

use crate::faults::Problem;
use crate::place::Where;
use crate::reader::{Entry, Node, Tree};
use crate::reading::{Fields, Names, Reading, join, sourced};
use crate::texts::Span;
use crate::written::Written;

/// Who may settle: one rule for one set of places. All conditions of a rule must hold.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SettlementRule {
    /// Places that the rule is for.
    pub places: Where,
    /// The rule.
    pub rule: Rule,
}

/// A settlement rule. In RON: `Closed`, `Open`, `Quota(share: 0.004)`,
/// `Residence(residence: 5, insured: 3)`, `Residence(residence: 8, insured: 8, quota: 0.004)`,
/// `Points(skill: 60, insured: 5, residence: 3, housing: 0, threshold: 71)`,
/// `Points(skill: 60, insured: 5, residence: 3, housing: 0, quota: 0.002)`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Rule {
    /// No one may settle.
    Closed,
    /// Everyone who lives there may settle.
    Open,
    /// Anyone may apply; settlers per year up to a share of the registered population; lottery among applicants.
    Quota {
        /// Settlers a year per registered citizen.
        share: f64,
    },
    /// So many years of residence and of insured work, and possibly a quota.
    Residence {
        /// Years in the place.
        residence: f64,
        /// Years of insured work in the place.
        insured: f64,
        /// Settlers a year per registered citizen, if limited.
        quota: Option<f64>,
    },
    /// Points for skill, years of insurance, years of residence and housing: a threshold, a yearly ranking under a
    /// quota, or both (at least one must be given).
    Points {
        /// Points of a skilled worker.
        skill: u32,
        /// Points a year of insured work.
        insured: u32,
        /// Points a year of residence.
        residence: u32,
        /// Points of a person in stable work (who is taken to have stable housing), see `stable_quarters`.
        housing: u32,
        /// Points needed.
        threshold: Option<u32>,
        /// Settlers a year per registered citizen.
        quota: Option<f64>,
    },
}

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

/// A rule as it is written.
pub(crate) fn written_rule(rule: &SettlementRule) -> Written {
    let rule_written = match rule.rule {
        Rule::Closed => Written::Name("Closed"),
        Rule::Open => Written::Name("Open"),
        Rule::Quota { share } => Written::NamedFields("Quota", vec![("share", share.into())]),
        Rule::Residence { residence, insured, quota } => {
            let fields = vec![("residence", residence.into()), ("insured", insured.into()), ("quota", quota.into())];
            Written::NamedFields("Residence", fields)
        }
        Rule::Points { skill, insured, residence, housing, threshold, quota } => Written::NamedFields(
            "Points",
            vec![
                ("skill", skill.into()),
                ("insured", insured.into()),
                ("residence", residence.into()),
                ("housing", housing.into()),
                ("threshold", threshold.into()),
                ("quota", quota.into()),
            ],
        ),
    };
    Written::Fields(vec![("places", (&rule.places).into()), ("rule", rule_written)])
}
