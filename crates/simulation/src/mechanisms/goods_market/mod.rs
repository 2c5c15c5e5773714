//! Goods market: last quarter's income is spent; food clears; each variety earns its share of every market.
//!
//! - **Reads** [`Wage`], [`GoingRent`], [`CapitalRental`], [`Productivity`], [`Firms`], [`EffectiveFirms`],
//!   [`EffectiveTownFirms`], [`TownPrice`], [`SubsidyRate`], [`Freeness`], [`LastMile`], [`OutsideSupply`],
//!   [`OutsideDemand`], [`FoodOutput`], [`Citizens`], [`Migrants`], [`UrbanPeople`], [`RuralPeople`], [`FiscalRates`],
//!   [`Tastes`]. **Writes** [`UnitCost`], [`MillPrice`], [`PriceIndex`], [`IndexPower`], [`VarietySupply`],
//!   [`FoodPrice`], [`FoodSales`], [`CityExpenditure`], [`RuralExpenditure`], [`CitySupernumerary`],
//!   [`RuralSupernumerary`], [`HousingSpending`], [`ConsumerSpending`], [`PublicPayBill`], [`Expenditure`],
//!   [`MarketAccess`], [`Revenue`], [`ProductionCost`], [`ProfitRate`], [`OutsideTrade`], [`Ledger`], [`Audit`].
//! - **Phases** [`Phase::Prices`](crate::step::Phase::Prices) and [`Phase::Markets`](crate::step::Phase::Markets).
//!   **Random numbers** none. **Equations** [`economics::goods_market`], [`economics::market_access`],
//!   [`economics::cost`], [`economics::firms::profit_rate`].
//! - **Switched off**: it cannot be; without it nobody would eat. If a harvest leaves less above subsistence than
//!   `food_margin_min`, the run stops with account `food`.
//!
//! A firm's profit rate here is that of a firm of productivity one, also in an empty place: its own productivity goes
//! with a firm wherever it moves.

mod prices;
mod sales;
mod spending;
mod tastes;

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

pub(crate) use prices::{fill_access, fill_index_powers, set_prices};
pub(crate) use sales::Sellers;
pub use tastes::Tastes;

use crate::agents::city::columns;
use crate::mechanisms::capital::CapitalRental;
use crate::model::Model;
use crate::region::IndustryTable;
use crate::snapshot::resource;
use crate::step::Step;

#[cfg(doc)]
use crate::{
    accounts::{Audit, Ledger},
    mechanisms::{
        agriculture::FoodOutput,
        consumer_services::ConsumerSpending,
        firms::{EffectiveFirms, EffectiveTownFirms, Firms},
        fiscal::FiscalRates,
        market_access::{Freeness, LastMile},
        outside::{OutsideDemand, OutsideSupply},
        population::{Citizens, Migrants, RuralPeople, UrbanPeople},
        productivity::Productivity,
        rent_pressure::GoingRent,
        subsidies::SubsidyRate,
        towns::TownPrice,
        wage_setting::{PublicPayBill, Wage},
    },
};

columns! {
    /// Unit cost of city firms, yuan.
    nominal sector UnitCost(f64) = |opening, _, _| opening.unit();
    /// Mill price of city firms after subsidies, yuan: what buyers pay before transport.
    nominal sector MillPrice(f64) = |opening, _, _| opening.unit();
    /// Price index; of producer services, to firms.
    nominal sector PriceIndex(f64) = |opening, _, _| opening.unit();
    /// Power sum of the price index, P = G^(1−σ), imports included.
    sector IndexPower(f64);
    /// Varieties at the factory gate, n p^(1−σ), towns included.
    sector VarietySupply(f64);
    /// Spending of buyers in the place, delivered, thousand yuan.
    nominal sector Expenditure(f64);
    /// Real market access: sum over markets of phi E G^(σ−1).
    sector MarketAccess(f64);
    /// What a firm unit of productivity one receives, subsidy included, thousand yuan.
    nominal sector Revenue(f64);
    /// Total cost of the city's firms, thousand yuan.
    nominal sector ProductionCost(f64);
    /// Representative profit rate.
    sector ProfitRate(f64);
    /// Expenditure of the city: its households and what government buys for them, thousand yuan.
    nominal city CityExpenditure(f64);
    /// Expenditure of the countryside, thousand yuan.
    nominal city RuralExpenditure(f64);
    /// Spending above subsistence of the city, thousand yuan.
    nominal city CitySupernumerary(f64);
    /// Spending above subsistence of the countryside, thousand yuan.
    nominal city RuralSupernumerary(f64);
    /// Spent on housing, thousand yuan.
    nominal city HousingSpending(f64);
    /// Received for food, thousand yuan.
    nominal city FoodSales(f64);
}

/// Price of food, yuan per initial quarterly output of a rural person.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoodPrice(pub f64);

/// Trade with the outside in the quarter by industry, thousand yuan.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct OutsideTrade {
    /// Bought from the outside.
    pub imports: Vec<f64>,
    /// Sold to the outside.
    pub exports: Vec<f64>,
}

/// Least food above subsistence, share of subsistence.
#[derive(Resource, Clone, Copy, Debug)]
struct FoodMarginMin(f64);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let industries = model.world.resource::<IndustryTable>().firms();
    model.world.insert_resource(Tastes::of(scenario));
    model.world.insert_resource(FoodMarginMin(scenario.mechanisms.goods_market.food_margin_min));
    model.world.insert_resource(FoodPrice(scenario.money.farm_income));
    model.world.insert_resource(OutsideTrade { imports: vec![0.0; industries], exports: vec![0.0; industries] });
    model.keep_pieces("prices", vec![resource::<FoodPrice>(), resource::<CapitalRental>()]);
    model
        .add(Step::SetGoodsPrices, prices::set_goods_prices)
        .add(Step::FillIndices, prices::fill_indices)
        .add(Step::SpendOnFood, spending::spend_on_food)
        .add(Step::SpendOnGoods, spending::spend_on_goods)
        .add(Step::SellGoods, sales::sell_goods)
        .add(Step::SettleSales, sales::settle_sales);
}
