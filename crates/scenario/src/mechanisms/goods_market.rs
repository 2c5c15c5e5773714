//! Goods market: last quarter's income is spent; food clears; each variety earns its share of every market.

use crate::parameters::parameters;

parameters! {
    /// Goods market: last quarter's income is spent; food clears; each variety earns its share of every market.
    pub struct GoodsMarket = "goods_market" {
        /// The run stops if food output leaves less than this share above subsistence.
        food_margin_min: f64 = 0.05, "share of subsistence", 0.0..=1.0, Assumed("below it a famine, which the model does not describe, would decide the outcome");
    }
}
