//! What each mechanism and each lever does: switched off, the outcome changes; at its neutral strength nothing does;
//! and over eight paired seeds its effect has the sign that its page in `docs/mechanisms/` states.

mod signs;
mod worlds;

mod agriculture;
mod congestion;
mod consideration;
mod consumer_services;
mod demography;
mod firm_location;
mod firm_turnover;
mod fiscal;
mod goods_market;
mod job_matching;
mod land_quota;
mod market_access;
mod migrant_location;
mod migration_costs;
mod networks;
mod outside;
mod pollution;
mod producer_services;
mod productivity;
mod public_services;
mod remittances;
mod rent_pressure;
mod settlement_rules;
mod towns;
mod wage_setting;

mod barriers;
mod communications;
mod farm_policy;
mod land_of_towns;
mod parks;
mod policies;
mod service_reform;
mod subsidies;
mod transport;
mod village_consolidation;
