//! Productivity: own-industry jobs (Marshall), city size (Jacobs) and public services raise output per input.
//!
//! - **Reads** last quarter's jobs in [`Productivities`], [`Population`], [`Services`]. **Writes** productivity of
//!   cities and towns in [`Productivities`], on top of the endowment of the place.
//! - **Phase** [`Phase::Productivity`]. **Chance** none. **Equation** [`economics::productivity::productivity`].
//! - **Switched off**: productivity is the endowment of the place.

use bevy_ecs::prelude::*;
use economics::productivity::{Externalities, productivity};
use scenario::mechanisms::productivity::Productivity;

use crate::economy::Step;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{IndustryTable, Population, Productivities, Services};
use crate::plugin::Plugin;

/// Productivity.
pub struct ProductivityPlugin(pub Productivity);

/// Strength and scales of external economies.
#[derive(Resource, Clone, Copy, Debug)]
struct Agglomeration {
    strength: f64,
    jobs_base: f64,
    residents_base: f64,
    towns_per_place: f64,
}

impl Agglomeration {
    fn of(&self, industries: &IndustryTable, industry: usize) -> Externalities {
        let numbers = &industries.parameters[industry];
        Externalities {
            marshall: self.strength * numbers.marshall,
            jacobs: self.strength * numbers.jacobs,
            services: self.strength * numbers.service_elasticity,
            jobs_base: self.jobs_base,
            residents_base: self.residents_base,
        }
    }
}

impl Plugin for ProductivityPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Agglomeration {
            strength: self.0.strength,
            jobs_base: self.0.own_industry_scale,
            residents_base: self.0.city_size_scale,
            towns_per_place: self.0.towns_per_place,
        });
        model.add_systems(Phase::Productivity, agglomerate.in_set(Step::Externalities));
    }
}

fn agglomerate(
    agglomeration: Res<Agglomeration>,
    industries: Res<IndustryTable>,
    population: Res<Population>,
    services: Res<Services>,
    mut productivities: ResMut<Productivities>,
) {
    let productivities = &mut *productivities;
    for industry in 0..industries.firms() {
        let externalities = agglomeration.of(&industries, industry);
        for (place, here) in productivities.city[industry].iter_mut().enumerate() {
            *here = productivity(
                productivities.jobs[industry][place],
                population.urban[place],
                services.output[place],
                *here,
                &externalities,
            );
        }
    }
    if let Some(industry) = industries.in_towns {
        let externalities = agglomeration.of(&industries, industry);
        for (place, here) in productivities.town.iter_mut().enumerate() {
            let jobs_each = productivities.town_jobs[place] / agglomeration.towns_per_place;
            *here = productivity(jobs_each, jobs_each, services.rural_output[place], *here, &externalities);
        }
    }
}
