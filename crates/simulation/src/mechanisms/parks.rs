//! Parks: chosen industries of a city have part of their price paid for as long as the park lasts.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`IndustryTable`], [`Firms`]. **Writes** [`SubsidyRate`],
//!   [`SubsidyFinance`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy). **Random numbers** none. **Equation** as
//!   [`super::subsidies`]: a park is a subsidy to city firms of the industries that it names; industries must be named,
//!   so a park without industries pays nobody.
//! - **Stacking**: additive, with subsidies too, to at most 0.9 of the price.
//! - **Switched off**: no park. A park has no land of its own: its firms use the city's.

use bevy_ecs::prelude::*;
use scenario::levers::Park;
use scenario::scenario::Scenario;

use crate::mechanisms::measures::Today;
use crate::mechanisms::subsidies::CityGrants;
use crate::model::Model;
use crate::step::Step;

#[cfg(doc)]
use crate::{
    clock::Clock,
    mechanisms::firms::Firms,
    mechanisms::measures::CityProper,
    mechanisms::subsidies::{SubsidyFinance, SubsidyRate},
    region::{IndustryTable, PlaceTable},
};

#[derive(Resource)]
struct Parks(Vec<Park>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(measures) = &scenario.levers.parks else { return };
    model.world.insert_resource(Parks(measures.clone()));
    model.add(Step::RunParks, run_parks);
}

fn run_parks(measures: Res<Parks>, today: Today, mut city: CityGrants, mut named: Local<Vec<bool>>) {
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        today.mark(&measure.places, &mut named);
        city.grant(|name| measure.industries.contains(name), &named, (measure.rate, measure.financed_by));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::subsidies::{SubsidyFinance, SubsidyRate};
    use crate::mechanisms::testing::small;
    use crate::mechanisms::{measures, subsidies};
    use scenario::levers::{Finance, Period, Subsidy};
    use scenario::place::Where;

    fn model(park: Period, all: Option<Subsidy>) -> Model {
        let (mut model, scenario) = small(2, |scenario| {
            scenario.levers.parks = Some(vec![Park {
                period: park,
                places: Where::Places(vec!["east".to_owned()]),
                industries: vec!["heavy".to_owned()],
                rate: 0.25,
                financed_by: Finance::CityDebt,
            }]);
            scenario.levers.subsidies = all.map(|subsidy| vec![subsidy]);
        });
        for add in [measures::add, subsidies::add, add] {
            add(&mut model, &scenario);
        }
        model
    }

    #[test]
    fn a_park_ends_when_its_time_is_up() {
        let mut model = model(Period { from: 2010.0, until: Some(2010.25) }, None);
        let mut seen = Vec::new();
        for _ in 0..2 {
            model.tick().unwrap();
            let rates = model.world.by_sector::<SubsidyRate>();
            seen.push((rates[1][0], rates[0][0], model.world.resource::<SubsidyFinance>().debt_share()));
        }
        assert_eq!(seen, [(0.25, 0.0, 1.0), (0.0, 0.0, 0.0)]);
    }

    #[test]
    fn a_park_adds_to_a_subsidy() {
        let subsidy = Subsidy {
            period: Period::ALWAYS,
            places: Where::All,
            industries: Vec::new(),
            towns: false,
            rate: 0.125,
            financed_by: Finance::Wages,
        };
        let mut model = model(Period::ALWAYS, Some(subsidy));
        model.run_phases().unwrap();
        let rates = model.world.by_sector::<SubsidyRate>();
        assert_eq!((&rates[0], &rates[1]), (&[0.125, 0.125][..], &[0.375, 0.125][..]));
    }
}
