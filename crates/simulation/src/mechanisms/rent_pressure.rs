//! Rent pressure: rents answer to what is spent on land per square kilometre in use.
//!
//! - **Reads** [`ConstructionLand`], [`HousingSpending`], [`ProductionCost`], [`ConsumerServiceLand`],
//!   [`IndustryTable`]. **Writes** [`LandSpending`], [`GoingRent`].
//! - **Phase** [`Phase::Factors`](crate::step::Phase::Factors). **Random numbers** none. **Equations**
//!   [`economics::rent`].
//! - **Switched off**: rents stay at their opening value; what is spent on land is still paid.

use bevy_ecs::prelude::*;
use economics::rent::{add_land_spending, next_rent};
use scenario::mechanisms::rent_pressure::RentPressure;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, columns};
use crate::mechanisms::consumer_services::ConsumerServiceLand;
use crate::mechanisms::goods_market::{HousingSpending, ProductionCost};
use crate::mechanisms::land_use::ConstructionLand;
use crate::model::Model;
use crate::region::IndustryTable;
use crate::snapshot::city;
use crate::step::Step;

columns! {
    /// Going rent of construction land, thousand yuan per km² and quarter.
    nominal city GoingRent(f64) = |opening, _| opening.scenario.initial.opening_rent * opening.unit();
    /// Spending on land in the quarter, thousand yuan.
    nominal city LandSpending(f64);
}

/// How rents answer.
#[derive(Resource, Clone, Copy, Debug)]
struct RentRule {
    adjustment: f64,
    step_max: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.keep_pieces("rents", vec![city::<GoingRent>()]);
    model.add(Step::DemandLand, demand_land);
    let Some(RentPressure { adjustment, step_max }) = scenario.mechanisms.rent_pressure else { return };
    model.world.insert_resource(RentRule { adjustment, step_max });
    model.add(Step::AdjustRents, adjust_rents);
}

fn demand_land(
    industries: Res<IndustryTable>,
    housing: ByCity<HousingSpending>,
    cost: BySector<ProductionCost>,
    consumer_land: ByCity<ConsumerServiceLand>,
    mut land_spending: ByCityMut<LandSpending>,
) {
    land_spending.copy_from_slice(&housing);
    for (numbers, costs) in industries.parameters.iter().zip(cost.rows()) {
        add_land_spending(numbers.land_share, costs, &mut land_spending);
    }
    // Of consumer services the spending on land is given, not the whole cost.
    add_land_spending(1.0, &consumer_land, &mut land_spending);
}

fn adjust_rents(rule: Res<RentRule>, mut cities: Query<(&LandSpending, &ConstructionLand, &mut GoingRent)>) {
    for (spending, land, mut rent) in &mut cities {
        rent.0 = next_rent(rent.0, spending.0, land.0, rule.adjustment, rule.step_max);
    }
}
