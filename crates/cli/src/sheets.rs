//! Tables of results in the forms of spreadsheets.

use clap::ValueEnum;
use reports::spreadsheet::{csv, workbook};
use simulation::table::Table;

use crate::failure::Failure;

/// A form of spreadsheets, beside Parquet.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SheetFormat {
    /// Comma-separated values, a file for each table.
    Csv,
    /// An Excel file with a sheet for each table.
    Xlsx,
}

/// Files of tables by name; the Excel file is called `<book>.xlsx`. None if no form is asked for.
pub(crate) fn sheets(
    tables: &[Table],
    format: Option<SheetFormat>,
    book: &str,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    match format {
        None => Ok(Vec::new()),
        Some(SheetFormat::Csv) => {
            Ok(tables.iter().map(|table| (format!("{}.csv", table.name), csv(table).into_bytes())).collect())
        }
        Some(SheetFormat::Xlsx) => {
            let bytes = workbook(tables).map_err(|error| Failure::failed(format!("error: {book}.xlsx: {error}")))?;
            Ok(vec![(format!("{book}.xlsx"), bytes)])
        }
    }
}
