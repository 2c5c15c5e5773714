//! Columns of the places: one entry per place, in the order of the region table. Data without behaviour.
//!
//! Units everywhere: people in thousand persons (workers with their dependants), land in km², money in yuan (aggregates
//! in thousand yuan), distance in km, time in quarters. Pairs are row-major: `[from * places + to]`. Columns by
//! industry are `[industry][place]`, with the industries that have firm agents first, in the scenario's order.

mod counts;
mod economy;
mod geography;
mod land;
mod masses;
mod money_unit;
mod policy;
mod totals;
mod utility;

pub use counts::Counts;
pub use economy::{Emissions, Incomes, Labour, Markets, Prices, Productivities, Rents, Services};
pub use geography::{Geography, IndustryTable, PlaceTable};
pub use land::Land;
pub use masses::{Establishments, FirmMass, Population};
pub use money_unit::MoneyUnit;
pub use policy::{Outlay, Programme, ServicePolicy, SettlementPolicy, SubsidyRates, TradePolicy};
pub use totals::Totals;
pub use utility::Utilities;
