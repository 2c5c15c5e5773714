//! Money closes whatever is switched on, and the audit sees what does not.

use bevy_ecs::prelude::*;
use scenario::mechanisms::outside::Outside;
use scenario::scenario::Scenario;
use simulation::accounts::{Holder, Ledger};
use simulation::mechanisms::outside::calibrate_outside;
use simulation::model::{Model, RunError};
use simulation::phase::Phase;
use simulation::places::{Incomes, Labour, Markets, Population, Prices, Programme, SubsidyRates};
use simulation::plugin::Plugin;

use super::world::{PLACES, model, run, scenario, table};

/// Everything on: public wages, growth, pollution, the outside with leavers and strangers.
fn full() -> Scenario {
    let mut scenario = scenario(&table());
    let on = &mut scenario.mechanisms;
    on.outside = Some(Outside::default());
    on.pollution = Some(Default::default());
    on.agriculture = Some(Default::default());
    on.fiscal.as_mut().unwrap().public_wage_share = 0.3;
    scenario.preferences.migrant_housing = 0.5;
    scenario
}

fn full_model() -> Model {
    let mut model = model(&full(), &table());
    let mut population = model.world.resource_mut::<Population>();
    for origin in 0..PLACES {
        population.outside[origin] = 100.0;
        population.labour_outside[origin] = 110.0;
    }
    let strangers = PLACES * PLACES;
    population.migrants[strangers] = 20.0;
    population.labour_by_origin[strangers] = 20.0;
    population.labour[0] += 20.0;
    population.labour_migrants[0] += 20.0;
    population.urban[0] += 20.0;
    population.migrants_total[0] += 20.0;
    model
}

#[test]
fn money_closes_with_everything_on() {
    let mut model = full_model();
    run(&mut model, 40, 40);
    let ledger = model.world.resource::<Ledger>();
    assert!((ledger.money() / ledger.stock() - 1.0).abs() < 1e-12);
    for place in 0..PLACES as u16 {
        assert!(ledger.balance(Holder::Producers(place)).abs() <= 1e-12 * ledger.turnover());
        assert!(ledger.balance(Holder::Government(place)) > 0.0);
    }
}

#[test]
fn the_outside_account_balances_when_burn_in_has_settled() {
    let mut model = full_model();
    run(&mut model, 200, 0);
    calibrate_outside(&mut model.world);
    run(&mut model, 0, 1);
    let ledger = model.world.resource::<Ledger>();
    let (opening, received, paid) = ledger.quarter(Holder::Outside);
    assert!((received - paid).abs() < 1e-3 * paid, "in {received}, out {paid}, opening {opening}");
    let markets = model.world.resource::<Markets>();
    let prices = model.world.resource::<Prices>();
    assert!(prices.outside_supply[1][0] > 0.0 && prices.outside_demand[1][0] > 0.0);
    assert!(markets.market_access[0].iter().all(|access| access.is_finite() && *access > 0.0));
    assert!(model.world.resource::<Incomes>().remittances[0] > 0.0);
    assert!(model.world.resource::<Labour>().outside_pay > 0.0);
}

#[test]
fn subsidies_and_outlays_are_paid_by_levy_or_debt_and_debt_is_repaid() {
    for debt_share in [0.0, 0.4] {
        let mut model = full_model();
        run(&mut model, 20, 1);
        {
            let world = &mut model.world;
            let mut rates = world.resource_mut::<SubsidyRates>();
            rates.city[0][1] = 0.2;
            rates.town[2] = 0.3;
            rates.debt_share = debt_share;
            let mut programme = world.resource_mut::<Programme>();
            programme.outlay_wages[0] = 10.0;
            programme.outlay_rural_debt[1] = 5.0;
        }
        model.tick().unwrap();
        let world = &model.world;
        assert!(world.resource::<Incomes>().levy_rate > 0.0);
        let programme = world.resource::<Programme>();
        assert!(programme.cost > 0.0 && programme.outlay_wages[0] == 0.0);
        assert!(programme.debt[1] > 4.0 && (debt_share > 0.0) == (programme.debt[2] > 0.0));
        let debt = programme.debt[1];
        let mut rates = model.world.resource_mut::<SubsidyRates>();
        rates.city[0][1] = 0.0;
        rates.town[2] = 0.0;
        for _ in 0..4 {
            model.tick().unwrap();
        }
        assert!(model.world.resource::<Programme>().debt[1] < debt);
        assert_eq!(model.world.resource::<Incomes>().levy_rate, 0.0);
    }
}

/// Breaks conservation: from the third quarter on households find a yuan in the street.
struct FoundMoney;

impl Plugin for FoundMoney {
    fn build(&self, model: &mut Model) {
        model.add_systems(Phase::Rationing, |mut ledger: ResMut<Ledger>| {
            let holder = Holder::RuralHouseholds(2);
            let held = ledger.balance(holder);
            ledger.endow(holder, held + 1.0);
        });
    }
}

#[test]
fn money_from_nowhere_stops_the_run_with_a_named_account() {
    let mut model = full_model();
    model.add(&FoundMoney);
    run(&mut model, 3, 0);
    let Err(RunError::Account(breach)) = model.tick() else { panic!("the audit must see it") };
    assert_eq!((breach.tick, breach.account.as_str()), (0, "money"));
    assert!((breach.found - breach.expected - 1.0).abs() < 1e-6, "{breach}");
}

/// A forgetful mechanism: producers of the second place keep a part of what they earned.
struct Hoard;

impl Plugin for Hoard {
    fn build(&self, model: &mut Model) {
        use simulation::accounts::Payment;
        model.add_systems(Phase::Choices, |mut ledger: ResMut<Ledger>| {
            ledger.pay(Holder::CityHouseholds(1), Holder::Producers(1), 2.0, Payment::Goods);
        });
    }
}

#[test]
fn producers_who_keep_money_are_named() {
    let mut model = full_model();
    model.add(&Hoard);
    run(&mut model, 3, 0);
    let Err(RunError::Account(breach)) = model.tick() else { panic!("the audit must see it") };
    assert_eq!(breach.account, "producers of place1");
    assert_eq!((breach.expected, breach.found), (0.0, 2.0));
}

#[test]
fn a_famine_stops_the_run() {
    let mut scenario = full();
    scenario.preferences.subsistence = 0.95;
    let mut model = model(&scenario, &table());
    let Err(RunError::Account(breach)) = model.run_schedule() else { panic!("nobody can live on so little") };
    assert_eq!(breach.account, "food");
}

#[test]
fn a_resumed_run_ends_in_the_same_state() {
    let mut straight = full_model();
    run(&mut straight, 10, 4);
    let saved = straight.save();
    for _ in 0..4 {
        straight.tick().unwrap();
    }
    let mut resumed = full_model();
    resumed.restore(&saved).unwrap();
    for _ in 0..4 {
        resumed.tick().unwrap();
    }
    assert_eq!(straight.state_hash(), resumed.state_hash());
    assert_eq!(straight.world.resource::<Incomes>(), resumed.world.resource::<Incomes>());
    assert_eq!(straight.world.resource::<Prices>(), resumed.world.resource::<Prices>());
}
