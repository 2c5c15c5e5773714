//! Tables that a run records: columns with names and units, emptied by whoever writes files.

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

/// Rows of a table that stand together: all of them, or those of one state. Columns are read by their names.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    table: &'a Table,
    from: usize,
    until: usize,
}

/// What is asked of tables by name and is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRecorded {
    /// A table.
    #[error("there is no table `{0}`")]
    Table(String),
    /// A column.
    #[error("table `{table}` has no column `{column}` of {kind}")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
        /// What it should hold.
        kind: &'static str,
    },
    /// Rows.
    #[error("table `{table}` has no row of {of}")]
    Rows {
        /// The table.
        table: &'static str,
        /// What they should be about.
        of: String,
    },
}

/// Does the same to the values of a column, whatever their kind.
macro_rules! whatever_kind {
    ($values:expr, $column:ident => $done:expr) => {
        match $values {
            Values::Integer($column) => $done,
            Values::Real($column) => $done,
            Values::Name($column) => $done,
            Values::Flag($column) => $done,
        }
    };
}

impl Values {
    /// No values, of a kind.
    #[must_use]
    pub fn none(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Real => Self::Real(Vec::new()),
            Kind::Name => Self::Name(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
        }
    }

    /// Number of values.
    #[must_use]
    pub fn rows(&self) -> usize {
        whatever_kind!(self, column => column.len())
    }

    /// Takes all values out and keeps the room.
    pub fn clear(&mut self) {
        whatever_kind!(self, column => column.clear());
    }

    fn reals(&self) -> Option<&[f64]> {
        if let Self::Real(column) = self { Some(column) } else { None }
    }

    fn integers(&self) -> Option<&[i64]> {
        if let Self::Integer(column) = self { Some(column) } else { None }
    }

    fn names(&self) -> Option<&[u32]> {
        if let Self::Name(column) = self { Some(column) } else { None }
    }
}

impl Table {
    /// A table with these columns and no rows.
    #[must_use]
    pub fn new(name: &'static str, fields: Vec<Field>, names: Vec<String>) -> Self {
        let values = fields.iter().map(|field| Values::none(field.kind)).collect();
        Self { name, fields, values, names }
    }

    /// Number of rows held.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.first().map_or(0, Values::rows)
    }

    /// The values of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Values> {
        self.fields.iter().position(|field| field.name == name).map(|at| &self.values[at])
    }

    /// All rows.
    #[must_use]
    pub fn all(&self) -> Rows<'_> {
        Rows { table: self, from: 0, until: self.rows() }
    }

    /// The rows of the state after so many quarters. Column `tick` must not fall from row to row.
    ///
    /// # Errors
    /// If there is no such column, or no such row.
    pub fn state(&self, tick: i64) -> Result<Rows<'_>, NotRecorded> {
        let ticks = self.all().integers("tick")?;
        let (from, until) =
            (ticks.partition_point(|&other| other < tick), ticks.partition_point(|&other| other <= tick));
        if from >= until {
            return Err(NotRecorded::Rows { table: self.name, of: format!("quarter {tick}") });
        }
        Ok(Rows { table: self, from, until })
    }

    /// The rows of every state.
    ///
    /// # Errors
    /// If there is no column `tick`.
    pub fn states(&self) -> Result<Vec<Rows<'_>>, NotRecorded> {
        let ticks = self.all().integers("tick")?;
        ticks.chunk_by(|one, next| one == next).map(|same| self.state(same[0])).collect()
    }

    /// The rows of the first state and of the last.
    ///
    /// # Errors
    /// If there is no column `tick`, or no row.
    pub fn ends(&self) -> Result<[Rows<'_>; 2], NotRecorded> {
        let ticks = self.all().integers("tick")?;
        let none = || NotRecorded::Rows { table: self.name, of: "any quarter".to_owned() };
        let (first, last) = ticks.first().zip(ticks.last()).ok_or_else(none)?;
        Ok([self.state(*first)?, self.state(*last)?])
    }

    /// Makes room for so many more rows and no more: growing step by step would need room for twice as many.
    pub(super) fn reserve(&mut self, rows: usize) {
        for values in &mut self.values {
            whatever_kind!(values, column => column.reserve_exact(rows));
        }
    }

    /// Takes all rows out and leaves the table empty.
    #[must_use]
    pub fn drain(&mut self) -> Vec<Values> {
        let empty: Vec<Values> = self.fields.iter().map(|field| Values::none(field.kind)).collect();
        std::mem::replace(&mut self.values, empty)
    }
}

impl<'a> Rows<'a> {
    fn column<T>(
        self,
        name: &str,
        kind: &'static str,
        of_kind: fn(&'a Values) -> Option<&'a [T]>,
    ) -> Result<&'a [T], NotRecorded> {
        let values = self.table.column(name).and_then(of_kind);
        let missing = || NotRecorded::Column { table: self.table.name, column: name.to_owned(), kind };
        values.map(|values| &values[self.from..self.until]).ok_or_else(missing)
    }

    /// A column of numbers.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn reals(self, name: &str) -> Result<&'a [f64], NotRecorded> {
        self.column(name, "numbers", Values::reals)
    }

    /// A column of whole numbers.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn integers(self, name: &str) -> Result<&'a [i64], NotRecorded> {
        self.column(name, "whole numbers", Values::integers)
    }

    /// A column of names.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn names(self, name: &str) -> Result<Vec<&'a str>, NotRecorded> {
        let numbers = self.column(name, "names", Values::names)?;
        Ok(numbers.iter().map(|&number| self.table.names[number as usize].as_str()).collect())
    }
}

impl Tables {
    /// The table of a name.
    ///
    /// # Errors
    /// If there is none.
    pub fn get(&self, name: &str) -> Result<&Table, NotRecorded> {
        self.0.iter().find(|table| table.name == name).ok_or_else(|| NotRecorded::Table(name.to_owned()))
    }

    /// The table of a name, to be filled.
    ///
    /// # Errors
    /// If there is none.
    pub fn get_mut(&mut self, name: &str) -> Result<&mut Table, NotRecorded> {
        self.0.iter_mut().find(|table| table.name == name).ok_or_else(|| NotRecorded::Table(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two places in quarters 0, 1 and 3.
    fn cities() -> Table {
        let field = |name: &str, kind| Field { name: name.to_owned(), unit: String::new(), about: String::new(), kind };
        let fields = vec![field("tick", Kind::Integer), field("city", Kind::Name), field("rent", Kind::Real)];
        let mut table = Table::new("cities", fields, vec!["north".to_owned(), "south".to_owned()]);
        table.values = vec![
            Values::Integer(vec![0, 0, 1, 1, 3, 3]),
            Values::Name(vec![1, 0, 1, 0, 1, 0]),
            Values::Real(vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
        ];
        table
    }

    #[test]
    fn columns_of_a_state_have_its_rows_alone() {
        let table = cities();
        assert_eq!(table.state(1).and_then(|state| state.reals("rent")), Ok(&[2.0, 3.0][..]));
        let [opening, end] = table.ends().unwrap();
        assert_eq!((opening.reals("rent"), end.reals("rent")), (Ok(&[0.0, 1.0][..]), Ok(&[4.0, 5.0][..])));
        assert_eq!(end.names("city"), Ok(vec!["south", "north"]));
        let ticks = table.states().unwrap().into_iter().map(|state| state.integers("tick").unwrap());
        assert_eq!(ticks.collect::<Vec<_>>(), [[0, 0], [1, 1], [3, 3]]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut tables = Tables(vec![cities()]);
        let said = |missing: Option<NotRecorded>| missing.unwrap().to_string();
        assert_eq!(said(tables.get("towns").err()), "there is no table `towns`");
        assert_eq!(said(tables.get_mut("towns").err()), "there is no table `towns`");
        let table = tables.get("cities").unwrap();
        assert_eq!(said(table.all().reals("wage").err()), "table `cities` has no column `wage` of numbers");
        assert_eq!(said(table.all().integers("rent").err()), "table `cities` has no column `rent` of whole numbers");
        assert_eq!(said(table.all().names("tick").err()), "table `cities` has no column `tick` of names");
        assert_eq!(said(table.state(2).err()), "table `cities` has no row of quarter 2");
        let none = Table::new("cities", table.fields.clone(), Vec::new());
        assert_eq!(said(none.ends().err()), "table `cities` has no row of any quarter");
        assert!(none.states().unwrap().is_empty());
    }
}
