//! Columns that steps of the economy hand to one another within a quarter. Nothing here lasts.

use bevy_ecs::prelude::*;

/// What is spent and sold in the quarter, thousand yuan.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct MarketFlows {
    /// Expenditure of each city: its households and what government buys for them.
    pub city: Vec<f64>,
    /// Expenditure of each countryside.
    pub rural: Vec<f64>,
    /// Supernumerary income of cities whose shares are spent on goods and consumer services.
    pub goods_income: Vec<f64>,
    /// Spent on housing by city.
    pub housing: Vec<f64>,
    /// Received for food by place.
    pub food_sales: Vec<f64>,
    /// Spent on producer services by place.
    pub services_bought: Vec<f64>,
    /// Power sums of price indices, P = G^(1−σ), by industry and place; imports included.
    pub index_power: Vec<Vec<f64>>,
    /// Varieties at the gate, n p^(1−σ), by industry and place; towns included.
    pub supply: Vec<Vec<f64>>,
    /// Demand that a variety meets, E/P, by place; of the industry at hand.
    pub demand: Vec<f64>,
    /// Imports by industry.
    pub imports: Vec<f64>,
    /// Exports by industry.
    pub exports: Vec<f64>,
    /// Subsidies received by firms of a place.
    pub subsidies: Vec<f64>,
    /// What markets and programmes left under way before it was cleared: rounding, or a fault.
    pub transit_gap: f64,
}

impl MarketFlows {
    /// Empty baskets of the right shape.
    #[must_use]
    pub fn none(places: usize, industries: usize) -> Self {
        let column = || vec![0.0; places];
        let table = || vec![column(); industries];
        Self {
            city: column(),
            rural: column(),
            goods_income: column(),
            housing: column(),
            food_sales: column(),
            services_bought: column(),
            index_power: table(),
            supply: table(),
            demand: column(),
            imports: vec![0.0; industries],
            exports: vec![0.0; industries],
            subsidies: column(),
            transit_gap: 0.0,
        }
    }
}

/// What work is paid in the quarter, thousand yuan by city.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Payroll {
    /// All pay, public included.
    pub bill: Vec<f64>,
    /// Of that, paid by government.
    pub public: Vec<f64>,
}

impl Payroll {
    /// Nobody is paid.
    #[must_use]
    pub fn none(places: usize) -> Self {
        Self { bill: vec![0.0; places], public: vec![0.0; places] }
    }
}

/// People who farm, by place, thousand persons.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Farmers(pub Vec<f64>);

/// The factor by which prices rise on the way between countryside and city; 1 without `market_access`.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct LastMile(pub f64);

/// Share of pay that migrants send home, by the city where they work; 0 without `remittances`.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct RemittanceShares(pub Vec<f64>);
