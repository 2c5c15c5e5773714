//! Money is neutral: with ten times as much of it all prices are ten times as high, and real incomes are the same.

use bevy_ecs::prelude::*;
use scenario::mechanisms::outside::Outside;
use scenario::scenario::Scenario;
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::goods_market::{FoodPrice, PriceIndex};
use simulation::mechanisms::incomes::CityIncome;
use simulation::mechanisms::pollution::Emissions;
use simulation::mechanisms::rent_pressure::GoingRent;
use simulation::mechanisms::utility::{CitizenUtility, ElsewhereUtility, MigrantUtility, OutsideUtility, RuralUtility};
use simulation::mechanisms::wage_setting::Wage;
use simulation::model::Model;

use super::world::{model, run, scenario, table};

fn settled(farm_income: f64) -> Model {
    let table = table();
    let mut scenario: Scenario = scenario(&table);
    scenario.mechanisms.outside = Some(Outside::default());
    scenario.mechanisms.pollution = Some(Default::default());
    scenario.money.farm_income = farm_income;
    let mut model = model(&scenario, &table);
    run(&mut model, 30, 10);
    model
}

fn close(one: &[f64], ten: &[f64], factor: f64) {
    assert_eq!(one.len(), ten.len());
    for (one, ten) in one.iter().zip(ten) {
        assert!((factor * one - ten).abs() <= 1e-9 * (factor * one).abs().max(1.0), "{one} and {ten}");
    }
}

#[test]
fn ten_times_the_money_is_ten_times_the_prices_and_the_same_utilities() {
    let (one, ten) = (settled(1.0), settled(10.0));
    let (one, ten) = (&one.world, &ten.world);
    close(one.by_city::<Wage>(), ten.by_city::<Wage>(), 10.0);
    close(one.by_city::<GoingRent>(), ten.by_city::<GoingRent>(), 10.0);
    close(&one.by_sector::<PriceIndex>()[0], &ten.by_sector::<PriceIndex>()[0], 10.0);
    close(&[one.resource::<FoodPrice>().0], &[ten.resource::<FoodPrice>().0], 10.0);
    close(one.by_city::<CityIncome>(), ten.by_city::<CityIncome>(), 10.0);
    close(one.by_city::<Emissions>(), ten.by_city::<Emissions>(), 1.0);
    close(one.by_city::<CitizenUtility>().as_flattened(), ten.by_city::<CitizenUtility>().as_flattened(), 1.0);
    close(one.by_city::<ElsewhereUtility>().as_flattened(), ten.by_city::<ElsewhereUtility>().as_flattened(), 1.0);
    close(one.by_city::<RuralUtility>(), ten.by_city::<RuralUtility>(), 1.0);
    for skill in 0..2 {
        let migrants = |world: &World| world.resource::<MigrantUtility>().value[skill].clone();
        close(&migrants(one), &migrants(ten), 1.0);
        let outside = |world: &World| world.resource::<OutsideUtility>().value[skill].clone();
        close(&outside(one), &outside(ten), 1.0);
    }
}
