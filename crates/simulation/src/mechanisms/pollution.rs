//! Pollution: industry emits, scale abates, people mind.
//!
//! - **Reads** sales and prices of city and town firms, construction land in [`Land`]. **Writes** [`Emissions`].
//! - **Phase** [`Phase::Factors`]. **Chance** none. **Equations** [`economics::pollution`].
//! - **Real output** is sales over mill prices, valued at the mean mill price of burn-in, in thousand initial farm
//!   incomes; it is also the scale of abatement. Town firms emit as so many scattered sites.
//! - **Switched off**: nothing is emitted.

use bevy_ecs::prelude::*;
use economics::firms::mean_over_firms;
use economics::pollution::{amenity_loss, emissions, scattered_emissions};
use scenario::mechanisms::pollution::Pollution;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Emissions, FirmMass, IndustryTable, Land, Markets, MoneyUnit, Prices, SubsidyRates};
use crate::plugin::Plugin;

/// Thousand initial farm incomes of output at which abatement sets in: the unit of real output.
const OUTPUT_BASE: f64 = 1.0;

/// Pollution.
pub struct PollutionPlugin {
    block: Pollution,
    towns_per_place: f64,
}

impl PollutionPlugin {
    /// With the number of sites that town firms are scattered over.
    #[must_use]
    pub fn new(block: &Pollution, scenario: &Scenario) -> Self {
        let productivity = scenario.mechanisms.productivity.clone().unwrap_or_default();
        Self { block: block.clone(), towns_per_place: productivity.towns_per_place }
    }
}

/// Intensities, abatement and what people mind.
#[derive(Resource, Clone, Copy, Debug)]
struct PollutionRule {
    amenity_loss: f64,
    intensity_scale: f64,
    abatement: f64,
    density_scale: f64,
    towns_per_place: f64,
}

/// Mean mill price of each industry in burn-in, in initial farm incomes.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct OutputPrices(Vec<f64>);

impl Plugin for PollutionPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(PollutionRule {
            amenity_loss: self.block.amenity_loss,
            intensity_scale: self.block.intensity_scale,
            abatement: self.block.abatement_elasticity,
            density_scale: self.block.density_scale,
            towns_per_place: self.towns_per_place,
        });
        model.world.insert_resource(OutputPrices::default());
        model.keep::<OutputPrices>("prices of output at the start");
        model.add_systems(Phase::Factors, (note_prices, emit).chain().in_set(Step::Emissions));
    }
}

fn note_prices(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    prices: Res<Prices>,
    firms: Res<FirmMass>,
    mut at_start: ResMut<OutputPrices>,
) {
    if clock.burning_in || at_start.0.is_empty() {
        at_start.0.clear();
        let columns = prices.mill_price.iter().zip(&firms.count);
        at_start.0.extend(columns.map(|(price, count)| mean_over_firms(price, count) / unit.0));
    }
}

#[expect(clippy::too_many_arguments, reason = "output of all industries, and the land that bears it")]
fn emit(
    rule: Res<PollutionRule>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    subsidies: Res<SubsidyRates>,
    prices: Res<Prices>,
    at_start: Res<OutputPrices>,
    markets: Res<Markets>,
    land: Res<Land>,
    mut released: ResMut<Emissions>,
) {
    let released = &mut *released;
    for place in 0..released.total.len() {
        let (mut output, mut burden) = (0.0, 0.0);
        for industry in 0..industries.firms() {
            let paid = markets.revenue[industry][place] * (1.0 - subsidies.city[industry][place]);
            let quantity = firms.effective[industry][place] * paid / prices.mill_price[industry][place];
            let real = at_start.0[industry] * quantity;
            output += real;
            burden += industries.parameters[industry].emission_intensity * real;
        }
        let mean_intensity = if output > 0.0 { rule.intensity_scale * burden / output } else { 0.0 };
        let mut total = emissions(output, mean_intensity, OUTPUT_BASE, rule.abatement);
        if let Some(industry) = industries.in_towns {
            let paid = markets.town_revenue[place] * (1.0 - subsidies.town[place]);
            let real = at_start.0[industry] * firms.town_effective[place] * paid / prices.town_price[place];
            let intensity = rule.intensity_scale * industries.parameters[industry].emission_intensity;
            let sites = rule.towns_per_place;
            total += scattered_emissions(real, sites, intensity, OUTPUT_BASE, rule.abatement);
        }
        released.total[place] = total;
        released.amenity_loss[place] =
            amenity_loss(total, land.construction[place], rule.density_scale, rule.amenity_loss);
    }
}
