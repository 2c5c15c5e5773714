//! Saving and resuming: the whole state as bytes, its hash, and the version of its form.

pub(crate) mod agents;

use std::io::{Result as IoResult, Write};

use bevy_ecs::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::agents::city::{City, Column, Sector, WorldColumns};
use crate::run::RunError;

/// Version of the saved form; raised whenever a part changes shape.
pub const FORM: u32 = 1;

/// The order of parts in a snapshot and in the state hash, whatever the order of adding mechanisms. A name that is not
/// here comes after these.
const ORDER: [&str; 26] = [
    "clock",
    "ledger",
    "workers",
    "firms",
    "variety_mass",
    "firm_mass",
    "establishments",
    "flows",
    "site_proposals",
    "wages",
    "jobs",
    "rents",
    "public spending",
    "prices",
    "quotas due",
    "programmes",
    "farm progress",
    "outside terms",
    "prices of output at the start",
    "consolidation_log",
    "land",
    "widest_quota_scope",
    "destinations",
    "settled_under_change",
    "quota_room",
    "workforce",
];

/// A piece of a part: a column, a resource, or all agents of a kind.
pub(crate) struct Piece {
    pub(crate) save: fn(&World, &mut dyn Write) -> IoResult<()>,
    /// Reads the piece and moves on in the bytes.
    pub(crate) load: fn(&mut World, &mut &[u8]) -> Result<(), String>,
}

/// A figure of every city, as a sequence.
pub(crate) fn city<C: Column<Row = City, Value: Serialize + DeserializeOwned>>() -> Piece {
    Piece {
        save: |world, out| write(world.by_city::<C>(), out),
        load: |world, bytes| fill(world.by_city_mut::<C>(), &read::<Vec<C::Value>>(bytes)?),
    }
}

/// A figure of every industry and city, as a sequence of sequences.
pub(crate) fn sector<C: Column<Row = Sector, Value: Serialize + DeserializeOwned>>() -> Piece {
    Piece {
        save: |world, out| write(&world.by_sector::<C>().rows().collect::<Vec<_>>(), out),
        load: |world, bytes| {
            let saved: Vec<Vec<C::Value>> = read(bytes)?;
            let mut column = world.by_sector_mut::<C>();
            let rows = column.rows_mut();
            if rows.len() != saved.len() {
                return Err(format!("{} industries instead of {}", saved.len(), rows.len()));
            }
            rows.zip(&saved).try_for_each(|(row, saved)| fill(row, saved))
        },
    }
}

/// A resource as a whole.
pub(crate) fn resource<T: Resource + Serialize + DeserializeOwned>() -> Piece {
    Piece {
        save: |world, out| write(world.resource::<T>(), out),
        load: |world, bytes| {
            let value: T = read(bytes)?;
            world.insert_resource(value);
            Ok(())
        },
    }
}

fn write(value: &(impl Serialize + ?Sized), out: &mut dyn Write) -> IoResult<()> {
    out.write_all(&postcard::to_allocvec(value).map_err(std::io::Error::other)?)
}

fn read<T: DeserializeOwned>(bytes: &mut &[u8]) -> Result<T, String> {
    let (value, rest) = postcard::take_from_bytes(bytes).map_err(|error| error.to_string())?;
    *bytes = rest;
    Ok(value)
}

fn fill<T: Clone>(column: &mut [T], saved: &[T]) -> Result<(), String> {
    if column.len() != saved.len() {
        return Err(format!("{} places instead of {}", saved.len(), column.len()));
    }
    column.clone_from_slice(saved);
    Ok(())
}

/// A part of the saved state.
pub(crate) struct SnapshotPart {
    name: &'static str,
    pieces: Vec<Piece>,
}

impl SnapshotPart {
    pub(crate) fn new(name: &'static str, pieces: Vec<Piece>) -> Self {
        Self { name, pieces }
    }

    /// Place in a snapshot: parts that [`ORDER`] does not name come last, by name.
    pub(crate) fn order(&self) -> (usize, &'static str) {
        (ORDER.iter().position(|name| *name == self.name).unwrap_or(ORDER.len()), self.name)
    }

    fn save(&self, world: &World, out: &mut dyn Write) -> IoResult<()> {
        self.pieces.iter().try_for_each(|piece| (piece.save)(world, out))
    }

    fn load(&self, world: &mut World, mut bytes: &[u8]) -> Result<(), String> {
        self.pieces.iter().try_for_each(|piece| (piece.load)(world, &mut bytes))
    }
}

/// The saved state: named parts in a fixed order.
#[derive(Serialize, Deserialize)]
struct Saved {
    form: u32,
    parts: Vec<(String, Vec<u8>)>,
}

/// The parts as bytes.
pub(crate) fn save(parts: &[SnapshotPart], world: &World) -> Vec<u8> {
    let bytes_of = |part: &SnapshotPart| {
        let mut bytes = Vec::new();
        part.save(world, &mut bytes).expect("memory takes whatever is written to it");
        (part.name.to_owned(), bytes)
    };
    let saved = Saved { form: FORM, parts: parts.iter().map(bytes_of).collect() };
    postcard::to_allocvec(&saved).expect("memory takes whatever is written to it")
}

/// Puts saved bytes into a world that has the same parts.
///
/// # Errors
/// [`RunError::Snapshot`] if the bytes are damaged, of another form, or of another set of mechanisms.
pub(crate) fn restore(parts: &[SnapshotPart], world: &mut World, bytes: &[u8]) -> Result<(), RunError> {
    let wrong = |what: String| RunError::Snapshot { what };
    let saved: Saved = postcard::from_bytes(bytes).map_err(|error| wrong(format!("it is damaged ({error})")))?;
    if saved.form != FORM {
        return Err(wrong(format!("its form is {}, this program writes {FORM}", saved.form)));
    }
    if saved.parts.len() != parts.len() || saved.parts.iter().zip(parts).any(|((name, _), part)| name != part.name) {
        return Err(wrong("it was made with other mechanisms".to_owned()));
    }
    for ((name, bytes), part) in saved.parts.iter().zip(parts) {
        part.load(world, bytes).map_err(|error| wrong(format!("part {name}: {error}")))?;
    }
    Ok(())
}

/// Hash of the parts, as 64 hexadecimal digits.
pub(crate) fn hash(parts: &[SnapshotPart], world: &World) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.name.as_bytes());
        part.save(world, &mut hasher).expect("a hasher takes whatever is written to it");
    }
    hasher.finalize().to_hex().to_string()
}
