//! Table `flows`: who moved from where to where in the year, and who settled.

use std::sync::atomic::Ordering::Relaxed;

use super::columns::{Columns, unit};
use super::reading::Reading;
use crate::mechanisms::relocation::Flows;
use crate::table::{Cell, Table};

pub(super) fn table(places: &[String]) -> Table {
    let fields = Columns::none()
        .integer("year", "years", "Calendar year in which people moved.")
        .name("from", "Place that people left, city or countryside, or `outside`; for people who settled, their origin.")
        .name("to", "Place that people went to, or `outside`; for people who settled, their city.")
        .real("workers", unit::WORKERS, "People of working age who moved in the year; within a place, between countryside and city. Pairs without any have no row.")
        .real("settled", unit::WORKERS, "People of working age of the origin who settled in the city in the year.")
        .integer("quarters", "quarters", "Quarters of the year that were simulated.")
        .done();
    let names = places.iter().cloned().chain(["outside".to_owned()]).collect();
    Table::new("flows", fields, names)
}

/// Writes the rows of the year that ends, or of as much of it as was simulated.
pub(super) fn record(reading: &Reading, flows: &Flows, table: &mut Table, quarters: u32) {
    let ends = reading.places() + 1;
    let year = i64::from(reading.clock.start) + i64::from(reading.clock.tick / super::QUARTERS_A_YEAR);
    for from in 0..ends {
        for to in 0..ends {
            let at = from * ends + to;
            let (moved, settled) = (flows.moved[at].load(Relaxed), flows.settled[at].load(Relaxed));
            if moved == 0 && settled == 0 {
                continue;
            }
            let workers = |agents: u32| Cell::Real(f64::from(agents) * reading.table.workers_per_agent);
            table.push(&[
                Cell::Integer(year),
                Cell::Name(from as u32),
                Cell::Name(to as u32),
                workers(moved),
                workers(settled),
                Cell::Integer(i64::from(quarters)),
            ]);
        }
    }
}
