//! Burn-in: prices settle with people and firms frozen in place, then the base year is met.

use bevy_ecs::prelude::*;
use scenario::mechanisms::productivity::FixedInput;
use scenario::scenario::Scenario;

use super::inversion::{self, InversionReport};
use super::price_settling::settle_prices;
use super::{OpeningNotes, amenity, amenity_by_class};
use crate::clock::Clock;
use crate::mechanisms::consideration::ConsiderationRule;
use crate::mechanisms::land_use;
use crate::mechanisms::utility::Settling;
use crate::model::Model;
use crate::run::RunError;

/// Lets prices settle, meets the base year if the scenario asks for it, and starts the clock.
///
/// In each of `initial.burn_in` quarters the phases before choices run; then each industry's firms grow or shrink in
/// all places alike until the industry earns nothing on average. People, locations and land stay. With
/// `initial.inversion`, place productivity, the level of money and amenities are fitted to base-year columns
/// ([`InversionReport`]).
///
/// # Errors
/// [`RunError::Account`] if an account did not close.
pub fn burn_in(model: &mut Model, scenario: &Scenario) -> Result<(), RunError> {
    model.world.resource_mut::<Clock>().burning_in = true;
    let moving = firms_come_and_go(scenario);
    settle_prices(model, moving, scenario.initial.burn_in)?;
    if scenario.initial.inversion && scenario.initial.burn_in > 0 {
        let mut report = inversion::meet_output(model, moving, moving && scenario.initial.firms_follow)?;
        let rule = model.world.get_resource::<ConsiderationRule>();
        let meet_flows = match rule.is_some_and(|rule| rule.by_class) {
            true => amenity_by_class::meet_flows,
            false => amenity::meet_flows,
        };
        model.within_pool(|world| meet_flows(world, scenario, &mut report));
        settle_prices(model, moving, 1)?;
        record(&mut model.world, &report);
        model.world.insert_resource(report);
    }
    finish(model, scenario);
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

/// Says in the notes what the inversion could not meet.
fn record(world: &mut World, report: &InversionReport) {
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
