//! Changes the level of money: every nominal figure of the state by one factor, every real one by none.

use bevy_ecs::prelude::*;

use crate::accounts::Ledger;
use crate::places::{Incomes, Labour, Markets, MoneyUnit, Prices, Programme, Rents, Services};

/// Multiplies all nominal state by `factor`.
///
/// The model is homogeneous: wages, rents, incomes, balances and the unit of its nominal constants times a factor give
/// the same quantities and utilities. What is computed afresh in each quarter from these (price indices, logs of them,
/// costs, revenues) follows when the next quarter has run.
pub(super) fn rescale(world: &mut World, factor: f64) {
    world.resource_mut::<MoneyUnit>().0 *= factor;
    world.resource_mut::<Ledger>().rescale(factor);
    let mut prices = world.resource_mut::<Prices>();
    prices.food *= factor;
    prices.capital_rental *= factor;
    prices.mean_wage_start *= factor;
    let prices = &mut *prices;
    scale_all(factor, [&mut prices.town_unit_cost, &mut prices.town_price]);
    for table in [&mut prices.unit_cost, &mut prices.mill_price, &mut prices.index] {
        scale_all(factor, table);
    }
    let mut markets = world.resource_mut::<Markets>();
    let markets = &mut *markets;
    for table in [&mut markets.expenditure, &mut markets.revenue, &mut markets.cost] {
        scale_all(factor, table);
    }
    scale_all(
        factor,
        [
            &mut markets.supernumerary_city,
            &mut markets.supernumerary_rural,
            &mut markets.town_revenue,
            &mut markets.town_cost,
            &mut markets.consumer_spending,
            &mut markets.consumer_wages,
            &mut markets.consumer_land,
            &mut markets.entrant_profit,
            &mut markets.establishment_profit,
        ],
    );
    let mut labour = world.resource_mut::<Labour>();
    let labour = &mut *labour;
    labour.outside_pay *= factor;
    scale_all(factor, [&mut labour.wage, &mut labour.town_wage, &mut labour.pay]);
    let mut rents = world.resource_mut::<Rents>();
    let rents = &mut *rents;
    scale_all(factor, [&mut rents.rent, &mut rents.spending]);
    let mut incomes = world.resource_mut::<Incomes>();
    let incomes = &mut *incomes;
    incomes.capital_per_head *= factor;
    scale_all(
        factor,
        [
            &mut incomes.city,
            &mut incomes.rural,
            &mut incomes.rent_per_head,
            &mut incomes.farm_per_head,
            &mut incomes.rural_per_head,
            &mut incomes.remittances,
            &mut incomes.value_added,
            &mut incomes.quota_revenue_due,
            &mut incomes.quota_payment_due,
        ],
    );
    scale(factor, &mut world.resource_mut::<Services>().spending);
    let mut programme = world.resource_mut::<Programme>();
    let programme = &mut *programme;
    programme.cost *= factor;
    scale_all(
        factor,
        [
            &mut programme.outlay_wages,
            &mut programme.outlay_debt,
            &mut programme.outlay_rural_wages,
            &mut programme.outlay_rural_debt,
            &mut programme.debt,
        ],
    );
}

fn scale(factor: f64, column: &mut [f64]) {
    column.iter_mut().for_each(|amount| *amount *= factor);
}

fn scale_all<'a>(factor: f64, columns: impl IntoIterator<Item = &'a mut Vec<f64>>) {
    columns.into_iter().for_each(|column| scale(factor, column));
}
