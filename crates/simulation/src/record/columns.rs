//! Columns of a table, each declared once: its name, its unit, a sentence on it, and how a row gives its value.
//!
//! ```
//! use simulation::record::columns::{Columns, TableRow};
//!
//! struct Town<'a> {
//!     rents: &'a [f64],
//!     at: usize,
//! }
//!
//! impl TableRow for Town<'_> {
//!     type At<'a> = Town<'a>;
//! }
//!
//! let columns = Columns::<Town>::new("towns")
//!     .name("town", "Town.", ["north", "south"], |town| town.at)
//!     .real("rent", "yuan per km2 and quarter", "Going rent.", |town| town.rents[town.at]);
//! let table = columns.with_rows((0..2).map(|at| Town { rents: &[3.0, 4.0], at }));
//! assert_eq!(table.all().reals("rent"), Ok(&[3.0, 4.0][..]));
//! assert_eq!(table.all().names("town"), Ok(vec!["north", "south"]));
//! ```

use std::collections::BTreeMap;

use crate::table::{Field, Kind, Table, Tables, Values};

/// Units that many columns share.
pub(super) mod unit {
    pub(crate) const PERSONS: &str = "persons";
    pub(crate) const WORKERS: &str = "workers";
    pub(crate) const KM2: &str = "km2";
    pub(crate) const SHARE: &str = "share";
    pub(crate) const INDEX: &str = "index";
    pub(crate) const YUAN: &str = "constant yuan per quarter";
    pub(crate) const YUAN_PERSON: &str = "constant yuan per person and quarter";
    pub(crate) const YUAN_WORKER: &str = "constant yuan per worker and quarter";
    pub(crate) const UTILITY: &str = "log points";
}

/// A row of a table, or what its values are computed from.
pub trait TableRow {
    /// The row with a lifetime, if it borrows something; otherwise the type itself.
    type At<'a>;
}

/// What a column computes from a row.
type Of<R, T> = Box<dyn for<'r, 'a> Fn(&'r <R as TableRow>::At<'a>) -> T + Send + Sync>;

enum Value<R: TableRow> {
    Integer(Of<R, i64>),
    Real(Of<R, f64>),
    /// The position in the column's own list, and the number in [`Table::names`] of each name of that list.
    Name(Of<R, usize>, Vec<u32>),
    /// A name that is not known before the row.
    Text(Of<R, String>),
    Flag(Of<R, bool>),
}

/// The columns of a table.
pub struct Columns<R: TableRow> {
    table: &'static str,
    fields: Vec<Field>,
    values: Vec<Value<R>>,
    /// Names that columns point to, and the number of each.
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

impl<R: TableRow> Columns<R> {
    /// No columns yet, of a table of this name.
    #[must_use]
    pub fn new(table: &'static str) -> Self {
        Self { table, fields: Vec::new(), values: Vec::new(), names: Vec::new(), numbers: BTreeMap::new() }
    }

    fn with(mut self, name: &str, unit: &str, about: &str, kind: Kind, value: Value<R>) -> Self {
        assert!(self.fields.iter().all(|field| field.name != name), "{} has one column {name}", self.table);
        self.fields.push(Field { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), kind });
        self.values.push(value);
        self
    }

    /// A column of numbers. NaN means that the figure is not defined in the row.
    #[must_use]
    pub fn real(
        self,
        name: &str,
        unit: &str,
        about: &str,
        value: impl for<'a> Fn(&R::At<'a>) -> f64 + Send + Sync + 'static,
    ) -> Self {
        self.with(name, unit, about, Kind::Real, Value::Real(Box::new(value)))
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn integer(
        self,
        name: &str,
        unit: &str,
        about: &str,
        value: impl for<'a> Fn(&R::At<'a>) -> i64 + Send + Sync + 'static,
    ) -> Self {
        self.with(name, unit, about, Kind::Integer, Value::Integer(Box::new(value)))
    }

    /// A column of names out of a list: the value is a position in it.
    #[must_use]
    pub fn name<N: AsRef<str>>(
        mut self,
        name: &str,
        about: &str,
        list: impl IntoIterator<Item = N>,
        value: impl for<'a> Fn(&R::At<'a>) -> usize + Send + Sync + 'static,
    ) -> Self {
        let numbers = list.into_iter().map(|name| self.number(name.as_ref())).collect();
        self.with(name, "", about, Kind::Name, Value::Name(Box::new(value), numbers))
    }

    /// A column of texts that are not known beforehand.
    #[must_use]
    pub fn text(
        self,
        name: &str,
        about: &str,
        value: impl for<'a> Fn(&R::At<'a>) -> String + Send + Sync + 'static,
    ) -> Self {
        self.with(name, "", about, Kind::Name, Value::Text(Box::new(value)))
    }

    /// A column of what is true or false.
    #[must_use]
    pub fn flag(
        self,
        name: &str,
        about: &str,
        value: impl for<'a> Fn(&R::At<'a>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.with(name, "", about, Kind::Flag, Value::Flag(Box::new(value)))
    }

    /// The number of a name in the table's list, to which it is added if it is new.
    fn number(&mut self, name: &str) -> u32 {
        *self.numbers.entry(name.to_owned()).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.names.len() as u32 - 1
        })
    }

    /// A table with these columns and no rows.
    #[must_use]
    pub(super) fn table(&self) -> Table {
        Table::new(self.table, self.fields.clone(), self.names.clone())
    }

    /// A table with these columns and these rows.
    pub fn with_rows<'a>(&self, rows: impl IntoIterator<Item = R::At<'a>>) -> Table {
        let mut table = self.table();
        self.fill(&mut table, rows);
        table
    }

    /// Adds rows to the table of these columns among those of a run.
    ///
    /// # Panics
    /// If it is not there.
    pub(super) fn record<'a>(&self, tables: &mut Tables, rows: impl IntoIterator<Item = R::At<'a>>) {
        self.fill(tables.get_mut(self.table).expect("the tables of a run are made before they are filled"), rows);
    }

    /// Adds rows to a table that [`Columns::table`] made. Columns that it was given later are left as they are.
    ///
    /// # Panics
    /// If the table is another one.
    pub(super) fn fill<'a>(&self, table: &mut Table, rows: impl IntoIterator<Item = R::At<'a>>) {
        assert_eq!(table.name, self.table, "rows belong to the table of their columns");
        let Table { values, names, .. } = table;
        for row in rows {
            for (value, column) in self.values.iter().zip(&mut *values) {
                match (value, column) {
                    (Value::Integer(of), Values::Integer(column)) => column.push(of(&row)),
                    (Value::Real(of), Values::Real(column)) => column.push(of(&row)),
                    (Value::Name(of, numbers), Values::Name(column)) => column.push(numbers[of(&row)]),
                    (Value::Text(of), Values::Name(column)) => column.push(number_of(of(&row), names)),
                    (Value::Flag(of), Values::Flag(column)) => column.push(of(&row)),
                    _ => unreachable!("table {} was made from these columns", self.table),
                }
            }
        }
    }
}

/// The number of a text in a list, to which it is added if it is new.
fn number_of(text: String, names: &mut Vec<String>) -> u32 {
    let known = names.iter().position(|name| *name == text);
    let number = known.unwrap_or_else(|| {
        names.push(text);
        names.len() - 1
    });
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Number(i64);

    impl TableRow for Number {
        type At<'a> = Self;
    }

    #[test]
    fn every_value_is_in_the_column_that_was_declared_with_it() {
        let words = ["none", "one", "two"];
        let columns = Columns::<Number>::new("numbers")
            .integer("number", "", "It.", |row| row.0)
            .name("word", "Its word.", words, |row| row.0 as usize)
            .real("half", "ratio", "Half of it.", |row| row.0 as f64 / 2.0)
            .flag("even", "Whether it is even.", |row| row.0 % 2 == 0)
            .text("parity", "Whether it is even, in words.", |row| ["even", "odd"][row.0 as usize % 2].to_owned())
            .name("other", "Another word.", ["two", "three"], |_| 1);
        let mut table = columns.with_rows([Number(2), Number(1)]);
        assert_eq!(table.rows(), 2);
        assert_eq!(table.names, ["none", "one", "two", "three", "even", "odd"]);
        let expected = [
            Values::Integer(vec![2, 1]),
            Values::Name(vec![2, 1]),
            Values::Real(vec![1.0, 0.5]),
            Values::Flag(vec![true, false]),
            Values::Name(vec![4, 5]),
            Values::Name(vec![3, 3]),
        ];
        assert_eq!(table.values, expected);
        for (field, values) in table.fields.iter().zip(&expected) {
            assert_eq!(Values::none(field.kind), { Table::new("", vec![field.clone()], Vec::new()) }.values[0]);
            assert_eq!(table.column(&field.name), Some(values));
        }
        assert_eq!(table.drain(), expected);
        assert_eq!(table.rows(), 0);
    }

    #[test]
    #[should_panic(expected = "one column")]
    fn two_columns_of_one_name_are_refused() {
        let _ = Columns::<Number>::new("numbers").flag("a", "A.", |_| true).flag("a", "A.", |_| false);
    }
}
