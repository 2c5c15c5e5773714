//! Tables as files: Parquet with units in the column metadata, or CSV.

mod csv;
pub(crate) mod parquet;

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use simulation::table::{Field, Table, Values};

use crate::fault::RecordError;
use crate::staging::publish;

/// Rows of a Parquet row group. Groups are cut by this count alone, so that the bytes of a file do not depend on how
/// often rows were handed over.
pub const ROWS_PER_GROUP: usize = 65_536;

/// Form of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Parquet, compressed with zstd.
    #[default]
    Parquet,
    /// Comma-separated values; `columns.csv` holds the units.
    Csv,
}

impl Format {
    /// Ending of the file names.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

/// Writes a table to a file. Rows can come in pieces of any size.
pub struct TableWriter {
    partial: PathBuf,
    pending: Vec<Values>,
    form: Form,
}

enum Form {
    Parquet(Box<parquet::Writer>),
    Csv(csv::Writer),
}

impl TableWriter {
    /// Starts a file (under the name given: the name of the unfinished file) for a table's columns.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub fn create(partial: &Path, table: &Table, format: Format) -> Result<Self, RecordError> {
        let form = match format {
            Format::Parquet => Form::Parquet(Box::new(parquet::Writer::create(partial, table)?)),
            Format::Csv => Form::Csv(csv::Writer::create(partial, table)?),
        };
        Ok(Self { partial: partial.to_owned(), pending: empty(&table.fields), form })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn push(&mut self, rows: &[Values]) -> Result<(), RecordError> {
        let (mut from, rows_given) = (0, length(rows));
        while from < rows_given {
            let until = rows_given.min(from + ROWS_PER_GROUP - length(&self.pending));
            for (pending, given) in self.pending.iter_mut().zip(rows) {
                extend(pending, given, from, until);
            }
            from = until;
            if length(&self.pending) == ROWS_PER_GROUP {
                self.write_group()?;
            }
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), RecordError> {
        match &mut self.form {
            Form::Parquet(writer) => writer.group(&self.pending)?,
            Form::Csv(writer) => writer.group(&self.pending)?,
        }
        for values in &mut self.pending {
            values.clear();
        }
        Ok(())
    }

    /// Writes what is left, syncs, and gives the file its name.
    ///
    /// # Errors
    /// If the file cannot be written or renamed.
    pub fn finish(self, path: &Path) -> Result<(), RecordError> {
        let (file, partial) = self.close()?;
        publish(&file, &partial, path)
    }

    /// Writes what is left; gives the file, not synced, and the name it stands under.
    pub(crate) fn close(mut self) -> Result<(File, PathBuf), RecordError> {
        if length(&self.pending) > 0 {
            self.write_group()?;
        }
        let file = match self.form {
            Form::Parquet(writer) => writer.finish()?,
            Form::Csv(writer) => writer.finish()?,
        };
        Ok((file, self.partial))
    }
}

/// The descriptions of all columns as CSV: what `--format csv` cannot say in the tables themselves.
#[must_use]
pub fn columns_as_csv<'a>(tables: impl IntoIterator<Item = &'a Table>) -> String {
    let mut text = String::from("table,column,unit,about\n");
    for table in tables {
        for field in &table.fields {
            for (text_of, end) in [(table.name, ','), (&field.name, ','), (&field.unit, ','), (&field.about, '\n')] {
                text.push_str(&csv::quoted(text_of));
                text.push(end);
            }
        }
    }
    text
}

/// Columns without rows.
pub(crate) fn empty(fields: &[Field]) -> Vec<Values> {
    fields.iter().map(|field| Values::none(field.kind)).collect()
}

/// Number of rows.
pub(crate) fn length(columns: &[Values]) -> usize {
    columns.first().map_or(0, Values::rows)
}

/// Adds rows `from..until` of one column to another of the same kind.
pub(crate) fn extend(to: &mut Values, given: &Values, from: usize, until: usize) {
    match (to, given) {
        (Values::Integer(to), Values::Integer(given)) => to.extend_from_slice(&given[from..until]),
        (Values::Real(to), Values::Real(given)) => to.extend_from_slice(&given[from..until]),
        (Values::Name(to), Values::Name(given)) => to.extend_from_slice(&given[from..until]),
        (Values::Flag(to), Values::Flag(given)) => to.extend_from_slice(&given[from..until]),
        _ => unreachable!("a table's columns keep their kinds"),
    }
}
