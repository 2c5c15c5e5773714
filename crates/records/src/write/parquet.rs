//! Parquet: the same rows give the same bytes.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{DataType, Field as ArrowField, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use simulation::table::{Kind, Table, Values};

use crate::fault::RecordError;

/// A Parquet file that is being written.
pub(super) struct Writer {
    path: PathBuf,
    file: File,
    writer: ArrowWriter<File>,
    schema: SchemaRef,
    names: ArrayRef,
}

impl Writer {
    pub(super) fn create(path: &Path, table: &Table) -> Result<Self, RecordError> {
        let schema = schema(table);
        let (file, writer) = create(path, schema.clone())?;
        let names = Arc::new(StringArray::from_iter_values(&table.names));
        Ok(Self { path: path.to_owned(), file, writer, schema, names })
    }

    /// Writes one row group.
    pub(super) fn group(&mut self, columns: &[Values]) -> Result<(), RecordError> {
        let arrays = columns.iter().map(|values| self.array(values)).collect::<Result<Vec<_>, _>>()?;
        let batch = RecordBatch::try_new(self.schema.clone(), arrays).map_err(RecordError::content(&self.path))?;
        self.writer.write(&batch).map_err(RecordError::content(&self.path))?;
        self.writer.flush().map_err(RecordError::content(&self.path))
    }

    fn array(&self, values: &Values) -> Result<ArrayRef, RecordError> {
        Ok(match values {
            Values::Integer(v) => Arc::new(Int64Array::from_iter_values(v.iter().copied())),
            Values::Real(v) => Arc::new(v.iter().map(|x| (!x.is_nan()).then_some(*x)).collect::<Float64Array>()),
            Values::Flag(v) => Arc::new(BooleanArray::from(v.clone())),
            Values::Name(v) => {
                let keys = v
                    .iter()
                    .map(|&name| i32::try_from(name))
                    .collect::<Result<Vec<_>, _>>()
                    .map_err(RecordError::content(&self.path))?;
                let dictionary = DictionaryArray::try_new(Int32Array::from(keys), self.names.clone())
                    .map_err(RecordError::content(&self.path))?;
                Arc::new(dictionary)
            }
        })
    }

    pub(super) fn finish(self) -> Result<File, RecordError> {
        self.writer.close().map_err(RecordError::content(&self.path))?;
        Ok(self.file)
    }
}

/// Creates a file, and what writes to it: for all files alike, so that the same rows give the same bytes.
pub(crate) fn create(path: &Path, schema: SchemaRef) -> Result<(File, ArrowWriter<File>), RecordError> {
    let file = File::create(path).map_err(RecordError::io("create", path))?;
    let handle = file.try_clone().map_err(RecordError::io("open", path))?;
    let level = ZstdLevel::try_new(3).map_err(RecordError::content(path))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(format!("hinterland {}", env!("CARGO_PKG_VERSION")))
        .set_max_row_group_row_count(Some(super::ROWS_PER_GROUP))
        .build();
    let writer = ArrowWriter::try_new(handle, schema, Some(properties)).map_err(RecordError::content(path))?;
    Ok((file, writer))
}

/// A column with its unit and meaning in its metadata (`field.metadata` in pyarrow).
pub(crate) fn described(field: ArrowField, unit: &str, about: &str) -> ArrowField {
    let metadata = [("unit", unit), ("about", about)];
    field.with_metadata(metadata.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect())
}

/// Columns with unit and meaning in their metadata.
fn schema(table: &Table) -> SchemaRef {
    let fields = table.fields.iter().map(|field| {
        let (kind, nullable) = match field.kind {
            Kind::Integer => (DataType::Int64, false),
            Kind::Real => (DataType::Float64, true),
            Kind::Name => (DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)), false),
            Kind::Flag => (DataType::Boolean, false),
        };
        described(ArrowField::new(&field.name, kind, nullable), &field.unit, &field.about)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
