//! The mechanisms' parameters: one file each, named as the block in a scenario.
//!
//! The list at the end declares each mechanism once. From it come the fields of [`Mechanisms`], their names in scenarios,
//! and all that reads, writes, describes and counts mechanisms. `on` and `off` say what a scenario without the block
//! means: a new mechanism is `off`, so that scenarios written before it keep their meaning. `always` cannot be off;
//! `more` has fields beside its numbers.

pub mod agriculture;
pub mod congestion;
pub mod consideration;
pub mod consumer_services;
pub mod demography;
pub mod firm_location;
pub mod firm_turnover;
pub mod fiscal;
pub mod goods_market;
pub mod job_matching;
pub mod land_quota;
pub mod market_access;
pub mod migrant_location;
pub mod migration_costs;
pub mod networks;
pub mod outside;
pub mod pollution;
pub mod producer_services;
pub mod productivity;
pub mod public_services;
pub mod remittances;
pub mod rent_pressure;
pub mod settlement_rules;
mod slot;
pub mod towns;
pub mod urbanisation_on_the_spot;
pub mod wage_setting;

use crate::parameters::Block;

pub(crate) use slot::{More, Slot};

impl Slot for goods_market::GoodsMarket {
    fn switch_off(&mut self) -> bool {
        false
    }
    fn switch_on(&mut self) -> &mut dyn More {
        self
    }
    fn block(&self) -> Option<&dyn More> {
        Some(self)
    }
}

macro_rules! field {
    (always $type:ty) => { $type };
    ($state:ident $type:ty) => { Option<$type> };
}

macro_rules! absent {
    (on) => {
        Some(Default::default())
    };
    (off) => {
        None
    };
    (always) => {
        Default::default()
    };
}

macro_rules! more {
    ($type:ty, more) => {};
    ($type:ty,) => {
        impl More for $type {}
    };
}

macro_rules! mechanisms {
    ($($name:ident: $type:ident $state:ident $($more:ident)?;)+) => {
        $(more!($name::$type, $($more)?);)+

        /// All mechanisms. `None` is `Off`.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[expect(missing_docs, reason = "each field is named after its mechanism, which is documented there")]
        pub struct Mechanisms {
            $(pub $name: field!($state $name::$type),)+
        }

        impl Default for Mechanisms {
            /// Every mechanism as it is where a scenario has no block for it.
            fn default() -> Self {
                Mechanisms { $($name: absent!($state),)+ }
            }
        }

        impl Mechanisms {
            /// Names of all mechanisms, in order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Every mechanism by name, and its block if it is on.
            pub fn blocks(&self) -> Vec<(&'static str, Option<&dyn Block>)> {
                self.described().into_iter().map(|(name, block)| (name, block.map(|block| block as &dyn Block))).collect()
            }

            pub(crate) fn described(&self) -> Vec<(&'static str, Option<&dyn More>)> {
                vec![$((stringify!($name), Slot::block(&self.$name))),+]
            }

            pub(crate) fn slots(&mut self) -> Vec<(&'static str, &mut dyn Slot)> {
                vec![$((stringify!($name), &mut self.$name as &mut dyn Slot)),+]
            }
        }
    };
}

mechanisms! {
    market_access: MarketAccess on;
    goods_market: GoodsMarket always;
    productivity: Productivity on;
    public_services: PublicServices on;
    wage_setting: WageSetting on;
    job_matching: JobMatching on;
    rent_pressure: RentPressure on;
    congestion: Congestion on;
    agriculture: Agriculture on;
    towns: Towns on;
    producer_services: ProducerServices on;
    consumer_services: ConsumerServices on;
    firm_turnover: FirmTurnover on;
    firm_location: FirmLocation on;
    migrant_location: MigrantLocation on more;
    networks: Networks on;
    settlement_rules: SettlementRules on more;
    land_quota: LandQuota on;
    remittances: Remittances on;
    outside: Outside off;
    demography: Demography on;
    fiscal: Fiscal on;
    pollution: Pollution on;
    consideration: Consideration off;
    migration_costs: MigrationCosts off;
    urbanisation_on_the_spot: UrbanisationOnTheSpot off;
}
