//! Subsidies: a share of the price of chosen firms' output is paid by the public, in cities or in towns.
//!
//! - **Reads** [`CityProper`], [`FirmMass`], [`IndustryTable`]. **Writes** [`SubsidyRates`].
//! - **Phase** [`Phase::Policy`]. **Chance** none. **Equation** rates of measures that name a firm's industry and place
//!   add up, to at most 0.9. What they cost follows from sales: the goods market computes it, the fiscal mechanism
//!   finances it.
//! - **Finance**: one share of all subsidies is charged to city debt: that of the measures that say so, weighted by
//!   rate and number of firms. With a single source of finance it is exactly 0 or 1.
//! - **Stacking**: additive, parks included.
//! - **Switched off**: nobody's price is subsidised.

use bevy_ecs::prelude::*;
use scenario::levers::{Finance, Subsidy};

use super::measures::{CityProper, PolicyStep, SubsidyWeights, holds};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, IndustryTable, PlaceTable, SubsidyRates};
use crate::plugin::Plugin;

/// Largest share of a price that all measures together pay: the range that a scenario allows a single one.
const RATE_MAX: f64 = 0.9;

/// Adds the lever with its dated measures.
pub struct SubsidiesPlugin(pub Vec<Subsidy>);

#[derive(Resource)]
struct Subsidies(Vec<Subsidy>);

impl Plugin for SubsidiesPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Subsidies(self.0.clone()));
        model.add_systems(Phase::Policy, set_subsidies.in_set(PolicyStep::Subsidies));
    }
}

#[expect(clippy::too_many_arguments, reason = "a lever reads places and industries and writes rates")]
fn set_subsidies(
    measures: Res<Subsidies>,
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
        let chosen =
            |industry: usize| measure.industries.is_empty() || measure.industries.contains(&industries.names[industry]);
        let terms = (measure.rate, measure.financed_by);
        if measure.towns {
            if industries.in_towns.is_some_and(chosen) {
                grant(&mut rates.town, &firms.town_count, &named, terms, &mut weights);
            }
        } else {
            for industry in (0..industries.firms()).filter(|&industry| chosen(industry)) {
                grant(&mut rates.city[industry], &firms.count[industry], &named, terms, &mut weights);
            }
        }
    }
}

/// Adds a rate in the places named, and its weight in the finance of all subsidies.
pub(super) fn grant(
    rates: &mut [f64],
    firms: &[f64],
    named: &[bool],
    (rate, financed_by): (f64, Finance),
    weights: &mut SubsidyWeights,
) {
    for ((current, firms), _) in rates.iter_mut().zip(firms).zip(named).filter(|(_, named)| **named) {
        *current = (*current + rate).min(RATE_MAX);
        weights.all += rate * firms;
        if financed_by == Finance::CityDebt {
            weights.debt += rate * firms;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::{ALWAYS, small_model};
    use scenario::place::Where;

    fn subsidy(industries: &[&str], towns: bool, rate: f64, financed_by: Finance) -> Subsidy {
        Subsidy {
            period: ALWAYS,
            places: Where::Places(vec!["west".to_owned()]),
            industries: industries.iter().map(|&name| name.to_owned()).collect(),
            towns,
            rate,
            financed_by,
        }
    }

    fn in_force(measures: Vec<Subsidy>) -> SubsidyRates {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&SubsidiesPlugin(measures));
        model.run_schedule().unwrap();
        model.world.resource::<SubsidyRates>().clone()
    }

    #[test]
    fn rates_add_up_where_they_are_named() {
        let heavy = subsidy(&["heavy"], false, 0.125, Finance::Wages);
        let rates = in_force(vec![heavy.clone(), heavy]);
        assert_eq!(rates.city, [[0.0, 0.0, 0.0], [0.0, 0.0, 0.25]]);
        assert_eq!((rates.town[2], rates.debt_share), (0.0, 0.0));
    }

    #[test]
    fn no_industry_named_means_all_and_towns_have_their_own_rate() {
        let rates = in_force(vec![
            subsidy(&[], false, 0.25, Finance::CityDebt),
            subsidy(&[], true, 0.5, Finance::CityDebt),
            subsidy(&["heavy"], true, 0.5, Finance::Wages),
        ]);
        assert_eq!(rates.city, [[0.0, 0.0, 0.25], [0.0, 0.0, 0.25]]);
        // Heavy industry is in no town, so the third measure pays nobody.
        assert_eq!((rates.town, rates.debt_share), (vec![0.0, 0.0, 0.5], 1.0));
    }

    #[test]
    fn finance_is_shared_in_proportion_to_rate_and_firms() {
        // .25 of 100 light firms against .25 of 50 heavy ones.
        let rates = in_force(vec![
            subsidy(&["light"], false, 0.25, Finance::Wages),
            subsidy(&["heavy"], false, 0.25, Finance::CityDebt),
        ]);
        assert_eq!(rates.debt_share, 12.5 / 37.5);
    }

    #[test]
    fn all_subsidies_together_leave_a_tenth_of_the_price() {
        let most = subsidy(&["heavy"], false, 0.75, Finance::Wages);
        assert_eq!(in_force(vec![most.clone(), most]).city[1][2], 0.9);
    }
}
