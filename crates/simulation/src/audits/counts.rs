//! Recounts: counts follow whoever changes; every so often they are held to the agents, one by one.
//!
//! - **Reads** [`WorkerBlock`], [`Place`], [`WorkerBits`], [`Counts`], [`Clock`], [`PlaceTable`]. **Writes** [`Audit`],
//!   [`PeopleTally`], [`JobCounts`] (which first takes in the changes noted since the last matching).
//! - **Phase** [`Phase::Accounts`](crate::step::Phase::Accounts). **Random numbers** none.

use bevy_ecs::prelude::*;

use crate::accounts::{Audit, Breach};
use crate::clock::Clock;
use crate::mechanisms::job_matching::JobCounts;
use crate::mechanisms::population::{CountedPeople, Counts, PeopleTally};
use crate::model::Model;
use crate::region::PlaceTable;
use crate::run::RecountEvery;
use crate::step::Step;

#[cfg(doc)]
use crate::agents::worker::{Place, WorkerBits, WorkerBlock};

pub(super) fn add(model: &mut Model) {
    model.add(Step::AuditCounts, audit_counts);
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
fn audit_counts(
    workers: CountedPeople,
    every: Res<RecountEvery>,
    counts: Res<Counts>,
    mut tally: ResMut<PeopleTally>,
    mut jobs: Option<ResMut<JobCounts>>,
    table: Res<PlaceTable>,
    clock: Res<Clock>,
    mut audit: ResMut<Audit>,
) {
    if clock.burning_in || audit.0.is_some() || !(clock.tick + 1).is_multiple_of(every.0) {
        return;
    }
    let people = tally.differs(&workers, &table, &counts);
    let people = people.map(|(account, expected, found)| (account, f64::from(expected), f64::from(found)));
    let breach = people.or_else(|| jobs.as_mut().and_then(|jobs| jobs.differs(&workers, &table)));
    if let Some((account, expected, found)) = breach {
        audit.report(Breach { tick: clock.tick, account, expected, found });
    }
}
