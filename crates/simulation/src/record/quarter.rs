//! What several tables need of a quarter, computed once.

use rayon::prelude::*;

use super::columns::{Columns, TableRow};
use super::memory::Memory;
use super::output::Output;
use super::people::Groups;
use super::reading::Reading;
use super::work::Work;

pub(super) const QUARTERS_A_YEAR: u32 = 4;

/// A quarter in figures.
pub(super) struct Quarter {
    /// Quarters done.
    pub(super) tick: u32,
    pub(super) year: f64,
    /// Price level against the opening state: what a nominal yuan is divided by.
    pub(super) price_level: f64,
    /// Output at base prices, thousand yuan.
    pub(super) output: f64,
    /// The same at prices of the quarter.
    pub(super) output_nominal: f64,
    pub(super) work: Work,
    pub(super) groups: Groups,
    /// Residents of cities without local registration by where they are from, in the order of
    /// [`MoveClass`](crate::region::MoveClass), thousand persons.
    pub(super) migrants: [f64; 3],
}

impl Quarter {
    pub(super) fn of(reading: &Reading, memory: &Memory, tick: u32) -> Self {
        let output = Output::of(reading);
        Self {
            tick,
            year: reading.year_after(tick),
            price_level: output.price_level(&memory.base),
            output: output.real(&memory.base),
            output_nominal: output.nominal(),
            work: Work::of(reading),
            groups: Groups::of(reading, &memory.base),
            migrants: migrants(reading),
        }
    }

    /// Nominal thousand yuan as constant yuan.
    pub(super) fn constant_yuan(&self, thousand: f64) -> f64 {
        1000.0 * thousand / self.price_level
    }

    /// Nominal yuan as constant yuan.
    pub(super) fn deflated(&self, yuan: f64) -> f64 {
        yuan / self.price_level
    }
}

/// Agents are counted before they are weighed, so that the sums do not depend on who adds them up.
fn migrants(reading: &Reading) -> [f64; 3] {
    let (counts, table) = (&reading.population.counts, &reading.table);
    let places = counts.places;
    let of_origin = |origin: usize| {
        let mut agents = [0_u64; 3];
        for by_skill in [&counts.migrants, &counts.elsewhere] {
            for row in by_skill.iter().map(|counts| &counts[origin * places..(origin + 1) * places]) {
                for (place, &count) in row.iter().enumerate() {
                    agents[table.class(origin, place) as usize] += u64::from(count);
                }
            }
        }
        agents.map(|agents| agents as f64 * table.mass_per_agent(origin))
    };
    let mut by_class = [0.0; 3];
    let origins: Vec<[f64; 3]> = (0..=places).into_par_iter().map(of_origin).collect();
    for origin in origins {
        by_class.iter_mut().zip(origin).for_each(|(sum, people)| *sum += people);
    }
    by_class
}

/// A row that belongs to a quarter.
pub(super) trait OfQuarter {
    fn quarter(&self) -> &Quarter;
}

/// Columns that every table by quarter starts with.
pub(super) fn by_quarter<R: TableRow>(table: &'static str) -> Columns<R>
where
    for<'a> R::At<'a>: OfQuarter,
{
    let (tick, year) = (
        "Quarters done: 0 is the opening state, t the state after t quarters.",
        "Date of the state as a calendar year; quarters are fractions.",
    );
    Columns::<R>::new(table).integer("tick", "quarters", tick, |row| i64::from(row.quarter().tick)).real(
        "year",
        "years",
        year,
        |row| row.quarter().year,
    )
}

/// `sum / number`, undefined where there is none.
pub(super) fn per(sum: f64, number: f64) -> f64 {
    if number > 0.0 { sum / number } else { f64::NAN }
}
