//! Burn-in: prices settle with people and firms frozen in place, then the base year is met.

use bevy_ecs::prelude::*;
use economics::maths::exp;
use scenario::mechanisms::productivity::FixedInput;
use scenario::scenario::Scenario;

use super::{OpeningNotes, amenity, inversion};
use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut};
use crate::clock::Clock;
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::ProfitRate;
use crate::mechanisms::land_use;
use crate::mechanisms::towns::TownProfitRate;
use crate::mechanisms::utility::Settling;
use crate::model::{Model, RunError};
use crate::region::IndustryTable;

/// How fast firms of an industry come and go in burn-in: log firms per mean profit rate and quarter.
const TOTALS_RESPONSE: f64 = 0.1;
/// Largest change of an industry's firms in a quarter of burn-in, log.
const TOTALS_STEP_MAX: f64 = 0.1;

/// Lets prices settle, meets the base year if the scenario asks for it, and starts the clock.
///
/// In each of `initial.burn_in` quarters the phases before choices run; then each industry's firms grow or shrink in
/// all places alike until the industry earns nothing on average. People, locations and land stay. With
/// `initial.inversion`, place productivity, the level of money and amenities are fitted to base-year columns
/// ([`super::InversionReport`]).
///
/// # Errors
/// [`RunError::Account`] if an account did not close.
pub fn burn_in(model: &mut Model, scenario: &Scenario) -> Result<(), RunError> {
    model.world.resource_mut::<Clock>().burning_in = true;
    let moving = firms_come_and_go(scenario);
    settle(model, moving, scenario.initial.burn_in)?;
    if scenario.initial.inversion && scenario.initial.burn_in > 0 {
        let mut report = inversion::meet_output(model, moving, moving && scenario.initial.firms_follow)?;
        model.within_pool(|world| amenity::meet_flows(world, scenario, &mut report));
        settle(model, moving, 1)?;
        record(&mut model.world, &report);
        model.world.insert_resource(report);
    }
    finish(model, scenario);
    Ok(())
}

/// Runs so many quarters of burn-in. What places are worth to migrants is found in the last of them only: nobody chooses
/// before, and it is found for every pair of places.
pub(super) fn settle(model: &mut Model, moving: bool, quarters: u32) -> Result<(), RunError> {
    for quarter in 1..=quarters {
        model.world.insert_resource(Settling(quarter < quarters));
        model.run_phases()?;
        if moving {
            model.world.run_system_cached(adjust_totals).expect("burn-in has firms and markets");
        }
    }
    Ok(())
}

/// Where firms' fixed input is a given stock (of capital or of skilled people), so is their number.
fn firms_come_and_go(scenario: &Scenario) -> bool {
    scenario
        .mechanisms
        .productivity
        .as_ref()
        .is_none_or(|productivity| productivity.fixed_input == FixedInput::Composite)
}

/// Free entry by industry, the same in all places: `n ← n · exp(clip(0.1 · mean profit rate, ±0.1))`.
fn adjust_totals(
    industries: Res<IndustryTable>,
    (profit_rate, town_profit_rate): (BySector<ProfitRate>, ByCity<TownProfitRate>),
    (mut count, mut effective): (BySectorMut<Firms>, BySectorMut<EffectiveFirms>),
    (mut town_count, mut town_effective): (ByCityMut<TownFirms>, ByCityMut<EffectiveTownFirms>),
) {
    for industry in 0..industries.firms() {
        let towns = industries.in_towns == Some(industry);
        let mut earned = weighted(&count[industry], &profit_rate[industry]);
        let mut number: f64 = count[industry].iter().sum();
        if towns {
            earned += weighted(&town_count, &town_profit_rate);
            number += town_count.iter().sum::<f64>();
        }
        if number <= 0.0 {
            continue;
        }
        let step = (TOTALS_RESPONSE * earned / number).clamp(-TOTALS_STEP_MAX, TOTALS_STEP_MAX);
        let factor = exp(step);
        let grow = |column: &mut [f64]| column.iter_mut().for_each(|mass| *mass *= factor);
        grow(&mut count[industry]);
        grow(&mut effective[industry]);
        if towns {
            grow(&mut town_count);
            grow(&mut town_effective);
        }
    }
}

fn weighted(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).filter(|(weight, _)| **weight > 0.0).map(|(weight, value)| weight * value).sum()
}

/// Says in the notes what the inversion could not meet.
fn record(world: &mut World, report: &super::InversionReport) {
    let mut notes = world.resource_mut::<OpeningNotes>();
    notes.0.extend(report.notes());
}

fn finish(model: &mut Model, scenario: &Scenario) {
    let world = &mut model.world;
    if let Some(towns) = &scenario.mechanisms.towns {
        land_use::settle_towns(world, towns.land_per_firm);
    }
    world.insert_resource(Settling(false));
    world.resource_mut::<Clock>().burning_in = false;
}
