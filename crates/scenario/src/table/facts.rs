//! Facts of a whole region, out of columns that a table may have.

use csv::{ReaderBuilder, StringRecord};

use crate::reading::Reading;

use super::TABLE_BYTES_MAX;
use super::row::Table;

/// A field of a scenario that holds a fact of the region.
pub(crate) struct Fact {
    /// The block.
    pub(crate) block: &'static str,
    /// The field.
    pub(crate) field: &'static str,
    /// Column of the table, before the year.
    pub(crate) column: &'static str,
    /// Unit of the column.
    unit: &'static str,
    limits: (f64, f64),
    /// What a place counts for, if it is known.
    weight: fn(&Table<'_>, &mut Reading) -> Option<f64>,
    /// Whether cells are amounts, to be divided by the weights; else means, to be weighted.
    amount: bool,
    /// From the column's unit to the field's.
    factor: f64,
    /// The nation's figure in the unit of the column, and where it comes from: for tables without the column.
    pub(crate) national: Option<(f64, &'static str)>,
}

/// Facts that columns of a table give.
pub(crate) const FACTS: [Fact; 3] = [
    Fact {
        block: "money",
        field: "farm_income",
        column: "rural_income",
        unit: "yuan per rural person and year",
        limits: (1e-3, 1e9),
        weight: rural,
        amount: false,
        factor: 0.25,
        national: Some((
            5919.0,
            "net income of rural households in China in 2010, 5,919 yuan a head and year (national communique, recalled)",
        )),
    },
    Fact {
        block: "initial",
        field: "participation",
        column: "labour_force",
        unit: "persons",
        limits: (0.0, 2e9),
        weight: of_working_age,
        amount: true,
        factor: 1.0,
        national: None,
    },
    Fact {
        block: "initial",
        field: "arable_per_head",
        column: "arable_km2",
        unit: "km2",
        limits: (0.0, 1e7),
        weight: rural,
        amount: true,
        factor: 1000.0,
        national: None,
    },
];

/// What a table says of a region, fact by fact; none where it has no such column, or no row with all that is needed.
pub(crate) fn read(
    reading: &mut Reading,
    path: &std::path::Path,
    label: &str,
    base_year: u32,
    wanted: &[&Fact],
) -> Vec<Option<f64>> {
    let Ok(content) = reading.files.read(path, TABLE_BYTES_MAX) else { return wanted.iter().map(|_| None).collect() };
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let header = rows.headers().cloned().unwrap_or_default();
    let mut table = Table { label, header: &header, base_year, row: StringRecord::new(), line: 1 };
    let mut found: Vec<Vec<[f64; 2]>> = wanted.iter().map(|_| Vec::new()).collect();
    let present: Vec<bool> = wanted.iter().map(|fact| table.has(&table.dated(fact.column))).collect();
    if present.contains(&true) {
        for row in rows.records().map_while(Result::ok) {
            table.line = row.position().map_or(0, csv::Position::line);
            table.row = row;
            for ((fact, _), cells) in wanted.iter().zip(&present).zip(&mut found).filter(|((_, here), _)| **here) {
                let name = table.dated(fact.column);
                let value = table.number(reading, &name, 1.0, fact.unit, fact.limits);
                // Faults of these columns are reported where the rows are read.
                let weight = (fact.weight)(&table, &mut Reading::default()).filter(|weight| *weight > 0.0);
                cells.extend(value.zip(weight).map(|(value, weight)| [value, weight]));
            }
        }
    }
    wanted.iter().zip(found).map(|(fact, cells)| fact.of_region(&cells)).collect()
}

impl Fact {
    /// The figure of the region, out of values and weights of its places.
    fn of_region(&self, cells: &[[f64; 2]]) -> Option<f64> {
        let first = cells.first()?[0];
        let weights: f64 = cells.iter().map(|[_, weight]| weight).sum();
        let sum: f64 = cells.iter().map(|[value, weight]| if self.amount { *value } else { value * weight }).sum();
        // A fact that is the same in every row is taken as it is, without the rounding of a mean.
        let same = !self.amount && cells.iter().all(|[value, _]| *value == first);
        Some(self.factor * if same { first } else { sum / weights })
    }

    /// The nation's figure in the unit of the field.
    pub(crate) fn fallback(&self) -> Option<(f64, &'static str)> {
        self.national.map(|(value, source)| (self.factor * value, source))
    }
}

fn people(table: &Table<'_>, reading: &mut Reading, stem: &str) -> Option<f64> {
    table.number(reading, &table.dated(stem), 1.0, "persons", (0.0, 2e9))
}

fn rural(table: &Table<'_>, reading: &mut Reading) -> Option<f64> {
    Some(people(table, reading, "pop")? - people(table, reading, "urban_pop")?)
}

fn of_working_age(table: &Table<'_>, reading: &mut Reading) -> Option<f64> {
    let share = table.number(reading, &table.dated("age15_64_pct"), 0.01, "share", (0.0, 1.0))?;
    Some(people(table, reading, "pop")? * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn found(text: &str) -> (Vec<Option<f64>>, Option<String>) {
        let mut reading = Reading::default();
        reading.files.give(Path::new("t.csv"), text);
        let wanted: Vec<&Fact> = FACTS.iter().collect();
        let found = read(&mut reading, Path::new("t.csv"), "t.csv", 2010, &wanted);
        (found, reading.faults.into_faults().map(|faults| faults.to_string()))
    }

    #[test]
    fn facts_are_those_of_hand_arithmetic() {
        // 4,000 and 8,000 yuan over 300 and 100 rural people: 5,000 a year. 90 + 60 workers of 400·.5 + 200·.5 people of
        // working age. 1.2 km² over 400 rural people.
        let text = "pop_2010,urban_pop_2010,age15_64_pct_2010,rural_income_2010,labour_force_2010,arable_km2_2010\n\
                    400,100,50,4000,90,0.9\n200,100,50,8000,60,0.3\n";
        let (found, faults) = found(text);
        assert_eq!(faults, None);
        assert_eq!(found[0], Some(1250.0));
        assert!((found[1].unwrap() - 0.5).abs() < 1e-12 && (found[2].unwrap() - 3.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_fact_that_every_row_repeats_is_not_rounded() {
        let rows: String = (1..60).map(|at| format!("{},{},5524\n", at * 7919, at * 101)).collect();
        assert_eq!(found(&format!("pop_2010,urban_pop_2010,rural_income_2010\n{rows}")).0[0], Some(1381.0));
    }

    #[test]
    fn what_a_table_lacks_is_no_fact_and_what_is_no_number_a_fault() {
        assert_eq!(found("pop_2010,urban_pop_2010\n5,1\n"), (vec![None; 3], None));
        let (values, faults) = found("pop_2010,urban_pop_2010,rural_income_2010\n5,1,much\n");
        assert_eq!(values[0], None);
        assert!(faults.unwrap().contains("t.csv:2:rural_income_2010"));
    }
}
