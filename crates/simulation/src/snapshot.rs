//! Saving and resuming: the whole state as bytes, its hash, and the version of its form.

use std::io::{Result as IoResult, Write};

use bevy_ecs::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{Model, RunError};

/// Version of the saved form; raised whenever a kept part changes shape.
pub const FORM: u32 = 1;

type Save = fn(&World, &mut dyn Write) -> IoResult<()>;
type Load = fn(&mut World, &[u8]) -> Result<(), String>;

/// A part of the saved state.
pub struct SnapshotPart {
    pub(crate) name: &'static str,
    save: Save,
    load: Load,
}

impl SnapshotPart {
    pub(crate) fn resource<T: Resource + Serialize + DeserializeOwned>(name: &'static str) -> Self {
        Self {
            name,
            save: |world, out| {
                let bytes = postcard::to_allocvec(world.resource::<T>()).map_err(std::io::Error::other)?;
                out.write_all(&bytes)
            },
            load: |world, bytes| {
                let value: T = postcard::from_bytes(bytes).map_err(|error| error.to_string())?;
                world.insert_resource(value);
                Ok(())
            },
        }
    }

    pub(crate) fn with(name: &'static str, save: Save, load: Load) -> Self {
        Self { name, save, load }
    }
}

/// Writes what a part of a resource holds, for parts that are less than a whole resource.
pub(crate) fn write_part(value: &impl Serialize, out: &mut dyn Write) -> IoResult<()> {
    let bytes = postcard::to_allocvec(value).map_err(std::io::Error::other)?;
    out.write_all(&bytes)
}

/// Reads what [`write_part`] wrote.
pub(crate) fn read_part<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    postcard::from_bytes(bytes).map_err(|error| error.to_string())
}

/// The saved state: named parts in a fixed order.
#[derive(Serialize, serde::Deserialize)]
struct Saved {
    form: u32,
    parts: Vec<(String, Vec<u8>)>,
}

impl Model {
    /// The whole state as bytes. The same state gives the same bytes, in whatever order blocks are stored.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let parts = self
            .kept
            .iter()
            .map(|part| {
                let mut bytes = Vec::new();
                (part.save)(&self.world, &mut bytes).expect("memory takes whatever is written to it");
                (part.name.to_owned(), bytes)
            })
            .collect();
        postcard::to_allocvec(&Saved { form: FORM, parts }).expect("memory takes whatever is written to it")
    }

    /// Puts a saved state into a model that was built from the same scenario.
    ///
    /// # Errors
    /// [`RunError::Snapshot`] if the bytes are damaged, of another form, or of another set of mechanisms.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RunError> {
        let wrong = |what: String| RunError::Snapshot { what };
        let saved: Saved = postcard::from_bytes(bytes).map_err(|error| wrong(format!("it is damaged ({error})")))?;
        if saved.form != FORM {
            return Err(wrong(format!("its form is {}, this program writes {FORM}", saved.form)));
        }
        if saved.parts.len() != self.kept.len()
            || saved.parts.iter().zip(&self.kept).any(|((name, _), kept)| name != kept.name)
        {
            return Err(wrong("it was made with other mechanisms".to_owned()));
        }
        for ((name, bytes), kept) in saved.parts.iter().zip(&self.kept) {
            (kept.load)(&mut self.world, bytes).map_err(|error| wrong(format!("part {name}: {error}")))?;
        }
        self.recount();
        Ok(())
    }

    /// Hash of the whole state, as 64 hexadecimal digits. Needs no second copy of the agents.
    #[must_use]
    pub fn state_hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in &self.kept {
            hasher.update(part.name.as_bytes());
            (part.save)(&self.world, &mut hasher).expect("a hasher takes whatever is written to it");
        }
        hasher.finalize().to_hex().to_string()
    }
}
