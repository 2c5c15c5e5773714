//! Settlement rules: which rule holds where this quarter, what entering costs, and what new citizens cost.
//!
//! - **Reads** [`CityProper`], [`Services`], [`Population`], [`Programme::newly_settled`]. **Writes** rules, homestead rule
//!   and entry costs in [`SettlementPolicy`]; outlays in [`Programme`]; [`SettledUnderChange`].
//! - **Phase** [`Phase::Policy`]. **Chance** none: lotteries are the rationing's. **Equation** [`admission`] says
//!   whom a rule admits; [`economics::programmes::settlers_services`] what new citizens cost.
//! - **Who decides**: the rules of the block, then those of changes in the order of their dates; the last that names a
//!   place holds; where none does, nobody may settle. Entry costs multiply over the changes whose rules name the place.
//! - **Money**: who settles in a place while its rule differs from that of the block receives a citizen's services; the part
//!   that did not reach him before is paid for as the change that set the rule says, and paid to those who provide it.
//! - **Switched off**: nobody settles, homesteads are kept, entering a city costs nothing.

pub mod admission;
pub mod applications;

use bevy_ecs::prelude::*;
use economics::programmes::settlers_services;
use scenario::levers::{Finance, SettlementChange};
use scenario::mechanisms::settlement_rules::{Rule, SettlementParameters, SettlementRules};
use scenario::place::{Level, Where};
use serde::{Deserialize, Serialize};

use crate::mechanisms::measures::{CityProper, Payee, PolicyStep};
pub use admission::{eligible, quota_share, score};
use applications::{Applications, QuotaRoom, apply_to_settle, find_cutoffs};

use crate::clock::Clock;
use crate::mechanisms::migrant_location::PlaceChoices;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Outlay, PlaceTable, Population, Programme, Services, SettlementPolicy};
use crate::plugin::Plugin;

/// Adds the mechanism: the block of the scenario and the dated changes.
pub struct SettlementRulesPlugin {
    /// The block.
    pub block: SettlementRules,
    /// Dated changes, in any order.
    pub changes: Vec<SettlementChange>,
    /// How sharply people tell settling from not settling: the precision of migrant location.
    pub precision: f64,
}

#[derive(Resource)]
struct Settlement {
    block: SettlementRules,
    changes: Vec<SettlementChange>,
}

/// Who settled under a changed rule, by place: the cost of a change counts them and nobody else.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SettledUnderChange {
    /// All settlers so far as of the last look, thousand persons.
    seen: Vec<f64>,
    /// Settlers while the rule of the place differed from that of the block, thousand persons.
    pub settled: Vec<f64>,
    /// Whether they differed in the last quarter.
    changed: Vec<bool>,
}

impl Plugin for SettlementRulesPlugin {
    fn build(&self, model: &mut Model) {
        let places = model.world.resource::<PlaceTable>().places.len();
        let mut changes = self.changes.clone();
        changes.sort_by(|one, other| one.from.total_cmp(&other.from));
        model.world.insert_resource(Settlement { block: self.block.clone(), changes });
        model.world.insert_resource(SettledUnderChange {
            seen: vec![0.0; places],
            settled: vec![0.0; places],
            changed: vec![false; places],
        });
        model.keep::<SettledUnderChange>("settled_under_change");
        model.world.insert_resource(Applications { numbers: self.block.parameters.clone(), precision: self.precision });
        model.world.init_resource::<QuotaRoom>();
        model.keep::<QuotaRoom>("quota_room");
        model.add_systems(Phase::Choices, apply_to_settle.after(PlaceChoices));
        model.add_systems(Phase::Rationing, find_cutoffs);
        model.add_systems(Phase::Policy, (charge_services, resolve_rules).chain().in_set(PolicyStep::Settlement));
    }
}

impl Settlement {
    fn in_force<'a>(&'a self, clock: &'a Clock) -> impl DoubleEndedIterator<Item = &'a SettlementChange> {
        self.changes.iter().filter(|change| clock.within(change.from, None))
    }

    /// Who pays for settlers of a place: as the latest change says whose rules name it; if none does by now (it has
    /// grown out of a tier), as the latest of all.
    fn financed_by(&self, clock: &Clock, named: impl Fn(&Where) -> bool) -> Option<Finance> {
        let names_it = |change: &&SettlementChange| change.rules.iter().any(|rule| named(&rule.places));
        let last = self.in_force(clock).rev().find(names_it).or_else(|| self.in_force(clock).next_back());
        last.map(|change| change.financed_by)
    }

    /// The last rule of the block that names the place.
    fn rule_of_block(&self, named: impl Fn(&Where) -> bool) -> Rule {
        let last = self.block.rules.iter().rev().find(|rule| named(&rule.places));
        last.map_or(Rule::Closed, |rule| rule.rule.clone())
    }
}

/// Cost of entering a place without registration, before any change.
fn entry_cost(parameters: &SettlementParameters, level: Level) -> f64 {
    if level == Level::Centre { parameters.entry_cost_centre } else { parameters.entry_cost }
}

fn resolve_rules(
    settlement: Res<Settlement>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    mut policy: ResMut<SettlementPolicy>,
    mut log: ResMut<SettledUnderChange>,
) {
    let parameters = &settlement.block.parameters;
    policy.homestead = parameters.homestead;
    policy.stable_quarters = parameters.stable_quarters.min(u8::MAX.into()) as u8;
    for change in settlement.in_force(&clock) {
        policy.homestead = change.homestead.unwrap_or(policy.homestead);
    }
    for place in 0..table.places.len() {
        let named = |places: &_| proper.named(places, &table, place);
        let base_rule = settlement.rule_of_block(named);
        let mut rule = base_rule.clone();
        let mut cost = entry_cost(parameters, table.places[place].level);
        for change in settlement.in_force(&clock) {
            let mut naming = change.rules.iter().rev().filter(|rule| named(&rule.places));
            if let Some(last) = naming.next() {
                rule.clone_from(&last.rule);
                cost *= change.entry_cost.unwrap_or(1.0);
            }
        }
        log.changed[place] = rule != base_rule;
        policy.registers_arrivals[place] = parameters.register_on_arrival && rule == Rule::Open;
        policy.rules[place] = rule;
        policy.entry_cost[place] = cost;
    }
}

/// Counts who settled under the rule of the last quarter and charges their services.
#[expect(clippy::too_many_arguments, reason = "what settlers cost depends on rules, people and services")]
fn charge_services(
    settlement: Res<Settlement>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    population: Res<Population>,
    services: Res<Services>,
    mut log: ResMut<SettledUnderChange>,
    mut programme: ResMut<Programme>,
) {
    let log = &mut *log;
    for place in 0..log.settled.len() {
        let settled = programme.newly_settled[place];
        if log.changed[place] {
            log.settled[place] += settled - log.seen[place];
        }
        log.seen[place] = settled;
        let named = |places: &_| proper.named(places, &table, place);
        if let Some(financed_by) = settlement.financed_by(&clock, named) {
            let cost = settlers_services(
                log.settled[place],
                services.spending[place],
                population.urban[place],
                services.migrant_access[place],
            );
            programme.bill(Outlay::SettlersServices, place, Payee::City, financed_by, cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::small_model;
    use scenario::mechanisms::settlement_rules::{HomesteadRule, SettlementRule};

    const QUOTA: Rule = Rule::Quota { share: 0.01 };

    fn rules(rules: &[(Where, Rule)]) -> Vec<SettlementRule> {
        rules.iter().map(|(places, rule)| SettlementRule { places: places.clone(), rule: rule.clone() }).collect()
    }

    fn block() -> SettlementRules {
        let parameters = SettlementParameters {
            entry_cost: 0.25,
            entry_cost_centre: 0.5,
            homestead: HomesteadRule::Keep,
            ..SettlementParameters::default()
        };
        SettlementRules {
            parameters,
            rules: rules(&[(Where::All, QUOTA), (Where::Level(Level::Centre), Rule::Closed)]),
        }
    }

    fn change(from: f64, new_rules: &[(Where, Rule)]) -> SettlementChange {
        SettlementChange {
            from,
            rules: rules(new_rules),
            homestead: None,
            entry_cost: None,
            financed_by: Finance::CityDebt,
        }
    }

    fn model(changes: Vec<SettlementChange>) -> Model {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&SettlementRulesPlugin { block: block(), changes, precision: 3.2 });
        model
    }

    fn policy(model: &Model) -> &SettlementPolicy {
        model.world.resource::<SettlementPolicy>()
    }

    #[test]
    fn the_last_rule_that_names_a_place_holds_and_centres_have_their_own_cost() {
        let mut model = model(Vec::new());
        model.tick().unwrap();
        assert_eq!(policy(&model).rules, [Rule::Closed, QUOTA, QUOTA]);
        assert_eq!(policy(&model).entry_cost, [0.5, 0.25, 0.25]);
        assert_eq!(policy(&model).homestead, HomesteadRule::Keep);
    }

    #[test]
    fn a_place_that_no_rule_names_is_closed() {
        let mut model = small_model(2);
        let rules = rules(&[(Where::Places(vec!["middle".to_owned()]), Rule::Open)]);
        let block = SettlementRules { parameters: SettlementParameters::default(), rules };
        model.add(&MeasuresPlugin).add(&SettlementRulesPlugin { block, changes: Vec::new(), precision: 3.2 });
        model.tick().unwrap();
        assert_eq!(policy(&model).rules, [Rule::Closed, Rule::Open]);
    }

    #[test]
    fn changes_take_over_in_the_order_of_their_dates() {
        let east = Where::Places(vec!["east".to_owned()]);
        let mut later = change(2010.5, &[(east.clone(), QUOTA)]);
        later.entry_cost = Some(0.5);
        later.homestead = Some(HomesteadRule::Sell);
        let mut sooner = change(2010.25, &[(Where::All, Rule::Open)]);
        sooner.entry_cost = Some(0.5);
        let mut model = model(vec![later, sooner]);
        let mut seen = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            let policy = policy(&model);
            seen.push((policy.rules.clone(), policy.entry_cost.clone(), policy.homestead));
        }
        assert_eq!(seen[0], (vec![Rule::Closed, QUOTA, QUOTA], vec![0.5, 0.25, 0.25], HomesteadRule::Keep));
        assert_eq!(seen[1], (vec![Rule::Open; 3], vec![0.25, 0.125, 0.125], HomesteadRule::Keep));
        assert_eq!(seen[2].0, [QUOTA, Rule::Open, Rule::Open]);
        assert_eq!((seen[2].1.clone(), seen[2].2), (vec![0.125; 3], HomesteadRule::Sell));
    }

    #[test]
    fn a_tier_follows_the_growth_of_the_city() {
        let large = Where::Tier { from: 600_000.0, below: None };
        let mut model = model(vec![change(2010.0, &[(large, Rule::Open)])]);
        model.tick().unwrap();
        assert_eq!(policy(&model).rules[1], QUOTA);
        // Half of 1,200 thousand urban residents live in the districts.
        model.world.resource_mut::<Population>().urban[1] = 1200.0;
        model.tick().unwrap();
        assert_eq!(policy(&model).rules[1], Rule::Open);
    }

    #[test]
    fn only_settlers_under_a_changed_rule_are_charged_to_the_change() {
        let mut model = model(vec![change(2010.25, &[(Where::Places(vec!["middle".to_owned()]), Rule::Open)])]);
        let mut costs = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            let mut programme = model.world.resource_mut::<Programme>();
            costs.push((programme.cost, programme.outlay_debt[1]));
            programme.outlay_debt.fill(0.0);
            // In every quarter 10 thousand people settle in every place.
            programme.newly_settled.iter_mut().for_each(|settled| *settled += 10.0);
        }
        // Who settled in the first quarter did so under the old rule; then 10 × .6 × .75.
        assert_eq!(costs, [(0.0, 0.0), (0.0, 0.0), (4.5, 4.5)]);
        assert_eq!(model.world.resource::<SettledUnderChange>().settled, [0.0, 10.0, 0.0]);
    }

    #[test]
    fn a_change_of_homesteads_alone_neither_costs_nor_takes_over_the_bill() {
        let mut homesteads = change(2010.0, &[]);
        homesteads.homestead = Some(HomesteadRule::Sell);
        homesteads.financed_by = Finance::Wages;
        let rules = change(2010.0, &[(Where::Places(vec!["middle".to_owned()]), Rule::Open)]);
        let mut model = model(vec![rules, homesteads]);
        model.tick().unwrap();
        model.world.resource_mut::<Programme>().newly_settled.fill(10.0);
        model.tick().unwrap();
        let programme = model.world.resource::<Programme>();
        assert_eq!((&programme.outlay_debt, &programme.outlay_wages), (&vec![0.0, 4.5, 0.0], &vec![0.0; 3]));
    }

    #[test]
    fn a_change_that_changes_nothing_costs_nothing_and_leaves_the_same_bytes() {
        let mut same = change(2010.0, &[(Where::Places(vec!["middle".to_owned()]), QUOTA)]);
        same.entry_cost = Some(1.0);
        same.homestead = Some(HomesteadRule::Keep);
        let mut hashes = Vec::new();
        for changes in [Vec::new(), vec![same]] {
            let mut model = model(changes);
            model.keep::<Programme>("programme");
            for _ in 0..3 {
                model.tick().unwrap();
                model.world.resource_mut::<Programme>().newly_settled.fill(10.0);
            }
            hashes.push(model.state_hash());
        }
        assert_eq!(hashes[0], hashes[1]);
    }
}
