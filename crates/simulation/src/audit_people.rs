//! The people account: who was there, came in, went out and is there now, by status, in whole agents.

use bevy_ecs::prelude::*;

use crate::accounts::{Audit, Breach};
use crate::agents::worker::Status;
use crate::audit::AuditStep;
use crate::clock::Clock;
use crate::mechanisms::relocation::Transitions;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::Counts;

/// Statuses that are accounts, with their names in `accounts.parquet`.
pub const PEOPLE_ACCOUNTS: [(Status, &str); 5] = [
    (Status::Rural, "people: rural at home"),
    (Status::Migrant, "people: migrants in cities"),
    (Status::Citizen, "people: citizens at home"),
    (Status::CitizenElsewhere, "people: citizens elsewhere"),
    (Status::Outside, "people: outside"),
];

/// The five statuses and the one beyond working life.
const STATUSES: [Status; 6] =
    [Status::Absent, Status::Rural, Status::Migrant, Status::Citizen, Status::CitizenElsewhere, Status::Outside];

/// Adds the audit.
pub(crate) fn add(model: &mut Model) {
    model.add_systems(Phase::Accounts, audit_people.in_set(PeopleAudited).in_set(AuditStep::People));
}

/// People have been audited.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeopleAudited;

/// Agents who came into a status and who left it in the quarter.
#[must_use]
pub fn in_and_out(transitions: &Transitions, status: Status) -> (u64, u64) {
    let others = || STATUSES.into_iter().filter(move |&other| other != status);
    (
        others().map(|other| transitions.between(other, status)).sum(),
        others().map(|other| transitions.between(status, other)).sum(),
    )
}

fn audit_people(counts: Res<Counts>, transitions: Res<Transitions>, clock: Res<Clock>, mut audit: ResMut<Audit>) {
    if clock.burning_in || audit.0.is_some() {
        return;
    }
    let now = counts.by_status();
    for (status, account) in PEOPLE_ACCOUNTS {
        let (entered, left) = in_and_out(&transitions, status);
        let expected = transitions.opening[status as usize] + entered;
        let found = now[status as usize] + left;
        if expected != found {
            audit.0 = Some(Breach {
                tick: clock.tick,
                account: account.to_owned(),
                expected: expected as f64 - left as f64,
                found: now[status as usize] as f64,
            });
            return;
        }
    }
}
