//! Pollution: industry emits, scale abates, people mind.
//!
//! - **Reads** [`Firms`], [`EffectiveFirms`], [`EffectiveTownFirms`], [`Revenue`], [`TownRevenue`], [`MillPrice`],
//!   [`TownPrice`], [`SubsidyRate`], [`TownSubsidyRate`], [`ConstructionLand`], [`IndustryTable`]. **Writes**
//!   [`Emissions`], [`AmenityLoss`].
//! - **Phase** [`Phase::Factors`](crate::step::Phase::Factors). **Random numbers** none. **Equations**
//!   [`economics::pollution`].
//! - **Real output** is sales over mill prices, valued at the mean mill price of burn-in, in thousand initial farm
//!   incomes; it is also the scale of abatement. Town firms emit as so many scattered sites.
//! - **Switched off**: nothing is emitted.

use bevy_ecs::prelude::*;
use economics::firms::mean_over_firms;
use economics::pollution::{amenity_loss, emissions, scattered_emissions};
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, ByCityMut, BySector, columns};
use crate::clock::Clock;
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms};
use crate::mechanisms::goods_market::{MillPrice, Revenue};
use crate::mechanisms::land_use::ConstructionLand;
use crate::mechanisms::subsidies::{SubsidyRate, TownSubsidyRate};
use crate::mechanisms::towns::{TownPrice, TownRevenue};
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit};
use crate::step::Step;

columns! {
    /// Emissions of the place in the quarter, emission units.
    city Emissions(f64);
    /// Amenity that emissions cost the city, utility.
    city AmenityLoss(f64);
}

/// Thousand initial farm incomes of output at which abatement sets in: the unit of real output.
const OUTPUT_BASE: f64 = 1.0;

/// Intensities, abatement and what people mind.
#[derive(Resource, Clone, Copy, Debug)]
struct PollutionRule {
    amenity_loss: f64,
    intensity_scale: f64,
    abatement: f64,
    density_scale: f64,
    /// Sites that town firms of a place are scattered over.
    towns_per_place: f64,
}

/// Mean mill price of each industry in burn-in, in initial farm incomes.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct OutputPrices(Vec<f64>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.pollution else { return };
    model.world.insert_resource(PollutionRule {
        amenity_loss: block.amenity_loss,
        intensity_scale: block.intensity_scale,
        abatement: block.abatement_elasticity,
        density_scale: block.density_scale,
        towns_per_place: scenario.mechanisms.productivity.clone().unwrap_or_default().towns_per_place,
    });
    model.world.insert_resource(OutputPrices::default());
    model.keep::<OutputPrices>("prices of output at the start");
    model.add(Step::NotePrices, note_prices).add(Step::Emit, emit);
}

fn note_prices(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    mill_price: BySector<MillPrice>,
    firms: BySector<Firms>,
    mut at_start: ResMut<OutputPrices>,
) {
    if clock.burning_in || at_start.0.is_empty() {
        at_start.0.clear();
        let industries = mill_price.rows().zip(firms.rows());
        at_start.0.extend(industries.map(|(price, count)| mean_over_firms(price, count) / unit.0));
    }
}

#[expect(clippy::too_many_arguments, reason = "output of all industries, and the land that bears it")]
fn emit(
    rule: Res<PollutionRule>,
    industries: Res<IndustryTable>,
    at_start: Res<OutputPrices>,
    (firms, town_firms): (BySector<EffectiveFirms>, ByCity<EffectiveTownFirms>),
    (revenue, town_revenue): (BySector<Revenue>, ByCity<TownRevenue>),
    (subsidy, town_subsidy): (BySector<SubsidyRate>, ByCity<TownSubsidyRate>),
    (mill_price, town_price): (BySector<MillPrice>, ByCity<TownPrice>),
    construction: ByCity<ConstructionLand>,
    mut emitted: ByCityMut<Emissions>,
    mut lost: ByCityMut<AmenityLoss>,
) {
    for place in 0..emitted.len() {
        let (mut output, mut burden) = (0.0, 0.0);
        for industry in 0..industries.firms() {
            let paid = revenue[industry][place] * (1.0 - subsidy[industry][place]);
            let quantity = firms[industry][place] * paid / mill_price[industry][place];
            let real = at_start.0[industry] * quantity;
            output += real;
            burden += industries.parameters[industry].emission_intensity * real;
        }
        let mean_intensity = if output > 0.0 { rule.intensity_scale * burden / output } else { 0.0 };
        let mut total = emissions(output, mean_intensity, OUTPUT_BASE, rule.abatement);
        if let Some(industry) = industries.in_towns {
            let paid = town_revenue[place] * (1.0 - town_subsidy[place]);
            let real = at_start.0[industry] * town_firms[place] * paid / town_price[place];
            let intensity = rule.intensity_scale * industries.parameters[industry].emission_intensity;
            let sites = rule.towns_per_place;
            total += scattered_emissions(real, sites, intensity, OUTPUT_BASE, rule.abatement);
        }
        emitted[place] = total;
        lost[place] = amenity_loss(total, construction[place], rule.density_scale, rule.amenity_loss);
    }
}
