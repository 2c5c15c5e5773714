//! Levers: dated measures that a scenario or a policy takes. `Off` (or an empty list) is no measure.

mod measures;

use crate::mechanisms::land_quota::TransferScope;
use crate::mechanisms::settlement_rules::{HomesteadRule, SettlementRule};
use crate::parameters::choices;

pub use measures::{
    Barrier, Communications, FarmPolicy, Park, ServiceReform, Subsidy, Transport, VillageConsolidation,
};

/// When a measure holds, as calendar years with quarters as fractions (2014.5 is the third quarter of 2014).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    /// First quarter.
    pub from: f64,
    /// First quarter no more; `None`: for good.
    pub until: Option<f64>,
}

impl Period {
    /// Every quarter of every run.
    pub const ALWAYS: Period = Period { from: 0.0, until: None };
}

choices! {
    /// Who pays for a measure.
    pub enum Finance {
        /// A levy on pay in the whole region.
        Wages,
        /// Debt of the cities, repaid with interest out of later revenue.
        CityDebt,
    }
}

/// A dated change of settlement rules (a policy's `Settlement`).
#[derive(Clone, Debug, PartialEq)]
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
}

/// A dated change of the land-quota market (a policy's `LandQuota`).
#[derive(Clone, Debug, PartialEq)]
pub struct LandQuotaChange {
    /// From when.
    pub from: f64,
    /// New scope, if given.
    pub scope: Option<TransferScope>,
    /// New plan growth, if given.
    pub plan_growth: Option<f64>,
    /// New price in quarters of rent, if given.
    pub price_quarters: Option<f64>,
}

/// All levers of a scenario. `None` is `Off`: measures are then ignored, also those of policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Levers {
    /// Local protectionism.
    pub barriers: Option<Vec<Barrier>>,
    /// Transport of goods and people.
    pub transport: Option<Vec<Transport>>,
    /// Communications links.
    pub communications: Option<Vec<Communications>>,
    /// Subsidies of firms.
    pub subsidies: Option<Vec<Subsidy>>,
    /// Industrial parks.
    pub parks: Option<Vec<Park>>,
    /// Village consolidation.
    pub village_consolidation: Option<Vec<VillageConsolidation>>,
    /// Service reform.
    pub service_reform: Option<Vec<ServiceReform>>,
    /// Farm policy.
    pub farm_policy: Option<Vec<FarmPolicy>>,
    /// Dated changes of settlement rules.
    pub settlement: Vec<SettlementChange>,
    /// Dated changes of the land-quota market.
    pub land_quota: Vec<LandQuotaChange>,
}

impl Default for Levers {
    /// Every lever at hand and none pulled.
    fn default() -> Self {
        Levers {
            barriers: Some(Vec::new()),
            transport: Some(Vec::new()),
            communications: Some(Vec::new()),
            subsidies: Some(Vec::new()),
            parks: Some(Vec::new()),
            village_consolidation: Some(Vec::new()),
            service_reform: Some(Vec::new()),
            farm_policy: Some(Vec::new()),
            settlement: Vec::new(),
            land_quota: Vec::new(),
        }
    }
}
