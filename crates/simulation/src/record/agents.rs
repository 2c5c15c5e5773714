//! Tables `agents` and `firms`: every single agent, to check choices, rules and identities from outside.
//!
//! Changes nothing. Rows are in the order of origin and ordinal, and of industry and slot, whatever the order in which
//! blocks are stored.

use bevy_ecs::prelude::*;

use super::columns::{Columns, TableRow};
use super::people::SKILLS;
use crate::agents::firm::{self, CLOSED, Cohort, FirmBlock, Ordinal, QUALITY_ONE, Site};
use crate::agents::worker::{
    Age, Bits, Choice, Generation, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, StableQuarters,
    Status, WorkerBits, WorkerBlock,
};
use crate::clock::Clock;
use crate::model::Model;
use crate::region::{IndustryTable, PlaceTable};
use crate::step::Step;
use crate::table::Tables;

/// Statuses in the order of [`Status`].
const STATUSES: [&str; 6] = ["absent", "rural", "migrant", "citizen", "citizen_elsewhere", "outside_region"];

/// How often agents are recorded, in quarters, and whether the opening state is what is recorded now.
#[derive(Resource, Clone, Copy, Debug)]
struct Moments {
    every: u32,
    opening: bool,
}

/// The columns of both tables.
#[derive(Resource)]
pub(super) struct AgentColumns {
    pub(super) workers: Columns<WorkerRow>,
    pub(super) firms: Columns<FirmRow>,
}

/// A worker agent at the end of a quarter.
pub(super) struct WorkerRow {
    tick: u32,
    origin: u16,
    generation: u8,
    ordinal: i64,
    registered_at: u16,
    place: u16,
    choice: Choice,
    bits: Bits,
    quarters_here: u8,
    stable_quarters: u8,
    insured_quarters: u8,
    age: u8,
}

/// A firm agent at the end of a quarter.
pub(super) struct FirmRow {
    tick: u32,
    industry: u8,
    cohort: u16,
    ordinal: u32,
    site: usize,
    quality: u32,
}

impl TableRow for WorkerRow {
    type At<'a> = Self;
}

impl TableRow for FirmRow {
    type At<'a> = Self;
}

/// Adds the recording of agents at every n-th quarter. The opening state is recorded by [`record_opening`].
pub fn add(model: &mut Model, every: u32) {
    let places: Vec<String> =
        model.world.resource::<PlaceTable>().places.iter().map(|place| place.key.clone()).collect();
    let columns = AgentColumns::of(&places, model.world.resource::<IndustryTable>());
    model.world.resource_mut::<Tables>().0.extend([columns.workers.table(), columns.firms.table()]);
    model.world.insert_resource(columns);
    model.world.insert_resource(Moments { every: every.max(1), opening: false });
    model.add(Step::RecordAgents, record_agents);
}

/// Records the agents of the opening state, as quarter 0.
pub fn record_opening(world: &mut World) {
    if let Some(mut moments) = world.get_resource_mut::<Moments>() {
        moments.opening = true;
        world.run_system_cached(record_agents).expect("recording needs nothing that could be missing");
        world.resource_mut::<Moments>().opening = false;
    }
}

impl AgentColumns {
    pub(super) fn of(places: &[String], industries: &IndustryTable) -> Self {
        Self { workers: worker_columns(places, industries), firms: firm_columns(places, industries) }
    }
}

fn worker_columns(places: &[String], industries: &IndustryTable) -> Columns<WorkerRow> {
    let outside = places.len();
    let ends = || places.iter().map(String::as_str).chain(["outside"]);
    let choices = ends().chain(["stay", "settle", "home"]);
    // In the order of the codes of industries; the code for no industry is the last.
    let IndustryTable { names, consumer_services, agriculture, .. } = industries;
    let work = [consumer_services, "government", agriculture, "work_outside", "none"];
    let work: Vec<&str> = names.iter().map(String::as_str).chain(work).collect();
    let none = work.len() - 1;
    Columns::<WorkerRow>::new("agents")
        .integer("tick", "quarters", "Quarters simulated; 0 is the opening state.", |row| i64::from(row.tick))
        .integer(
            "key",
            "",
            "Identity: origin × 2^40 + generation of the slot × 2^32 + ordinal in the origin.",
            |row| i64::from(row.origin) << 40 | i64::from(row.generation) << 32 | row.ordinal,
        )
        .name("origin", "Place the agent comes from.", ends(), |row| usize::from(row.origin))
        .name("registered_at", "Place of registration.", ends(), |row| usize::from(row.registered_at))
        .name("place", "Where the agent is at the end of the quarter.", ends(), |row| usize::from(row.place))
        .name("status", "Registration and residence together.", STATUSES, |row| row.bits.status() as usize)
        .name("skill", "Unskilled or skilled.", SKILLS, |row| row.bits.skill())
        .name("industry", "Industry worked in; none for the unemployed.", work, move |row| {
            row.bits.industry().unwrap_or(none)
        })
        .flag("insured", "Whether the job carries social insurance.", |row| row.bits.insured())
        .integer("quarters_here", "quarters", "Time in the present place, up to 255.", |row| {
            i64::from(row.quarters_here)
        })
        .integer("stable_quarters", "quarters", "Work without a break, up to 255.", |row| {
            i64::from(row.stable_quarters)
        })
        .integer("insured_quarters", "quarters", "Insured work in the present place, up to 255.", |row| {
            i64::from(row.insured_quarters)
        })
        .flag("homestead", "Whether a homestead is kept at the rural home.", |row| row.bits.homestead())
        .integer("age", "quarters", "Quarters since the sixteenth birthday.", |row| i64::from(row.age))
        .name(
            "chosen",
            "What the agent chose in the quarter: a place, outside, home, settle or stay.",
            choices,
            move |row| match row.choice {
                Choice::Stay => outside + 1,
                Choice::Settle => outside + 2,
                Choice::Home => outside + 3,
                Choice::To(place) => usize::from(place),
            },
        )
}

fn firm_columns(places: &[String], industries: &IndustryTable) -> Columns<FirmRow> {
    let cities = places.len();
    Columns::<FirmRow>::new("firms")
        .integer("tick", "quarters", "Quarters simulated; 0 is the opening state.", |row| i64::from(row.tick))
        .integer("key", "", "Identity: industry × 2^48 + entry cohort × 2^32 + ordinal in the cohort.", |row| {
            i64::from(row.industry) << 48 | i64::from(row.cohort) << 32 | i64::from(row.ordinal)
        })
        .name("industry", "Industry.", &industries.names, |row| usize::from(row.industry))
        .name("place", "Place.", places, move |row| row.site % cities)
        .flag("town", "Whether the firm is in a town of the countryside.", move |row| row.site >= cities)
        .real("productivity", "ratio", "Own productivity to the power of substitution minus one; mean one.", |row| {
            f64::from(row.quality) / QUALITY_ONE
        })
        .integer("entered", "quarters", "Quarter of entry; 0 for firms of the start.", |row| i64::from(row.cohort))
}

#[expect(clippy::type_complexity, reason = "a record reads every column")]
fn record_agents(
    workers: Query<(
        &WorkerBlock,
        (&RegisteredAt, &Place, &NextPlace, &WorkerBits, &QuartersHere),
        (&StableQuarters, &InsuredQuarters, &Age, &Generation),
    )>,
    firms: Query<(&FirmBlock, &Site, &firm::Quality, &Cohort, &Ordinal)>,
    moments: Res<Moments>,
    columns: Res<AgentColumns>,
    clock: Res<Clock>,
    mut tables: ResMut<Tables>,
) {
    let tick = if moments.opening { 0 } else { clock.tick + 1 };
    if !tick.is_multiple_of(moments.every) {
        return;
    }
    if let Ok(table) = tables.get_mut("agents") {
        let mut blocks: Vec<_> = workers.iter().collect();
        blocks.sort_by_key(|(block, ..)| **block);
        table.reserve(blocks.iter().map(|(_, (place, ..), _)| place.0.len()).sum());
        for (block, (registered_at, place, next_place, bits, here), (stable, insured, age, generation)) in blocks {
            let present = (0..place.0.len()).filter(|&at| Bits(bits.0[at]).status() != Status::Absent);
            let row = |at: usize| WorkerRow {
                tick,
                origin: block.origin,
                generation: generation.0[at],
                ordinal: i64::from(block.first) + at as i64,
                registered_at: registered_at.0[at],
                place: place.0[at],
                choice: Choice::of(next_place.0[at]),
                bits: Bits(bits.0[at]),
                quarters_here: here.0[at],
                stable_quarters: stable.0[at],
                insured_quarters: insured.0[at],
                age: age.0[at],
            };
            columns.workers.fill(table, present.map(row));
        }
    }
    if let Ok(table) = tables.get_mut("firms") {
        let mut blocks: Vec<_> = firms.iter().collect();
        blocks.sort_by_key(|(block, ..)| **block);
        table.reserve(blocks.iter().map(|(_, site, ..)| site.0.len()).sum());
        for (block, site, quality, cohort, ordinal) in blocks {
            let open = (0..site.0.len()).filter(|&at| site.0[at] != CLOSED);
            let row = |at: usize| FirmRow {
                tick,
                industry: block.industry,
                cohort: cohort.0[at],
                ordinal: ordinal.0[at],
                site: usize::from(site.0[at]),
                quality: quality.0[at],
            };
            columns.firms.fill(table, open.map(row));
        }
    }
}
