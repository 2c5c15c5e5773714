//! Records of single agents, for those who want to check choices, rules and identities from outside.
//!
//! A phase, not a mechanism: it changes nothing. Rows stand in the order of origin and ordinal, whatever the order in
//! which blocks are stored.

use bevy_ecs::prelude::*;

use crate::agents::firm::{self, CLOSED, FirmBlock, QUALITY_ONE};
use crate::agents::worker::{
    Age, Bits, Generation, HOME, InsuredQuarters, NextPlace, Place, QuartersHere, RegisteredAt, SETTLE, STAY,
    StableQuarters, Status, WorkerBits, WorkerBlock,
};
use crate::census;
use crate::clock::Clock;
use crate::mechanisms::job_matching::IndustryCodes;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{IndustryTable, PlaceTable};
use crate::table::{Field, Kind, Table, Tables, Values};

/// How often agents are recorded, in quarters, and whether the opening state is what is recorded now.
#[derive(Resource, Clone, Copy, Debug)]
struct Moments {
    every: u32,
    opening: bool,
}

/// Adds the recording of agents at every n-th quarter. The opening state is recorded by [`record_opening`].
pub fn add(model: &mut Model, every: u32) {
    let places = model.world.resource::<PlaceTable>();
    let mut names: Vec<String> = places.places.iter().map(|place| place.key.clone()).collect();
    names.extend(["outside", "stay", "settle", "home"].map(str::to_owned));
    names.extend(STATUS_NAMES.map(str::to_owned));
    let industries = model.world.resource::<IndustryTable>();
    names.extend(industries.names.iter().cloned());
    names.push(industries.consumer_services.clone());
    names.push("government".to_owned());
    names.push(industries.agriculture.clone());
    names.extend(["work_outside", "none", "unskilled", "skilled"].map(str::to_owned));
    model.world.insert_resource(Moments { every: every.max(1), opening: false });
    let mut tables = model.world.resource_mut::<Tables>();
    tables.0.push(Table::new("agents", worker_fields(), names.clone()));
    tables.0.push(Table::new("firms", firm_fields(), names));
    model.add_systems(Phase::Census, record_agents.after(census::Recorded));
}

/// Records the agents of the opening state, as quarter 0.
pub fn record_opening(world: &mut World) {
    if let Some(mut moments) = world.get_resource_mut::<Moments>() {
        moments.opening = true;
        world.run_system_cached(record_agents).expect("recording needs nothing that could be missing");
        world.resource_mut::<Moments>().opening = false;
    }
}

const STATUS_NAMES: [&str; 6] = ["absent", "rural", "migrant", "citizen", "citizen_elsewhere", "outside_region"];

/// Indices of names that are not places.
struct Names {
    places: u32,
    codes: IndustryCodes,
}

impl Names {
    fn place(&self, place: u16) -> u32 {
        u32::from(place)
    }

    fn choice(&self, next: u16) -> u32 {
        match next {
            STAY => self.places + 1,
            SETTLE => self.places + 2,
            HOME => self.places + 3,
            place => u32::from(place),
        }
    }

    fn status(&self, status: Status) -> u32 {
        self.places + 4 + status as u32
    }

    fn industry(&self, industry: Option<usize>) -> u32 {
        self.places + 10 + industry.unwrap_or(self.codes.outside + 1) as u32
    }

    fn skill(&self, skill: usize) -> u32 {
        self.places + 10 + (self.codes.outside + 2 + skill) as u32
    }
}

fn field(name: &str, unit: &str, kind: Kind, about: &str) -> Field {
    Field { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), kind }
}

fn worker_fields() -> Vec<Field> {
    use Kind::{Flag, Integer, Name};
    vec![
        field("tick", "quarters", Integer, "Quarters simulated; 0 is the opening state."),
        field("key", "", Integer, "Identity: origin × 2^40 + generation of the slot × 2^32 + ordinal in the origin."),
        field("origin", "", Name, "Place the agent comes from."),
        field("registered_at", "", Name, "Place of registration."),
        field("place", "", Name, "Where the agent is at the end of the quarter."),
        field("status", "", Name, "Registration and residence together."),
        field("skill", "", Name, "Unskilled or skilled."),
        field("industry", "", Name, "Industry worked in; none for the unemployed."),
        field("insured", "", Flag, "Whether the job carries social insurance."),
        field("quarters_here", "quarters", Integer, "Time in the present place, up to 255."),
        field("stable_quarters", "quarters", Integer, "Work without a break, up to 255."),
        field("insured_quarters", "quarters", Integer, "Insured work in the present place, up to 255."),
        field("homestead", "", Flag, "Whether a homestead is kept at the rural home."),
        field("age", "quarters", Integer, "Quarters since the sixteenth birthday."),
        field("chosen", "", Name, "What the agent chose in the quarter: a place, outside, home, settle or stay."),
    ]
}

fn firm_fields() -> Vec<Field> {
    use Kind::{Flag, Integer, Name, Real};
    vec![
        field("tick", "quarters", Integer, "Quarters simulated; 0 is the opening state."),
        field("key", "", Integer, "Identity: industry × 2^48 + entry cohort × 2^32 + ordinal in the cohort."),
        field("industry", "", Name, "Industry."),
        field("place", "", Name, "Place."),
        field("town", "", Flag, "Whether the firm is in a town of the countryside."),
        field("productivity", "ratio", Real, "Own productivity to the power of substitution minus one; mean one."),
        field("entered", "quarters", Integer, "Quarter of entry; 0 for firms of the start."),
    ]
}

#[expect(clippy::type_complexity, reason = "a record reads every column")]
fn record_agents(
    workers: Query<(
        &WorkerBlock,
        (&RegisteredAt, &Place, &NextPlace, &WorkerBits, &QuartersHere),
        (&StableQuarters, &InsuredQuarters, &Age, &Generation),
    )>,
    firms: Query<(&FirmBlock, &firm::Site, &firm::Quality, &firm::Cohort, &firm::Ordinal)>,
    moments: Res<Moments>,
    table: Res<PlaceTable>,
    industries: Res<IndustryTable>,
    clock: Res<Clock>,
    mut tables: ResMut<Tables>,
) {
    let tick = if moments.opening { 0 } else { clock.tick + 1 };
    if !tick.is_multiple_of(moments.every) {
        return;
    }
    let names = Names { places: table.places.len() as u32, codes: IndustryCodes::new(industries.firms()) };
    let Some(records) = tables.0.iter_mut().find(|table| table.name == "agents") else { return };
    let mut blocks: Vec<_> = workers.iter().collect();
    blocks.sort_by_key(|(block, ..)| **block);
    let mut columns = Columns(&mut records.values);
    columns.reserve(blocks.iter().map(|(_, (place, ..), _)| place.0.len()).sum());
    for (block, (registered, place, next, bits, here), (stable, insured, age, generation)) in blocks {
        for at in 0..place.0.len() {
            let bits = Bits(bits.0[at]);
            if bits.status() == Status::Absent {
                continue;
            }
            let ordinal = i64::from(block.first) + at as i64;
            columns.integer(0, i64::from(tick));
            columns.integer(1, i64::from(block.origin) << 40 | i64::from(generation.0[at]) << 32 | ordinal);
            columns.name(2, names.place(block.origin));
            columns.name(3, names.place(registered.0[at]));
            columns.name(4, names.place(place.0[at]));
            columns.name(5, names.status(bits.status()));
            columns.name(6, names.skill(bits.skill()));
            columns.name(7, names.industry(bits.industry()));
            columns.flag(8, bits.insured());
            columns.integer(9, i64::from(here.0[at]));
            columns.integer(10, i64::from(stable.0[at]));
            columns.integer(11, i64::from(insured.0[at]));
            columns.flag(12, bits.homestead());
            columns.integer(13, i64::from(age.0[at]));
            columns.name(14, names.choice(next.0[at]));
        }
    }
    let Some(records) = tables.0.iter_mut().find(|table| table.name == "firms") else { return };
    let mut blocks: Vec<_> = firms.iter().collect();
    blocks.sort_by_key(|(block, ..)| **block);
    let mut columns = Columns(&mut records.values);
    columns.reserve(blocks.iter().map(|(_, site, ..)| site.0.len()).sum());
    for (block, site, quality, cohort, ordinal) in blocks {
        for at in 0..site.0.len() {
            if site.0[at] == CLOSED {
                continue;
            }
            let (place, town) = (u32::from(site.0[at]) % names.places, u32::from(site.0[at]) >= names.places);
            let identity = i64::from(block.industry) << 48 | i64::from(cohort.0[at]) << 32;
            columns.integer(0, i64::from(tick));
            columns.integer(1, identity | i64::from(ordinal.0[at]));
            columns.name(2, names.industry(Some(usize::from(block.industry))));
            columns.name(3, place);
            columns.flag(4, town);
            columns.real(5, f64::from(quality.0[at]) / QUALITY_ONE);
            columns.integer(6, i64::from(cohort.0[at]));
        }
    }
}

/// Columns of a table under construction, by position.
struct Columns<'a>(&'a mut [Values]);

impl Columns<'_> {
    /// Makes room for so many rows at once: growing would need room for twice as many.
    fn reserve(&mut self, rows: usize) {
        for values in &mut *self.0 {
            match values {
                Values::Integer(values) => values.reserve_exact(rows),
                Values::Real(values) => values.reserve_exact(rows),
                Values::Name(values) => values.reserve_exact(rows),
                Values::Flag(values) => values.reserve_exact(rows),
            }
        }
    }

    fn integer(&mut self, column: usize, value: i64) {
        if let Values::Integer(values) = &mut self.0[column] {
            values.push(value);
        }
    }

    fn real(&mut self, column: usize, value: f64) {
        if let Values::Real(values) = &mut self.0[column] {
            values.push(value);
        }
    }

    fn name(&mut self, column: usize, value: u32) {
        if let Values::Name(values) = &mut self.0[column] {
            values.push(value);
        }
    }

    fn flag(&mut self, column: usize, value: bool) {
        if let Values::Flag(values) = &mut self.0[column] {
            values.push(value);
        }
    }
}
