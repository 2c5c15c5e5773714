//! Output at base prices, and the price level that follows from it.

use economics::maths::{exp, ln};
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
    pub(super) cost_of_living: f64,
    /// The same of rural people.
    pub(super) rural_cost_of_living: f64,
    /// Market access by industry, mean over places.
    pub(super) market_access: Vec<f64>,
}

impl Base {
    /// Log price of food against the base, times its share in spending.
    pub(super) fn food_log(&self, reading: &Reading) -> f64 {
        reading.constants.food_share * ln(reading.market.food_price.0 / self.food)
    }
}

impl Output {
    pub(super) fn of(reading: &Reading) -> Self {
        let (constants, market, land) = (&reading.constants, &reading.market, &reading.land);
        let places = 0..reading.places();
        let food: f64 = market.food_output.iter().sum();
        let (mut quantities, mut spending) = (vec![food], vec![food * market.food_price.0]);
        for (industry, parameters) in reading.industries.parameters.iter().enumerate() {
            if reading.industries.roles[industry] != Role::Goods {
                continue;
            }
            let share = parameters.expenditure_share;
            let (mut quantity, mut spent) = (0.0, 0.0);
            for place in places.clone() {
                let all = market.expenditure[industry][place];
                let rural = market.rural_supernumerary[place];
                let city = (all - share * constants.rural_scale * rural).max(0.0);
                let city_income = if share > 0.0 { city / share } else { 0.0 };
                let index = market.price_index[industry][place];
                if index > 0.0 {
                    quantity +=
                        goods_consumed(share, city_income, rural, constants.rural_scale, constants.last_mile, index);
                }
                spent += all;
            }
            quantities.push(quantity);
            spending.push(spent);
        }
        let services =
            places.clone().map(|place| market.consumer_spending[place] * exp(-market.consumer_services_price[place]));
        quantities.push(services.sum());
        spending.push(market.consumer_spending.iter().sum());
        let housing = |place: usize| {
            let population = &reading.population;
            let urban = population.urban[place].max(1e-9);
            let weighted = population.citizens[place] + constants.migrant_housing * population.migrants[place];
            constants.housing_share * market.city_supernumerary[place] * weighted / urban
        };
        let rented = places.clone().filter(|&place| land.rent[place] > 0.0);
        quantities.push(rented.map(|place| housing(place) / land.rent[place]).sum());
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
        let (population, utility) = (&reading.population, &reading.utility);
        Base {
            prices: self
                .spending
                .iter()
                .zip(&self.quantities)
                .map(|(paid, bought)| base_price(*paid, *bought))
                .collect(),
            food: reading.market.food_price.0,
            cost_of_living: mean(&utility.cost_of_living, &population.urban),
            rural_cost_of_living: mean(&utility.rural_cost_of_living, &population.rural),
            market_access: reading.market.access.rows().map(|column| mean(column, &even)).collect(),
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
