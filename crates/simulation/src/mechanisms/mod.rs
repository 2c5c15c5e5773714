//! The mechanisms, one file each, and the standard model that they make up.

pub mod agriculture;
pub mod barriers;
pub mod communications;
pub mod congestion;
pub mod consumer_services;
pub mod demography;
pub mod farm_policy;
pub mod firm_location;
pub mod firm_turnover;
pub mod fiscal;
pub mod goods_market;
pub mod idle_homesteads;
pub mod job_matching;
pub mod land_of_towns;
pub mod land_quota;
pub mod market_access;
pub mod measures;
pub mod migrant_location;
pub mod networks;
pub mod outside;
pub mod parks;
pub mod pollution;
pub mod producer_services;
pub mod productivity;
pub mod public_services;
pub mod relocation;
pub mod remittances;
pub mod rent_pressure;
pub mod service_reform;
pub mod settlement_rules;
pub mod subsidies;
pub mod towns;
pub mod transport;
pub mod village_consolidation;
pub mod wage_setting;

#[cfg(test)]
mod neutral_measures;
#[cfg(test)]
pub(crate) mod testing;

use bevy_ecs::prelude::IntoScheduleConfigs;
use scenario::scenario::Scenario;

use crate::audit::AuditPlugin;
use crate::audit_land::LandAuditPlugin;
use crate::economy::EconomyPlugin;
use crate::model::Model;
use crate::valuation::ValuationPlugin;

/// Adds every mechanism and lever that a scenario has on.
pub fn standard(model: &mut Model, scenario: &Scenario) {
    let on = &scenario.mechanisms;
    let levers = &scenario.levers;
    order(model);
    add_economy(model, scenario);
    model.add(&measures::MeasuresPlugin);
    if let Some(measures) = &levers.barriers {
        model.add(&barriers::BarriersPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.transport {
        model.add(&transport::TransportPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.communications {
        model.add(&communications::CommunicationsPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.subsidies {
        model.add(&subsidies::SubsidiesPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.parks {
        model.add(&parks::ParksPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.service_reform {
        model.add(&service_reform::ServiceReformPlugin(measures.clone()));
    }
    if let Some(measures) = &levers.farm_policy {
        model.add(&farm_policy::FarmPolicyPlugin(measures.clone()));
    }
    let recultivation = on.land_quota.as_ref().map_or(0.0, |block| block.recultivation);
    if let Some(measures) = &levers.village_consolidation {
        let measures = measures.clone();
        model.add(&village_consolidation::VillageConsolidationPlugin { measures, recultivation });
    }
    if let Some(block) = &on.land_quota {
        let changes = levers.land_quota.clone();
        model.add(&land_quota::LandQuotaPlugin { block: block.clone(), changes });
    }
    if let Some(towns) = &on.towns {
        model.add(&land_of_towns::LandOfTownsPlugin { land_per_firm: towns.land_per_firm });
    }
    model.add(&idle_homesteads::IdleHomesteadsPlugin).add(&LandAuditPlugin);
    if let Some(parameters) = &on.migrant_location {
        let outside_size = on.outside.as_ref().map(|outside| outside.size);
        model.add(&migrant_location::MigrantLocationPlugin { parameters: parameters.clone(), outside_size });
    }
    if let Some(block) = &on.settlement_rules {
        let precision = on.migrant_location.as_ref().map_or(0.0, |location| location.precision);
        let changes = levers.settlement.clone();
        model.add(&settlement_rules::SettlementRulesPlugin { block: block.clone(), changes, precision });
    }
    if let Some(parameters) = &on.firm_location {
        let town_site_weight = on.towns.as_ref().map_or(0.0, |towns| towns.site_weight);
        model.add(&firm_location::FirmLocationPlugin { parameters: parameters.clone(), town_site_weight });
    }
    if let Some(parameters) = &on.firm_turnover {
        let location = on.firm_location.as_ref();
        model.add(&firm_turnover::FirmTurnoverPlugin {
            parameters: parameters.clone(),
            precision: location.map_or(0.0, |location| location.precision),
            productivity_spread: location.map_or(0.0, |location| location.productivity_spread),
        });
    }
    match &on.job_matching {
        Some(parameters) => model.add(&job_matching::JobMatchingPlugin { parameters: parameters.clone() }),
        None => model.add(&job_matching::EveryoneWorksPlugin),
    };
    if let Some(parameters) = &on.demography {
        model.add(&demography::DemographyPlugin { parameters: parameters.clone() });
    }
}

/// The order of sets that mechanisms of different rooms belong to.
fn order(model: &mut Model) {
    model.configure_sets((job_matching::JobMatches, relocation::Counted).chain());
}

/// Markets, incomes and values: what runs in burn-in as well.
pub fn add_economy(model: &mut Model, scenario: &Scenario) {
    let on = &scenario.mechanisms;
    model.add(&EconomyPlugin::new(scenario));
    model.add(&goods_market::GoodsMarketPlugin(on.goods_market.clone()));
    macro_rules! add {
        ($($block:ident: $plugin:expr),+ $(,)?) => {
            $(if let Some(block) = &on.$block {
                model.add(&$plugin(block.clone()));
            })+
        };
    }
    add!(
        market_access: market_access::MarketAccessPlugin,
        public_services: public_services::PublicServicesPlugin,
        wage_setting: wage_setting::WageSettingPlugin,
        rent_pressure: rent_pressure::RentPressurePlugin,
        congestion: congestion::CongestionPlugin,
        towns: towns::TownsPlugin,
        producer_services: producer_services::ProducerServicesPlugin,
        remittances: remittances::RemittancesPlugin,
        fiscal: fiscal::FiscalPlugin,
        networks: networks::NetworksPlugin,
    );
    match &on.agriculture {
        Some(block) => model.add(&agriculture::AgriculturePlugin(block.clone())),
        None => model.add(&agriculture::GivenHarvestPlugin),
    };
    if let Some(parameters) = &on.productivity {
        let productivity_spread = on.firm_location.clone().unwrap_or_default().productivity_spread;
        model.add(&productivity::ProductivityPlugin { parameters: parameters.clone(), productivity_spread });
    }
    if on.consumer_services.is_some() {
        model.add(&consumer_services::ConsumerServicesPlugin);
    }
    if let Some(block) = &on.outside {
        model.add(&outside::OutsidePlugin::new(block, scenario));
    }
    if let Some(block) = &on.pollution {
        model.add(&pollution::PollutionPlugin::new(block, scenario));
    }
    model.add(&ValuationPlugin::new(scenario)).add(&AuditPlugin);
}
