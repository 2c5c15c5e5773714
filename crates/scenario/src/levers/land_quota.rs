//! Dated changes of the land-quota market.

use crate::faults::Problem;
use crate::mechanisms::land_quota::TransferScope;
use crate::place::Place;
use crate::reader::Tree;
use crate::reading::{Fields, Names, Reading, join, optional};
use crate::written::{Sources, Written, with_source};

use super::changes::{RuleChange, change_number, change_of_history, written_history};

/// A dated change of the land-quota market (a policy's `LandQuota`).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LandQuotaChange {
    /// From when.
    pub from: f64,
    /// New scope, if given.
    pub scope: Option<TransferScope>,
    /// New plan growth, if given.
    pub plan_growth: Option<f64>,
    /// New price in quarters of rent, if given.
    pub price_quarters: Option<f64>,
    /// Whether it is history: it gives way to changes that are not, whatever their dates.
    pub history: bool,
}

impl RuleChange for LandQuotaChange {
    fn date(&self) -> f64 {
        self.from
    }

    fn history(&mut self) -> &mut bool {
        &mut self.history
    }

    fn is_history(&self) -> bool {
        self.history
    }

    fn decode(reading: &mut Reading, fields: &mut Fields<'_>, _: &Names, from: f64) -> Self {
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
        let price_quarters =
            change_number(reading, fields, "price_quarters", (0.0, 400.0), "quarters of the city's rent");
        if scope.is_none() && plan_growth.is_none() && price_quarters.is_none() {
            let known = ["scope", "plan_growth", "price_quarters"];
            reading.fault(fields.at, &path, Problem::NoEffect { fields: known.map(str::to_owned).to_vec() });
        }
        let history = change_of_history(reading, fields);
        LandQuotaChange { from, scope: scope.and_then(TransferScope::named), plan_growth, price_quarters, history }
    }

    fn conflict(&self, other: &Self, _: &[Place]) -> Option<&'static str> {
        if self.scope.is_some() && other.scope.is_some() {
            Some("the scope of land quotas")
        } else if self.plan_growth.is_some() && other.plan_growth.is_some() {
            Some("the plan growth of construction land")
        } else if self.price_quarters.is_some() && other.price_quarters.is_some() {
            Some("the price of land quotas")
        } else {
            None
        }
    }

    fn written(&self, sources: &Sources, path: &str) -> Written {
        let number = |name: &'static str, value: Option<f64>| {
            value.map(|value| (name, with_source(sources, &join(path, name), value.into())))
        };
        let mut fields = vec![("at", self.from.into())];
        fields.extend(self.scope.map(|scope| ("scope", Written::Name(scope.name()))));
        fields.extend(number("plan_growth", self.plan_growth));
        fields.extend(number("price_quarters", self.price_quarters));
        fields.extend(written_history(self.history));
        Written::Fields(fields)
    }
}
