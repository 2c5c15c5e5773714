//! The people accounts: who was there, came in, went out and is there now, by status and by place, in whole agents.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`Totals`], [`Transitions`]. **Writes** [`Audit`].
//! - **Phase** [`Phase::Accounts`](crate::step::Phase::Accounts). **Random numbers** none.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use bevy_ecs::prelude::*;

use crate::accounts::{Audit, Breach};
use crate::agents::worker::Status;
use crate::clock::Clock;
use crate::mechanisms::population::Totals;
use crate::mechanisms::relocation::Transitions;
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

/// Statuses that are accounts, with their names in a breach.
pub(super) const PEOPLE_ACCOUNTS: [(Status, &str); 5] = [
    (Status::Rural, "people: rural at home"),
    (Status::Migrant, "people: migrants in cities"),
    (Status::Citizen, "people: citizens at home"),
    (Status::CitizenElsewhere, "people: citizens elsewhere"),
    (Status::Outside, "people: outside"),
];

/// The five statuses and the one beyond working life.
const STATUSES: [Status; 6] =
    [Status::Absent, Status::Rural, Status::Migrant, Status::Citizen, Status::CitizenElsewhere, Status::Outside];

pub(super) fn add(model: &mut Model) {
    model.add(Step::AuditPeople, audit_people);
}

/// The account of everyone in a place, or outside.
pub(super) fn account_of_place(table: &PlaceTable, place: usize) -> String {
    match table.places.get(place) {
        Some(about) => format!("people of {}", about.key),
        None => "people outside the region".to_owned(),
    }
}

/// Agents who came into a status and who left it in the quarter.
fn in_and_out(transitions: &Transitions, status: Status) -> (u64, u64) {
    let others = || STATUSES.into_iter().filter(move |&other| other != status);
    (
        others().map(|other| transitions.between(other, status)).sum(),
        others().map(|other| transitions.between(status, other)).sum(),
    )
}

fn audit_people(
    totals: Res<Totals>,
    transitions: Res<Transitions>,
    table: Res<PlaceTable>,
    clock: Res<Clock>,
    mut audit: ResMut<Audit>,
) {
    if clock.burning_in || audit.0.is_some() {
        return;
    }
    let mut check = |account: &dyn Fn() -> String, opening: u64, entered: u64, left: u64, found: u64| {
        if opening + entered != found + left {
            let expected = opening as f64 + entered as f64 - left as f64;
            audit.report(Breach { tick: clock.tick, account: account(), expected, found: found as f64 });
        }
    };
    for (status, account) in PEOPLE_ACCOUNTS {
        let (entered, left) = in_and_out(&transitions, status);
        let at = status as usize;
        check(&|| account.to_owned(), transitions.opening[at], entered, left, totals.by_status[at]);
    }
    for (place, found) in totals.by_place.iter().enumerate() {
        let count = |counters: &[AtomicU32]| u64::from(counters[place].load(Relaxed));
        let (entered, left) = (count(&transitions.arrived), count(&transitions.departed));
        check(&|| account_of_place(&table, place), transitions.opening_by_place[place], entered, left, *found);
    }
}
