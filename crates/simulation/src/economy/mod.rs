//! The economy that every model has: who works for whom, who is paid by whom, and in which order markets are met.
//!
//! Mechanisms change what happens in a step of it; leaving one out leaves a step undone, never money unpaid. The order
//! of [`Step`] is the order of the reference: costs and prices, then spending of last quarter's income, then demand for
//! labour and land, then incomes.

mod factors;
mod payments;
mod programmes;
mod shares;
mod workings;

pub(crate) use payments::pay_quotas;
pub use programmes::DebtTerms;
pub use shares::{Fringe, Tastes, cost_shares};
pub use workings::{Farmers, LastMile, MarketFlows, Payroll, RemittanceShares};

use bevy_ecs::prelude::*;
use scenario::industry::Role;
use scenario::scenario::Scenario;

use crate::accounts::Ledger;
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Incomes, Prices, Programme};
use crate::plugin::Plugin;
use crate::snapshot::{SnapshotPart, read_part, write_part};

/// The order of the economy's steps, each in its phase. Systems of one step that touch the same data state their own
/// order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// What places are endowed with, before anything adds to it.
    Endowment,
    /// Crowding.
    Congestion,
    /// Agglomeration and services.
    Externalities,
    /// Who farms.
    Farmers,
    /// What they harvest.
    Harvest,
    /// Rental of capital.
    Rental,
    /// Freeness of trade; supply and demand of the outside.
    TradeCosts,
    /// Costs, prices and price indices of producer services.
    ServicePrices,
    /// Costs and prices of town firms.
    TownPrices,
    /// Costs, prices and price indices of goods.
    GoodsPrices,
    /// Last quarter's income is spent.
    Spending,
    /// Goods firms of cities sell.
    GoodsSales,
    /// Goods firms of towns sell.
    TownSales,
    /// Producer services are sold to goods firms.
    ServiceSales,
    /// The informal fringe serves residents.
    Fringe,
    /// Establishments serve residents.
    Establishments,
    /// Demand for labour and land.
    FactorDemand,
    /// Wages answer.
    Wages,
    /// Rents answer.
    Rents,
    /// Town wages and town jobs.
    TownLabour,
    /// What production emits.
    Emissions,
    /// Wages, rents and farm incomes are paid.
    Pay,
    /// Subsidies and outlays of programmes are financed and paid.
    Programmes,
    /// Taxes and land finance.
    Taxes,
    /// Payments for land quotas, remittances.
    Transfers,
    /// Wages, remittances and demand of those outside.
    OutsideFlows,
    /// What producers have left goes to the owners of capital.
    Profits,
    /// Debt is served.
    DebtService,
    /// Incomes of the quarter are read off.
    Statement,
    /// What only burn-in sets: the level of trade with the outside.
    Calibration,
    /// Establishments open and close.
    Entry,
    /// What places are worth.
    Valuation,
    /// What networks add.
    Networks,
}

/// The economy that every model has. Add it before any mechanism.
pub struct EconomyPlugin {
    tastes: Tastes,
    fringe: Fringe,
    debt: DebtTerms,
    hours_max: f64,
    places: usize,
    industries: usize,
}

impl EconomyPlugin {
    /// From a scenario; where a mechanism is off, its block's defaults stand in for what cannot be absent.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let with_firms = |role: Role| matches!(role, Role::Goods | Role::ProducerServices);
        Self {
            tastes: Tastes::of(scenario),
            fringe: Fringe::of(scenario),
            debt: DebtTerms::of(scenario),
            hours_max: scenario.mechanisms.job_matching.clone().unwrap_or_default().hours_max,
            places: scenario.places.len(),
            industries: scenario.industries.iter().filter(|industry| with_firms(industry.role)).count(),
        }
    }
}

impl Plugin for EconomyPlugin {
    fn build(&self, model: &mut Model) {
        let world = &mut model.world;
        world.insert_resource(self.tastes.clone());
        world.insert_resource(self.fringe.clone());
        world.insert_resource(self.debt);
        world.insert_resource(factors::HoursMax(self.hours_max));
        world.insert_resource(LastMile(1.0));
        world.insert_resource(Farmers(vec![0.0; self.places]));
        world.insert_resource(Payroll::none(self.places));
        world.insert_resource(RemittanceShares(vec![0.0; self.places]));
        world.insert_resource(MarketFlows::none(self.places, self.industries));
        order_steps(model);
        model.add_systems(Phase::Policy, start_quarter);
        factors::add(model);
        payments::add(model);
        programmes::add(model);
        keep(model);
    }
}

fn order_steps(model: &mut Model) {
    use Step as S;
    model.configure_sets((S::Endowment, S::Congestion, S::Externalities).chain().in_set(Phase::Productivity));
    model.configure_sets((S::Farmers, S::Harvest).chain().in_set(Phase::Harvest));
    model.configure_sets(
        (S::Rental, S::TradeCosts, S::ServicePrices, S::TownPrices, S::GoodsPrices).chain().in_set(Phase::Prices),
    );
    model.configure_sets(
        (S::Spending, S::GoodsSales, S::TownSales, S::ServiceSales, S::Fringe, S::Establishments)
            .chain()
            .in_set(Phase::Markets),
    );
    model.configure_sets(
        (S::FactorDemand, S::Wages, S::Rents, S::TownLabour, S::Emissions).chain().in_set(Phase::Factors),
    );
    model.configure_sets(
        (
            (S::Pay, S::Programmes, S::Taxes, S::Transfers, S::OutsideFlows).chain(),
            (S::Profits, S::DebtService, S::Statement, S::Calibration, S::Entry).chain(),
        )
            .chain()
            .in_set(Phase::Incomes),
    );
    model.configure_sets((S::Valuation, S::Networks).chain().in_set(Phase::Utilities));
}

fn start_quarter(clock: Res<Clock>, mut ledger: ResMut<Ledger>) {
    ledger.start_quarter(clock.burning_in);
}

/// What the next quarter needs of columns that are otherwise computed afresh.
fn keep(model: &mut Model) {
    factors::keep(model);
    model.kept.push(SnapshotPart::with(
        "prices",
        |world, out| {
            let prices = world.resource::<Prices>();
            write_part(&(prices.food, prices.capital_rental, prices.mean_wage_start), out)
        },
        |world, bytes| {
            let mut prices = world.resource_mut::<Prices>();
            (prices.food, prices.capital_rental, prices.mean_wage_start) = read_part(bytes)?;
            Ok(())
        },
    ));
    model.kept.push(SnapshotPart::with(
        "quotas due",
        |world, out| {
            let incomes = world.resource::<Incomes>();
            write_part(&(&incomes.quota_revenue_due, &incomes.quota_payment_due), out)
        },
        |world, bytes| {
            let mut incomes = world.resource_mut::<Incomes>();
            let incomes = &mut *incomes;
            (incomes.quota_revenue_due, incomes.quota_payment_due) = read_part(bytes)?;
            Ok(())
        },
    ));
    model.keep::<Programme>("programmes");
}
