//! Service reform: better services, more money for them, and services that reach more migrants.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`PublicSpending`]. **Writes** [`QualityMultiple`],
//!   [`SpendingMultiple`], [`AccessAdded`], [`RuralOutputAdded`], [`OutlayByLevy`], [`OutlayByDebt`],
//!   [`RuralOutlayByLevy`], [`RuralOutlayByDebt`], [`ProgrammeCost`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation**
//!   [`economics::programmes::added_spending`]: the input of services sees spending × multiple; the part beyond what
//!   governments spend anyway is an outlay of the place.
//! - **Money**: the outlay is raised from the levy or the debt that the measure names and paid to the households of the
//!   city that it employs. A multiple below one lowers the service input and saves no money. Quality and access cost
//!   nothing here.
//! - **Stacking**: multiples of quality and spending multiply; shares and rural output add.
//! - **Switched off**: quality, spending and access are those of the scenario.

use bevy_ecs::prelude::*;
use economics::programmes::added_spending;
use scenario::levers::ServiceReform;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::measures::Today;
use crate::mechanisms::programmes::{Outlay, Outlays, Payee};
use crate::mechanisms::public_services::PublicSpending;
use crate::model::Model;
use crate::step::Step;

#[cfg(doc)]
use crate::{
    clock::Clock,
    mechanisms::measures::CityProper,
    mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost, RuralOutlayByDebt, RuralOutlayByLevy},
    region::PlaceTable,
};

columns! {
    /// Multiple of the quality of services.
    city QualityMultiple(f64) = |_, _| 1.0;
    /// Multiple of spending on services.
    city SpendingMultiple(f64) = |_, _| 1.0;
    /// Added share of a citizen's services that reaches migrants: schooling, health, housing.
    city AccessAdded([f64; 3]);
    /// Added service output of the countryside.
    city RuralOutputAdded(f64);
}

#[derive(Resource)]
struct Reforms(Vec<ServiceReform>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.add(Step::ResetServiceReform, reset_service_reform);
    let Some(measures) = &scenario.levers.service_reform else { return };
    model.world.insert_resource(Reforms(measures.clone()));
    model.add(Step::ReformServices, reform_services);
}

fn reset_service_reform(
    mut quality: ByCityMut<QualityMultiple>,
    mut spending: ByCityMut<SpendingMultiple>,
    mut access: ByCityMut<AccessAdded>,
    mut rural_output: ByCityMut<RuralOutputAdded>,
) {
    quality.fill(1.0);
    spending.fill(1.0);
    access.fill([0.0; 3]);
    rural_output.fill(0.0);
}

#[expect(clippy::too_many_arguments, reason = "a measure has four parts and a price")]
fn reform_services(
    measures: Res<Reforms>,
    today: Today,
    public_spending: ByCity<PublicSpending>,
    mut quality: ByCityMut<QualityMultiple>,
    mut spending: ByCityMut<SpendingMultiple>,
    mut access: ByCityMut<AccessAdded>,
    mut rural_output: ByCityMut<RuralOutputAdded>,
    mut outlays: Outlays,
) {
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        for place in (0..today.places()).filter(|&place| today.names(&measure.places, place)) {
            let added = added_spending(public_spending[place] * spending[place], measure.spending);
            outlays.bill(Outlay::ServiceReform, place, Payee::City, measure.financed_by, added);
            quality[place] *= measure.quality;
            spending[place] *= measure.spending;
            access[place][0] += measure.migrant_schooling;
            access[place][1] += measure.migrant_health;
            access[place][2] += measure.migrant_housing;
            rural_output[place] += measure.rural_output;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::programmes::{OutlayByDebt, OutlayByLevy, ProgrammeCost};
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, programmes};
    use scenario::levers::{Finance, Period};
    use scenario::place::{Level, Where};

    fn reform(spending: f64, financed_by: Finance) -> ServiceReform {
        ServiceReform {
            period: Period::ALWAYS,
            places: Where::Level(Level::Centre),
            quality: 2.0,
            spending,
            migrant_schooling: 0.25,
            migrant_health: 0.125,
            migrant_housing: -0.25,
            rural_output: 0.5,
            financed_by,
        }
    }

    fn run(reforms: Vec<ServiceReform>) -> World {
        let (mut model, scenario) = small(2, |scenario| scenario.levers.service_reform = Some(reforms));
        for add in [measures::add, programmes::add_outlays, add] {
            add(&mut model, &scenario);
        }
        model.run_phases().unwrap();
        model.world
    }

    #[test]
    fn the_reform_reaches_the_places_named() {
        let world = run(vec![reform(1.0, Finance::Wages), reform(1.0, Finance::Wages)]);
        assert_eq!(world.by_city::<QualityMultiple>(), [4.0, 1.0]);
        assert_eq!(world.by_city::<SpendingMultiple>(), [1.0, 1.0]);
        assert_eq!(world.by_city::<AccessAdded>(), [[0.5, 0.25, -0.5], [0.0; 3]]);
        assert_eq!(world.by_city::<RuralOutputAdded>(), [1.0, 0.0]);
        assert_eq!(world.resource::<ProgrammeCost>().total, 0.0);
    }

    #[test]
    fn each_measure_pays_for_what_it_adds_to_those_before_it() {
        // Spending 600: the first adds half of it, the second the same as there is by then.
        let world = run(vec![reform(1.5, Finance::Wages), reform(2.0, Finance::CityDebt)]);
        assert_eq!(world.by_city::<OutlayByLevy>(), [300.0, 0.0]);
        assert_eq!(world.by_city::<OutlayByDebt>(), [900.0, 0.0]);
        assert_eq!(world.resource::<ProgrammeCost>().total, 1200.0);
        assert_eq!(world.by_city::<SpendingMultiple>(), [3.0, 1.0]);
    }

    #[test]
    fn spoiled_spending_saves_nothing() {
        let world = run(vec![reform(0.5, Finance::Wages)]);
        assert_eq!(world.resource::<ProgrammeCost>().total, 0.0);
        assert_eq!(world.by_city::<SpendingMultiple>(), [0.5, 1.0]);
    }
}
