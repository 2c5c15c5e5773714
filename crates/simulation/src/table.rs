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

/// A value of a row, for [`Table::push`].
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

    /// The numbers of a column of [`Kind::Real`].
    #[must_use]
    pub fn reals(&self) -> Option<&[f64]> {
        if let Self::Real(column) = self { Some(column) } else { None }
    }

    /// The numbers of a column of [`Kind::Integer`].
    #[must_use]
    pub fn integers(&self) -> Option<&[i64]> {
        if let Self::Integer(column) = self { Some(column) } else { None }
    }

    /// The names of a column of [`Kind::Name`], as indices into [`Table::names`].
    #[must_use]
    pub fn names(&self) -> Option<&[u32]> {
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

    /// Adds a row.
    ///
    /// # Panics
    /// If the cells do not match the fields in number and kind.
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

impl Tables {
    /// The table of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|table| table.name == name)
    }

    /// The table of a name, to be filled.
    #[must_use]
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.0.iter_mut().find(|table| table.name == name)
    }
}
