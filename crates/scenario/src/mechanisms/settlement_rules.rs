//! Settlement rules: who may settle where, in what order, and what becomes of the homestead left behind.

use crate::choice::choices;
use crate::parameters::{Block, Parameter, Value, parameters};
use crate::place::{Level, Where};
use crate::reading::{Fields, Names, Reading};
use crate::written::{self, Written};

use super::slot::More;
pub use rules::{Rule, SettlementRule};
pub(crate) use rules::{decode_rules, written_rule};

mod rules;

choices! {
    /// What a person who settles in a city must do with the homestead.
    pub enum HomesteadRule {
        /// Keeps it; it is left idle.
        Keep,
        /// Gives it back without payment.
        Surrender,
        /// Sells it through the land-quota market.
        Sell,
    }
}

parameters! {
    /// Settlement rules: who may settle where, and what becomes of the homestead left behind.
    pub struct SettlementParameters = "settlement_rules" {
        /// Eligible migrants who apply in a quarter if settling is worth it to them.
        application_rate: f64 = 0.25, "share per quarter", 0.0..=1.0, Assumed("people think of it about once a year");
        /// What leaving the land is worth to a settler who must give it up, as utility.
        land_attachment: f64 = 0.10, "utility", 0.0..=5.0, Assumed("value of docs/reference/mean_field.py");
        /// Cost of entering a general city without registration (papers, fees, work bans).
        entry_cost: f64 = 0.25, "utility", 0.0..=10.0, Assumed("value of docs/reference/mean_field.py");
        /// The same in central cities.
        entry_cost_centre: f64 = 0.25, "utility", 0.0..=10.0, Assumed("value of docs/reference/mean_field.py");
        /// Settlers under `Surrender` or `Sell` whose homestead is really released.
        release_share: f64 = 0.6, "share", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py: many houses stay with kin");
        /// What becomes of a settler's homestead.
        homestead: HomesteadRule = HomesteadRule::Sell, "", Assumed("the standard case of docs/reference/mean_field.py");
        /// Quarters of work without a break that count as stable housing in a points rule.
        stable_quarters: u32 = 4, "quarters", 1..=255, Assumed("a year's contract");
        /// Whether citizens of another city register where they arrive, if the rule there is `Open`.
        register_on_arrival: bool = false, "", Assumed("registration does not follow a move between cities; on, the textbook case of people who belong where they live");
    }
}

/// The block `settlement_rules`: its numbers, and the rules in force from the start. Where several rules name a place,
/// the last holds; where none does, `Closed`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SettlementRules {
    /// Numbers of the block.
    pub parameters: SettlementParameters,
    /// Rules at the start (`rules: [(places: All, rule: Closed), …]`).
    pub rules: Vec<SettlementRule>,
}

impl Block for SettlementRules {
    fn block(&self) -> &'static str {
        self.parameters.block()
    }
    fn doc(&self) -> &'static str {
        self.parameters.doc()
    }
    fn fields(&self) -> Vec<Parameter> {
        self.parameters.fields()
    }
    fn get(&self, name: &str) -> Option<Value> {
        self.parameters.get(name)
    }
    fn set(&mut self, name: &str, value: Value) {
        self.parameters.set(name, value);
    }
}

impl More for SettlementRules {
    fn decode_more(&mut self, reading: &mut Reading, fields: &mut Fields<'_>, names: &Names) {
        if let Some(node) = fields.take("rules") {
            self.rules = decode_rules(reading, node, &fields.path("rules"), names);
        }
    }
    fn write_more(&self) -> written::Fields {
        vec![("rules", Written::List(self.rules.iter().map(written_rule).collect()))]
    }
}

impl Default for SettlementRules {
    fn default() -> Self {
        let rule = |years: f64, quota: f64| Rule::Residence { residence: years, insured: years, quota: Some(quota) };
        SettlementRules {
            parameters: SettlementParameters::default(),
            rules: vec![
                SettlementRule { places: Where::All, rule: rule(5.0, 0.008) },
                SettlementRule { places: Where::Level(Level::Centre), rule: rule(8.0, 0.004) },
            ],
        }
    }
}
