//! Public services: input and quality jointly make output, and quality can be what binds.
//!
//! - **Reads** last quarter's public money in [`Services`], [`ServicePolicy`], [`Population`]. **Writes** input,
//!   quality, output and what reaches migrants in [`Services`].
//! - **Phase** [`Phase::Services`]. **Chance** none. **Equations** [`economics::public_service::service_input`],
//!   [`economics::public_service::service_output`].
//! - **Switched off**: output is one everywhere, also in the countryside; nobody is excluded and nobody cares.
//! - **Without public finance** input per head is one before the place's own multiple and measures.

use bevy_ecs::prelude::*;
use economics::public_service::{ServiceTechnology, service_input, service_output};
use scenario::mechanisms::public_services::PublicServices;
use scenario::place::Level;

use super::fiscal::FiscalRates;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{MoneyUnit, PlaceTable, Population, ServicePolicy, Services};
use crate::plugin::Plugin;

/// Public services.
pub struct PublicServicesPlugin(pub PublicServices);

/// What people make of services; absent without them.
#[derive(Resource, Clone, Debug)]
pub struct ServiceRules(PublicServices);

impl ServiceRules {
    /// Weight of service output in utility.
    #[must_use]
    pub fn amenity_weight(&self) -> f64 {
        self.0.amenity_weight
    }

    /// Utility lost by a migrant whom no service reaches.
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

impl Plugin for PublicServicesPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(ServiceRules(self.0.clone()));
        model.add_systems(Phase::Services, produce_services);
    }
}

fn produce_services(
    rules: Res<ServiceRules>,
    fiscal: Option<Res<FiscalRates>>,
    unit: Res<MoneyUnit>,
    table: Res<PlaceTable>,
    population: Res<Population>,
    policy: Res<ServicePolicy>,
    mut services: ResMut<Services>,
) {
    let services = &mut *services;
    let block = &rules.0;
    let technology = ServiceTechnology {
        rivalry: block.rivalry,
        input_base: block.input_norm * unit.0,
        complementarity: block.complementarity,
    };
    for (place, described) in table.places.iter().enumerate() {
        let multiple = described.service_spending * policy.spending[place];
        services.input[place] = if fiscal.is_some() {
            service_input(services.spending[place], multiple, population.urban[place], &technology)
        } else {
            multiple
        };
        services.quality[place] = services.quality_base[place] * policy.quality[place];
        services.output[place] =
            service_output(services.input[place], services.quality[place], technology.complementarity);
        services.rural_output[place] = (block.rural_output + policy.rural_output[place]).max(f64::MIN_POSITIVE);
        let centre = if described.level == Level::Centre { block.centre_access } else { 1.0 };
        let added = [policy.access[0][place], policy.access[1][place], policy.access[2][place]];
        (services.migrant_access[place], services.migrant_schooling[place]) = rules.access(centre, added);
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
