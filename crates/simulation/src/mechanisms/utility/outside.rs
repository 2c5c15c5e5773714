//! What the outside is worth to people of each origin.
//!
//! - **Reads** [`OutsidePay`], [`OutsideRule`], [`OutsideTerms`], [`RemittanceRule`], [`RuralCostOfLiving`],
//!   [`ServiceRules`], [`Tastes`], [`ValuationInputs`], [`PlaceTable`], [`MoneyUnit`]. **Writes** [`OutsideUtility`].

use bevy_ecs::prelude::*;
use economics::maths::ln;
use economics::utility::{Living, migrant_utility, migrant_utility_at_destination, resident_utility};

use super::{OutsideUtility, RuralCostOfLiving, ValuationInputs};
use crate::agents::city::ByCity;
use crate::mechanisms::goods_market::Tastes;
use crate::mechanisms::outside::{OutsidePay, OutsideRule, OutsideTerms};
use crate::mechanisms::public_services::ServiceRules;
use crate::mechanisms::remittances::RemittanceRule;
use crate::region::{MoneyUnit, PlaceTable};

/// Log of the food price of the outside times its share in spending.
pub(super) fn food_log(terms: &OutsideTerms, tastes: &Tastes, unit: f64) -> f64 {
    if terms.food > 0.0 { tastes.shares.food * ln(terms.food * unit) } else { 0.0 }
}

/// Log cost of living outside, without food.
pub(super) fn living_log(terms: &OutsideTerms, tastes: &Tastes, unit: f64) -> f64 {
    terms.living_log + (1.0 - tastes.shares.food) * ln(unit)
}

/// Outside, migrants get what services reach them there, are as excluded as in the region's general cities, and buy at
/// the region's prices of the start.
#[expect(clippy::too_many_arguments, reason = "the outside is described apart from the region")]
pub(super) fn value_outside(
    unit: Res<MoneyUnit>,
    inputs: Res<ValuationInputs>,
    tastes: Res<Tastes>,
    table: Res<PlaceTable>,
    rules: Option<Res<ServiceRules>>,
    outside: Option<Res<OutsideRule>>,
    terms: Option<Res<OutsideTerms>>,
    remittances: Option<Res<RemittanceRule>>,
    pay: Res<OutsidePay>,
    rural_cost_of_living: ByCity<RuralCostOfLiving>,
    mut utility: ResMut<OutsideUtility>,
) {
    let (Some(outside), Some(terms)) = (outside, terms) else {
        return;
    };
    let OutsideUtility { value, amenity, .. } = &mut *utility;
    let share = remittances.map_or(0.0, |rule| rule.share);
    let food = terms.food * unit.0;
    let access = rules.map_or(1.0, |rules| rules.general_access());
    let places = rural_cost_of_living.len();
    for (skill, column) in value.iter_mut().enumerate() {
        let food_log = food_log(&terms, &tastes, unit.0);
        let living = Living {
            income: pay.0 * table.efficiency[skill] * (1.0 - outside.block.tax_rate),
            subsistence_cost: food * tastes.shares.subsistence,
            ln_food: food_log,
            ln_price_level: living_log(&terms, &tastes, unit.0),
            services: outside.block.services,
            services_weight: inputs.services_weight,
            amenity: *amenity,
        };
        for (origin, utility) in column.iter_mut().enumerate() {
            *utility = if origin < places {
                let living = Living { ln_food: (1.0 - share) * food_log, ..living };
                let there = migrant_utility_at_destination(&living, share, inputs.exclusion_penalty, access);
                migrant_utility(there, share, rural_cost_of_living[origin] + inputs.rural_food_log)
            } else {
                resident_utility(&living)
            };
        }
    }
}
