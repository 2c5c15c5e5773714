//! The mechanisms, one file each: the columns that it owns, their first values, its systems, and its card.
//!
//! Columns are the vocabulary that mechanisms share: any of them may name a column of another. The order in which they
//! read and write is in [`crate::step`].

pub mod agriculture;
pub mod barriers;
pub mod capital;
pub mod communications;
pub mod congestion;
pub mod consumer_services;
pub mod demography;
pub mod farm_policy;
pub mod firm_location;
pub mod firm_turnover;
pub mod firms;
pub mod fiscal;
pub mod goods_market;
pub mod idle_homesteads;
pub mod incomes;
pub mod job_matching;
pub mod land_of_towns;
pub mod land_quota;
pub mod land_use;
pub mod market_access;
pub mod measures;
pub mod migrant_location;
pub mod networks;
pub mod outside;
pub mod parks;
pub mod pollution;
pub mod population;
pub mod producer_services;
pub mod productivity;
pub mod programmes;
pub mod public_services;
pub mod relocation;
pub mod remittances;
pub mod rent_pressure;
pub mod service_reform;
pub mod settlement_rules;
pub mod subsidies;
pub mod towns;
pub mod trade_policy;
pub mod transport;
pub mod utility;
pub mod village_consolidation;
pub mod wage_setting;

#[cfg(test)]
mod neutral_measures;
#[cfg(test)]
pub(crate) mod testing;
