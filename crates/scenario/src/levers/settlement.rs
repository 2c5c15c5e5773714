//! Dated changes of settlement rules.

use crate::faults::Problem;
use crate::mechanisms::settlement_rules::{HomesteadRule, SettlementRule, decode_rules, written_rule};
use crate::place::{Place, Where};
use crate::reading::{Fields, Names, Reading, join};
use crate::written::{Sources, Written, with_source};

use super::changes::{RuleChange, change_number, change_of_history, written_history};
use super::finance::Finance;

/// A dated change of settlement rules (a policy's `Settlement`).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SettlementChange {
    /// From when.
    pub from: f64,
    /// Rules that take the place of those before, for the places they name.
    pub rules: Vec<SettlementRule>,
    /// A new rule for homesteads, if given.
    pub homestead: Option<HomesteadRule>,
    /// A new multiple of the cost of entering without registration for places named in `rules`, if given. In 0..=10.
    pub entry_cost: Option<f64>,
    /// Who pays for the services that newly settled people receive.
    pub financed_by: Finance,
    /// Whether it is history: it gives way to changes that are not, whatever their dates.
    pub history: bool,
}

impl RuleChange for SettlementChange {
    fn date(&self) -> f64 {
        self.from
    }

    fn history(&mut self) -> &mut bool {
        &mut self.history
    }

    fn is_history(&self) -> bool {
        self.history
    }

    fn decode(reading: &mut Reading, fields: &mut Fields<'_>, names: &Names, from: f64) -> Self {
        let path = fields.path.clone();
        let rules_node = fields.take("rules");
        let rules =
            rules_node.map(|node| decode_rules(reading, node, &join(&path, "rules"), names)).unwrap_or_default();
        let homestead = fields.take_optional("homestead").and_then(|node| {
            reading.choice(node, &join(&path, "homestead"), "rule for homesteads", HomesteadRule::NAMES)
        });
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
            history: change_of_history(reading, fields),
        }
    }

    fn conflict(&self, other: &Self, places: &[Place]) -> Option<&'static str> {
        if self.homestead.is_some() && other.homestead.is_some() {
            return Some("the rule for homesteads");
        }
        let rules = |change: &SettlementChange| change.rules.iter().take(100).cloned().collect::<Vec<SettlementRule>>();
        let others = rules(other);
        let both = |rule: &SettlementRule| others.iter().any(|other| overlap(&rule.places, &other.places, places));
        rules(self).iter().any(both).then_some("settlement rules of the same places")
    }

    fn written(&self, sources: &Sources, path: &str) -> Written {
        let cost = |cost: f64| with_source(sources, &join(path, "entry_cost"), cost.into());
        let mut written = vec![
            ("at", self.from.into()),
            ("rules", Written::List(self.rules.iter().map(written_rule).collect())),
            ("homestead", self.homestead.map_or(Written::Nothing, |homestead| Written::Name(homestead.name()))),
            ("entry_cost", self.entry_cost.map_or(Written::Nothing, cost)),
            ("financed_by", Written::Name(self.financed_by.name())),
        ];
        written.extend(written_history(self.history));
        Written::Fields(written)
    }
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
