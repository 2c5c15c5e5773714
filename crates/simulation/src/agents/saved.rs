//! The saved form of a column of agents: its length and its numbers as bytes.

use std::io::{Result as IoResult, Write};

use bevy_ecs::prelude::*;

/// Numbers of a column that are handed over at a time.
const AT_ONCE: usize = super::columns::BLOCK;

/// A column that can be written and read back.
pub trait Column: Component + Sized {
    /// Writes length and numbers.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, out: &mut dyn Write) -> IoResult<()>;

    /// Reads what [`Column::write`] wrote, and moves on in the bytes.
    ///
    /// # Errors
    /// A sentence, if the bytes end too early.
    fn read(bytes: &mut &[u8]) -> Result<Self, String>;
}

pub(super) fn write_numbers<T: Copy, const SIZE: usize>(
    numbers: &[T],
    bytes_of: impl Fn(T) -> [u8; SIZE],
    out: &mut dyn Write,
) -> IoResult<()> {
    out.write_all(&(numbers.len() as u64).to_le_bytes())?;
    // Hashing is several times faster where it is given much at a time.
    let mut buffer = Vec::with_capacity(numbers.len().min(AT_ONCE) * SIZE);
    for chunk in numbers.chunks(AT_ONCE) {
        buffer.clear();
        buffer.extend(chunk.iter().flat_map(|&number| bytes_of(number)));
        out.write_all(&buffer)?;
    }
    Ok(())
}

pub(super) fn read_numbers<T, const SIZE: usize>(
    bytes: &mut &[u8],
    number_of: impl Fn([u8; SIZE]) -> T,
) -> Result<Vec<T>, String> {
    let length = read_length(bytes)?;
    let size = length.checked_mul(SIZE).filter(|&size| size <= bytes.len()).ok_or("a column ends too early")?;
    let (column, rest) = bytes.split_at(size);
    *bytes = rest;
    let (numbers, _) = column.as_chunks::<SIZE>();
    Ok(numbers.iter().map(|&chunk| number_of(chunk)).collect())
}

/// Reads the length that stands before a column, and moves on in the bytes.
pub(crate) fn read_length(bytes: &mut &[u8]) -> Result<usize, String> {
    let (head, rest) = bytes.split_first_chunk::<8>().ok_or("a length is missing")?;
    *bytes = rest;
    usize::try_from(u64::from_le_bytes(*head)).map_err(|error| error.to_string())
}
