//! Village consolidation: villages merge where enough of their people live off other work; fields take the land saved.
//!
//! - **Reads** [`Population`], [`Labour::town_jobs`], [`CityProper`]. **Writes** [`Land`], [`ConsolidationLog`],
//!   [`ServicePolicy::rural_output`], outlays in [`Programme`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** [`economics::programmes`]: non-farm share, merging land,
//!   households on it. A place below the share that the measure demands is refused for the quarter, and the log says so.
//! - **Land**: of the homesteads that merge, the share saved turns into arable land as far as it can be re-cultivated and
//!   lies waste otherwise; the arable part is quota of the place if quotas are traded. No village merges twice. A
//!   person's homestead shrinks in proportion.
//! - **Money**: the cost per household is raised as the measure says and paid to the countryside's households, who build.
//! - **Stacking**: measures share what is left to merge in the order in which they are listed; gains in rural services
//!   add, in proportion to the homesteads merged, and stay after the measure has ended.
//! - **Switched off**: villages stay as they are.

use bevy_ecs::prelude::*;
use economics::land::recultivated;
use economics::programmes::{households_on, merging_land, non_farm_share};
use scenario::levers::VillageConsolidation;
use scenario::mechanisms::land_quota::TransferScope;
use serde::{Deserialize, Serialize};

use super::measures::{CityProper, Payee, PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Labour, Land, Outlay, PlaceTable, Population, Programme, ServicePolicy, SettlementPolicy};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct VillageConsolidationPlugin {
    /// Dated measures.
    pub measures: Vec<VillageConsolidation>,
    /// Share of saved land that becomes arable (that of the block `land_quota`).
    pub recultivation: f64,
}

#[derive(Resource)]
struct Consolidation {
    measures: Vec<VillageConsolidation>,
    recultivation: f64,
}

/// What became of village consolidation, by place.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConsolidationLog {
    /// Quarter of the first and of the last refusal.
    pub refused: Vec<Option<(u32, u32)>>,
    /// Quarters in which a measure was refused.
    pub quarters_refused: Vec<u32>,
    /// Homestead land when the first village merged, km²; 0 before.
    pub before: Vec<f64>,
    /// Homestead land of villages that have not merged, km², once the first has.
    pub not_yet_merged: Vec<f64>,
    /// Land saved so far, km².
    pub saved: Vec<f64>,
    /// Gain in rural service output by what has merged so far.
    pub rural_services: Vec<f64>,
}

impl ConsolidationLog {
    fn none(places: usize) -> Self {
        let column = || vec![0.0; places];
        Self {
            refused: vec![None; places],
            quarters_refused: vec![0; places],
            before: column(),
            not_yet_merged: column(),
            saved: column(),
            rural_services: column(),
        }
    }

    fn refuse(&mut self, place: usize, tick: u32) {
        let first = self.refused[place].map_or(tick, |(first, _)| first);
        self.refused[place] = Some((first, tick));
        self.quarters_refused[place] += 1;
    }

    /// Homestead land that merges at this place this quarter.
    fn merge(&mut self, place: usize, homestead: f64, share_per_year: f64) -> f64 {
        if self.before[place] == 0.0 {
            self.before[place] = homestead;
            self.not_yet_merged[place] = homestead;
        }
        let left = self.not_yet_merged[place].min(homestead);
        let merging = merging_land(self.before[place], share_per_year, left);
        self.not_yet_merged[place] = left - merging;
        merging
    }
}

impl Plugin for VillageConsolidationPlugin {
    fn build(&self, model: &mut Model) {
        let places = model.world.resource::<PlaceTable>().places.len();
        let (measures, recultivation) = (self.measures.clone(), self.recultivation);
        model.world.insert_resource(Consolidation { measures, recultivation });
        model.world.insert_resource(ConsolidationLog::none(places));
        model.keep::<ConsolidationLog>("consolidation_log");
        model.add_systems(
            Phase::Policy,
            (merge_villages, serve_merged_villages).chain().in_set(PolicyStep::VillageConsolidation),
        );
    }
}

#[expect(clippy::too_many_arguments, reason = "merging needs people and jobs, and moves land and money")]
fn merge_villages(
    consolidation: Res<Consolidation>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    population: Res<Population>,
    labour: Res<Labour>,
    policy: Res<SettlementPolicy>,
    mut land: ResMut<Land>,
    mut log: ResMut<ConsolidationLog>,
    mut programme: ResMut<Programme>,
) {
    let in_force = consolidation.measures.iter().filter(|measure| holds(&clock, measure.period));
    for measure in in_force.filter(|measure| measure.share_per_year > 0.0) {
        for place in 0..table.places.len() {
            if !proper.named(&measure.places, &table, place) || land.homestead[place] <= 0.0 {
                continue;
            }
            let (at_home, away) = (population.rural[place], away_from(&population, place));
            if non_farm_share(labour.town_jobs[place], at_home, away) < measure.non_farm_share_min {
                log.refuse(place, clock.tick);
                continue;
            }
            let merging = log.merge(place, land.homestead[place], measure.share_per_year);
            let per_head = land.homestead_per_head[place];
            let households = households_on(merging, per_head, table.dependants[place]);
            let thousand_yuan = households * measure.cost_per_household / 1000.0;
            programme.bill(Outlay::VillageConsolidation, place, Payee::Countryside, measure.financed_by, thousand_yuan);
            let saved = merging * measure.land_saved;
            log.saved[place] += saved;
            log.rural_services[place] += measure.rural_services * (merging / log.before[place]);
            give_to_fields(&mut land, place, saved, consolidation.recultivation, policy.scope);
        }
    }
}

/// Rural registered people of a place who live in a city or outside, thousand persons.
fn away_from(population: &Population, origin: usize) -> f64 {
    let places = population.rural.len();
    let in_cities: f64 = population.migrants[origin * places..(origin + 1) * places].iter().sum();
    in_cities + population.outside[origin]
}

/// Turns homestead land into fields and waste; the fields are quota where quotas are traded.
fn give_to_fields(land: &mut Land, place: usize, saved: f64, recultivation: f64, scope: TransferScope) {
    let homestead = land.homestead[place];
    let fields = recultivated(saved, recultivation);
    land.homestead[place] = homestead - saved;
    land.homestead_per_head[place] *= (homestead - saved) / homestead;
    land.arable[place] += fields;
    land.released[place] += saved - fields;
    if scope != TransferScope::None {
        land.pool[place] += fields;
    }
}

fn serve_merged_villages(log: Res<ConsolidationLog>, mut policy: ResMut<ServicePolicy>) {
    for (output, gain) in policy.rural_output.iter_mut().zip(&log.rural_services) {
        *output += gain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::{Finance, Period};
    use scenario::place::Where;

    fn measure(share_per_year: f64) -> VillageConsolidation {
        VillageConsolidation {
            period: ALWAYS,
            places: Where::All,
            // 100 in town jobs and 200 away of 1,000 registered.
            non_farm_share_min: 0.3,
            share_per_year,
            land_saved: 0.5,
            cost_per_household: 50_000.0,
            rural_services: 0.5,
            financed_by: Finance::CityDebt,
        }
    }

    fn model(measures: Vec<VillageConsolidation>) -> Model {
        let mut model = small_model(2);
        model.add(&MeasuresPlugin).add(&VillageConsolidationPlugin { measures, recultivation: 0.75 });
        model.keep::<Land>("land").keep::<Programme>("programme");
        model
    }

    fn land(model: &Model) -> &Land {
        model.world.resource::<Land>()
    }

    #[test]
    fn merging_saves_land_costs_money_and_serves_villagers() {
        let mut model = model(vec![measure(0.4)]);
        model.tick().unwrap();
        // A tenth of 150 km² merges: 7.5 are saved, 5.625 of them turn into fields.
        let after = land(&model);
        assert!((after.homestead[0] - 142.5).abs() < 1e-12);
        assert!((after.arable[0] - 2005.625).abs() < 1e-12);
        assert!((after.released[0] - 1.875).abs() < 1e-12);
        assert!((after.homestead_per_head[0] - 0.1425).abs() < 1e-12);
        assert_eq!(after.pool[0], 0.0);
        // 15 km² at .15 per thousand: 100,000 persons, 31,250 households of 3.2, 50 thousand yuan each.
        let programme = model.world.resource::<Programme>();
        assert!((programme.outlay_rural_debt[0] - 1_562_500.0).abs() < 1e-3);
        assert_eq!(programme.outlay_debt, [0.0, 0.0]);
        assert!((programme.cost - 3_125_000.0).abs() < 1e-3);
        assert!((model.world.resource::<ServicePolicy>().rural_output[1] - 0.05).abs() < 1e-12);
    }

    #[test]
    fn a_place_without_enough_other_work_is_refused_and_the_log_says_when() {
        let mut model = model(vec![measure(0.4)]);
        model.world.resource_mut::<Labour>().town_jobs[1] = 99.0;
        for _ in 0..2 {
            model.tick().unwrap();
        }
        let log = model.world.resource::<ConsolidationLog>();
        assert_eq!(log.refused, [None, Some((0, 1))]);
        assert_eq!(log.quarters_refused, [0, 2]);
        assert_eq!((log.saved[1], land(&model).homestead[1]), (0.0, 150.0));
        assert!(log.saved[0] > 0.0);
    }

    #[test]
    fn no_village_merges_twice_and_gains_outlast_the_measure() {
        let mut short = measure(1.0);
        short.period = Period { from: 2010.0, until: Some(2012.0) };
        let mut model = model(vec![short]);
        for _ in 0..10 {
            model.tick().unwrap();
        }
        let log = model.world.resource::<ConsolidationLog>();
        assert!((log.saved[0] - 75.0).abs() < 1e-9);
        assert!((land(&model).homestead[0] - 75.0).abs() < 1e-9);
        assert!((model.world.resource::<ServicePolicy>().rural_output[0] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn saved_land_is_quota_where_quotas_are_traded() {
        let mut model = model(vec![measure(0.4)]);
        model.world.resource_mut::<SettlementPolicy>().scope = TransferScope::Local;
        model.tick().unwrap();
        assert!((land(&model).pool[0] - 5.625).abs() < 1e-12);
    }

    #[test]
    fn a_measure_that_merges_nothing_leaves_the_same_bytes() {
        let mut hashes = Vec::new();
        for measures in [Vec::new(), vec![measure(0.0)]] {
            let mut model = model(measures);
            model.tick().unwrap();
            hashes.push(model.state_hash());
        }
        assert_eq!(hashes[0], hashes[1]);
    }
}
