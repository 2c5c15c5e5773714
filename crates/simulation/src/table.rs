//! Tables that a run records: columns with names and units, filled by the census, emptied by whoever writes files.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Names from the table's list.
    Name,
    /// True or false.
    Flag,
}

/// A column's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in the file.
    pub name: String,
    /// Unit, e.g. `persons`, `yuan per person and quarter`, `km2`, `share`, `index`; empty for names and numbers.
    pub unit: String,
    /// What it is, in a sentence.
    pub about: String,
    /// What it holds.
    pub kind: Kind,
}

/// A column's values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Values {
    /// Of [`Kind::Integer`].
    Integer(Vec<i64>),
    /// Of [`Kind::Real`]; NaN means "not defined here" and is written as null.
    Real(Vec<f64>),
    /// Of [`Kind::Name`]: indices into [`Table::names`].
    Name(Vec<u32>),
    /// Of [`Kind::Flag`].
    Flag(Vec<bool>),
}

/// A table under construction.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// File stem: `cities`, `sectors`, `flows`, `groups`, `accounts`, `region`, `agents`, `firms`.
    pub name: &'static str,
    /// Columns.
    pub fields: Vec<Field>,
    /// Values, one entry per field, all of one length.
    pub values: Vec<Values>,
    /// Names that columns of [`Kind::Name`] point to.
    pub names: Vec<String>,
}

/// All tables of a run, in the order of the files.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Tables(pub Vec<Table>);

/// A cell, for pushing rows without repeating kinds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Index of a name.
    Name(u32),
    /// True or false.
    Flag(bool),
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new(name: &'static str, fields: Vec<Field>, names: Vec<String>) -> Self {
        let values = fields
            .iter()
            .map(|field| match field.kind {
                Kind::Integer => Values::Integer(Vec::new()),
                Kind::Real => Values::Real(Vec::new()),
                Kind::Name => Values::Name(Vec::new()),
                Kind::Flag => Values::Flag(Vec::new()),
            })
            .collect();
        Self { name, fields, values, names }
    }

    /// Number of rows held.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self.values.first() {
            None => 0,
            Some(Values::Integer(v)) => v.len(),
            Some(Values::Real(v)) => v.len(),
            Some(Values::Name(v)) => v.len(),
            Some(Values::Flag(v)) => v.len(),
        }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If the cells do not match the fields in number and kind: only the census could be wrong.
    pub fn push(&mut self, row: &[Cell]) {
        assert_eq!(row.len(), self.values.len(), "a row of {} must have a cell per field", self.name);
        for ((cell, values), field) in row.iter().zip(&mut self.values).zip(&self.fields) {
            match (cell, values) {
                (Cell::Integer(x), Values::Integer(v)) => v.push(*x),
                (Cell::Real(x), Values::Real(v)) => v.push(*x),
                (Cell::Name(x), Values::Name(v)) => v.push(*x),
                (Cell::Flag(x), Values::Flag(v)) => v.push(*x),
                _ => unreachable!("column {} of {} holds another kind", field.name, self.name),
            }
        }
    }

    /// Takes all rows out and leaves the table empty.
    #[must_use]
    pub fn drain(&mut self) -> Vec<Values> {
        self.values
            .iter_mut()
            .map(|values| match values {
                Values::Integer(v) => Values::Integer(std::mem::take(v)),
                Values::Real(v) => Values::Real(std::mem::take(v)),
                Values::Name(v) => Values::Name(std::mem::take(v)),
                Values::Flag(v) => Values::Flag(std::mem::take(v)),
            })
            .collect()
    }
}

/// What the rows of a table are made from, e.g. a place together with the world that it is in.
pub trait Rows {
    /// One row.
    type Row<'a>;
}

/// How a row gives the value of a column.
enum Value<R: Rows> {
    Integer(ValueOf<R, i64>),
    Real(ValueOf<R, f64>),
    Name(ValueOf<R, u32>),
    Text(ValueOf<R, String>),
    Flag(ValueOf<R, bool>),
}

type ValueOf<R, T> = Box<dyn for<'a> Fn(&<R as Rows>::Row<'a>) -> T + Send + Sync>;

/// The columns of a table, each declared together with the value that a row has in it.
pub struct Columns<R: Rows> {
    name: &'static str,
    fields: Vec<Field>,
    values: Vec<Value<R>>,
}

impl<R: Rows> Columns<R> {
    /// A table without columns.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, fields: Vec::new(), values: Vec::new() }
    }

    fn with(mut self, name: &str, unit: &str, about: &str, value: Value<R>) -> Self {
        let kind = match value {
            Value::Integer(_) => Kind::Integer,
            Value::Real(_) => Kind::Real,
            Value::Name(_) | Value::Text(_) => Kind::Name,
            Value::Flag(_) => Kind::Flag,
        };
        self.fields.push(Field { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), kind });
        self.values.push(value);
        self
    }

    /// Adds whole numbers.
    #[must_use]
    pub fn integer<F>(self, name: &str, unit: &str, about: &str, value: F) -> Self
    where
        F: for<'a> Fn(&R::Row<'a>) -> i64 + Send + Sync + 'static,
    {
        self.with(name, unit, about, Value::Integer(Box::new(value)))
    }

    /// Adds numbers; NaN means "not defined here".
    #[must_use]
    pub fn real<F>(self, name: &str, unit: &str, about: &str, value: F) -> Self
    where
        F: for<'a> Fn(&R::Row<'a>) -> f64 + Send + Sync + 'static,
    {
        self.with(name, unit, about, Value::Real(Box::new(value)))
    }

    /// Adds names, as indices into [`Table::names`].
    #[must_use]
    pub fn name<F>(self, name: &str, about: &str, value: F) -> Self
    where
        F: for<'a> Fn(&R::Row<'a>) -> u32 + Send + Sync + 'static,
    {
        self.with(name, "", about, Value::Name(Box::new(value)))
    }

    /// Adds texts, which get their places in [`Table::names`] in the order in which they first occur.
    #[must_use]
    pub fn text<F>(self, name: &str, about: &str, value: F) -> Self
    where
        F: for<'a> Fn(&R::Row<'a>) -> String + Send + Sync + 'static,
    {
        self.with(name, "", about, Value::Text(Box::new(value)))
    }

    /// Adds what is true or false.
    #[must_use]
    pub fn flag<F>(self, name: &str, about: &str, value: F) -> Self
    where
        F: for<'a> Fn(&R::Row<'a>) -> bool + Send + Sync + 'static,
    {
        self.with(name, "", about, Value::Flag(Box::new(value)))
    }

    /// The table, without rows and names.
    #[must_use]
    pub fn table(&self) -> Table {
        Table::new(self.name, self.fields.clone(), Vec::new())
    }

    /// Adds a row to a table that [`Columns::table`] made.
    ///
    /// # Panics
    /// If another made it.
    pub fn push(&self, table: &mut Table, row: &R::Row<'_>) {
        assert_eq!(self.values.len(), table.values.len(), "table {} has other columns", table.name);
        for (value, values) in self.values.iter().zip(&mut table.values) {
            match (value, values) {
                (Value::Integer(of), Values::Integer(v)) => v.push(of(row)),
                (Value::Real(of), Values::Real(v)) => v.push(of(row)),
                (Value::Name(of), Values::Name(v)) => v.push(of(row)),
                (Value::Text(of), Values::Name(v)) => v.push(number(&mut table.names, of(row))),
                (Value::Flag(of), Values::Flag(v)) => v.push(of(row)),
                _ => unreachable!("table {} has columns of other kinds", table.name),
            }
        }
    }
}

/// Place of a text in a list of names, to which it is added if it is new.
fn number(names: &mut Vec<String>, text: String) -> u32 {
    let at = names.iter().position(|name| *name == text).unwrap_or_else(|| {
        names.push(text);
        names.len() - 1
    });
    u32::try_from(at).expect("fewer names than a table can number")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place<'a> {
        key: &'a str,
        rent: f64,
    }

    struct Places;

    impl Rows for Places {
        type Row<'a> = Place<'a>;
    }

    #[test]
    fn a_column_holds_the_value_that_it_was_declared_with() {
        let columns = Columns::<Places>::new("places")
            .text("city", "Place.", |row| row.key.to_owned())
            .real("rent", "yuan", "Its rent.", |row| row.rent)
            .flag("dear", "Whether it is dear.", |row| row.rent > 1.0);
        let mut table = columns.table();
        for (key, rent) in [("west", 2.0), ("east", 0.5), ("west", 3.0)] {
            columns.push(&mut table, &Place { key, rent });
        }
        assert_eq!(table.fields[1].name, "rent");
        assert_eq!(table.names, ["west", "east"]);
        let (cities, rents) = (Values::Name(vec![0, 1, 0]), Values::Real(vec![2.0, 0.5, 3.0]));
        assert_eq!(table.values, [cities, rents, Values::Flag(vec![true, false, true])]);
    }
}
