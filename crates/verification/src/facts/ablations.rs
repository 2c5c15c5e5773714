//! Worlds without one of the forces: overrides that every fact may use.

/// Nobody loses time to crowding or long ways.
pub(super) const NO_CONGESTION: &[&str] = &["congestion=Off"];
/// Three times the loss to crowding.
pub(super) const STRONG_CONGESTION: &[&str] = &["congestion.crowding_cost=0.255"];
/// Goods and producer services reach every place at no cost.
pub(super) const NO_TRADE_COST: &[&str] =
    &["market_access.distance_cost=0", "market_access.protection=0", "market_access.last_mile=1"];
/// Neither own-industry jobs nor city size raise productivity.
pub(super) const NO_EXTERNALITIES: &[&str] = &[
    "industries.labour_intensive.marshall=0",
    "industries.capital_intensive.marshall=0",
    "industries.producer_services.marshall=0",
    "industries.labour_intensive.jacobs=0",
    "industries.capital_intensive.jacobs=0",
    "industries.producer_services.jacobs=0",
];
/// Own-industry jobs do not raise productivity.
pub(super) const NO_MARSHALL: &[&str] = &[
    "industries.labour_intensive.marshall=0",
    "industries.capital_intensive.marshall=0",
    "industries.producer_services.marshall=0",
];
/// Goods industries and producer services answer to place alike: means of their numbers; cost shares of goods industries
/// are alike, those of producer services are the same without the input of producer services.
pub(super) const HOMOGENEOUS: &[&str] = &[
    "industries.labour_intensive.substitution=5",
    "industries.labour_intensive.distance_cost=0.187",
    "industries.labour_intensive.marshall=0.058",
    "industries.labour_intensive.jacobs=0.033",
    "industries.labour_intensive.service_elasticity=0.073",
    "industries.labour_intensive.pace=0.53",
    "industries.labour_intensive.labour_share=0.49",
    "industries.labour_intensive.land_share=0.08",
    "industries.labour_intensive.capital_share=0.29",
    "industries.labour_intensive.producer_service_share=0.14",
    "industries.capital_intensive.substitution=5",
    "industries.capital_intensive.distance_cost=0.187",
    "industries.capital_intensive.marshall=0.058",
    "industries.capital_intensive.jacobs=0.033",
    "industries.capital_intensive.service_elasticity=0.073",
    "industries.capital_intensive.pace=0.53",
    "industries.capital_intensive.labour_share=0.49",
    "industries.capital_intensive.land_share=0.08",
    "industries.capital_intensive.capital_share=0.29",
    "industries.capital_intensive.producer_service_share=0.14",
    "industries.producer_services.substitution=5",
    "industries.producer_services.distance_cost=0.187",
    "industries.producer_services.marshall=0.058",
    "industries.producer_services.jacobs=0.033",
    "industries.producer_services.service_elasticity=0.073",
    "industries.producer_services.pace=0.53",
    "industries.producer_services.labour_share=0.57",
    "industries.producer_services.land_share=0.09",
    "industries.producer_services.capital_share=0.34",
];
