//! Goods market: last quarter's income is spent; food clears; each variety earns its share of every market.
//!
//! - **Reads** balances of the [`Ledger`], wages, rents, productivity, firms, freeness of trade. **Writes** costs,
//!   mill prices and price indices of goods in [`Prices`], the food price, [`Markets`] of goods, and what the informal
//!   fringe sells to residents.
//! - **Phases** [`Phase::Prices`] and [`Phase::Markets`]. **Chance** none. **Equations**
//!   [`economics::goods_market`], [`economics::market_access`], [`economics::cost`], [`economics::firms::profit_rate`].
//! - **Switched off**: it cannot be; without it nobody would eat. If a harvest leaves less above subsistence than
//!   `food_margin_min`, the run stops with account `food`.
//!
//! A firm's profit rate here is that of a firm of productivity one, also in an empty place: its own productivity goes
//! with a firm wherever it moves.

mod prices;
mod sales;
mod spending;

pub(crate) use prices::{fill_access, fill_index_powers};

use bevy_ecs::prelude::*;
use scenario::mechanisms::goods_market::GoodsMarket;

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::plugin::Plugin;

#[cfg(doc)]
use crate::{
    accounts::Ledger,
    places::{Markets, Prices},
};

/// Goods market.
pub struct GoodsMarketPlugin(pub GoodsMarket);

/// Least food above subsistence, share of subsistence.
#[derive(Resource, Clone, Copy, Debug)]
struct FoodMarginMin(f64);

impl Plugin for GoodsMarketPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(FoodMarginMin(self.0.food_margin_min));
        model.add_systems(
            Phase::Prices,
            (prices::set_goods_prices, prices::fill_indices).chain().in_set(Step::GoodsPrices),
        );
        model.add_systems(
            Phase::Markets,
            (spending::spend_on_food, spending::spend_on_goods).chain().in_set(Step::Spending),
        );
        model.add_systems(Phase::Markets, (sales::sell_goods, sales::settle_sales).chain().in_set(Step::GoodsSales));
        model.add_systems(Phase::Markets, sales::serve_from_fringe.in_set(Step::Fringe));
    }
}
