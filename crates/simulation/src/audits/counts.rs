//! Recounts: counts follow whoever changes; every so often they are held to the agents, one by one.
//!
//! - **Reads** [`WorkerBlock`], [`Place`], [`WorkerBits`], [`Counts`], [`Totals`], [`Clock`], [`PlaceTable`]. **Writes** [`Audit`],
//!   [`PeopleTally`], [`JobCounts`] (which first takes in the changes noted since the last matching).
//! - **Phase** [`Phase::Accounts`](crate::step::Phase::Accounts). **Random numbers** none.

use bevy_ecs::prelude::*;

use super::people::{PEOPLE_ACCOUNTS, account_of_place};
use crate::accounts::{Audit, Breach};
use crate::clock::Clock;
use crate::mechanisms::job_matching::JobCounts;
use crate::mechanisms::population::{CountedPeople, Counts, PeopleTally, Totals};
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
    totals: Res<Totals>,
    mut tally: ResMut<PeopleTally>,
    mut jobs: Option<ResMut<JobCounts>>,
    table: Res<PlaceTable>,
    clock: Res<Clock>,
    mut audit: ResMut<Audit>,
) {
    if clock.burning_in || audit.0.is_some() || !(clock.tick + 1).is_multiple_of(every.0) {
        return;
    }
    let people = tally.differs(&workers, &table, &counts).map(|(name, count, found)| {
        // The account that is wrong, if one is; else someone of another origin or skill is where the counted one was.
        let (by_status, by_place) = tally.sums(&table);
        let of_statuses = PEOPLE_ACCOUNTS.iter().map(|&(status, account)| {
            (account.to_owned(), totals.by_status[status as usize], by_status[status as usize])
        });
        let of_places = by_place
            .iter()
            .enumerate()
            .map(|(place, &found)| (account_of_place(&table, place), totals.by_place[place], found));
        let wrong = of_statuses.chain(of_places).find(|&(_, count, found)| count != found);
        wrong.unwrap_or((name, u64::from(count), u64::from(found)))
    });
    let people = people.map(|(account, expected, found)| (account, expected as f64, found as f64));
    let breach = people.or_else(|| jobs.as_mut().and_then(|jobs| jobs.differs(&workers, &table)));
    if let Some((account, expected, found)) = breach {
        audit.report(Breach { tick: clock.tick, account, expected, found });
    }
}

#[cfg(test)]
mod tests {
    use crate::agents::worker::{Bits, Status, WorkerBits};
    use crate::build::build;
    use crate::opening::tests::config;
    use crate::run::{Options, RunError};

    /// The account at which a year stops in which one worker becomes another and nobody notes it.
    fn breach(change: fn(Bits) -> Option<Bits>, recount_every: u32) -> Option<(u32, String)> {
        let options = Options { threads: 1, recount_every, ..Options::default() };
        let mut model =
            build(&config("henan.ron", &["workers_per_agent=20000", "initial.burn_in=4"]), &options).unwrap();
        model.tick().unwrap();
        let mut workers = model.world.query::<&mut WorkerBits>();
        let mut all = workers.iter_mut(&mut model.world).flat_map(|bits| &mut bits.into_inner().0);
        assert!(all.any(|bits| change(Bits(*bits)).is_some_and(|changed| (*bits = changed.0, true).1)));
        (0..4).find_map(|_| match model.tick() {
            Err(RunError::Account(breach)) => Some((breach.tick, breach.account)),
            _ => None,
        })
    }

    #[test]
    fn a_person_who_changes_unnoticed_is_found() {
        let settles = |bits: Bits| (bits.status() == Status::Migrant).then(|| bits.with_status(Status::Citizen));
        let (tick, account) = breach(settles, 1).unwrap();
        assert_eq!(tick, 1);
        assert_eq!(account, "people: migrants in cities");
    }

    #[test]
    fn a_job_that_ends_unnoticed_is_found_when_a_year_ends() {
        let loses_job = |bits: Bits| {
            let in_city = matches!(bits.status(), Status::Citizen | Status::Migrant);
            (in_city && bits.employed()).then(|| bits.without_job())
        };
        let (tick, account) = breach(loses_job, 4).unwrap();
        assert_eq!(tick, 3);
        assert!(account.starts_with("jobs counted: "), "{account}");
    }
}
