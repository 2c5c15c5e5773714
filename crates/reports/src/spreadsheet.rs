//! Tables as spreadsheets: CSV text, and an Excel file with one sheet for each table. The same tables give the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use simulation::table::{Table, Values};

/// Largest whole number that a spreadsheet holds exactly; larger ones are written as text.
const EXACT: u64 = 1 << 53;
/// The date of every file: a true one would change its bytes.
const DATE: (u16, u8, u8) = (2000, 1, 1);

/// The head of a column, with its unit.
fn head(field: &simulation::table::Field) -> String {
    if field.unit.is_empty() { field.name.clone() } else { format!("{} ({})", field.name, field.unit) }
}

/// A table as CSV with units in its heads; what is not defined is empty.
#[must_use]
pub fn csv(table: &Table) -> String {
    let quoted = |text: &str| {
        let plain = !text.contains([',', '"', '\n', '\r']);
        if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    let cell = |values: &Values, row: usize| match values {
        Values::Integer(values) => values[row].to_string(),
        Values::Real(values) if values[row].is_finite() => values[row].to_string(),
        Values::Real(_) => String::new(),
        Values::Name(values) => quoted(&table.names[values[row] as usize]),
        Values::Flag(values) => values[row].to_string(),
    };
    let mut text = table.fields.iter().map(|field| quoted(&head(field))).collect::<Vec<_>>().join(",") + "\n";
    for row in 0..table.rows() {
        let cells: Vec<String> = table.values.iter().map(|values| cell(values, row)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// Tables as an Excel file.
///
/// # Errors
/// If a table has more rows than a sheet holds (1,048,576).
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = DATE;
    let date = ExcelDateTime::from_ymd(year, month, day)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, (field, values)) in (0_u16..).zip(table.fields.iter().zip(&table.values)) {
            let head = head(field);
            sheet.write_string_with_format(0, column, &head, &bold)?;
            sheet.set_column_width(column, head.chars().count().clamp(8, 40) as f64)?;
            for (row, at) in (1_u32..).zip(0..table.rows()) {
                match values {
                    Values::Integer(values) if values[at].unsigned_abs() <= EXACT => {
                        sheet.write_number(row, column, values[at] as f64)?;
                    }
                    Values::Integer(values) => {
                        sheet.write_string(row, column, values[at].to_string())?;
                    }
                    Values::Real(values) if values[at].is_finite() => {
                        sheet.write_number(row, column, values[at])?;
                    }
                    Values::Real(_) => {}
                    Values::Name(values) => {
                        sheet.write_string(row, column, &table.names[values[at] as usize])?;
                    }
                    Values::Flag(values) => {
                        sheet.write_boolean(row, column, values[at])?;
                    }
                }
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use simulation::table::{Field, Kind};

    use super::*;

    fn table() -> Table {
        let field = |name: &str, unit: &str, kind: Kind| Field {
            name: name.to_owned(),
            unit: unit.to_owned(),
            about: String::new(),
            kind,
        };
        let fields =
            vec![field("city", "", Kind::Name), field("wage", "yuan", Kind::Real), field("seed", "", Kind::Integer)];
        let mut table = Table::new("cities", fields, vec!["a, b".to_owned()]);
        table.values =
            vec![Values::Name(vec![0, 0]), Values::Real(vec![0.1 + 0.2, f64::NAN]), Values::Integer(vec![1, i64::MAX])];
        table
    }

    #[test]
    fn csv_has_units_in_its_heads_and_every_digit() {
        let expected = "city,wage (yuan),seed\n\"a, b\",0.30000000000000004,1\n\"a, b\",,9223372036854775807\n";
        assert_eq!(csv(&table()), expected);
    }

    #[test]
    fn an_excel_file_is_the_same_bytes_twice() {
        let [one, other] = [workbook(&[table()]).unwrap(), workbook(&[table()]).unwrap()];
        assert!(one == other && one.starts_with(b"PK"));
    }
}
