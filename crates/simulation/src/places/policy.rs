//! What the levers have set for this quarter. Neutral values when no measure holds.

use bevy_ecs::prelude::*;
use scenario::mechanisms::land_quota::TransferScope;
use scenario::mechanisms::settlement_rules::{HomesteadRule, Rule};
use serde::{Deserialize, Serialize};

/// Trade and travel (owners: `barriers`, `transport`, `communications`). Multiples, row-major pairs; 1 is neutral.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct TradePolicy {
    /// Multiple of the border wedge.
    pub wedge: Vec<f64>,
    /// Multiple of the distance cost of goods.
    pub goods_cost: Vec<f64>,
    /// Multiple of the distance cost of producer services.
    pub services_cost: Vec<f64>,
    /// Multiple of the distance cost of people.
    pub travel_cost: Vec<f64>,
    /// Multiple of the network strength, by destination.
    pub network_reach: Vec<f64>,
    /// Raised by one whenever a multiple changed, so that freeness is computed only then.
    pub revision: u32,
}

/// Services (owner: `service_reform`, `village_consolidation`).
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct ServicePolicy {
    /// Multiple of quality by place.
    pub quality: Vec<f64>,
    /// Multiple of spending by place.
    pub spending: Vec<f64>,
    /// Added share that reaches migrants by place: schooling, health, housing.
    pub access: [Vec<f64>; 3],
    /// Added rural service output by place.
    pub rural_output: Vec<f64>,
}

/// Subsidies on price (owners: `subsidies`, `parks`).
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct SubsidyRates {
    /// By industry with firms and city.
    pub city: Vec<Vec<f64>>,
    /// Of town firms, by place.
    pub town: Vec<f64>,
    /// Share of the subsidies of the quarter that is financed by city debt rather than a levy on wages.
    pub debt_share: f64,
}

/// Settlement and land rules in force (owners: `settlement_rules`, `land_quota`).
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct SettlementPolicy {
    /// Rule of each place.
    pub rules: Vec<Rule>,
    /// What becomes of homesteads.
    pub homestead: HomesteadRule,
    /// Whether citizens of another city become citizens of the place when they arrive.
    pub registers_arrivals: Vec<bool>,
    /// Quarters of work without a break that count as stable housing.
    pub stable_quarters: u8,
    /// Cost of entering without registration, by place, utility.
    pub entry_cost: Vec<f64>,
    /// Scope of the quota market.
    pub scope: TransferScope,
    /// Growth of construction land by plan.
    pub plan_growth: f64,
    /// Price of a quota in quarters of rent.
    pub price_quarters: f64,
    /// Added growth of farm productivity from farm policy, log output a quarter.
    pub farm_growth: f64,
    /// Added consolidation gain from farm policy, elasticity.
    pub farm_consolidation: f64,
}

/// What programmes cost (owner: each lever adds; `fiscal` finances and clears).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// Outlay of the quarter by place, thousand yuan, financed by a levy on wages. Paid to households of the place
    /// (city) that the programme employs.
    pub outlay_wages: Vec<f64>,
    /// The same, financed by debt of the place's government.
    pub outlay_debt: Vec<f64>,
    /// Outlay of the same kinds that goes to the place's rural households.
    pub outlay_rural_wages: Vec<f64>,
    /// Rural outlay financed by debt.
    pub outlay_rural_debt: Vec<f64>,
    /// Debt of each place's government, thousand yuan, owed to owners of capital.
    pub debt: Vec<f64>,
    /// Cost of all programmes in the quarter (for `fiscal_cost`), thousand yuan.
    pub cost: f64,
    /// People settled since the start by place, thousand persons: their services are a programme's cost.
    pub newly_settled: Vec<f64>,
    /// The cost of the quarter by what it is for, in the order of [`Outlay`]. Each quarter adds it up anew, so it is not
    /// part of the state.
    #[serde(skip)]
    pub outlays: [f64; Outlay::ALL.len()],
}

/// What a programme's money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlay {
    /// Services that people receive who settled under a changed rule.
    SettlersServices,
    /// Added spending on public services.
    ServiceReform,
    /// Roads and railways.
    Transport,
    /// Flats for merged villages.
    VillageConsolidation,
    /// Subsidies of firms, parks included.
    Subsidies,
}

impl Outlay {
    /// All of them, in the order of [`Programme::outlays`].
    pub const ALL: [Self; 5] =
        [Self::SettlersServices, Self::ServiceReform, Self::Transport, Self::VillageConsolidation, Self::Subsidies];
}
