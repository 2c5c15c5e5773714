//! `runs.parquet`: one line for each run.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};

use crate::fault::RecordError;
use crate::write::parquet::{create, described};

/// Name of the file.
pub const RUNS: &str = "runs.parquet";

/// A column of `runs.parquet`.
#[derive(Clone, Debug, PartialEq)]
pub struct RunsColumn {
    /// Name.
    pub name: String,
    /// Unit; empty for names and numbers.
    pub unit: String,
    /// What it is, in a sentence.
    pub about: String,
    /// One value for each run.
    pub values: RunsValues,
}

/// Values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum RunsValues {
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Whole numbers of 64 bits without a sign: seeds.
    Unsigned(Vec<u64>),
    /// Numbers; NaN is null.
    Real(Vec<f64>),
    /// Texts; none is null.
    Text(Vec<Option<String>>),
}

impl RunsValues {
    fn array(&self) -> ArrayRef {
        match self {
            Self::Integer(values) => Arc::new(Int64Array::from(values.clone())),
            Self::Unsigned(values) => Arc::new(UInt64Array::from(values.clone())),
            Self::Real(values) => {
                Arc::new(values.iter().map(|value| (!value.is_nan()).then_some(*value)).collect::<Float64Array>())
            }
            Self::Text(values) => Arc::new(values.iter().map(Option::as_deref).collect::<StringArray>()),
        }
    }

    fn kind(&self) -> (DataType, bool) {
        match self {
            Self::Integer(_) => (DataType::Int64, false),
            Self::Unsigned(_) => (DataType::UInt64, false),
            Self::Real(_) => (DataType::Float64, true),
            Self::Text(_) => (DataType::Utf8, true),
        }
    }
}

/// Writes the file under the name given; it is not synced.
pub(super) fn write(path: &Path, columns: &[RunsColumn]) -> Result<File, RecordError> {
    let field = |column: &RunsColumn| {
        let (kind, nullable) = column.values.kind();
        described(Field::new(&column.name, kind, nullable), &column.unit, &column.about)
    };
    let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
    let arrays = columns.iter().map(|column| column.values.array()).collect();
    let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(RecordError::content(path))?;
    let (file, mut writer) = create(path, schema)?;
    writer.write(&batch).map_err(RecordError::content(path))?;
    writer.close().map_err(RecordError::content(path))?;
    Ok(file)
}
