//! Subsidies: a share of the price of chosen firms' output is paid by the public, in cities or in towns.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`CityProper`], [`IndustryTable`], [`Firms`], [`TownFirms`], [`EffectiveFirms`],
//!   [`EffectiveTownFirms`], [`Revenue`], [`TownRevenue`]. **Writes** [`SubsidyRate`], [`TownSubsidyRate`],
//!   [`SubsidyFinance`], [`SubsidiesPaid`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy), [`Phase::Incomes`](crate::step::Phase::Incomes) (what they
//!   cost). **Random numbers** none. **Equation** rates of measures that name a firm's industry and place add up, to at
//!   most 0.9; they cost rate × sales.
//! - **Finance**: one share of all subsidies is charged to city debt: that of the measures that say so, weighted by
//!   rate and number of firms. With a single source of finance it is exactly 0 or 1.
//! - **Stacking**: additive, parks included.
//! - **Switched off**: no price is subsidised.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::levers::{Finance, Subsidy};
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::Revenue;
use crate::mechanisms::measures::Today;
use crate::mechanisms::towns::TownRevenue;
use crate::model::Model;
use crate::region::IndustryTable;
use crate::step::Step;

#[cfg(doc)]
use crate::{clock::Clock, mechanisms::measures::CityProper, region::PlaceTable};

/// Largest share of a price that all measures together pay: the range that a scenario allows a single one.
const RATE_MAX: f64 = 0.9;

columns! {
    /// Share of the price of firms of a city that the public pays.
    sector SubsidyRate(f64);
    /// The same of town firms.
    city TownSubsidyRate(f64);
    /// Subsidies received by all firms of a place in the quarter, thousand yuan.
    nominal city SubsidiesPaid(f64);
}

/// Weights of the subsidies of the quarter, from which the share financed by debt follows.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct SubsidyFinance {
    /// Rate times firms, over all subsidies.
    pub all: f64,
    /// The same over those financed by debt.
    pub debt: f64,
}

impl SubsidyFinance {
    /// Share of the subsidies of the quarter that is financed by city debt rather than by a levy on pay.
    #[must_use]
    pub fn debt_share(&self) -> f64 {
        if self.all > 0.0 { self.debt / self.all } else { 0.0 }
    }

    /// Adds a rate in the places named, and its weight.
    fn grant(&mut self, rates: &mut [f64], firms: &[f64], named: &[bool], (rate, financed_by): (f64, Finance)) {
        for ((current, firms), _) in rates.iter_mut().zip(firms).zip(named).filter(|(_, named)| **named) {
            *current = (*current + rate).min(RATE_MAX);
            self.all += rate * firms;
            if financed_by == Finance::CityDebt {
                self.debt += rate * firms;
            }
        }
    }
}

#[derive(Resource)]
struct Subsidies(Vec<Subsidy>);

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.world.insert_resource(SubsidyFinance::default());
    model.add(Step::ResetSubsidies, reset_subsidies).add(Step::CountSubsidies, count_subsidies);
    let Some(measures) = &scenario.levers.subsidies else { return };
    model.world.insert_resource(Subsidies(measures.clone()));
    model.add(Step::GrantSubsidies, grant_subsidies);
}

fn reset_subsidies(
    mut rates: BySectorMut<SubsidyRate>,
    mut town_rates: ByCityMut<TownSubsidyRate>,
    mut finance: ResMut<SubsidyFinance>,
) {
    rates.rows_mut().for_each(|rates| rates.fill(0.0));
    town_rates.fill(0.0);
    *finance = SubsidyFinance::default();
}

/// What city firms are granted subsidies with.
#[derive(SystemParam)]
pub(super) struct CityGrants<'w> {
    industries: Res<'w, IndustryTable>,
    firms: BySector<'w, Firms>,
    rates: BySectorMut<'w, SubsidyRate>,
    finance: ResMut<'w, SubsidyFinance>,
}

impl CityGrants<'_> {
    /// Adds a rate, financed as stated, for city firms of the industries chosen by name in the places named.
    pub(super) fn grant(&mut self, chosen: impl Fn(&String) -> bool, named: &[bool], terms: (f64, Finance)) {
        for (industry, _) in self.industries.names.iter().enumerate().filter(|(_, name)| chosen(name)) {
            self.finance.grant(&mut self.rates[industry], &self.firms[industry], named, terms);
        }
    }
}

fn grant_subsidies(
    measures: Res<Subsidies>,
    today: Today,
    mut city: CityGrants,
    town_firms: ByCity<TownFirms>,
    mut town_rates: ByCityMut<TownSubsidyRate>,
    mut named: Local<Vec<bool>>,
) {
    for measure in measures.0.iter().filter(|measure| today.holds(measure.period)) {
        today.mark(&measure.places, &mut named);
        let chosen = |name: &String| measure.industries.is_empty() || measure.industries.contains(name);
        let terms = (measure.rate, measure.financed_by);
        if !measure.towns {
            city.grant(chosen, &named, terms);
        } else if city.industries.in_towns.is_some_and(|industry| chosen(&city.industries.names[industry])) {
            city.finance.grant(&mut town_rates, &town_firms, &named, terms);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "firms of cities and of towns have their rates and sales")]
fn count_subsidies(
    industries: Res<IndustryTable>,
    firms: BySector<EffectiveFirms>,
    rates: BySector<SubsidyRate>,
    revenue: BySector<Revenue>,
    town_firms: ByCity<EffectiveTownFirms>,
    town_rates: ByCity<TownSubsidyRate>,
    town_revenue: ByCity<TownRevenue>,
    mut paid: ByCityMut<SubsidiesPaid>,
) {
    paid.fill(0.0);
    for industry in 0..industries.firms() {
        for (place, subsidy) in paid.iter_mut().enumerate() {
            let sales = firms[industry][place] * revenue[industry][place];
            *subsidy += rates[industry][place] * sales;
        }
    }
    if industries.in_towns.is_some() {
        for (place, subsidy) in paid.iter_mut().enumerate() {
            *subsidy += town_rates[place] * (town_firms[place] * town_revenue[place]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::measures;
    use crate::mechanisms::testing::small;
    use scenario::levers::Period;
    use scenario::place::Where;

    fn subsidy(industries: &[&str], towns: bool, rate: f64, financed_by: Finance) -> Subsidy {
        Subsidy {
            period: Period::ALWAYS,
            places: Where::Places(vec!["west".to_owned()]),
            industries: industries.iter().map(|&name| name.to_owned()).collect(),
            towns,
            rate,
            financed_by,
        }
    }

    /// Rates of light and heavy industry in cities and of towns, all by place, and the share financed by debt.
    fn in_force(subsidies: Vec<Subsidy>) -> ([Vec<f64>; 3], f64) {
        let (mut model, scenario) = small(3, |scenario| scenario.levers.subsidies = Some(subsidies));
        measures::add(&mut model, &scenario);
        add(&mut model, &scenario);
        model.run_phases().unwrap();
        let rates = model.world.by_sector::<SubsidyRate>();
        let towns = model.world.by_city::<TownSubsidyRate>();
        let rates = [rates[0].to_vec(), rates[1].to_vec(), towns.to_vec()];
        (rates, model.world.resource::<SubsidyFinance>().debt_share())
    }

    #[test]
    fn rates_add_up_where_they_are_named() {
        let heavy = subsidy(&["heavy"], false, 0.125, Finance::Wages);
        let (rates, debt_share) = in_force(vec![heavy.clone(), heavy]);
        assert_eq!(rates, [[0.0, 0.0, 0.0], [0.0, 0.0, 0.25], [0.0, 0.0, 0.0]]);
        assert_eq!(debt_share, 0.0);
    }

    #[test]
    fn no_industry_named_means_all_and_towns_have_their_own_rate() {
        let (rates, debt_share) = in_force(vec![
            subsidy(&[], false, 0.25, Finance::CityDebt),
            subsidy(&[], true, 0.5, Finance::CityDebt),
            subsidy(&["heavy"], true, 0.5, Finance::Wages),
        ]);
        // Heavy industry is in no town, so the third measure pays nobody.
        assert_eq!(rates, [[0.0, 0.0, 0.25], [0.0, 0.0, 0.25], [0.0, 0.0, 0.5]]);
        assert_eq!(debt_share, 1.0);
    }

    #[test]
    fn finance_is_shared_in_proportion_to_rate_and_firms() {
        // .25 of 100 light firms against .25 of 50 heavy ones.
        let (_, debt_share) = in_force(vec![
            subsidy(&["light"], false, 0.25, Finance::Wages),
            subsidy(&["heavy"], false, 0.25, Finance::CityDebt),
        ]);
        assert_eq!(debt_share, 12.5 / 37.5);
    }

    #[test]
    fn all_subsidies_together_leave_a_tenth_of_the_price() {
        let most = subsidy(&["heavy"], false, 0.75, Finance::Wages);
        assert_eq!(in_force(vec![most.clone(), most]).0[1][2], 0.9);
    }
}
