//! A measure of no strength leaves the same bytes as no measure, whichever lever it is of.

use scenario::levers::{
    Barrier, Communications, FarmPolicy, Finance, LandQuotaChange, Park, ServiceReform, SettlementChange, Subsidy,
    Transport, VillageConsolidation,
};
use scenario::mechanisms::land_quota::{LandQuota, TransferScope};
use scenario::mechanisms::settlement_rules::{Rule, SettlementParameters, SettlementRule, SettlementRules};
use scenario::place::Where;

use super::testing::{ALWAYS, small_model};
use super::{
    barriers::BarriersPlugin, communications::CommunicationsPlugin, farm_policy::FarmPolicyPlugin,
    idle_homesteads::IdleHomesteadsPlugin, land_of_towns::LandOfTownsPlugin, land_quota::LandQuotaPlugin,
    measures::MeasuresPlugin, parks::ParksPlugin, service_reform::ServiceReformPlugin,
    settlement_rules::SettlementRulesPlugin, subsidies::SubsidiesPlugin, transport::TransportPlugin,
    village_consolidation::VillageConsolidationPlugin,
};
use crate::audit_land::LandAuditPlugin;
use crate::model::Model;
use crate::places::{Incomes, Land, Programme, ServicePolicy, SettlementPolicy, SubsidyRates, TradePolicy};

const RULE: Rule = Rule::Residence { residence: 5.0, insured: 3.0, quota: Some(0.004) };

/// How strong every measure is: 0 changes nothing.
fn all_levers(strength: f64) -> Model {
    let (period, places, financed_by) = (ALWAYS, Where::All, Finance::CityDebt);
    let multiple = 1.0 + strength;
    let industries = vec!["heavy".to_owned()];
    let rules = |rule: Rule| vec![SettlementRule { places: Where::All, rule }];
    let mut model = small_model(3);
    model.keep::<Incomes>("incomes").keep::<Programme>("programme");
    model
        .add(&MeasuresPlugin)
        .add(&BarriersPlugin(vec![Barrier { period, places: Where::All, wedge: multiple }]))
        .add(&TransportPlugin(vec![Transport {
            period,
            between: Where::All,
            and: Where::All,
            goods_cost: multiple,
            travel_cost: multiple,
            outlay_per_km: strength,
            financed_by,
        }]))
        .add(&CommunicationsPlugin(vec![Communications {
            period,
            places: Where::All,
            services_cost: multiple,
            network_reach: multiple,
        }]))
        .add(&SubsidiesPlugin(vec![Subsidy {
            period,
            places: Where::All,
            industries: Vec::new(),
            towns: true,
            rate: strength,
            financed_by,
        }]))
        .add(&ParksPlugin(vec![Park { period, places: Where::All, industries, rate: strength, financed_by }]))
        .add(&ServiceReformPlugin(vec![ServiceReform {
            period,
            places: Where::All,
            quality: multiple,
            spending: multiple,
            migrant_schooling: strength,
            migrant_health: strength,
            migrant_housing: strength,
            rural_output: strength,
            financed_by,
        }]))
        .add(&FarmPolicyPlugin(vec![FarmPolicy { period, growth: strength, consolidation_gain: strength }]))
        .add(&VillageConsolidationPlugin {
            measures: vec![VillageConsolidation {
                period,
                places,
                non_farm_share_min: 0.3,
                share_per_year: strength,
                land_saved: 0.5,
                cost_per_household: 1000.0,
                rural_services: 0.5,
                financed_by,
            }],
            recultivation: 0.85,
        })
        .add(&LandQuotaPlugin {
            block: LandQuota::default(),
            changes: vec![LandQuotaChange {
                from: 2010.25,
                scope: Some(if strength > 0.0 { TransferScope::Province } else { TransferScope::None }),
                plan_growth: None,
                price_quarters: None,
            }],
        })
        .add(&SettlementRulesPlugin {
            block: SettlementRules { parameters: SettlementParameters::default(), rules: rules(RULE) },
            changes: vec![SettlementChange {
                from: 2010.25,
                rules: rules(if strength > 0.0 { Rule::Open } else { RULE }),
                homestead: None,
                entry_cost: Some(multiple),
                financed_by,
            }],
            precision: 1.0,
        })
        .add(&LandOfTownsPlugin { land_per_firm: 0.6 })
        .add(&IdleHomesteadsPlugin)
        .add(&LandAuditPlugin);
    model
}

fn no_levers() -> Model {
    let mut model = small_model(3);
    model.keep::<Incomes>("incomes").keep::<Programme>("programme");
    model
        .add(&MeasuresPlugin)
        .add(&VillageConsolidationPlugin { measures: Vec::new(), recultivation: 0.85 })
        .add(&LandQuotaPlugin { block: LandQuota::default(), changes: Vec::new() })
        .add(&SettlementRulesPlugin {
            block: SettlementRules {
                parameters: SettlementParameters::default(),
                rules: vec![SettlementRule { places: Where::All, rule: RULE }],
            },
            changes: Vec::new(),
            precision: 1.0,
        })
        .add(&LandOfTownsPlugin { land_per_firm: 0.6 })
        .add(&IdleHomesteadsPlugin)
        .add(&LandAuditPlugin);
    model
}

/// Eight quarters in which people settle and leave homesteads; after each, everything that levers set.
fn history(mut model: Model) -> (Vec<String>, String) {
    let mut told = Vec::new();
    for _ in 0..8 {
        model.world.resource_mut::<Land>().given_up.fill(0.5);
        for settled in &mut model.world.resource_mut::<Programme>().newly_settled {
            *settled += 1.0;
        }
        model.tick().expect("all accounts close");
        let world = &model.world;
        told.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            world.resource::<TradePolicy>(),
            world.resource::<ServicePolicy>(),
            world.resource::<SubsidyRates>(),
            world.resource::<SettlementPolicy>(),
            world.resource::<Programme>(),
            world.resource::<Incomes>().quota_payment_due,
        ));
    }
    (told, model.state_hash())
}

#[test]
fn measures_of_no_strength_leave_the_same_bytes_in_every_quarter() {
    assert_eq!(history(all_levers(0.0)), history(no_levers()));
}

#[test]
fn measures_of_some_strength_show_in_every_quarter_and_all_land_accounts_close() {
    let (strong, none) = (history(all_levers(0.125)), history(no_levers()));
    assert!(strong.0.iter().zip(&none.0).all(|(with, without)| with != without));
    assert_ne!(strong.1, none.1);
    assert_eq!(strong, history(all_levers(0.125)), "the same run gives the same bytes");
}
