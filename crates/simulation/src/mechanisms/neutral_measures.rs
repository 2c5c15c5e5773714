//! A measure of no strength leaves the same bytes as no measure, whichever lever it is of.

use bevy_ecs::prelude::*;
use scenario::levers::{
    Barrier, Communications, FarmPolicy, Finance, LandQuotaChange, Levers, Park, Period, ServiceReform,
    SettlementChange, Subsidy, Transport, VillageConsolidation,
};
use scenario::mechanisms::land_quota::{LandQuota, TransferScope};
use scenario::mechanisms::settlement_rules::{Rule, SettlementParameters, SettlementRule, SettlementRules};
use scenario::place::Where;
use scenario::scenario::Scenario;

use super::farm_policy::FarmSupport;
use super::land_quota::{QuotaPaymentDue, QuotaTerms};
use super::land_use::HomesteadsGivenUp;
use super::programmes::{
    GovernmentDebt, NewlySettled, OutlayByDebt, OutlayByLevy, ProgrammeCost, RuralOutlayByDebt, RuralOutlayByLevy,
};
use super::service_reform::{AccessAdded, QualityMultiple, RuralOutputAdded, SpendingMultiple};
use super::settlement_rules::{EntryCost, HomesteadPolicy, RegistersArrivals, SettlementRuleInForce};
use super::subsidies::{SubsidyFinance, SubsidyRate, TownSubsidyRate};
use super::testing::small;
use super::trade_policy::TradePolicy;
use super::{
    barriers, communications, farm_policy, idle_homesteads, land_of_towns, land_quota, land_use, measures, parks,
    programmes, service_reform, settlement_rules, subsidies, trade_policy, transport, village_consolidation,
};
use crate::agents::city::{City, Column, Sector, WorldColumns};
use crate::audits;
use crate::model::Model;
use crate::snapshot::city;

const RULE: Rule = Rule::Residence { residence: 5.0, insured: 3.0, quota: Some(0.004) };

fn rules(rule: Rule) -> Vec<SettlementRule> {
    vec![SettlementRule { places: Where::All, rule }]
}

/// Measures of every lever, as strong as stated: 0 changes nothing.
fn all_levers(strength: f64) -> Levers {
    let (period, financed_by) = (Period::ALWAYS, Finance::CityDebt);
    let multiple = 1.0 + strength;
    Levers {
        barriers: Some(vec![Barrier { period, places: Where::All, wedge: multiple }]),
        transport: Some(vec![Transport {
            period,
            between: Where::All,
            and: Where::All,
            goods_cost: multiple,
            travel_cost: multiple,
            outlay_per_km: strength,
            financed_by,
        }]),
        communications: Some(vec![Communications {
            period,
            places: Where::All,
            services_cost: multiple,
            network_reach: multiple,
        }]),
        subsidies: Some(vec![Subsidy {
            period,
            places: Where::All,
            industries: Vec::new(),
            towns: true,
            rate: strength,
            financed_by,
        }]),
        parks: Some(vec![Park {
            period,
            places: Where::All,
            industries: vec!["heavy".to_owned()],
            rate: strength,
            financed_by,
        }]),
        service_reform: Some(vec![ServiceReform {
            period,
            places: Where::All,
            quality: multiple,
            spending: multiple,
            migrant_schooling: strength,
            migrant_health: strength,
            migrant_housing: strength,
            rural_output: strength,
            financed_by,
        }]),
        farm_policy: Some(vec![FarmPolicy { period, growth: strength, consolidation_gain: strength }]),
        village_consolidation: Some(vec![VillageConsolidation {
            period,
            places: Where::All,
            non_farm_share_min: 0.3,
            share_per_year: strength,
            land_saved: 0.5,
            cost_per_household: 1000.0,
            rural_services: 0.5,
            financed_by,
        }]),
        land_quota: vec![LandQuotaChange {
            from: 2010.25,
            scope: Some(if strength > 0.0 { TransferScope::Province } else { TransferScope::None }),
            plan_growth: None,
            price_quarters: None,
            history: false,
        }],
        settlement: vec![SettlementChange {
            from: 2010.25,
            rules: rules(if strength > 0.0 { Rule::Open } else { RULE }),
            homestead: None,
            entry_cost: Some(multiple),
            financed_by,
            history: false,
        }],
    }
}

/// No measures. Village consolidation is there all the same, because its progress is part of the saved state.
fn no_levers() -> Levers {
    Levers {
        barriers: None,
        transport: None,
        communications: None,
        subsidies: None,
        parks: None,
        service_reform: None,
        farm_policy: None,
        village_consolidation: Some(Vec::new()),
        land_quota: Vec::new(),
        settlement: Vec::new(),
    }
}

fn model(levers: Levers) -> Model {
    let (mut model, scenario) = small(3, |scenario| {
        scenario.levers = levers;
        scenario.mechanisms.land_quota = Some(LandQuota { scope: TransferScope::None, ..LandQuota::default() });
        scenario.mechanisms.settlement_rules =
            Some(SettlementRules { parameters: SettlementParameters::default(), rules: rules(RULE) });
    });
    let all: [fn(&mut Model, &Scenario); 17] = [
        measures::add,
        trade_policy::add,
        programmes::add_outlays,
        barriers::add,
        transport::add,
        communications::add,
        subsidies::add,
        parks::add,
        service_reform::add,
        farm_policy::add,
        village_consolidation::add,
        land_quota::add,
        land_use::add,
        settlement_rules::add,
        land_of_towns::add,
        idle_homesteads::add,
        audits::land::add,
    ];
    all.iter().for_each(|add| add(&mut model, &scenario));
    let outlays = vec![city::<OutlayByLevy>(), city::<OutlayByDebt>(), city::<RuralOutlayByDebt>()];
    model.keep_pieces("programmes", outlays);
    model
}

fn of_cities<C: Column<Row = City>>(world: &World) -> String {
    format!("{:?}", world.by_city::<C>())
}

fn of_sectors<C: Column<Row = Sector>>(world: &World) -> String {
    format!("{:?}", world.by_sector::<C>().rows().collect::<Vec<_>>())
}

fn of_all<R: Resource + std::fmt::Debug>(world: &World) -> String {
    format!("{:?}", world.resource::<R>())
}

/// Everything that levers set.
fn settings(world: &World) -> String {
    [
        of_all::<TradePolicy>,
        of_all::<FarmSupport>,
        of_all::<SubsidyFinance>,
        of_all::<QuotaTerms>,
        of_all::<HomesteadPolicy>,
        of_all::<ProgrammeCost>,
        of_sectors::<SubsidyRate>,
        of_cities::<TownSubsidyRate>,
        of_cities::<QualityMultiple>,
        of_cities::<SpendingMultiple>,
        of_cities::<AccessAdded>,
        of_cities::<RuralOutputAdded>,
        of_cities::<SettlementRuleInForce>,
        of_cities::<RegistersArrivals>,
        of_cities::<EntryCost>,
        of_cities::<OutlayByLevy>,
        of_cities::<OutlayByDebt>,
        of_cities::<RuralOutlayByLevy>,
        of_cities::<RuralOutlayByDebt>,
        of_cities::<GovernmentDebt>,
        of_cities::<QuotaPaymentDue>,
    ]
    .map(|setting: fn(&World) -> String| setting(world))
    .join(" ")
}

/// Eight quarters in which people settle and leave homesteads; after each, everything that levers set.
fn history(levers: Levers) -> (Vec<String>, String) {
    let mut model = model(levers);
    let mut quarters = Vec::new();
    for _ in 0..8 {
        model.world.by_city_mut::<HomesteadsGivenUp>().fill(0.5);
        model.world.by_city_mut::<NewlySettled>().iter_mut().for_each(|settled| *settled += 1.0);
        model.tick().expect("all accounts close");
        quarters.push(settings(&model.world));
    }
    (quarters, model.state_hash())
}

#[test]
fn measures_of_no_strength_leave_the_same_bytes_in_every_quarter() {
    let (neutral, none) = (history(all_levers(0.0)), history(no_levers()));
    assert_eq!(neutral, none);
}

#[test]
fn measures_of_some_strength_show_in_every_quarter_and_all_land_accounts_close() {
    let (strong, none) = (history(all_levers(0.125)), history(no_levers()));
    assert!(strong.0.iter().zip(&none.0).all(|(with, without)| with != without));
    assert_ne!(strong.1, none.1);
    assert_eq!(strong, history(all_levers(0.125)), "the same run gives the same bytes");
}
