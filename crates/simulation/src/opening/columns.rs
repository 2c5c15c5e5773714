//! Opening values of prices, markets, labour and incomes. Burn-in forgets all of them but the level of money.

use economics::maths::{cosine, exp, ln};
use scenario::scenario::Scenario;

use super::people::Margin;
use crate::places::{
    Emissions, FirmMass, Incomes, IndustryTable, Labour, Markets, PlaceTable, Prices, Productivities, Rents, Services,
    Utilities,
};
use crate::random::{Purpose, uniform};

/// Everything that opening values are made from.
pub(super) struct Opening<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) table: &'a PlaceTable,
    pub(super) industries: &'a IndustryTable,
    pub(super) margins: &'a [Margin],
}

impl Opening<'_> {
    fn places(&self) -> usize {
        self.margins.len()
    }

    fn nought(&self) -> Vec<f64> {
        vec![0.0; self.places()]
    }

    fn all(&self, value: f64) -> Vec<f64> {
        vec![value; self.places()]
    }

    fn by_industry(&self, value: f64) -> Vec<Vec<f64>> {
        vec![self.all(value); self.industries.firms()]
    }

    /// Farm income per person and quarter, yuan: the unit of every opening figure of money.
    pub(super) fn unit(&self) -> f64 {
        self.scenario.money.farm_income
    }

    /// Urban residents, thousand persons.
    pub(super) fn urban(&self, place: usize) -> f64 {
        self.margins[place].urban() as f64 / 1000.0
    }

    /// Rural residents, thousand persons.
    pub(super) fn rural(&self, place: usize) -> f64 {
        self.margins[place].rural as f64 / 1000.0
    }

    /// A column from a function of the place.
    fn column(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        (0..self.places()).map(of).collect()
    }

    pub(super) fn prices(&self) -> Prices {
        let (places, unit) = (self.places(), self.unit());
        Prices {
            food: unit,
            capital_rental: unit,
            mean_wage_start: self.scenario.initial.opening_wage * unit,
            unit_cost: self.by_industry(unit),
            mill_price: self.by_industry(unit),
            town_unit_cost: self.all(unit),
            town_price: self.all(unit),
            index: self.by_industry(unit),
            consumer_services_log: self.nought(),
            living_log: self.nought(),
            rural_living_log: self.nought(),
            freeness: vec![vec![1.0; places * places]; self.industries.firms()],
            outside_supply: self.by_industry(0.0),
            outside_demand: self.by_industry(0.0),
        }
    }

    pub(super) fn markets(&self) -> Markets {
        Markets {
            supernumerary_city: self.nought(),
            supernumerary_rural: self.nought(),
            expenditure: self.by_industry(0.0),
            market_access: self.by_industry(0.0),
            revenue: self.by_industry(0.0),
            cost: self.by_industry(0.0),
            profit_rate: self.by_industry(0.0),
            town_revenue: self.nought(),
            town_cost: self.nought(),
            town_profit_rate: self.nought(),
            modern_share: self.nought(),
            consumer_spending: self.nought(),
            consumer_wages: self.nought(),
            consumer_land: self.nought(),
            entrant_profit: self.nought(),
            establishment_profit: self.nought(),
            food_output: self.column(|place| self.rural(place)),
            ration: self.all(1.0),
        }
    }

    pub(super) fn labour(&self, firms: &FirmMass) -> Labour {
        let unit = self.unit();
        let premium = self.scenario.mechanisms.towns.as_ref().map_or(0.0, |towns| towns.wage_premium);
        let outside = self.scenario.mechanisms.outside.as_ref().map_or(0.0, |outside| outside.wage_ratio);
        Labour {
            wage: self.all(self.scenario.initial.opening_wage * unit),
            town_wage: self.all((1.0 + premium) * unit),
            demand: self.by_industry(0.0),
            demand_consumer: self.nought(),
            demand_public: self.nought(),
            demand_total: self.nought(),
            tightness: self.all(1.0),
            employment_rate: self.all(1.0),
            hours: self.all(1.0),
            pay: self.all(self.scenario.initial.opening_wage * unit),
            town_jobs: self.town_jobs(firms),
            outside_pay: outside * self.scenario.initial.opening_wage * unit,
        }
    }

    pub(super) fn productivities(&self, firms: &FirmMass) -> Productivities {
        Productivities {
            city: self.by_industry(1.0),
            town: self.all(1.0),
            effective_labour: self.all(1.0),
            jobs: self.by_industry(0.0),
            town_jobs: self.town_jobs(firms),
        }
    }

    pub(super) fn rents(&self) -> Rents {
        Rents { rent: self.all(self.scenario.initial.opening_rent * self.unit()), spending: self.nought() }
    }

    pub(super) fn incomes(&self) -> Incomes {
        let unit = self.unit();
        Incomes {
            city: self.column(|place| self.scenario.initial.opening_city_income * self.urban(place) * unit),
            rural: self.column(|place| self.rural(place) * unit),
            capital_per_head: 0.0,
            rent_per_head: self.nought(),
            farm_per_head: self.all(unit),
            rural_per_head: self.all(unit),
            levy_rate: 0.0,
            remittances: self.nought(),
            value_added: self.nought(),
            quota_revenue_due: self.nought(),
            quota_payment_due: self.nought(),
        }
    }

    pub(super) fn services(&self) -> Services {
        let block = self.scenario.mechanisms.public_services.as_ref();
        let rural_output = block.map_or(1.0, |services| services.rural_output);
        let access = block.map_or(1.0, |services| services.migrant_schooling);
        let quality = self.column(|place| self.quality(place));
        Services {
            spending: self
                .column(|place| self.scenario.initial.opening_public_spending * self.urban(place) * self.unit()),
            input: self.all(1.0),
            quality_base: quality.clone(),
            quality,
            output: self.all(1.0),
            rural_output: self.all(rural_output),
            migrant_access: self.all(access),
            migrant_schooling: self.all(access),
        }
    }

    /// Quality of services: as stated, or with a keyed log-normal spread around one.
    fn quality(&self, place: usize) -> f64 {
        let spread = self.scenario.mechanisms.public_services.as_ref().map_or(0.0, |block| block.quality_spread);
        match self.table.places[place].service_quality {
            Some(stated) => stated,
            None if spread > 0.0 => exp(spread * standard_normal(self.scenario.seed, place as u32)),
            None => 1.0,
        }
    }

    pub(super) fn utilities(&self) -> Utilities {
        let places = self.places();
        let pairs = || vec![0.0; (places + 1) * places];
        let origins = || vec![0.0; places + 1];
        Utilities {
            citizen: [self.nought(), self.nought()],
            rural: self.nought(),
            migrant: [pairs(), pairs()],
            network: pairs(),
            cost: pairs(),
            citizen_elsewhere: [self.nought(), self.nought()],
            outside: [origins(), origins()],
            outside_cost: origins(),
            amenity: self.column(|place| self.table.places[place].amenity),
            amenity_outside: 0.0,
        }
    }

    pub(super) fn emissions(&self) -> Emissions {
        Emissions { total: self.nought(), amenity_loss: self.nought() }
    }

    fn town_jobs(&self, firms: &FirmMass) -> Vec<f64> {
        firms.town_count.iter().map(|count| self.scenario.initial.opening_town_jobs * count).collect()
    }
}

/// A keyed draw from the standard normal distribution (Box and Muller 1958).
fn standard_normal(seed: u64, place: u32) -> f64 {
    let first = uniform(seed, Purpose::ServiceQuality, 0, place);
    let second = uniform(seed, Purpose::ServiceQuality, 1, place);
    (-2.0 * ln(first)).sqrt() * cosine(std::f64::consts::TAU * second)
}
