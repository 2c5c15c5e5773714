//! Output at base prices, and the price level that follows from it.

use economics::welfare::{base_price, goods_consumed, output_at_base_prices};
use scenario::industry::Role;
use serde::{Deserialize, Serialize};

use super::reading::Reading;

/// Final quantities of the region and what was paid for them in the quarter: food, each good, consumer services,
/// housing.
pub(super) struct Output {
    quantities: Vec<f64>,
    spending: Vec<f64>,
}

/// Prices of the same things in the opening state, thousand yuan a unit. Policies do not act before the start, so that
/// runs of one scenario share them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Base {
    prices: Vec<f64>,
    /// Food, yuan.
    pub(super) food: f64,
    /// Mean log cost of living of city people, without food.
    pub(super) living_log: f64,
    /// The same of rural people.
    pub(super) rural_living_log: f64,
    /// Market access by industry, mean over places.
    pub(super) market_access: Vec<f64>,
}

impl Output {
    pub(super) fn of(reading: &Reading) -> Self {
        let (constants, markets, prices) = (&reading.constants, &reading.markets, &reading.prices);
        let places = 0..reading.places();
        let food: f64 = markets.food_output.iter().sum();
        let (mut quantities, mut spending) = (vec![food], vec![food * prices.food]);
        for (industry, parameters) in reading.industries.parameters.iter().enumerate() {
            if reading.industries.roles[industry] != Role::Goods {
                continue;
            }
            let share = parameters.expenditure_share;
            let (mut quantity, mut spent) = (0.0, 0.0);
            for place in places.clone() {
                let all = markets.expenditure[industry][place];
                let rural = markets.supernumerary_rural[place];
                let city = (all - share * constants.rural_scale * rural).max(0.0);
                let city_income = if share > 0.0 { city / share } else { 0.0 };
                let index = prices.index[industry][place];
                if index > 0.0 {
                    quantity +=
                        goods_consumed(share, city_income, rural, constants.rural_scale, constants.last_mile, index);
                }
                spent += all;
            }
            quantities.push(quantity);
            spending.push(spent);
        }
        let services = places.clone().map(|place| {
            markets.consumer_spending[place] * economics::maths::exp(-prices.consumer_services_log[place])
        });
        quantities.push(services.sum());
        spending.push(markets.consumer_spending.iter().sum());
        let housing = |place: usize| {
            let urban = reading.population.urban[place].max(1e-9);
            let weighted = reading.population.citizens[place]
                + constants.migrant_housing * reading.population.migrants_total[place];
            constants.housing_share * markets.supernumerary_city[place] * weighted / urban
        };
        let rent = |place: usize| reading.rents.rent[place];
        quantities.push(places.clone().filter(|&r| rent(r) > 0.0).map(|r| housing(r) / rent(r)).sum());
        spending.push(places.map(housing).sum());
        Self { quantities, spending }
    }

    /// The base that this quarter would be.
    pub(super) fn base(&self, reading: &Reading) -> Base {
        let mean = |values: &[f64], weights: &[f64]| {
            let weight: f64 = weights.iter().sum();
            let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
            if weight > 0.0 { sum / weight } else { 0.0 }
        };
        let even = vec![1.0; reading.places()];
        Base {
            prices: self
                .spending
                .iter()
                .zip(&self.quantities)
                .map(|(paid, bought)| base_price(*paid, *bought))
                .collect(),
            food: reading.prices.food,
            living_log: mean(&reading.prices.living_log, &reading.population.urban),
            rural_living_log: mean(&reading.prices.rural_living_log, &reading.population.rural),
            market_access: reading.markets.market_access.iter().map(|column| mean(column, &even)).collect(),
        }
    }

    /// Output at base prices, thousand yuan a quarter.
    pub(super) fn real(&self, base: &Base) -> f64 {
        output_at_base_prices(&self.quantities, &base.prices)
    }

    /// The same at the quarter's prices.
    pub(super) fn nominal(&self) -> f64 {
        self.spending.iter().sum()
    }

    /// Price level against the base: what the quarter's output costs over what it would have cost.
    pub(super) fn price_level(&self, base: &Base) -> f64 {
        let (nominal, real) = (self.nominal(), self.real(base));
        if nominal > 0.0 && real > 0.0 { nominal / real } else { 1.0 }
    }
}
