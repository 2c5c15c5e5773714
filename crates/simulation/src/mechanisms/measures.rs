//! Measures: whether and where a dated measure holds in the quarter.
//!
//! - **Reads** [`PlaceTable`], [`UrbanPeople`]. **Writes** [`CityProper`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy), before all levers. **Random numbers** none. **Equation**
//!   residents of the city proper = urban residents × the base year's district share.
//! - **Stacking**: every quarter starts without any measure. Measures that hold together multiply their multiples and
//!   add their additions, whoever took them and in whatever order; a multiple of 1 and an addition of 0 change no bit.
//! - **Switched off**: it cannot be; without levers everything stays neutral.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::levers::Period;
use scenario::place::Where;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::clock::Clock;
use crate::mechanisms::population::UrbanPeople;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

columns! {
    /// Residents of the city proper, persons: by them size tiers are judged in the quarter.
    city CityProper(f64);
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.add(Step::MeasureCities, measure_cities);
}

fn measure_cities(table: Res<PlaceTable>, urban: ByCity<UrbanPeople>, mut proper: ByCityMut<CityProper>) {
    for ((proper, urban), place) in proper.iter_mut().zip(urban.iter()).zip(&table.places) {
        *proper = 1000.0 * urban * place.district_share;
    }
}

/// What decides whether a dated measure holds in this quarter, and which places it names.
#[derive(SystemParam)]
pub struct Today<'w> {
    clock: Res<'w, Clock>,
    table: Res<'w, PlaceTable>,
    proper: ByCity<'w, CityProper>,
}

impl Today<'_> {
    /// Number of places.
    #[must_use]
    pub fn places(&self) -> usize {
        self.proper.len()
    }

    /// Whether a measure of this period holds now.
    #[must_use]
    pub fn holds(&self, period: Period) -> bool {
        self.clock.within(period.from, period.until)
    }

    /// Whether a change from this date on is in force now.
    #[must_use]
    pub fn is_after(&self, from: f64) -> bool {
        self.clock.within(from, None)
    }

    /// Whether a set of places names this place now.
    #[must_use]
    pub fn names(&self, places: &Where, place: usize) -> bool {
        places.names(&self.table.places[place], self.proper[place])
    }

    /// Marks the places that a set names now.
    pub fn mark(&self, places: &Where, marks: &mut Vec<bool>) {
        marks.clear();
        marks.extend((0..self.places()).map(|place| self.names(places, place)));
    }
}

#[cfg(test)]
mod tests {
    use bevy_ecs::system::RunSystemOnce;

    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::testing::small;

    #[test]
    fn a_tier_is_judged_by_the_residents_of_the_city_proper_of_today() {
        let (mut model, scenario) = small(2, |_| {});
        add(&mut model, &scenario);
        let mut named = |urban: [f64; 2]| {
            model.world.by_city_mut::<UrbanPeople>().copy_from_slice(&urban);
            model.run_phases().unwrap();
            let half_million = Where::Tier { from: 500_000.0, below: Some(1_000_000.0) };
            let named = move |today: Today| [0, 1].map(|place| today.names(&half_million, place));
            model.world.run_system_once(named).unwrap()
        };
        // 1,000 thousand urban residents, half of them in districts.
        assert_eq!(named([1000.0, 999.0]), [true, false]);
        assert_eq!(named([2000.0, 1000.0]), [false, true]);
    }
}
