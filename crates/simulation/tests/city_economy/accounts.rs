//! Money closes whatever is switched on, and the audit sees what does not.

use bevy_ecs::prelude::*;
use scenario::levers::{Finance, Period, ServiceReform, Subsidy};
use scenario::mechanisms::outside::Outside;
use scenario::place::Where;
use scenario::scenario::Scenario;
use simulation::accounts::{Account, Holder, Ledger, Payment};
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::goods_market::{FoodPrice, MarketAccess, PriceIndex};
use simulation::mechanisms::incomes::CityIncome;
use simulation::mechanisms::outside::{OutsideDemand, OutsidePay, OutsideSupply};
use simulation::mechanisms::population::{LabourSupply, MigrantStocks, Migrants, OutsideStocks, UrbanPeople};
use simulation::mechanisms::programmes::{GovernmentDebt, LevyRate, OutlayByLevy, ProgrammeCost};
use simulation::mechanisms::remittances::Remittances;
use simulation::model::{Model, RunError};
use simulation::step::Step;

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
    model_of(&full())
}

fn model_of(scenario: &Scenario) -> Model {
    let mut model = model(scenario, &table());
    let world = &mut model.world;
    let mut outside = world.resource_mut::<OutsideStocks>();
    outside.people[..PLACES].fill(100.0);
    outside.labour[..PLACES].fill(110.0);
    let mut migrants = world.resource_mut::<MigrantStocks>();
    migrants.people[PLACES * PLACES] = 20.0;
    migrants.labour[PLACES * PLACES] = 20.0;
    world.by_city_mut::<LabourSupply>()[0] += 20.0;
    world.by_city_mut::<UrbanPeople>()[0] += 20.0;
    world.by_city_mut::<Migrants>()[0] += 20.0;
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
    run(&mut model, 0, 1);
    let ledger = model.world.resource::<Ledger>();
    let Account { opening, received, paid, .. } = ledger.account(Holder::Outside);
    assert!((received - paid).abs() < 1e-3 * paid, "in {received}, out {paid}, opening {opening}");
    let world = &model.world;
    assert!(world.by_sector::<OutsideSupply>()[1][0] > 0.0 && world.by_sector::<OutsideDemand>()[1][0] > 0.0);
    assert!(world.by_sector::<MarketAccess>()[0].iter().all(|access| access.is_finite() && *access > 0.0));
    assert!(world.by_city::<Remittances>()[0] > 0.0);
    assert!(world.resource::<OutsidePay>().0 > 0.0);
}

/// Subsidies and a reform that hold in the second quarter only.
fn with_measures(subsidies: Finance) -> Scenario {
    let mut scenario = full();
    let period = Period { from: 2010.25, until: Some(2010.5) };
    let of = |place: usize, towns: bool, rate: f64| Subsidy {
        period,
        places: Where::Places(vec![format!("place{place}")]),
        industries: Vec::new(),
        towns,
        rate,
        financed_by: subsidies,
    };
    scenario.levers.subsidies = Some(vec![of(1, false, 0.2), of(2, true, 0.3)]);
    scenario.levers.service_reform = Some(vec![ServiceReform {
        period,
        places: Where::Places(vec!["place3".to_owned()]),
        spending: 1.5,
        financed_by: Finance::CityDebt,
        ..ServiceReform::default()
    }]);
    scenario
}

#[test]
fn subsidies_and_outlays_are_paid_by_levy_or_debt_and_debt_is_repaid() {
    for financed_by in [Finance::Wages, Finance::CityDebt] {
        let mut model = model_of(&with_measures(financed_by));
        run(&mut model, 20, 2);
        let by_debt = financed_by == Finance::CityDebt;
        let world = &model.world;
        assert_eq!(world.resource::<LevyRate>().0 > 0.0, !by_debt);
        assert!(world.resource::<ProgrammeCost>().total > 0.0 && world.by_city::<OutlayByLevy>()[0] == 0.0);
        let debt = world.by_city::<GovernmentDebt>().to_vec();
        assert!(debt[3] > 0.0 && (debt[2] > 0.0) == by_debt);
        for _ in 0..4 {
            model.tick().unwrap();
        }
        assert!(model.world.by_city::<GovernmentDebt>()[3] < debt[3]);
        assert_eq!(model.world.resource::<LevyRate>().0, 0.0);
    }
}

#[test]
fn money_from_nowhere_stops_the_run_with_a_named_account() {
    let mut model = full_model();
    // Households find money in the street.
    model.add_after(Step::FindCutoffs, |mut ledger: ResMut<Ledger>| {
        let holder = Holder::RuralHouseholds(2);
        let held = ledger.balance(holder);
        ledger.endow(holder, held + 1.0);
    });
    run(&mut model, 3, 0);
    let Err(RunError::Account(breach)) = model.tick() else { panic!("the audit must see it") };
    assert_eq!((breach.tick, breach.account.as_str()), (0, "money"));
    assert!((breach.found - breach.expected - 1.0).abs() < 1e-6, "{breach}");
}

#[test]
fn producers_who_keep_money_are_named() {
    let mut model = full_model();
    model.add_after(Step::FindCutoffs, |mut ledger: ResMut<Ledger>| {
        ledger.pay(Holder::CityHouseholds(1), Holder::Producers(1), 2.0, Payment::Goods);
    });
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
    let Err(RunError::Account(breach)) = model.run_phases() else { panic!("nobody can live on so little") };
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
    let (straight, resumed) = (&straight.world, &resumed.world);
    assert_eq!(straight.by_city::<CityIncome>(), resumed.by_city::<CityIncome>());
    assert_eq!(straight.resource::<FoodPrice>().0, resumed.resource::<FoodPrice>().0);
    assert_eq!(straight.by_sector::<PriceIndex>()[0], resumed.by_sector::<PriceIndex>()[0]);
}
