//! Money is a veil: ten times as much of it is ten times dearer, and nobody is better off.

use scenario::mechanisms::outside::Outside;
use scenario::scenario::Scenario;
use simulation::model::Model;
use simulation::places::{Emissions, Incomes, Labour, Prices, Rents, Utilities};

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
    close(&one.resource::<Labour>().wage, &ten.resource::<Labour>().wage, 10.0);
    close(&one.resource::<Rents>().rent, &ten.resource::<Rents>().rent, 10.0);
    close(&one.resource::<Prices>().index[0], &ten.resource::<Prices>().index[0], 10.0);
    close(&[one.resource::<Prices>().food], &[ten.resource::<Prices>().food], 10.0);
    close(&one.resource::<Incomes>().city, &ten.resource::<Incomes>().city, 10.0);
    close(&one.resource::<Emissions>().total, &ten.resource::<Emissions>().total, 1.0);
    let (one, ten) = (one.resource::<Utilities>(), ten.resource::<Utilities>());
    for skill in 0..2 {
        close(&one.citizen[skill], &ten.citizen[skill], 1.0);
        close(&one.migrant[skill], &ten.migrant[skill], 1.0);
        close(&one.citizen_elsewhere[skill], &ten.citizen_elsewhere[skill], 1.0);
        close(&one.outside[skill], &ten.outside[skill], 1.0);
    }
    close(&one.rural, &ten.rural, 1.0);
}
