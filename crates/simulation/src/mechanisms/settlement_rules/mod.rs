//! Settlement rules: which rule holds where this quarter, what entering costs, and what new citizens cost.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`UrbanPeople`], [`PublicSpending`], [`MigrantAccess`],
//!   [`NewlySettled`]. **Writes** [`SettlementRuleInForce`], [`RegistersArrivals`], [`EntryCost`], [`HomesteadPolicy`],
//!   [`SettlersSeen`], [`SettledUnderChange`], [`RuleChanged`], [`OutlayByLevy`], [`OutlayByDebt`],
//!   [`RuralOutlayByLevy`], [`RuralOutlayByDebt`], [`ProgrammeCost`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none: applications, quotas and
//!   lotteries are in [`applications`]. **Equation** [`admission`] says who is admitted;
//!   [`economics::programmes::settlers_services`] what new citizens cost.
//! - **Who decides**: the rules of the block, then those of changes in the order of their dates; the last that names a
//!   place holds; where none does, nobody may settle. Entry costs multiply over the changes whose rules name the place.
//! - **Money**: people who settle in a place while its rule differs from that of the block receive a citizen's
//!   services; the part that did not reach them before is paid for as the change that set the rule says, and paid to
//!   those who provide it.
//! - **Carried out** by [`relocation`](crate::mechanisms::relocation), which registers those who are admitted.
//! - **Switched off**: nobody settles, homesteads are kept, entering a city costs nothing.

pub mod admission;
pub mod applications;

use bevy_ecs::prelude::*;
use economics::programmes::settlers_services;
use scenario::levers::{Finance, SettlementChange};
use scenario::mechanisms::settlement_rules::{HomesteadRule, Rule, SettlementParameters, SettlementRules};
use scenario::place::{Level, Where};
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::measures::Today;
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::programmes::{NewlySettled, Outlay, Outlays, Payee};
use crate::mechanisms::public_services::{MigrantAccess, PublicSpending};
use crate::model::Model;
use crate::region::PlaceTable;
use crate::snapshot::city;
use crate::step::Step;
use applications::{Applications, Cutoffs};

#[cfg(doc)]
use crate::{
    clock::Clock,
    mechanisms::measures::CityProper,
    mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost, RuralOutlayByDebt, RuralOutlayByLevy},
};

columns! {
    /// Rule by which people may settle in the city.
    city SettlementRuleInForce(Rule) = |_, _| Rule::Closed;
    /// Whether citizens of another city become citizens of the place when they arrive.
    city RegistersArrivals(bool);
    /// Cost of entering the city without registration, utility.
    city EntryCost(f64);
    /// All settlers so far as of the last look, thousand persons.
    city SettlersSeen(f64);
    /// Settlers while the rule of the place differed from that of the block, thousand persons: the cost of a change counts
    /// them and nobody else.
    city SettledUnderChange(f64);
    /// Whether the rule differed from that of the block in the last quarter.
    city RuleChanged(bool);
    /// Settlers that the city may still take, thousand persons in fixed point, see [`applications`].
    city QuotaRoom(u64);
}

/// What becomes of the homesteads of settlers.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct HomesteadPolicy(pub HomesteadRule);

#[derive(Resource)]
struct Settlement {
    block: SettlementRules,
    changes: Vec<SettlementChange>,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.world.insert_resource(HomesteadPolicy(HomesteadRule::Keep));
    model.world.init_resource::<Cutoffs>();
    let Some(block) = &scenario.mechanisms.settlement_rules else { return };
    let changes = scenario.levers.settlement_in_order();
    let precision = scenario.mechanisms.migrant_location.as_ref().map_or(0.0, |location| location.precision);
    model.world.insert_resource(Applications { numbers: block.parameters.clone(), precision });
    model.world.insert_resource(Settlement { block: block.clone(), changes });
    // What settlers are charged for depends on the access of the quarter before.
    let log =
        vec![city::<SettlersSeen>(), city::<SettledUnderChange>(), city::<RuleChanged>(), city::<MigrantAccess>()];
    model.keep_pieces("settled_under_change", log).keep_pieces("quota_room", vec![city::<QuotaRoom>()]);
    model
        .add(Step::ChargeServices, charge_services)
        .add(Step::ResolveRules, resolve_rules)
        .add(Step::ApplyToSettle, applications::apply_to_settle)
        .add(Step::FindCutoffs, applications::find_cutoffs);
}

impl Settlement {
    fn in_force<'a>(&'a self, today: &'a Today) -> impl DoubleEndedIterator<Item = &'a SettlementChange> {
        self.changes.iter().filter(|change| today.is_after(change.from))
    }

    /// Who pays for settlers of a place: as the latest change says whose rules name it; if none does by now (it has
    /// grown out of a tier), as the latest of all.
    fn financed_by(&self, today: &Today, named: impl Fn(&Where) -> bool) -> Option<Finance> {
        let names_it = |change: &&SettlementChange| change.rules.iter().any(|rule| named(&rule.places));
        let last = self.in_force(today).rev().find(names_it).or_else(|| self.in_force(today).next_back());
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

#[expect(clippy::too_many_arguments, reason = "rules have four consequences")]
fn resolve_rules(
    settlement: Res<Settlement>,
    today: Today,
    table: Res<PlaceTable>,
    mut homestead: ResMut<HomesteadPolicy>,
    mut rules: ByCityMut<SettlementRuleInForce>,
    mut registers_arrivals: ByCityMut<RegistersArrivals>,
    mut entry_costs: ByCityMut<EntryCost>,
    mut changed: ByCityMut<RuleChanged>,
) {
    let parameters = &settlement.block.parameters;
    homestead.0 = parameters.homestead;
    for change in settlement.in_force(&today) {
        homestead.0 = change.homestead.unwrap_or(homestead.0);
    }
    for place in 0..table.places.len() {
        let named = |places: &Where| today.names(places, place);
        let base_rule = settlement.rule_of_block(named);
        let mut rule = base_rule.clone();
        let mut cost = entry_cost(parameters, table.places[place].level);
        for change in settlement.in_force(&today) {
            let mut naming = change.rules.iter().rev().filter(|rule| named(&rule.places));
            if let Some(last) = naming.next() {
                rule.clone_from(&last.rule);
                cost *= change.entry_cost.unwrap_or(1.0);
            }
        }
        changed[place] = rule != base_rule;
        registers_arrivals[place] = parameters.register_on_arrival && rule == Rule::Open;
        rules[place] = rule;
        entry_costs[place] = cost;
    }
}

/// Counts who settled under the rule of the last quarter and charges their services.
#[expect(clippy::too_many_arguments, reason = "what settlers cost depends on rules, people and services")]
fn charge_services(
    settlement: Res<Settlement>,
    today: Today,
    (urban, newly_settled): (ByCity<UrbanPeople>, ByCity<NewlySettled>),
    (spending, migrant_access): (ByCity<PublicSpending>, ByCity<MigrantAccess>),
    changed: ByCity<RuleChanged>,
    mut seen: ByCityMut<SettlersSeen>,
    mut under_change: ByCityMut<SettledUnderChange>,
    mut outlays: Outlays,
) {
    for place in 0..urban.len() {
        let settled = newly_settled[place];
        if changed[place] {
            under_change[place] += settled - seen[place];
        }
        seen[place] = settled;
        let named = |places: &Where| today.names(places, place);
        if let Some(financed_by) = settlement.financed_by(&today, named) {
            let cost = settlers_services(under_change[place], spending[place], urban[place], migrant_access[place]);
            outlays.bill(Outlay::SettlersServices, place, Payee::City, financed_by, cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost};
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, programmes};
    use scenario::mechanisms::settlement_rules::SettlementRule;

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

    fn middle(rule: Rule) -> Vec<(Where, Rule)> {
        vec![(Where::Places(vec!["middle".to_owned()]), rule)]
    }

    fn change(from: f64, new_rules: &[(Where, Rule)]) -> SettlementChange {
        SettlementChange {
            from,
            rules: rules(new_rules),
            homestead: None,
            entry_cost: None,
            financed_by: Finance::CityDebt,
            history: false,
        }
    }

    fn model_of(places: usize, block: SettlementRules, changes: Vec<SettlementChange>) -> Model {
        let (mut model, scenario) = small(places, |scenario| {
            scenario.mechanisms.settlement_rules = Some(block);
            scenario.levers.settlement = changes;
        });
        for add in [measures::add, programmes::add_outlays, add] {
            add(&mut model, &scenario);
        }
        model
    }

    fn model(changes: Vec<SettlementChange>) -> Model {
        model_of(3, block(), changes)
    }

    fn rules_in_force(model: &Model) -> Vec<Rule> {
        model.world.by_city::<SettlementRuleInForce>().to_vec()
    }

    fn homestead(model: &Model) -> HomesteadRule {
        model.world.resource::<HomesteadPolicy>().0
    }

    #[test]
    fn the_last_rule_that_names_a_place_holds_and_centres_have_their_own_cost() {
        let mut model = model(Vec::new());
        model.tick().unwrap();
        assert_eq!(rules_in_force(&model), [Rule::Closed, QUOTA, QUOTA]);
        assert_eq!(model.world.by_city::<EntryCost>(), [0.5, 0.25, 0.25]);
        assert_eq!(homestead(&model), HomesteadRule::Keep);
    }

    #[test]
    fn no_event_of_history_undoes_a_policy() {
        let history = |from, rule| SettlementChange { history: true, ..change(from, &[(Where::All, rule)]) };
        let events = vec![history(2010.25, QUOTA), history(2010.75, Rule::Closed)];
        let mut with_policy = events.clone();
        with_policy.push(change(2010.5, &middle(Rule::Open)));
        let (mut alone, mut both) = (model(events), model(with_policy));
        (0..4).for_each(|_| [&mut alone, &mut both].into_iter().for_each(|model| model.tick().unwrap()));
        assert_eq!(rules_in_force(&alone), [Rule::Closed, Rule::Closed, Rule::Closed]);
        assert_eq!(rules_in_force(&both), [Rule::Closed, Rule::Open, Rule::Closed]);
    }

    #[test]
    fn a_place_that_no_rule_names_is_closed() {
        let rules = rules(&middle(Rule::Open));
        let block = SettlementRules { parameters: SettlementParameters::default(), rules };
        let mut model = model_of(2, block, Vec::new());
        model.tick().unwrap();
        assert_eq!(rules_in_force(&model), [Rule::Closed, Rule::Open]);
    }

    #[test]
    fn changes_take_over_in_the_order_of_their_dates() {
        let east = Where::Places(vec!["east".to_owned()]);
        let mut later = change(2010.5, &[(east, QUOTA)]);
        later.entry_cost = Some(0.5);
        later.homestead = Some(HomesteadRule::Sell);
        let mut sooner = change(2010.25, &[(Where::All, Rule::Open)]);
        sooner.entry_cost = Some(0.5);
        let mut model = model(vec![later, sooner]);
        let mut seen = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            seen.push((rules_in_force(&model), model.world.by_city::<EntryCost>().to_vec(), homestead(&model)));
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
        assert_eq!(rules_in_force(&model)[1], QUOTA);
        // Half of 1,200 thousand urban residents live in the districts.
        model.world.by_city_mut::<UrbanPeople>()[1] = 1200.0;
        model.tick().unwrap();
        assert_eq!(rules_in_force(&model)[1], Rule::Open);
    }

    #[test]
    fn only_settlers_under_a_changed_rule_are_charged_to_the_change() {
        let mut model = model(vec![change(2010.25, &middle(Rule::Open))]);
        let mut costs = Vec::new();
        for _ in 0..3 {
            model.tick().unwrap();
            let world = &mut model.world;
            costs.push((world.resource::<ProgrammeCost>().total, world.by_city::<OutlayByDebt>()[1]));
            world.by_city_mut::<OutlayByDebt>().fill(0.0);
            // In every quarter 10 thousand people settle in every place.
            world.by_city_mut::<NewlySettled>().iter_mut().for_each(|settled| *settled += 10.0);
        }
        // Who settled in the first quarter did so under the old rule; then 10 × .6 × .75.
        assert_eq!(costs, [(0.0, 0.0), (0.0, 0.0), (4.5, 4.5)]);
        assert_eq!(model.world.by_city::<SettledUnderChange>(), [0.0, 10.0, 0.0]);
    }

    #[test]
    fn a_change_of_homesteads_alone_neither_costs_nor_takes_over_the_bill() {
        let mut homesteads = change(2010.0, &[]);
        homesteads.homestead = Some(HomesteadRule::Sell);
        homesteads.financed_by = Finance::Wages;
        let mut model = model(vec![change(2010.0, &middle(Rule::Open)), homesteads]);
        model.tick().unwrap();
        model.world.by_city_mut::<NewlySettled>().fill(10.0);
        model.tick().unwrap();
        assert_eq!(model.world.by_city::<OutlayByDebt>(), [0.0, 4.5, 0.0]);
        assert_eq!(model.world.by_city::<OutlayByLevy>(), [0.0; 3]);
    }

    #[test]
    fn a_change_that_changes_nothing_costs_nothing_and_leaves_the_same_bytes() {
        let mut same = change(2010.0, &middle(QUOTA));
        same.entry_cost = Some(1.0);
        same.homestead = Some(HomesteadRule::Keep);
        let hashes = [Vec::new(), vec![same]].map(|changes| {
            let mut model = model(changes);
            model.keep::<ProgrammeCost>("programmes");
            for _ in 0..3 {
                model.tick().unwrap();
                model.world.by_city_mut::<NewlySettled>().fill(10.0);
            }
            model.state_hash()
        });
        assert_eq!(hashes[0], hashes[1]);
    }
}
