//! Comma-separated values, for those who have nothing that reads Parquet.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use simulation::table::{Table, Values};

use crate::fault::RecordError;

/// A CSV file on its way.
pub(super) struct Writer {
    path: PathBuf,
    file: BufWriter<File>,
    names: Vec<String>,
}

impl Writer {
    pub(super) fn create(path: &Path, table: &Table) -> Result<Self, RecordError> {
        let file = File::create(path).map_err(RecordError::io("create", path))?;
        let mut writer = Self {
            path: path.to_owned(),
            file: BufWriter::new(file),
            names: table.names.iter().map(|name| quoted(name).into_owned()).collect(),
        };
        let head: Vec<_> = table.fields.iter().map(|field| quoted(&field.name)).collect();
        writer.line(&head.join(","))?;
        Ok(writer)
    }

    pub(super) fn group(&mut self, columns: &[Values]) -> Result<(), RecordError> {
        let mut line = String::new();
        for row in 0..super::length(columns) {
            line.clear();
            for (at, values) in columns.iter().enumerate() {
                if at > 0 {
                    line.push(',');
                }
                match values {
                    Values::Integer(v) => write!(line, "{}", v[row]),
                    Values::Real(v) if v[row].is_nan() => Ok(()),
                    Values::Real(v) => write!(line, "{}", v[row]),
                    Values::Name(v) => write!(line, "{}", self.names[v[row] as usize]),
                    Values::Flag(v) => write!(line, "{}", v[row]),
                }
                .expect("text can be written to memory");
            }
            self.line(&line)?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Result<(), RecordError> {
        writeln!(self.file, "{line}").map_err(RecordError::io("write", &self.path))
    }

    pub(super) fn finish(self) -> Result<File, RecordError> {
        let path = self.path;
        self.file.into_inner().map_err(|error| RecordError::io("write", &path)(error.into_error()))
    }
}

/// A field as CSV wants it (RFC 4180).
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
