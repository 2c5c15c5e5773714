//! Parks: chosen industries of a city have part of their price paid for as long as the park lasts.
//!
//! - **Reads** [`CityProper`], [`FirmMass`], [`IndustryTable`]. **Writes** [`SubsidyRates::city`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** as [`super::subsidies`]: a park is a subsidy to city firms
//!   of the industries that it names; industries must be named, so a park without industries pays nobody.
//! - **Stacking**: additive, with subsidies too, to at most 0.9 of the price.
//! - **Switched off**: no park. A park has no land of its own: its firms use the city's.

use bevy_ecs::prelude::*;
use scenario::levers::Park;

use super::measures::{CityProper, PolicyStep, SubsidyWeights, holds};
use super::subsidies::grant;
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, IndustryTable, PlaceTable, SubsidyRates};
use crate::plugin::Plugin;

/// Adds the lever with its dated measures.
pub struct ParksPlugin(pub Vec<Park>);

#[derive(Resource)]
struct Parks(Vec<Park>);

impl Plugin for ParksPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Parks(self.0.clone()));
        model.add_systems(Phase::Policy, run_parks.in_set(PolicyStep::Parks));
    }
}

#[expect(clippy::too_many_arguments, reason = "a lever reads places and industries and writes rates")]
fn run_parks(
    measures: Res<Parks>,
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    industries: Res<IndustryTable>,
    proper: Res<CityProper>,
    firms: Res<FirmMass>,
    mut rates: ResMut<SubsidyRates>,
    mut weights: ResMut<SubsidyWeights>,
    mut named: Local<Vec<bool>>,
) {
    for measure in measures.0.iter().filter(|measure| holds(&clock, measure.period)) {
        proper.mark(&measure.places, &table, &mut named);
        let terms = (measure.rate, measure.financed_by);
        for (industry, name) in industries.names.iter().enumerate() {
            if measure.industries.contains(name) {
                grant(&mut rates.city[industry], &firms.count[industry], &named, terms, &mut weights);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::subsidies::SubsidiesPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::levers::{Finance, Period, Subsidy};
    use scenario::place::Where;

    fn park(period: Period) -> Park {
        Park {
            period,
            places: Where::Places(vec!["east".to_owned()]),
            industries: vec!["heavy".to_owned()],
            rate: 0.25,
            financed_by: Finance::CityDebt,
        }
    }

    #[test]
    fn a_park_ends_when_its_time_is_up() {
        let mut model = small_model(2);
        model.add(&MeasuresPlugin).add(&ParksPlugin(vec![park(Period { from: 2010.0, until: Some(2010.25) })]));
        let mut rates = Vec::new();
        for _ in 0..2 {
            model.tick().unwrap();
            let subsidies = model.world.resource::<SubsidyRates>();
            rates.push((subsidies.city[1][0], subsidies.city[0][0], subsidies.debt_share));
        }
        assert_eq!(rates, [(0.25, 0.0, 1.0), (0.0, 0.0, 0.0)]);
    }

    #[test]
    fn a_park_adds_to_a_subsidy() {
        let mut model = small_model(2);
        let subsidy = Subsidy {
            period: ALWAYS,
            places: Where::All,
            industries: Vec::new(),
            towns: false,
            rate: 0.125,
            financed_by: Finance::Wages,
        };
        model.add(&MeasuresPlugin).add(&SubsidiesPlugin(vec![subsidy])).add(&ParksPlugin(vec![park(ALWAYS)]));
        model.run_schedule().unwrap();
        assert_eq!(model.world.resource::<SubsidyRates>().city, [[0.125, 0.125], [0.375, 0.125]]);
    }
}
