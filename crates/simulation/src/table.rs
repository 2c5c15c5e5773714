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
