//! Service reform: better services, more money for them, and migrants whom they reach.
//!
//! - **Reads** [`Services::spending`], [`CityProper`]. **Writes** [`ServicePolicy`], outlays in [`Programme`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** [`economics::programmes::added_spending`]: the input of
//!   services sees spending × multiple; the part beyond what governments spend anyway is an outlay of the place.
//! - **Money**: the outlay is raised from the levy or the debt that the measure names and paid to the households of the
//!   city, whom it employs. A multiple below one spoils spending and saves nothing. Quality and access cost nothing here.
//! - **Stacking**: multiples of quality and spending multiply; shares and rural output add.
//! - **Switched off**: quality, spending and access are those of the scenario.

use bevy_ecs::prelude::*;
use economics::programmes::added_spending;
use scenario::levers::ServiceReform;

use super::measures::{CityProper, Payee, PolicyStep, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Outlay, PlaceTable, Programme, ServicePolicy, Services};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct ServiceReformPlugin(pub Vec<ServiceReform>);

#[derive(Resource)]
struct Reforms(Vec<ServiceReform>);

impl Plugin for ServiceReformPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Reforms(self.0.clone()));
        model.add_systems(Phase::Policy, reform_services.in_set(PolicyStep::ServiceReform));
    }
}

fn reform_services(
    measures: Res<Reforms>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    proper: Res<CityProper>,
    services: Res<Services>,
    mut policy: ResMut<ServicePolicy>,
    mut programme: ResMut<Programme>,
) {
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        for place in (0..table.places.len()).filter(|&place| proper.named(&measure.places, &table, place)) {
            let spending = services.spending[place] * policy.spending[place];
            let added = added_spending(spending, measure.spending);
            programme.bill(Outlay::ServiceReform, place, Payee::City, measure.financed_by, added);
            policy.quality[place] *= measure.quality;
            policy.spending[place] *= measure.spending;
            policy.access[0][place] += measure.migrant_schooling;
            policy.access[1][place] += measure.migrant_health;
            policy.access[2][place] += measure.migrant_housing;
            policy.rural_output[place] += measure.rural_output;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::Finance;
    use scenario::place::{Level, Where};

    fn reform(spending: f64, financed_by: Finance) -> ServiceReform {
        ServiceReform {
            period: ALWAYS,
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

    fn run(measures: Vec<ServiceReform>) -> Model {
        let mut model = small_model(2);
        model.add(&MeasuresPlugin).add(&ServiceReformPlugin(measures));
        model.run_schedule().unwrap();
        model
    }

    #[test]
    fn the_reform_reaches_the_places_named() {
        let model = run(vec![reform(1.0, Finance::Wages), reform(1.0, Finance::Wages)]);
        let policy = model.world.resource::<ServicePolicy>();
        assert_eq!((&policy.quality, &policy.spending), (&vec![4.0, 1.0], &vec![1.0, 1.0]));
        assert_eq!(policy.access, [[0.5, 0.0], [0.25, 0.0], [-0.5, 0.0]].map(|share| share.to_vec()));
        assert_eq!(policy.rural_output, [1.0, 0.0]);
        assert_eq!(model.world.resource::<Programme>().cost, 0.0);
    }

    #[test]
    fn each_measure_pays_for_what_it_adds_to_those_before_it() {
        // Spending 600: the first adds half of it, the second the same as there is by then.
        let model = run(vec![reform(1.5, Finance::Wages), reform(2.0, Finance::CityDebt)]);
        let programme = model.world.resource::<Programme>();
        assert_eq!(programme.outlay_wages, [300.0, 0.0]);
        assert_eq!(programme.outlay_debt, [900.0, 0.0]);
        assert_eq!(programme.cost, 1200.0);
        assert_eq!(model.world.resource::<ServicePolicy>().spending, [3.0, 1.0]);
    }

    #[test]
    fn spoiled_spending_saves_nothing() {
        let model = run(vec![reform(0.5, Finance::Wages)]);
        assert_eq!(model.world.resource::<Programme>().cost, 0.0);
        assert_eq!(model.world.resource::<ServicePolicy>().spending, [0.5, 1.0]);
    }
}
