//! Mechanisms that break what must hold, in the whole model: the audit stops the run in the same quarter, and names
//! account, quarter and both figures.

use bevy_ecs::prelude::*;
use simulation::accounts::{Breach, Holder, Ledger, Payment};
use simulation::agents::city::WorldColumns;
use simulation::agents::worker::{Bits, Place, Status, WorkerBits};
use simulation::clock::Clock;
use simulation::mechanisms::land_use::{ArableLand, ConstructionLand, ReserveLand};
use simulation::model::{Model, RunError};
use simulation::step::Step;

use crate::worlds::{HENAN, build, one_thread, scenario};

/// The quarter in which the fault acts.
const QUARTER: u32 = 2;

/// A mechanism that changes money, land or one worker without telling anybody, once.
enum Fault {
    Money(fn(&mut Ledger)),
    Land(fn(&mut World)),
    /// After a step, the second function changes the first worker (by place and bits) for which the first returns true.
    Worker(Step, fn(u16, Bits) -> bool, fn(&mut u16, &mut u16)),
}

fn acts(clock: Res<Clock>) -> bool {
    clock.tick == QUARTER && !clock.burning_in
}

impl Fault {
    fn add(&self, model: &mut Model) {
        match *self {
            Self::Money(fault) => {
                let spoil = move |mut ledger: ResMut<Ledger>| fault(&mut ledger);
                model.add_after(Step::FindCutoffs, spoil.run_if(acts));
            }
            Self::Land(fault) => {
                model.add_after(Step::FindCutoffs, (move |world: &mut World| fault(world)).run_if(acts));
            }
            Self::Worker(step, is, change) => {
                let spoil = move |mut blocks: Query<(&mut Place, &mut WorkerBits)>| {
                    for (mut place, mut bits) in &mut blocks {
                        if let Some(at) = (0..place.0.len()).find(|&at| is(place.0[at], Bits(bits.0[at]))) {
                            change(&mut place.0[at], &mut bits.0[at]);
                            return;
                        }
                    }
                    panic!("nobody is like that");
                };
                model.add_after(step, spoil.run_if(acts));
            }
        }
    }
}

/// Runs until the audit stops it.
fn breach(fault: Fault) -> Breach {
    let mut model = build(&scenario(HENAN, &["ticks=8", "initial.burn_in=20"], &[]), &one_thread(false));
    fault.add(&mut model);
    for _ in 0..8 {
        match model.tick() {
            Ok(()) => {}
            Err(RunError::Account(breach)) => return breach,
            Err(other) => panic!("{other}"),
        }
    }
    panic!("the audit saw nothing");
}

fn is_migrant(_: u16, bits: Bits) -> bool {
    bits.status() == Status::Migrant
}

fn is_migrant_in_kaifeng(place: u16, bits: Bits) -> bool {
    place == 1 && is_migrant(place, bits)
}

fn is_rural(_: u16, bits: Bits) -> bool {
    bits.status() == Status::Rural
}

fn assert_named(breach: &Breach, account: &str, expected_less_found: f64) {
    assert_eq!((breach.account.as_str(), breach.tick), (account, QUARTER));
    let difference = breach.expected - breach.found;
    assert!((difference / expected_less_found - 1.0).abs() < 1e-3, "{breach}: off by {difference}");
    let message = breach.to_string();
    for part in [account, &breach.tick.to_string(), &breach.expected.to_string(), &breach.found.to_string()] {
        assert!(message.contains(part), "`{message}` does not say {part}");
    }
}

#[test]
fn pay_from_nowhere_is_caught() {
    let found = breach(Fault::Money(|ledger| {
        let held = ledger.balance(Holder::CityHouseholds(3));
        ledger.endow(Holder::CityHouseholds(3), held + 100_000.0);
    }));
    assert_named(&found, "money", -100_000.0);
}

#[test]
fn money_that_stays_with_those_who_should_pass_it_on_is_caught() {
    let found = breach(Fault::Money(|ledger| {
        ledger.pay(Holder::Government(1), Holder::Producers(1), 100_000.0, Payment::PublicPurchases);
    }));
    assert_named(&found, "producers of kaifeng", -100_000.0);
}

#[test]
fn a_person_moved_behind_the_back_of_relocation_is_caught() {
    // From the city of Kaifeng to that of Luoyang, still a migrant.
    let found = breach(Fault::Worker(Step::Harvest, is_migrant_in_kaifeng, |place, _| *place = 2));
    assert_named(&found, "people of kaifeng", 1.0);
}

#[test]
fn a_person_who_settles_behind_the_back_of_the_rules_is_caught() {
    let settle = |_: &mut u16, bits: &mut u16| *bits = Bits(*bits).with_status(Status::Citizen).0;
    let found = breach(Fault::Worker(Step::Harvest, is_migrant, settle));
    assert_named(&found, "people: migrants in cities", 1.0);
}

#[test]
fn a_person_who_vanishes_is_caught() {
    let vanish = |_: &mut u16, bits: &mut u16| *bits = Bits(*bits).with_status(Status::Absent).0;
    let found = breach(Fault::Worker(Step::Harvest, is_rural, vanish));
    assert_named(&found, "people: rural at home", 1.0);
}

#[test]
fn fields_built_over_without_quota_are_caught() {
    let found = breach(Fault::Land(|world| {
        // More than plan and quotas of the quarters before could have added.
        world.by_city_mut::<ArableLand>()[3] -= 500.0;
        world.by_city_mut::<ConstructionLand>()[3] += 500.0;
    }));
    assert_eq!((found.account.as_str(), found.tick), ("arable land of pingdingshan", QUARTER));
    assert!(found.expected - found.found > 400.0, "{found}");
}

#[test]
fn land_from_nowhere_is_caught() {
    let found = breach(Fault::Land(|world| world.by_city_mut::<ReserveLand>()[0] += 1.0));
    assert_named(&found, "land of zhengzhou", -1.0);
}

#[test]
fn a_fault_after_the_audit_is_caught_in_the_next_quarter() {
    let found = breach(Fault::Worker(Step::Record, is_migrant_in_kaifeng, |place, _| *place = 2));
    assert_eq!((found.account.as_str(), found.tick), ("people of kaifeng", QUARTER + 1));
}
