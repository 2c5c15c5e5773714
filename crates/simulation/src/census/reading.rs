//! What the census looks at, and the constants by which it reckons.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::industry::Role;
use scenario::scenario::Scenario;

use crate::accounts::Ledger;
use crate::agents::firm::VarietyMass;
use crate::clock::Clock;
use crate::places::{
    Counts, Emissions, Establishments, FirmMass, Incomes, IndustryTable, Labour, Land, Markets, PlaceTable, Population,
    Prices, Productivities, Programme, Rents, Services, Totals, Utilities,
};

/// Everything that the census reads.
#[derive(SystemParam)]
pub(super) struct Reading<'w> {
    pub(super) clock: Res<'w, Clock>,
    pub(super) constants: Res<'w, Constants>,
    pub(super) table: Res<'w, PlaceTable>,
    pub(super) industries: Res<'w, IndustryTable>,
    pub(super) counts: Res<'w, Counts>,
    pub(super) totals: Res<'w, Totals>,
    pub(super) population: Res<'w, Population>,
    pub(super) firms: Res<'w, FirmMass>,
    pub(super) variety: Option<Res<'w, VarietyMass>>,
    pub(super) establishments: Res<'w, Establishments>,
    pub(super) services: Res<'w, Services>,
    pub(super) productivities: Res<'w, Productivities>,
    pub(super) prices: Res<'w, Prices>,
    pub(super) markets: Res<'w, Markets>,
    pub(super) labour: Res<'w, Labour>,
    pub(super) rents: Res<'w, Rents>,
    pub(super) incomes: Res<'w, Incomes>,
    pub(super) emissions: Res<'w, Emissions>,
    pub(super) land: Res<'w, Land>,
    pub(super) programme: Res<'w, Programme>,
    pub(super) utilities: Res<'w, Utilities>,
    pub(super) ledger: Res<'w, Ledger>,
}

/// An industry's row in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sector {
    /// One with firms, by its number among them.
    Firms(usize),
    /// Consumer services.
    Consumer,
    /// Agriculture.
    Farms,
    /// Public service, where the scenario has public wages.
    Government,
}

/// Numbers of the scenario that incomes, price levels and quantities are reckoned with.
#[derive(Resource, Clone, Debug, PartialEq)]
pub(super) struct Constants {
    /// Rows of `sectors`, in the scenario's order, with their names.
    pub(super) sectors: Vec<(Sector, String)>,
    /// Quarters that the run will have.
    pub(super) ticks: u32,
    pub(super) food_share: f64,
    pub(super) subsistence: f64,
    pub(super) housing_share: f64,
    pub(super) migrant_housing: f64,
    /// How much rural people's shares exceed those of city people.
    pub(super) rural_scale: f64,
    pub(super) last_mile: f64,
    pub(super) tax_rate: f64,
    pub(super) outside_tax_rate: f64,
    pub(super) outside_price_ratio: f64,
    pub(super) remitted: f64,
}

impl Constants {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let mechanisms = &scenario.mechanisms;
        let mut with_firms = 0;
        let mut sectors = Vec::new();
        for industry in &scenario.industries {
            let sector = match industry.role {
                Role::Goods | Role::ProducerServices => {
                    with_firms += 1;
                    Sector::Firms(with_firms - 1)
                }
                Role::ConsumerServices => Sector::Consumer,
                Role::Agriculture => Sector::Farms,
            };
            sectors.push((sector, industry.name.clone()));
        }
        if mechanisms.fiscal.as_ref().is_some_and(|fiscal| fiscal.public_wage_share > 0.0) {
            sectors.push((Sector::Government, "government".to_owned()));
        }
        let consumer_share = scenario.consumer_service_share();
        let housing_share = scenario.preferences.housing_share;
        Self {
            sectors,
            ticks: scenario.ticks,
            food_share: scenario.preferences.food_share,
            subsistence: scenario.preferences.subsistence,
            housing_share,
            migrant_housing: scenario.preferences.migrant_housing,
            rural_scale: 1.0 / (1.0 - consumer_share - housing_share).max(1e-12),
            last_mile: mechanisms.market_access.as_ref().map_or(1.0, |block| block.last_mile),
            tax_rate: mechanisms.fiscal.as_ref().map_or(0.0, |block| block.tax_rate),
            outside_tax_rate: mechanisms.outside.as_ref().map_or(0.0, |block| block.tax_rate),
            outside_price_ratio: mechanisms.outside.as_ref().map_or(1.0, |block| block.price_ratio),
            remitted: mechanisms.remittances.as_ref().map_or(0.0, |block| block.share),
        }
    }
}

impl Reading<'_> {
    pub(super) fn places(&self) -> usize {
        self.table.places.len()
    }

    /// The date of the state at the end of the quarter.
    pub(super) fn year_after(&self, tick: u32) -> f64 {
        f64::from(self.clock.start) + f64::from(tick) / 4.0
    }
}
