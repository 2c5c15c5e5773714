//! Reading tables back.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use simulation::table::{Field, Kind, Table, Values};

use crate::fault::RecordError;

/// Reads a Parquet table that a run or a batch recorded, and calls it by a name. Null is NaN, or the empty name; names
/// are in the order in which they first occur.
///
/// # Errors
/// If the file is missing, damaged, or holds columns of kinds that a run does not record.
pub fn read(path: &Path, name: &'static str) -> Result<Table, RecordError> {
    let file = File::open(path).map_err(RecordError::io("open", path))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(RecordError::content(path))?;
    let schema = builder.schema().clone();
    let fields = schema.fields().iter().map(|field| {
        let text = |key: &str| field.metadata().get(key).cloned().unwrap_or_default();
        let kind = match field.data_type() {
            DataType::Int64 | DataType::UInt64 => Kind::Integer,
            DataType::Float64 => Kind::Real,
            DataType::Boolean => Kind::Flag,
            DataType::Utf8 => Kind::Name,
            DataType::Dictionary(key, name) if (&**key, &**name) == (&DataType::Int32, &DataType::Utf8) => Kind::Name,
            other => return Err(format!("column {} is of a kind that no run records ({other})", field.name())),
        };
        Ok(Field { name: field.name().clone(), unit: text("unit"), about: text("about"), kind })
    });
    let fields = fields.collect::<Result<Vec<_>, _>>().map_err(RecordError::content(path))?;
    let mut table = Table::new(name, fields, Vec::new());
    for batch in builder.build().map_err(RecordError::content(path))? {
        let batch: RecordBatch = batch.map_err(RecordError::content(path))?;
        for (values, array) in table.values.iter_mut().zip(batch.columns()) {
            append(values, array, &mut table.names).map_err(RecordError::content(path))?;
        }
    }
    Ok(table)
}

fn append(values: &mut Values, array: &ArrayRef, names: &mut Vec<String>) -> Result<(), String> {
    match values {
        Values::Integer(v) if array.data_type() == &DataType::UInt64 => {
            for value in array.as_primitive::<UInt64Type>().values() {
                v.push(i64::try_from(*value).map_err(|_| format!("{value} is larger than can be read here"))?);
            }
        }
        Values::Integer(v) => v.extend_from_slice(array.as_primitive::<Int64Type>().values()),
        Values::Real(v) => v.extend(array.as_primitive::<Float64Type>().iter().map(|x| x.unwrap_or(f64::NAN))),
        Values::Flag(v) => v.extend(array.as_boolean().iter().map(|x| x.unwrap_or(false))),
        Values::Name(v) if array.data_type() == &DataType::Utf8 => {
            for text in array.as_string::<i32>() {
                v.push(at(names, text.unwrap_or_default()));
            }
        }
        Values::Name(v) => {
            let dictionary = array.as_dictionary::<Int32Type>();
            let texts = dictionary.values().as_string::<i32>();
            let mut known = vec![None; texts.len()];
            for key in dictionary.keys_iter() {
                let key = key.filter(|&key| key < texts.len()).ok_or("a name is missing")?;
                v.push(*known[key].get_or_insert_with(|| at(names, texts.value(key))));
            }
        }
    }
    Ok(())
}

/// Index of a name, which is added if it is new.
fn at(names: &mut Vec<String>, text: &str) -> u32 {
    let at = names.iter().position(|name| name == text).unwrap_or_else(|| {
        names.push(text.to_owned());
        names.len() - 1
    });
    u32::try_from(at).expect("fewer names than rows that a file can hold")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int8Type;
    use arrow_array::{DictionaryArray, Int8Array, Int32Array, StringArray};
    use parquet::arrow::ArrowWriter;

    use super::*;

    fn reading(column: ArrayRef) -> Result<Table, RecordError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cities.parquet");
        let batch = RecordBatch::try_from_iter([("city", column)]).unwrap();
        let mut writer = ArrowWriter::try_new(File::create(&path).unwrap(), batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        read(&path, "cities")
    }

    #[test]
    fn names_that_no_run_records_are_an_error_and_never_looked_up() {
        let texts = || Arc::new(StringArray::from(vec!["west"]));
        let whole = DictionaryArray::<Int32Type>::try_new(Int32Array::from(vec![0, 0]), texts()).unwrap();
        assert_eq!(reading(Arc::new(whole)).unwrap().names, ["west"]);
        let missing = DictionaryArray::<Int32Type>::try_new(Int32Array::from(vec![Some(0), None]), texts()).unwrap();
        assert!(reading(Arc::new(missing)).is_err());
        let narrow = DictionaryArray::<Int8Type>::try_new(Int8Array::from(vec![0]), texts()).unwrap();
        assert!(reading(Arc::new(narrow)).is_err());
    }
}
