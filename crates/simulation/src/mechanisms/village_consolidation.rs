//! Village consolidation: villages merge where enough of their people live off other work; fields take the land saved.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`RuralPeople`], [`MigrantStocks`], [`OutsideStocks`],
//!   [`TownJobs`], [`QuotaTerms`]. **Writes** [`HomesteadLand`], [`HomesteadPerHead`], [`ArableLand`],
//!   [`ReleasedLand`], [`QuotaPool`], [`RefusedFromTo`], [`QuartersRefused`], [`HomesteadsBefore`], [`NotYetMerged`],
//!   [`LandSaved`], [`ServicesGained`], [`RuralOutputAdded`], [`OutlayByLevy`], [`OutlayByDebt`],
//!   [`RuralOutlayByLevy`], [`RuralOutlayByDebt`], [`ProgrammeCost`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation**
//!   [`economics::programmes`]: non-farm share, merging land, households on it. A place below the share that the
//!   measure demands is refused for the quarter, and the record says so.
//! - **Land**: of the homesteads that merge, the share saved turns into arable land as far as it can be re-cultivated
//!   and is waste otherwise; the arable part is quota of the place if quotas are traded. No village merges twice. A
//!   person's homestead shrinks in proportion.
//! - **Money**: the cost per household is raised as the measure says and paid to the countryside's households, who
//!   build.
//! - **Stacking**: measures share what is left to merge in the order in which they are listed; gains in rural services
//!   add, in proportion to the homesteads merged, and stay after the measure has ended.
//! - **Switched off**: villages stay as they are.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::land::recultivated;
use economics::programmes::{households_on, merging_land, non_farm_share};
use scenario::levers::VillageConsolidation;
use scenario::mechanisms::land_quota::TransferScope;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::clock::Clock;
use crate::mechanisms::land_quota::QuotaTerms;
use crate::mechanisms::land_use::{ArableLand, HomesteadLand, HomesteadPerHead, QuotaPool, ReleasedLand};
use crate::mechanisms::measures::Today;
use crate::mechanisms::population::{MigrantStocks, OutsideStocks, RuralPeople};
use crate::mechanisms::programmes::{Outlay, Outlays, Payee};
use crate::mechanisms::service_reform::RuralOutputAdded;
use crate::mechanisms::towns::TownJobs;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::snapshot::city;
use crate::step::Step;

#[cfg(doc)]
use crate::mechanisms::{
    measures::CityProper,
    programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost, RuralOutlayByDebt, RuralOutlayByLevy},
};

columns! {
    /// Quarter of the first and of the last refusal.
    city RefusedFromTo(Option<(u32, u32)>);
    /// Quarters in which a measure was refused.
    city QuartersRefused(u32);
    /// Homestead land when the first village merged, km²; zero before.
    city HomesteadsBefore(f64);
    /// Homestead land of villages that have not merged, km², once the first has.
    city NotYetMerged(f64);
    /// Land saved so far, km².
    city LandSaved(f64);
    /// Gain in rural service output by what has merged so far.
    city ServicesGained(f64);
}

#[derive(Resource)]
struct Consolidation {
    measures: Vec<VillageConsolidation>,
    /// Share of saved land that becomes arable.
    recultivation: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(measures) = &scenario.levers.village_consolidation else { return };
    let recultivation = scenario.mechanisms.land_quota.as_ref().map_or(0.0, |block| block.recultivation);
    model.world.insert_resource(Consolidation { measures: measures.clone(), recultivation });
    let mut pieces = vec![city::<RefusedFromTo>(), city::<QuartersRefused>(), city::<HomesteadsBefore>()];
    pieces.extend([city::<NotYetMerged>(), city::<LandSaved>(), city::<ServicesGained>()]);
    model.keep_pieces("consolidation_log", pieces);
    model.add(Step::MergeVillages, merge_villages).add(Step::ServeMergedVillages, serve_merged_villages);
}

/// Who lives off what in the countryside.
#[derive(SystemParam)]
struct Villagers<'w> {
    rural: ByCity<'w, RuralPeople>,
    town_jobs: ByCity<'w, TownJobs>,
    in_cities: Res<'w, MigrantStocks>,
    outside: Res<'w, OutsideStocks>,
}

impl Villagers<'_> {
    /// Share of the people registered in a countryside who do not farm.
    fn non_farm_share(&self, origin: usize) -> f64 {
        let places = self.rural.len();
        let in_cities: f64 = self.in_cities.people[origin * places..(origin + 1) * places].iter().sum();
        let away = in_cities + self.outside.people[origin];
        non_farm_share(self.town_jobs[origin], self.rural[origin], away)
    }
}

/// Land of villages.
#[derive(SystemParam)]
struct VillageLand<'w> {
    homestead: ByCityMut<'w, HomesteadLand>,
    homestead_per_head: ByCityMut<'w, HomesteadPerHead>,
    arable: ByCityMut<'w, ArableLand>,
    released: ByCityMut<'w, ReleasedLand>,
    pool: ByCityMut<'w, QuotaPool>,
}

impl VillageLand<'_> {
    /// Turns homestead land into fields and waste; the fields are quota where quotas are traded.
    fn give_to_fields(&mut self, place: usize, saved: f64, recultivation: f64, scope: TransferScope) {
        let homestead = self.homestead[place];
        let fields = recultivated(saved, recultivation);
        self.homestead[place] = homestead - saved;
        self.homestead_per_head[place] *= (homestead - saved) / homestead;
        self.arable[place] += fields;
        self.released[place] += saved - fields;
        if scope != TransferScope::None {
            self.pool[place] += fields;
        }
    }
}

/// What has become of village consolidation so far.
#[derive(SystemParam)]
struct Progress<'w> {
    refused: ByCityMut<'w, RefusedFromTo>,
    quarters_refused: ByCityMut<'w, QuartersRefused>,
    before: ByCityMut<'w, HomesteadsBefore>,
    not_yet_merged: ByCityMut<'w, NotYetMerged>,
    saved: ByCityMut<'w, LandSaved>,
    services: ByCityMut<'w, ServicesGained>,
}

impl Progress<'_> {
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

#[expect(clippy::too_many_arguments, reason = "merging needs people and jobs, and moves land and money")]
fn merge_villages(
    consolidation: Res<Consolidation>,
    clock: Res<Clock>,
    today: Today,
    table: Res<PlaceTable>,
    villagers: Villagers,
    terms: Res<QuotaTerms>,
    mut land: VillageLand,
    mut progress: Progress,
    mut outlays: Outlays,
) {
    let in_force = consolidation.measures.iter().filter(|measure| today.holds(measure.period));
    for measure in in_force.filter(|measure| measure.share_per_year > 0.0) {
        for place in 0..table.places.len() {
            if !today.names(&measure.places, place) || land.homestead[place] <= 0.0 {
                continue;
            }
            if villagers.non_farm_share(place) < measure.non_farm_share_min {
                progress.refuse(place, clock.tick);
                continue;
            }
            let merging = progress.merge(place, land.homestead[place], measure.share_per_year);
            let households = households_on(merging, land.homestead_per_head[place], table.dependants[place]);
            let thousand_yuan = households * measure.cost_per_household / 1000.0;
            let financed_by = measure.financed_by;
            outlays.bill(Outlay::VillageConsolidation, place, Payee::Countryside, financed_by, thousand_yuan);
            let saved = merging * measure.land_saved;
            progress.saved[place] += saved;
            progress.services[place] += measure.rural_services * (merging / progress.before[place]);
            land.give_to_fields(place, saved, consolidation.recultivation, terms.scope);
        }
    }
}

fn serve_merged_villages(mut places: Query<(&ServicesGained, &mut RuralOutputAdded)>) {
    for (gain, mut output) in &mut places {
        output.0 += gain.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::programmes::{OutlayByDebt, ProgrammeCost, RuralOutlayByDebt};
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{land_quota, land_use, measures, programmes, service_reform};
    use scenario::levers::{Finance, Period};
    use scenario::place::Where;

    fn measure(share_per_year: f64) -> VillageConsolidation {
        VillageConsolidation {
            period: Period::ALWAYS,
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

    fn model_with(measures: Vec<VillageConsolidation>, scope: TransferScope) -> Model {
        let (mut model, scenario) = small(2, |scenario| {
            scenario.levers.village_consolidation = Some(measures);
            let block = scenario.mechanisms.land_quota.as_mut().unwrap();
            (block.scope, block.recultivation, block.plan_growth) = (scope, 0.75, 0.0);
        });
        for add in [measures::add, programmes::add_outlays, service_reform::add, land_use::add, land_quota::add, add] {
            add(&mut model, &scenario);
        }
        model.keep::<ProgrammeCost>("programmes");
        model
    }

    fn model(measures: Vec<VillageConsolidation>) -> Model {
        model_with(measures, TransferScope::None)
    }

    #[test]
    fn merging_saves_land_costs_money_and_serves_villagers() {
        let mut model = model(vec![measure(0.4)]);
        model.tick().unwrap();
        let world = &model.world;
        // A tenth of 150 km² merges: 7.5 are saved, 5.625 of them turn into fields.
        assert!((world.by_city::<HomesteadLand>()[0] - 142.5).abs() < 1e-12);
        assert!((world.by_city::<ArableLand>()[0] - 2005.625).abs() < 1e-12);
        assert!((world.by_city::<ReleasedLand>()[0] - 1.875).abs() < 1e-12);
        assert!((world.by_city::<HomesteadPerHead>()[0] - 0.1425).abs() < 1e-12);
        assert_eq!(world.by_city::<QuotaPool>()[0], 0.0);
        // 15 km² at .15 per thousand: 100,000 persons, 31,250 households of 3.2, 50 thousand yuan each.
        assert!((world.by_city::<RuralOutlayByDebt>()[0] - 1_562_500.0).abs() < 1e-3);
        assert_eq!(world.by_city::<OutlayByDebt>(), [0.0, 0.0]);
        assert!((world.resource::<ProgrammeCost>().total - 3_125_000.0).abs() < 1e-3);
        assert!((world.by_city::<RuralOutputAdded>()[1] - 0.05).abs() < 1e-12);
    }

    #[test]
    fn a_place_without_enough_other_work_is_refused_and_the_record_says_when() {
        let mut model = model(vec![measure(0.4)]);
        model.world.by_city_mut::<TownJobs>()[1] = 99.0;
        for _ in 0..2 {
            model.tick().unwrap();
        }
        let world = &model.world;
        assert_eq!(world.by_city::<RefusedFromTo>(), [None, Some((0, 1))]);
        assert_eq!(world.by_city::<QuartersRefused>(), [0, 2]);
        assert_eq!((world.by_city::<LandSaved>()[1], world.by_city::<HomesteadLand>()[1]), (0.0, 150.0));
        assert!(world.by_city::<LandSaved>()[0] > 0.0);
    }

    #[test]
    fn no_village_merges_twice_and_gains_outlast_the_measure() {
        let mut short = measure(1.0);
        short.period = Period { from: 2010.0, until: Some(2012.0) };
        let mut model = model(vec![short]);
        for _ in 0..10 {
            model.tick().unwrap();
        }
        let world = &model.world;
        assert!((world.by_city::<LandSaved>()[0] - 75.0).abs() < 1e-9);
        assert!((world.by_city::<HomesteadLand>()[0] - 75.0).abs() < 1e-9);
        assert!((world.by_city::<RuralOutputAdded>()[0] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn saved_land_is_quota_where_quotas_are_traded() {
        let mut model = model_with(vec![measure(0.4)], TransferScope::Local);
        model.tick().unwrap();
        let pool = model.world.by_city::<QuotaPool>()[0] + model.world.by_city::<land_use::QuotaBought>()[0];
        assert!((pool - 5.625).abs() < 1e-12);
    }

    #[test]
    fn a_measure_that_merges_nothing_leaves_the_same_bytes() {
        let hashes = [Vec::new(), vec![measure(0.0)]].map(|measures| {
            let mut model = model(measures);
            model.tick().unwrap();
            model.state_hash()
        });
        assert_eq!(hashes[0], hashes[1]);
    }
}
