//! The mechanisms of a scenario, one after the other: each a block that can be on or off.

use crate::mechanisms::goods_market::GoodsMarket;
use crate::parameters::Block;
use crate::scenario::Mechanisms;

/// A mechanism that can be switched on and, but for the goods market, off.
pub(crate) trait Slot {
    /// Switches it off; says whether it can be.
    fn switch_off(&mut self) -> bool;
    /// Switches it on, with the numbers it has or else its defaults.
    fn switch_on(&mut self) -> &mut dyn Block;
    /// Its block, if it is on.
    fn block(&self) -> Option<&dyn Block>;
}

impl<B: Block + Default> Slot for Option<B> {
    fn switch_off(&mut self) -> bool {
        *self = None;
        true
    }
    fn switch_on(&mut self) -> &mut dyn Block {
        self.get_or_insert_with(B::default)
    }
    fn block(&self) -> Option<&dyn Block> {
        self.as_ref().map(|block| block as &dyn Block)
    }
}

impl Slot for GoodsMarket {
    fn switch_off(&mut self) -> bool {
        false
    }
    fn switch_on(&mut self) -> &mut dyn Block {
        self
    }
    fn block(&self) -> Option<&dyn Block> {
        Some(self)
    }
}

macro_rules! slots {
    ($($name:ident)+) => {
        impl Mechanisms {
            /// Names of all mechanisms, in order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Every mechanism by name, and its block if it is on.
            pub fn blocks(&self) -> Vec<(&'static str, Option<&dyn Block>)> {
                vec![$((stringify!($name), Slot::block(&self.$name))),+]
            }

            pub(crate) fn slots(&mut self) -> Vec<(&'static str, &mut dyn Slot)> {
                vec![$((stringify!($name), &mut self.$name as &mut dyn Slot)),+]
            }
        }
    };
}

slots! {
    market_access goods_market productivity public_services wage_setting job_matching rent_pressure congestion
    agriculture towns producer_services consumer_services firm_turnover firm_location migrant_location networks
    settlement_rules land_quota remittances outside demography fiscal pollution
}
