//! Factors: what places are endowed with, what capital costs, and the demand for labour and land.

use bevy_ecs::prelude::*;
use economics::cost::{capital_rental, mean_wage};
use economics::labour::{employment_rate, labour_demand, tightness};

use super::{Farmers, MarketFlows, Payroll, Step, cost_shares};
use crate::clock::Clock;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{IndustryTable, Labour, Markets, MoneyUnit, Population, Prices, Productivities, Rents, Services};
use crate::snapshot::{SnapshotPart, read_part, write_part};

/// The longest working time, as a multiple of the normal one.
#[derive(Resource, Clone, Copy, Debug)]
pub(super) struct HoursMax(pub(super) f64);

/// The rental follows wages one to one, so that the model is homogeneous in money.
const RENTAL_INDEXATION: f64 = 1.0;

pub(super) fn add(model: &mut Model) {
    model.add_systems(Phase::Productivity, start_from_endowment.in_set(Step::Endowment));
    model.add_systems(Phase::Harvest, count_farmers.in_set(Step::Farmers));
    model.add_systems(Phase::Prices, set_capital_rental.in_set(Step::Rental));
    model.add_systems(Phase::Factors, (demand_labour, demand_land).chain().in_set(Step::FactorDemand));
}

fn start_from_endowment(industries: Res<IndustryTable>, mut productivities: ResMut<Productivities>) {
    for (column, endowment) in productivities.city.iter_mut().zip(&industries.endowment) {
        column.copy_from_slice(endowment);
    }
    if let Some(industry) = industries.in_towns {
        let towns = industries.endowment[industry].iter().zip(&industries.town_endowment);
        for (town, (city, multiple)) in productivities.town.iter_mut().zip(towns) {
            *town = city * multiple;
        }
    }
}

fn count_farmers(population: Res<Population>, labour: Res<Labour>, mut farmers: ResMut<Farmers>) {
    for ((farmers, &rural), &jobs) in farmers.0.iter_mut().zip(&population.rural).zip(&labour.town_jobs) {
        *farmers = economics::agriculture::farmers(rural, jobs);
    }
}

fn set_capital_rental(
    clock: Res<Clock>,
    unit: Res<MoneyUnit>,
    population: Res<Population>,
    labour: Res<Labour>,
    mut prices: ResMut<Prices>,
) {
    let mean = mean_wage(&labour.wage, &population.urban);
    if clock.burning_in {
        prices.mean_wage_start = mean;
    }
    prices.capital_rental = if mean > 0.0 && prices.mean_wage_start > 0.0 {
        capital_rental(unit.0, mean, prices.mean_wage_start, RENTAL_INDEXATION)
    } else {
        unit.0
    };
}

fn demand_labour(
    industries: Res<IndustryTable>,
    population: Res<Population>,
    hours_max: Res<HoursMax>,
    mut labour: ResMut<Labour>,
    mut markets: ResMut<Markets>,
    mut productivities: ResMut<Productivities>,
    mut payroll: ResMut<Payroll>,
) {
    let (labour, markets, productivities) = (&mut *labour, &mut *markets, &mut *productivities);
    labour.demand_total.fill(0.0);
    for industry in 0..industries.firms() {
        let share = cost_shares(&industries, industry).labour;
        for place in 0..labour.wage.len() {
            let demand = labour_demand(share, markets.cost[industry][place], labour.wage[place]);
            labour.demand[industry][place] = demand;
            labour.demand_total[place] += demand;
            productivities.jobs[industry][place] = demand / productivities.effective_labour[place];
        }
    }
    for place in 0..labour.wage.len() {
        let wage = labour.wage[place];
        labour.demand_consumer[place] = labour_demand(1.0, markets.consumer_wages[place], wage);
        labour.demand_public[place] = labour_demand(1.0, payroll.public[place], wage);
        labour.demand_total[place] += labour.demand_consumer[place] + labour.demand_public[place];
        let effective = productivities.effective_labour[place];
        let supply = population.labour[place] * effective;
        let tight = tightness(labour.demand_total[place], supply);
        labour.tightness[place] = tight;
        labour.employment_rate[place] = employment_rate(tight);
        labour.hours[place] = tight.clamp(1.0, hours_max.0);
        markets.ration[place] = (hours_max.0 / tight).min(1.0);
        labour.pay[place] = wage * effective * tight;
        payroll.bill[place] = if supply > 0.0 { wage * supply * tight } else { 0.0 };
        payroll.public[place] = payroll.public[place].min(payroll.bill[place]);
    }
}

fn demand_land(
    industries: Res<IndustryTable>,
    market_flows: Res<MarketFlows>,
    markets: Res<Markets>,
    mut rents: ResMut<Rents>,
) {
    rents.spending.copy_from_slice(&market_flows.housing);
    for (numbers, costs) in industries.parameters.iter().zip(&markets.cost) {
        for (spending, cost) in rents.spending.iter_mut().zip(costs) {
            *spending += numbers.land_share * cost;
        }
    }
    for (spending, consumer) in rents.spending.iter_mut().zip(&markets.consumer_land) {
        *spending += consumer;
    }
}

type WageState = (Vec<f64>, Vec<f64>, Vec<f64>, f64, Vec<f64>);

pub(super) fn keep(model: &mut Model) {
    model.kept.push(SnapshotPart::with(
        "wages",
        |world, out| {
            let labour = world.resource::<Labour>();
            write_part(&(&labour.wage, &labour.town_wage, &labour.town_jobs, labour.outside_pay, &labour.pay), out)
        },
        |world, bytes| {
            let (wage, town_wage, town_jobs, outside_pay, pay): WageState = read_part(bytes)?;
            let mut labour = world.resource_mut::<Labour>();
            *labour = Labour { wage, town_wage, town_jobs, outside_pay, pay, ..std::mem::take(&mut *labour) };
            Ok(())
        },
    ));
    model.kept.push(SnapshotPart::with(
        "jobs",
        |world, out| {
            let productivities = world.resource::<Productivities>();
            write_part(&(&productivities.jobs, &productivities.town_jobs), out)
        },
        |world, bytes| {
            let mut productivities = world.resource_mut::<Productivities>();
            let productivities = &mut *productivities;
            (productivities.jobs, productivities.town_jobs) = read_part(bytes)?;
            Ok(())
        },
    ));
    model.kept.push(SnapshotPart::with(
        "rents",
        |world, out| write_part(&world.resource::<Rents>().rent, out),
        |world, bytes| {
            world.resource_mut::<Rents>().rent = read_part(bytes)?;
            Ok(())
        },
    ));
    model.kept.push(SnapshotPart::with(
        "public spending",
        |world, out| write_part(&world.resource::<Services>().spending, out),
        |world, bytes| {
            world.resource_mut::<Services>().spending = read_part(bytes)?;
            Ok(())
        },
    ));
}
