//! Columns of tables, as figures want them.

use simulation::table::{NotRecorded, Table, Tables};

/// A table's column of numbers; whole numbers count as numbers.
pub(crate) fn numbers(table: &Table, column: &str) -> Result<Vec<f64>, NotRecorded> {
    let rows = table.all();
    rows.reals(column).map(<[f64]>::to_vec).or_else(|error| {
        let whole = rows.integers(column).map_err(|_| error)?;
        Ok(whole.iter().map(|value| *value as f64).collect())
    })
}

/// A table by name, if it is there and has rows.
pub(crate) fn table<'a>(tables: &'a Tables, name: &str) -> Option<&'a Table> {
    tables.get(name).ok().filter(|table| table.rows() > 0)
}

/// Rows of a table of a comparison that belong to a policy.
pub(crate) fn of_policy(table: &Table, policy: &str) -> Result<Vec<usize>, NotRecorded> {
    let policies = table.all().names("policy")?;
    Ok((0..policies.len()).filter(|&row| policies[row] == policy).collect())
}

/// Quarters of a year.
pub(crate) const QUARTERS: f64 = 4.0;
