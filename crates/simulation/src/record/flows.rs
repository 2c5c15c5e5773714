//! Table `flows`: who moved from where to where in the year, and who settled.

use std::sync::atomic::Ordering::Relaxed;

use super::columns::{Columns, TableRow, unit};
use super::quarter::QUARTERS_A_YEAR;
use super::reading::Reading;
use crate::mechanisms::relocation::Flows;

/// Moves and settlements between two places in a year.
pub(super) struct FlowRow {
    year: i64,
    from: usize,
    to: usize,
    workers: f64,
    settled: f64,
    quarters: u32,
}

impl TableRow for FlowRow {
    type At<'a> = Self;
}

pub(super) fn columns(places: &[String]) -> Columns<FlowRow> {
    let ends = || places.iter().cloned().chain(["outside".to_owned()]);
    Columns::<FlowRow>::new("flows")
        .integer("year", "years", "Calendar year in which people moved.", |row| row.year)
        .name("from", "Place that people left, city or countryside, or `outside`; for people who settled, their origin.", ends(), |row| row.from)
        .name("to", "Place that people went to, or `outside`; for people who settled, their city.", ends(), |row| row.to)
        .real("workers", unit::WORKERS, "People of working age who moved in the year; within a place, between countryside and city. Pairs without any have no row.", |row| row.workers)
        .real("settled", unit::WORKERS, "People of working age of the origin who settled in the city in the year.", |row| row.settled)
        .integer("quarters", "quarters", "Quarters of the year that were simulated.", |row| i64::from(row.quarters))
}

/// The rows of the year that ends, or of as much of it as was simulated.
pub(super) fn rows(reading: &Reading, flows: &Flows, quarters: u32) -> impl Iterator<Item = FlowRow> {
    let ends = reading.places() + 1;
    let year = i64::from(reading.clock.start) + i64::from(reading.clock.tick / QUARTERS_A_YEAR);
    (0..ends * ends).filter_map(move |at| {
        let (moved, settled) = (flows.moved[at].load(Relaxed), flows.settled[at].load(Relaxed));
        let workers = |agents: u32| f64::from(agents) * reading.table.workers_per_agent;
        let anyone = moved > 0 || settled > 0;
        anyone.then(|| FlowRow {
            year,
            from: at / ends,
            to: at % ends,
            workers: workers(moved),
            settled: workers(settled),
            quarters,
        })
    })
}
