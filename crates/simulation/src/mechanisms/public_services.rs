//! Public services: input and quality jointly make output, and quality can be what binds.
//!
//! - **Reads** [`ServiceRules`], [`FiscalRates`], [`MoneyUnit`], [`PlaceTable`], [`UrbanPeople`], [`PublicSpending`]
//!   (of last quarter), [`ServiceQualityBase`], [`QualityMultiple`], [`SpendingMultiple`], [`AccessAdded`],
//!   [`RuralOutputAdded`]. **Writes** [`ServiceInput`], [`ServiceQuality`], [`ServiceOutput`], [`RuralServiceOutput`],
//!   [`MigrantAccess`], [`MigrantSchooling`].
//! - **Phase** [`Phase::Services`](crate::step::Phase::Services). **Random numbers** [`Purpose::ServiceQuality`], for
//!   the quality at the start of places that do not state it. **Equations**
//!   [`economics::public_service::service_input`], [`economics::public_service::service_output`].
//! - **Switched off**: output is one everywhere, also in the countryside; migrants are not excluded, and services have no
//!   weight.
//! - **Without public finance** input per head is one before the place's own multiple and measures.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::maths::{cosine, exp, ln};
use economics::public_service::{ServiceTechnology, service_input, service_output};
use scenario::mechanisms::public_services::PublicServices;
use scenario::place::Level;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::base_year::Opening;
use crate::mechanisms::fiscal::FiscalRates;
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::service_reform::{AccessAdded, QualityMultiple, RuralOutputAdded, SpendingMultiple};
use crate::model::Model;
use crate::random::{Purpose, uniform};
use crate::region::{MoneyUnit, PlaceTable};
use crate::snapshot::city;
use crate::step::Step;

columns! {
    /// Public money of the last quarter, thousand yuan.
    nominal city PublicSpending(f64) =
        |opening, place| opening.scenario.initial.opening_public_spending * opening.urban(place) * opening.unit();
    /// Input per head, index.
    city ServiceInput(f64) = |_, _| 1.0;
    /// Quality before measures, index.
    city ServiceQualityBase(f64) = quality;
    /// Quality in force, index.
    city ServiceQuality(f64) = quality;
    /// Output, index.
    city ServiceOutput(f64) = |_, _| 1.0;
    /// Output in the countryside of the place, index.
    city RuralServiceOutput(f64) = |opening, _| block(opening).map_or(1.0, |block| block.rural_output);
    /// Share of a citizen's services that reaches migrants in the city.
    city MigrantAccess(f64) = |opening, _| block(opening).map_or(1.0, |block| block.migrant_schooling);
    /// The same of schooling alone.
    city MigrantSchooling(f64) = |opening, _| block(opening).map_or(1.0, |block| block.migrant_schooling);
}

fn block<'a>(opening: &'a Opening) -> Option<&'a PublicServices> {
    opening.scenario.mechanisms.public_services.as_ref()
}

/// Quality of services at the start: as stated, or with a log-normal spread around one.
fn quality(opening: &Opening, place: usize) -> f64 {
    let spread = block(opening).map_or(0.0, |block| block.quality_spread);
    match opening.table.places[place].service_quality {
        Some(stated) => stated,
        None if spread > 0.0 => exp(spread * standard_normal(opening.scenario.seed, place as u32)),
        None => 1.0,
    }
}

/// A draw from the standard normal distribution (Box and Muller 1958) for a place.
fn standard_normal(seed: u64, place: u32) -> f64 {
    let first = uniform(seed, Purpose::ServiceQuality, 0, place);
    let second = uniform(seed, Purpose::ServiceQuality, 1, place);
    (-2.0 * ln(first)).sqrt() * cosine(std::f64::consts::TAU * second)
}

/// What people make of services; absent without them.
#[derive(Resource, Clone, Debug)]
pub struct ServiceRules(PublicServices);

impl ServiceRules {
    /// Weight of service output in utility.
    #[must_use]
    pub fn amenity_weight(&self) -> f64 {
        self.0.amenity_weight
    }

    /// Utility lost by a migrant who receives no service.
    #[must_use]
    pub fn exclusion_penalty(&self) -> f64 {
        self.0.exclusion_penalty
    }

    /// What reaches migrants in general cities before any measure, share of a citizen's.
    #[must_use]
    pub fn general_access(&self) -> f64 {
        self.access(1.0, [0.0; 3]).0
    }

    /// What reaches migrants, all services and schooling alone, with the multiple of a level and measures.
    fn access(&self, multiple: f64, added: [f64; 3]) -> (f64, f64) {
        let reach = |share: f64, added: f64| (share * multiple + added).clamp(0.0, 1.0);
        let schooling = reach(self.0.migrant_schooling, added[0]);
        let health = reach(self.0.migrant_health, added[1]);
        let housing = reach(self.0.migrant_housing, added[2]);
        let weights = [self.0.schooling_weight, self.0.health_weight];
        let rest = (1.0 - weights[0] - weights[1]).max(0.0);
        let sum = weights[0] + weights[1] + rest;
        ((weights[0] * schooling + weights[1] * health + rest * housing) / sum, schooling)
    }
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.keep_pieces("public spending", vec![city::<PublicSpending>()]);
    let Some(block) = &scenario.mechanisms.public_services else { return };
    model.world.insert_resource(ServiceRules(block.clone()));
    model.add(Step::ProduceServices, produce_services);
}

/// What measures make of services.
#[derive(SystemParam)]
struct Reformed<'w> {
    quality: ByCity<'w, QualityMultiple>,
    spending: ByCity<'w, SpendingMultiple>,
    access: ByCity<'w, AccessAdded>,
    rural_output: ByCity<'w, RuralOutputAdded>,
}

/// What services yield, and who receives them.
#[derive(SystemParam)]
struct Yield<'w> {
    input: ByCityMut<'w, ServiceInput>,
    quality: ByCityMut<'w, ServiceQuality>,
    output: ByCityMut<'w, ServiceOutput>,
    rural_output: ByCityMut<'w, RuralServiceOutput>,
    migrant_access: ByCityMut<'w, MigrantAccess>,
    migrant_schooling: ByCityMut<'w, MigrantSchooling>,
}

#[expect(clippy::too_many_arguments, reason = "services have money, people, rules and measures")]
fn produce_services(
    rules: Res<ServiceRules>,
    fiscal: Option<Res<FiscalRates>>,
    unit: Res<MoneyUnit>,
    table: Res<PlaceTable>,
    urban: ByCity<UrbanPeople>,
    spending: ByCity<PublicSpending>,
    quality_base: ByCity<ServiceQualityBase>,
    reformed: Reformed,
    mut services: Yield,
) {
    let block = &rules.0;
    let technology = ServiceTechnology {
        rivalry: block.rivalry,
        input_base: block.input_norm * unit.0,
        complementarity: block.complementarity,
    };
    for (place, described) in table.places.iter().enumerate() {
        let multiple = described.service_spending * reformed.spending[place];
        services.input[place] = if fiscal.is_some() {
            service_input(spending[place], multiple, urban[place], &technology)
        } else {
            multiple
        };
        services.quality[place] = quality_base[place] * reformed.quality[place];
        services.output[place] =
            service_output(services.input[place], services.quality[place], technology.complementarity);
        services.rural_output[place] = (block.rural_output + reformed.rural_output[place]).max(f64::MIN_POSITIVE);
        let centre = if described.level == Level::Centre { block.centre_access } else { 1.0 };
        (services.migrant_access[place], services.migrant_schooling[place]) =
            rules.access(centre, reformed.access[place]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_for_schooling_reaches_migrants_by_the_weight_of_schooling() {
        let rules = ServiceRules(PublicServices::default());
        let (before, _) = rules.access(1.0, [0.0; 3]);
        let (after, schooling) = rules.access(1.0, [0.5, 0.0, 0.0]);
        assert!((before - 0.35).abs() < 1e-12 && (schooling - 0.85).abs() < 1e-12);
        assert!((after - before - 0.4 * 0.5).abs() < 1e-12);
        assert_eq!(rules.access(1.0, [9.0; 3]).0, 1.0, "nobody has more than a citizen");
    }
}
