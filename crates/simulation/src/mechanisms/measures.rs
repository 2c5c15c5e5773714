//! Measures: whether and where a dated measure holds in the quarter.
//!
//! - **Reads** [`PlaceTable`], [`UrbanPeople`]. **Writes** [`CityProper`].
//! - **Phase** [`Phase::Policy`](crate::step::Phase::Policy), before all levers. **Random numbers** none. **Equation**
//!   residents of the city proper = urban residents × the base year's district share.
//! - **Stacking**: every quarter starts without any measure. Measures that hold together multiply their multiples and add
//!   their additions, whoever took them and in whatever order; a multiple of 1 and an addition of 0 change no bit.
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

<<<<<<< HEAD
=======
/// Who is paid by a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// Households in the city of the place: public employees, builders.
    City,
    /// Households in its countryside.
    Countryside,
}

impl Programme {
    /// Adds an outlay (thousand yuan) at a place: it is financed, paid out and reported.
    pub fn bill(&mut self, for_what: Outlay, place: usize, payee: Payee, financed_by: Finance, amount: f64) {
        let outlay = match (payee, financed_by) {
            (Payee::City, Finance::Wages) => &mut self.outlay_wages,
            (Payee::City, Finance::CityDebt) => &mut self.outlay_debt,
            (Payee::Countryside, Finance::Wages) => &mut self.outlay_rural_wages,
            (Payee::Countryside, Finance::CityDebt) => &mut self.outlay_rural_debt,
        };
        outlay[place] += amount;
        self.cost += amount;
        self.outlays[for_what as usize] += amount;
    }

    /// A programme of no cost for so many places.
    #[must_use]
    pub fn none(places: usize) -> Self {
        let column = || vec![0.0; places];
        Self {
            outlay_wages: column(),
            outlay_debt: column(),
            outlay_rural_wages: column(),
            outlay_rural_debt: column(),
            debt: column(),
            cost: 0.0,
            newly_settled: column(),
            outlays: Default::default(),
        }
    }
}

/// Weights of the subsidies of the quarter, from which the share financed by debt follows.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SubsidyWeights {
    /// Rate times firms, over all subsidies.
    pub(super) all: f64,
    /// The same over those financed by debt.
    pub(super) debt: f64,
}

/// Multiples of the quarter before, to see whether one changed. `None` before the first quarter of this process.
#[derive(Resource, Clone, Debug, Default)]
struct Before {
    clock: Option<Clock>,
    trade: Option<TradePolicy>,
}

impl Before {
    /// Whether the quarter before this one was simulated here. It was not in the first quarter and after a run was
    /// resumed: whatever was computed from multiples may then be of another quarter.
    fn leads_to(&self, now: &Clock) -> bool {
        self.clock.is_some_and(|before| {
            let next = if now.burning_in { 0 } else { before.tick + 1 };
            before.burning_in == now.burning_in && now.tick == next
        })
    }
}

/// Opens and closes the policy phase. Needed by every lever; add it first, after places and industries.
pub struct MeasuresPlugin;

impl Plugin for MeasuresPlugin {
    fn build(&self, model: &mut Model) {
        let places = model.world.resource::<PlaceTable>().places.len();
        let industries = model.world.resource::<IndustryTable>().firms();
        let world = &mut model.world;
        provide(world, neutral_trade(places));
        provide(world, neutral_services(places));
        provide(world, no_subsidies(industries, places));
        provide(world, no_settlement(places));
        provide(world, Programme::none(places));
        world.insert_resource(CityProper(vec![0.0; places]));
        world.insert_resource(SubsidyWeights::default());
        world.insert_resource(Before::default());
        use PolicyStep as Step;
        model.configure_sets(
            (
                (Step::Reset, Step::Barriers, Step::Transport, Step::Communications).chain(),
                (Step::Subsidies, Step::Parks, Step::ServiceReform, Step::FarmPolicy).chain(),
                (Step::LandQuota, Step::VillageConsolidation, Step::Settlement, Step::Close).chain(),
            )
                .chain()
                .in_set(Phase::Policy),
        );
        model.configure_sets((LandStep::Quota, LandStep::Towns, LandStep::Idle).chain().in_set(Phase::Land));
        model.add_systems(Phase::Policy, reset_policy.in_set(Step::Reset));
        model.add_systems(Phase::Policy, close_policy.in_set(Step::Close));
    }
}

/// Inserts what the opening state has not.
fn provide<T: Resource>(world: &mut World, value: T) {
    if !world.contains_resource::<T>() {
        world.insert_resource(value);
    }
}

fn no_subsidies(industries: usize, places: usize) -> SubsidyRates {
    SubsidyRates { city: vec![vec![0.0; places]; industries], town: vec![0.0; places], debt_share: 0.0 }
}

fn neutral_trade(places: usize) -> TradePolicy {
    let pairs = || vec![1.0; places * places];
    TradePolicy {
        wedge: pairs(),
        goods_cost: pairs(),
        services_cost: pairs(),
        travel_cost: pairs(),
        network_reach: vec![1.0; places],
        revision: 0,
    }
}

fn neutral_services(places: usize) -> ServicePolicy {
    ServicePolicy {
        quality: vec![1.0; places],
        spending: vec![1.0; places],
        access: std::array::from_fn(|_| vec![0.0; places]),
        rural_output: vec![0.0; places],
    }
}

/// What holds where neither settlement rules nor the land quota are in the model.
fn no_settlement(places: usize) -> SettlementPolicy {
    SettlementPolicy {
        rules: vec![Rule::Closed; places],
        homestead: HomesteadRule::Keep,
        registers_arrivals: vec![false; places],
        stable_quarters: 0,
        entry_cost: vec![0.0; places],
        scope: TransferScope::None,
        plan_growth: 0.0,
        price_quarters: 0.0,
        farm_growth: 0.0,
        farm_consolidation: 0.0,
    }
}

#[expect(clippy::too_many_arguments, reason = "it resets all that the levers write")]
fn reset_policy(
    table: Res<PlaceTable>,
    population: Res<Population>,
    mut proper: ResMut<CityProper>,
    mut trade: ResMut<TradePolicy>,
    mut services: ResMut<ServicePolicy>,
    mut subsidies: ResMut<SubsidyRates>,
    mut weights: ResMut<SubsidyWeights>,
    mut settlement: ResMut<SettlementPolicy>,
    mut programme: ResMut<Programme>,
) {
    for ((proper, urban), place) in proper.0.iter_mut().zip(&population.urban).zip(&table.places) {
        *proper = 1000.0 * urban * place.district_share;
    }
    // Pairs are many: what no lever has touched since they were last made neutral still is.
    if trade.is_changed() {
        let trade = &mut *trade;
        for multiples in [
            &mut trade.wedge,
            &mut trade.goods_cost,
            &mut trade.services_cost,
            &mut trade.travel_cost,
            &mut trade.network_reach,
        ] {
            multiples.fill(1.0);
        }
    }
    services.quality.fill(1.0);
    services.spending.fill(1.0);
    services.access.iter_mut().for_each(|access| access.fill(0.0));
    services.rural_output.fill(0.0);
    subsidies.city.iter_mut().for_each(|rates| rates.fill(0.0));
    subsidies.town.fill(0.0);
    *weights = SubsidyWeights::default();
    settlement.farm_growth = 0.0;
    settlement.farm_consolidation = 0.0;
    programme.cost = 0.0;
    programme.outlays = Default::default();
}

fn close_policy(
    clock: Res<Clock>,
    mut trade: ResMut<TradePolicy>,
    mut before: ResMut<Before>,
    mut subsidies: ResMut<SubsidyRates>,
    weights: Res<SubsidyWeights>,
) {
    subsidies.debt_share = if weights.all > 0.0 { weights.debt / weights.all } else { 0.0 };
    let same = |before: &Before| !trade.is_changed() || before.trade.as_ref() == Some(&*trade);
    let known = before.leads_to(&clock) && same(&before);
    before.clock = Some(*clock);
    if known {
        return;
    }
    trade.revision += 1;
    match &mut before.trade {
        Some(multiples) => multiples.clone_from(&trade),
        none => *none = Some(trade.clone()),
    }
}

/// Whether a measure holds now.
pub(super) fn holds(clock: &Clock, period: scenario::levers::Period) -> bool {
    clock.within(period.from, period.until)
}

>>>>>>> scen
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
