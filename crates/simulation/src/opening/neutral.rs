//! What levers set in every quarter, before any of them is pulled.

use scenario::mechanisms::land_quota::TransferScope;
use scenario::mechanisms::settlement_rules::{HomesteadRule, Rule};
use scenario::place::Level;
use scenario::scenario::Scenario;

use crate::places::{PlaceTable, Programme, ServicePolicy, SettlementPolicy, SubsidyRates, TradePolicy};

pub(super) fn trade_policy(places: usize) -> TradePolicy {
    let pairs = || vec![1.0; places * places];
    TradePolicy {
        wedge: pairs(),
        goods_cost: pairs(),
        services_cost: pairs(),
        travel_cost: pairs(),
        network_reach: vec![1.0; places],
        revision: 0,
    }
}

pub(super) fn service_policy(places: usize) -> ServicePolicy {
    let nought = || vec![0.0; places];
    ServicePolicy {
        quality: vec![1.0; places],
        spending: vec![1.0; places],
        access: [nought(), nought(), nought()],
        rural_output: nought(),
    }
}

pub(super) fn subsidy_rates(industries: usize, places: usize) -> SubsidyRates {
    SubsidyRates { city: vec![vec![0.0; places]; industries], town: vec![0.0; places], debt_share: 0.0 }
}

pub(super) fn programme(places: usize) -> Programme {
    let nought = || vec![0.0; places];
    Programme {
        outlay_wages: nought(),
        outlay_debt: nought(),
        outlay_rural_wages: nought(),
        outlay_rural_debt: nought(),
        debt: nought(),
        cost: 0.0,
        newly_settled: nought(),
        outlays: Default::default(),
    }
}

/// Rules in force from the start: of those that name a place the last, and `Closed` where none does.
pub(super) fn settlement_policy(scenario: &Scenario, table: &PlaceTable) -> SettlementPolicy {
    let mechanism = scenario.mechanisms.settlement_rules.as_ref();
    let rules: Vec<Rule> = table
        .places
        .iter()
        .map(|place| {
            let city_proper = place.urban_population * place.district_share;
            mechanism
                .and_then(|block| block.rules.iter().rev().find(|rule| rule.places.names(place, city_proper)))
                .map_or(Rule::Closed, |rule| rule.rule.clone())
        })
        .collect();
    let entry_cost = table
        .places
        .iter()
        .map(|place| {
            mechanism.map_or(0.0, |block| match place.level {
                Level::Centre => block.parameters.entry_cost_centre,
                _ => block.parameters.entry_cost,
            })
        })
        .collect();
    let land = scenario.mechanisms.land_quota.as_ref();
    let on_arrival = mechanism.is_some_and(|block| block.parameters.register_on_arrival);
    SettlementPolicy {
        registers_arrivals: rules.iter().map(|rule| on_arrival && *rule == Rule::Open).collect(),
        rules,
        stable_quarters: mechanism.map_or(0, |block| block.parameters.stable_quarters.min(u8::MAX.into()) as u8),
        homestead: mechanism.map_or(HomesteadRule::Keep, |block| block.parameters.homestead),
        entry_cost,
        scope: land.map_or(TransferScope::None, |block| block.scope),
        plan_growth: land.map_or(0.0, |block| block.plan_growth),
        price_quarters: land.map_or(0.0, |block| block.price_quarters),
        farm_growth: 0.0,
        farm_consolidation: 0.0,
    }
}
