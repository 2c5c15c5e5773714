//! Base-year inversion, first part: place productivity and the level of money meet the base year's output.

use bevy_ecs::prelude::*;
use economics::maths::{dot, exp, ln, total};

use super::price_settling::settle_prices;
use crate::accounts::Ledger;
use crate::agents::city::{ByCity, ByCityMut, BySector, WorldColumns};
use crate::mechanisms;
use crate::mechanisms::capital::{CapitalIncome, CapitalRental};
use crate::mechanisms::consideration::Affinity;
use crate::mechanisms::firms::{EffectiveFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::{FoodPrice, ProfitRate};
use crate::mechanisms::incomes::ValueAdded;
use crate::mechanisms::outside::OutsidePay;
use crate::mechanisms::productivity::{Endowment, TownEndowment};
use crate::mechanisms::programmes::ProgrammeCost;
use crate::mechanisms::towns::TownProfitRate;
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit, PlaceTable};
use crate::run::RunError;

/// Largest relative error that counts as met.
pub(super) const TOLERANCE: f64 = 1e-3;
/// Corrections tried before giving up.
const ROUNDS_MAX: u32 = 250;
/// Quarters between two corrections.
const QUARTERS_PER_ROUND: u32 = 4;
/// Part of the log gap that the first correction closes. It shrinks when errors grow and recovers when they fall: for
/// some quarters output answers to productivity by the elasticity of substitution less one, until wages catch up.
const CORRECTION: f64 = 0.1;
/// Smallest and largest part of a gap that a correction closes.
const CORRECTION_MIN: f64 = 0.05;
/// Largest part.
const CORRECTION_MAX: f64 = 0.35;
/// Part of the gap in town firms' productivity that a correction closes.
const TOWN_CORRECTION: f64 = 0.5;
/// Keeps logarithms of revenue over cost finite where there is no revenue.
const TINY: f64 = 1e-3;
/// Largest correction of a log productivity.
const STEP_MAX: f64 = 0.1;
/// Farthest that productivity may go from what the scenario says, log: a factor of about twenty.
const MULTIPLE_LOG_MAX: f64 = 3.0;
/// Quarters in which prices settle once productivity is found.
const LAST_QUARTERS: u32 = 40;
/// Thousand yuan a quarter in 100 million yuan a year.
const THOUSAND_YUAN_A_QUARTER: f64 = 1e5 / 4.0;

/// How well the base year was met.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct InversionReport {
    /// Largest relative error of a place's share in output, over places that have a figure and can be reached.
    pub output_error: f64,
    /// Corrections of productivity.
    pub output_rounds: u32,
    /// Multiple of each city's productivity that was found; 1 where there was nothing to meet.
    pub productivity: Vec<f64>,
    /// Factor by which money was scaled so that output in yuan is that of the table; 1 without figures.
    pub money_factor: f64,
    /// Keys of places whose output cannot be met: nobody works in the city, or productivity is at its limit.
    pub unreachable: Vec<String>,
    /// Largest error of the expected net flow of migrants, relative to the flow in and out of the place.
    pub flow_error: f64,
    /// Corrections of amenities.
    pub flow_rounds: u32,
    /// Amenity that was found for each city, beside the scenario's own.
    pub amenity: Vec<f64>,
    /// Amenity that was found for the outside.
    pub amenity_outside: f64,
    /// What was found for each countryside; none unless looks are fitted by class of a move.
    pub amenity_home: Vec<f64>,
    /// Log odds of looks that were found.
    pub affinity: Affinity,
    /// Keys of cities (or `outside`) whose flow cannot be met.
    pub flow_unreachable: Vec<String>,
}

impl InversionReport {
    /// What was not met, in sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.output_error > TOLERANCE {
            notes.push(format!(
                "output of the base year is met to {:.2} % after {} corrections",
                100.0 * self.output_error,
                self.output_rounds
            ));
        }
        for key in &self.unreachable {
            notes.push(format!("{key}: its output of the base year is out of reach of its city's productivity"));
        }
        if self.flow_error > TOLERANCE {
            notes.push(format!(
                "migration of the base year is met to {:.2} % of gross flows after {} corrections",
                100.0 * self.flow_error,
                self.flow_rounds
            ));
        }
        for key in &self.flow_unreachable {
            notes.push(format!("{key}: its migration of the base year is out of reach of its amenity"));
        }
        notes
    }
}

/// Sets productivity of each city so that its place has the table's share of output, then the level of money.
///
/// # Formula
///
/// `ln a ← ln a + g · ln (table's share / model's share)`, every four quarters, where shares are of the places that
/// have a figure; `a` multiplies the endowment of all industries with firms, of the city (towns keep theirs: their firms pay farm wages, so that
/// output answers to productivity too strongly to be steered by it); its mean (weighted
/// by output) stays one, and it stays within a factor of e³. Money is then scaled so that the model's yearly output
/// of those places is the table's. A place without a figure is as productive as the places of its province that have
/// one. Along the way the productivity of town firms is set so that they earn what their industry earns, and if firms
/// `follow`, each city's are in proportion to its productivity.
pub(super) fn meet_output(model: &mut Model, moving: bool, follow: bool) -> Result<InversionReport, RunError> {
    let places = model.world.resource::<PlaceTable>().places.len();
    let mut report =
        InversionReport { productivity: vec![1.0; places], money_factor: 1.0, ..InversionReport::default() };
    let target = target_shares(model.world.resource::<PlaceTable>());
    let Some(target) = target else {
        return Ok(report);
    };
    let mut logs = vec![0.0; places];
    let start: Vec<Vec<f64>> = model.world.by_sector::<Endowment>().rows().map(<[f64]>::to_vec).collect();
    let (mut correction, mut error_before) = (CORRECTION, f64::INFINITY);
    for round in 1..=ROUNDS_MAX {
        report.output_rounds = round;
        let gaps = gaps(&target, model.world.by_city::<ValueAdded>(), &logs);
        report.output_error = largest(&gaps, &logs);
        if report.output_error < TOLERANCE / 2.0 {
            break;
        }
        let pace = if report.output_error > error_before { 0.9 } else { 1.05 };
        correction = (pace * correction).clamp(CORRECTION_MIN, CORRECTION_MAX);
        error_before = report.output_error;
        let before = logs.clone();
        correct(&mut logs, &gaps, &target, correction);
        fill_unknown(&mut logs, &target, model.world.resource::<PlaceTable>());
        endow(&mut model.world, &start, &logs);
        if follow {
            scale_firms(&mut model.world, &before, &logs);
        }
        model.world.run_system_cached(level_towns).expect("burn-in has firms and markets");
        settle_prices(model, moving, QUARTERS_PER_ROUND)?;
    }
    settle_prices(model, moving, LAST_QUARTERS)?;
    let value_added = model.world.by_city::<ValueAdded>();
    let final_gaps = gaps(&target, value_added, &logs);
    report.output_error = largest(&final_gaps, &logs);
    report.productivity = logs.iter().map(|&log| exp(log)).collect();
    report.unreachable = unreachable(model.world.resource::<PlaceTable>(), &target, &final_gaps, &logs);
    report.money_factor = money_factor(model.world.resource::<PlaceTable>(), value_added);
    rescale(&mut model.world, report.money_factor);
    settle_prices(model, moving, QUARTERS_PER_ROUND)?;
    Ok(report)
}

/// Each place's share of output among places that have a figure; `None` if none has.
fn target_shares(table: &PlaceTable) -> Option<Vec<Option<f64>>> {
    let figure = |gdp: Option<f64>| gdp.filter(|gdp| gdp.is_finite() && *gdp > 0.0);
    let total: f64 = table.places.iter().filter_map(|place| figure(place.gdp)).sum();
    (total > 0.0).then(|| table.places.iter().map(|place| figure(place.gdp).map(|gdp| gdp / total)).collect())
}

/// Log of the table's share over the model's; `None` where there is no figure or nothing is made. Shares are of the
/// places whose productivity is free to move, so that one that is out of reach does not push the others off.
fn gaps(target: &[Option<f64>], value_added: &[f64], logs: &[f64]) -> Vec<Option<f64>> {
    let made = |place: usize| target[place].filter(|_| value_added[place].is_finite() && value_added[place] > 0.0);
    let sums = |counts: &dyn Fn(usize) -> bool| {
        let places = (0..target.len()).filter(|&place| counts(place));
        places
            .filter_map(|place| Some((made(place)?, value_added[place])))
            .fold((0.0, 0.0), |(wanted, total), (share, value)| (wanted + share, total + value))
    };
    let (mut wanted, mut total) = sums(&|place| !at_limit(logs[place]));
    if total <= 0.0 {
        (wanted, total) = sums(&|_| true);
    }
    (0..target.len())
        .map(|place| made(place).map(|share| ln((share / wanted) / (value_added[place] / total))))
        .collect()
}

/// Largest relative error over places that productivity can still reach.
fn largest(gaps: &[Option<f64>], logs: &[f64]) -> f64 {
    gaps.iter()
        .zip(logs)
        .filter(|(gap, log)| gap.is_none_or(|gap| !stuck(gap, **log)))
        .filter_map(|(gap, _)| gap.map(|gap| (exp(-gap) - 1.0).abs()))
        .fold(0.0, f64::max)
}

fn at_limit(log: f64) -> bool {
    log.abs() >= MULTIPLE_LOG_MAX - 1e-9
}

/// Whether productivity is at its limit and the gap asks for more.
fn stuck(gap: f64, log: f64) -> bool {
    at_limit(log) && gap * log > 0.0
}

fn correct(logs: &mut [f64], gaps: &[Option<f64>], target: &[Option<f64>], correction: f64) {
    for (log, gap) in logs.iter_mut().zip(gaps) {
        *log += (correction * gap.unwrap_or(0.0)).clamp(-STEP_MAX, STEP_MAX);
    }
    let free = logs.iter().zip(target).filter(|(log, _)| !at_limit(**log));
    let weighted: f64 = free.map(|(log, share)| log * share.unwrap_or(0.0)).sum();
    for (log, gap) in logs.iter_mut().zip(gaps) {
        if gap.is_some() {
            *log = (*log - weighted).clamp(-MULTIPLE_LOG_MAX, MULTIPLE_LOG_MAX);
        }
    }
}

/// Gives places without a figure the mean log productivity of those of their province that have one.
fn fill_unknown(logs: &mut [f64], target: &[Option<f64>], table: &PlaceTable) {
    for unknown in (0..logs.len()).filter(|&place| target[place].is_none()) {
        let alike =
            |place: &usize| target[*place].is_some() && table.places[*place].province == table.places[unknown].province;
        let (sum, count) =
            (0..logs.len()).filter(alike).fold((0.0, 0.0), |(sum, n), place| (sum + logs[place], n + 1.0));
        if count > 0.0 {
            logs[unknown] = sum / count;
        }
    }
}

/// Keeps the firms of cities in proportion to productivity. A firm's fixed input is made at the place's productivity
/// `a`, so with free entry `n = a L / (σ f)`; with as many firms as before, a place that becomes less productive would
/// need ever more labour for them, which makes its output grow, not fall.
fn scale_firms(world: &mut World, before: &[f64], after: &[f64]) {
    let factors: Vec<f64> = before.iter().zip(after).map(|(before, after)| exp(after - before)).collect();
    let scale = |row: &mut [f64]| row.iter_mut().zip(&factors).for_each(|(mass, factor)| *mass *= factor);
    world.by_sector_mut::<Firms>().rows_mut().for_each(scale);
    world.by_sector_mut::<EffectiveFirms>().rows_mut().for_each(scale);
}

fn endow(world: &mut World, start: &[Vec<f64>], logs: &[f64]) {
    for (row, opening) in world.by_sector_mut::<Endowment>().rows_mut().zip(start) {
        for (place, endowment) in row.iter_mut().enumerate() {
            *endowment = opening[place] * exp(logs[place]);
        }
    }
}

/// Moves the productivity of each place's town firms towards the one at which they earn what their industry earns on
/// average: in the base year nobody was about to leave the cities for the towns, or the towns for the cities.
fn level_towns(
    industries: Res<IndustryTable>,
    (firms, town_firms): (BySector<Firms>, ByCity<TownFirms>),
    (profit_rate, town_profit_rate): (BySector<ProfitRate>, ByCity<TownProfitRate>),
    mut town_endowment: ByCityMut<TownEndowment>,
) {
    let Some(industry) = industries.in_towns else { return };
    let all = total(&firms[industry]) + total(&town_firms);
    let earned = dot(&firms[industry], &profit_rate[industry]) + dot(&town_firms, &town_profit_rate);
    let rivalry = industries.parameters[industry].substitution - 1.0;
    for (multiple, rate) in town_endowment.iter_mut().zip(town_profit_rate.iter()) {
        // Revenue goes with productivity to the power of substitution less one.
        let gap = ln((1.0 + earned / all).max(TINY) / (1.0 + rate).max(TINY)) / rivalry;
        if gap.is_finite() {
            let log = ln(*multiple) + (TOWN_CORRECTION * gap).clamp(-STEP_MAX, STEP_MAX);
            *multiple = exp(log.clamp(-MULTIPLE_LOG_MAX, MULTIPLE_LOG_MAX));
        }
    }
}

fn unreachable(table: &PlaceTable, target: &[Option<f64>], gaps: &[Option<f64>], logs: &[f64]) -> Vec<String> {
    (0..table.places.len())
        .filter(|&place| match (target[place], gaps[place]) {
            (Some(_), None) => true,
            (Some(_), Some(gap)) => stuck(gap, logs[place]),
            _ => false,
        })
        .map(|place| table.places[place].key.clone())
        .collect()
}

/// What money must be multiplied by so that yearly output is the table's, over places that have a figure.
fn money_factor(table: &PlaceTable, value_added: &[f64]) -> f64 {
    let (mut wanted, mut made) = (0.0, 0.0);
    for (place, value) in table.places.iter().zip(value_added) {
        if let Some(gdp) = place.gdp.filter(|gdp| gdp.is_finite() && *gdp > 0.0) {
            wanted += gdp * THOUSAND_YUAN_A_QUARTER;
            made += value;
        }
    }
    let factor = wanted / made;
    if factor.is_finite() && factor > 0.0 { factor } else { 1.0 }
}

/// Multiplies all sums of money by `factor`.
///
/// The model is homogeneous: wages, rents, incomes, balances and the unit of its nominal constants times a factor give
/// the same quantities and utilities. What is computed afresh in each quarter from these (price indices, logs of them)
/// follows when the next quarter has run.
fn rescale(world: &mut World, factor: f64) {
    world.resource_mut::<MoneyUnit>().0 *= factor;
    world.resource_mut::<Ledger>().rescale(factor);
    world.resource_mut::<FoodPrice>().0 *= factor;
    let mut capital = world.resource_mut::<CapitalRental>();
    capital.rental *= factor;
    capital.mean_wage_start *= factor;
    world.resource_mut::<OutsidePay>().0 *= factor;
    world.resource_mut::<CapitalIncome>().0 *= factor;
    world.resource_mut::<ProgrammeCost>().total *= factor;
    mechanisms::scale_money(world, factor);
}
