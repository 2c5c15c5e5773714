//! Prices, markets, incomes: what the economic phases write. Each column has one owner, named beside it.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// Public services (owner: `public_services`; spending: `fiscal`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Services {
    /// Public money of the last quarter, thousand yuan.
    pub spending: Vec<f64>,
    /// Input per head, index.
    pub input: Vec<f64>,
    /// Quality before measures, index.
    pub quality_base: Vec<f64>,
    /// Quality in force.
    pub quality: Vec<f64>,
    /// Output, index.
    pub output: Vec<f64>,
    /// Output in the countryside of each place.
    pub rural_output: Vec<f64>,
    /// Share of a citizen's services that reaches migrants (zeta), by city.
    pub migrant_access: Vec<f64>,
    /// The part of it that is schooling.
    pub migrant_schooling: Vec<f64>,
}

/// Productivity (owner: `productivity`; effective labour: `congestion`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Productivities {
    /// By industry and city.
    pub city: Vec<Vec<f64>>,
    /// Of town firms, by place.
    pub town: Vec<f64>,
    /// Effective labour per worker.
    pub effective_labour: Vec<f64>,
    /// Jobs of the last quarter by industry and city, thousand persons: what Marshall externalities see.
    pub jobs: Vec<Vec<f64>>,
    /// Jobs in towns of the last quarter.
    pub town_jobs: Vec<f64>,
}

/// Prices (owner: `market_access` for indices, `goods_market` for mill prices and food).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// Food, yuan per initial rural person's quarterly output.
    pub food: f64,
    /// Rental of capital.
    pub capital_rental: f64,
    /// Mean urban wage at the start, to which the rental is indexed.
    pub mean_wage_start: f64,
    /// Unit cost by industry and city.
    pub unit_cost: Vec<Vec<f64>>,
    /// Mill price by industry and city, after subsidies (what buyers pay before transport).
    pub mill_price: Vec<Vec<f64>>,
    /// Unit cost and price of town firms by place.
    pub town_unit_cost: Vec<f64>,
    /// Price of town firms, after subsidies.
    pub town_price: Vec<f64>,
    /// Price index by industry and city (producer services: to firms).
    pub index: Vec<Vec<f64>>,
    /// Log of the price index of consumer services.
    pub consumer_services_log: Vec<f64>,
    /// Log cost of living in the city, without food.
    pub living_log: Vec<f64>,
    /// Log cost of living in the countryside, without food.
    pub rural_living_log: Vec<f64>,
    /// Freeness of trade (phi) by industry, row-major pairs; recomputed when a measure changes it.
    pub freeness: Vec<Vec<f64>>,
    /// Variety-weighted price sums of the outside by industry and city (added to the index), if there is an outside.
    pub outside_supply: Vec<Vec<f64>>,
    /// Demand of the outside by industry and city: E G^(σ−1) phi; revenue of a unit firm adds price^(1−σ) times it.
    pub outside_demand: Vec<Vec<f64>>,
}

/// Markets (owner: `goods_market`, `producer_services`, `consumer_services`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Markets {
    /// Spending above subsistence of each city and countryside, thousand yuan.
    pub supernumerary_city: Vec<f64>,
    /// The same of the countryside.
    pub supernumerary_rural: Vec<f64>,
    /// Expenditure by industry with firms and place of the buyer, delivered.
    pub expenditure: Vec<Vec<f64>>,
    /// Real market access by industry and place: sum over markets of phi E G^(σ−1).
    pub market_access: Vec<Vec<f64>>,
    /// What a firm unit of productivity one receives (subsidy included), by industry and city.
    pub revenue: Vec<Vec<f64>>,
    /// Total cost by industry and city.
    pub cost: Vec<Vec<f64>>,
    /// Representative profit rate by industry and city.
    pub profit_rate: Vec<Vec<f64>>,
    /// Town firms: revenue of a unit, total cost, profit rate.
    pub town_revenue: Vec<f64>,
    /// Total cost of town firms.
    pub town_cost: Vec<f64>,
    /// Profit rate of town firms.
    pub town_profit_rate: Vec<f64>,
    /// Consumer services: share of modern establishments, and spending on consumer services.
    pub modern_share: Vec<f64>,
    /// Spending on consumer services.
    pub consumer_spending: Vec<f64>,
    /// Labour and land bought by consumer services (fringe included), thousand yuan.
    pub consumer_wages: Vec<f64>,
    /// Land bought by consumer services.
    pub consumer_land: Vec<f64>,
    /// Profit of one more establishment, and of a present one.
    pub entrant_profit: Vec<f64>,
    /// Profit of a present establishment.
    pub establishment_profit: Vec<f64>,
    /// Food output of each place.
    pub food_output: Vec<f64>,
    /// Share of planned output that labour allowed, by city (1 unless tightness exceeded the longest hours).
    pub ration: Vec<f64>,
}

/// Labour (owner: `wage_setting`; jobs by agents: `job_matching`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Labour {
    /// Wage per efficiency unit in each city, yuan a quarter.
    pub wage: Vec<f64>,
    /// Town wage by place.
    pub town_wage: Vec<f64>,
    /// Demand by industry with firms and city, efficiency units (thousand persons of full effect).
    pub demand: Vec<Vec<f64>>,
    /// Demand of consumer services.
    pub demand_consumer: Vec<f64>,
    /// Demand of government.
    pub demand_public: Vec<f64>,
    /// All demand by city.
    pub demand_total: Vec<f64>,
    /// Tightness: demand over supply.
    pub tightness: Vec<f64>,
    /// Employment rate: min(1, tightness).
    pub employment_rate: Vec<f64>,
    /// Hours, multiple of normal.
    pub hours: Vec<f64>,
    /// Expected pay of an unskilled resident this quarter: wage × effective labour × tightness.
    pub pay: Vec<f64>,
    /// Town jobs by place, thousand persons.
    pub town_jobs: Vec<f64>,
    /// Pay outside per efficiency unit.
    pub outside_pay: f64,
}

/// Rents (owner: `rent_pressure`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rents {
    /// Going rent, thousand yuan per km² and quarter.
    pub rent: Vec<f64>,
    /// Spending on land in the quarter.
    pub spending: Vec<f64>,
}

/// Incomes per head and totals of the quarter (owner: `fiscal` and `remittances` through the ledger).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Incomes {
    /// Disposable income of each city's households and government: what the next quarter spends.
    pub city: Vec<f64>,
    /// The same of the countryside.
    pub rural: Vec<f64>,
    /// Capital income and profits per owner, yuan.
    pub capital_per_head: f64,
    /// Land rents per registered citizen, yuan, by city.
    pub rent_per_head: Vec<f64>,
    /// Farm income alone, per farmer, by place.
    pub farm_per_head: Vec<f64>,
    /// Income per rural person, by place.
    pub rural_per_head: Vec<f64>,
    /// Levy on pay that finances programmes, share.
    pub levy_rate: f64,
    /// Remittances received by each place's countryside, thousand yuan.
    pub remittances: Vec<f64>,
    /// Value added of the quarter in each place, thousand yuan at current prices.
    pub value_added: Vec<f64>,
    /// Quota revenue due to each countryside, and quota payments due from each city, next quarter.
    pub quota_revenue_due: Vec<f64>,
    /// Quota payments due from each city next quarter.
    pub quota_payment_due: Vec<f64>,
}

/// Emissions (owner: `pollution`).
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Emissions {
    /// Emissions of each place in the quarter.
    pub total: Vec<f64>,
    /// Amenity lost in each city, utility.
    pub amenity_loss: Vec<f64>,
}
