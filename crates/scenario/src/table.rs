//! Region tables: CSV with the columns of a census, one row for each place.
//!
//! Columns carry the base year (`pop_2010`). Only base-year columns are read; others, of later years or of other
//! purposes, are ignored.

mod columns;
pub(crate) mod facts;
mod observed;
mod provinces;
mod row;

use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use crate::draft::Draft;
use crate::faults::{Location, Problem, nearest};
use crate::reading::Reading;

use columns::{COLUMNS, EMPLOYMENT, Need};
pub use observed::{Census, Observed, ObservedPlace, observed};
pub use provinces::{ProvinceTable, provinces};
use row::Table;

/// Largest table that is read.
pub const TABLE_BYTES_MAX: u64 = 256 << 20;
/// Most places that are read.
pub const PLACES_MAX: usize = 65_000;

/// Most columns that a table may have.
const COLUMNS_MAX: usize = 1_000;

/// The places of a table; `None` if it cannot be used at all.
pub(crate) fn read(reading: &mut Reading, path: &Path, label: &str, base_year: u32) -> Option<Vec<Draft>> {
    let file = |file: &str| Location::File { file: file.to_owned() };
    let content = match reading.files.read(path, TABLE_BYTES_MAX) {
        Ok(content) => content,
        Err(problem) => {
            reading.fault_at(file(label), "region", problem);
            return None;
        }
    };
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let header = rows.headers().cloned().unwrap_or_default();
    if header.len() > COLUMNS_MAX {
        let problem = Problem::TooMany { what: "columns", count: header.len(), count_max: COLUMNS_MAX };
        reading.fault_at(file(label), "region", problem);
        return None;
    }
    let mut table = Table { label, header: &header, base_year, row: StringRecord::new(), line: 1 };
    if !table.check_header(reading) {
        return None;
    }
    let mut drafts = Vec::new();
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).unwrap_or(false) {
        if drafts.len() == PLACES_MAX {
            let what = "places or more";
            reading.fault_at(
                file(label),
                "region",
                Problem::TooMany { what, count: PLACES_MAX + 1, count_max: PLACES_MAX },
            );
            return None;
        }
        table.line = row.position().map_or(0, csv::Position::line);
        std::mem::swap(&mut table.row, &mut row);
        drafts.push(table.draft(reading));
    }
    if drafts.is_empty() {
        reading.fault_at(file(label), "region", Problem::Nothing { what: "row of data" });
        return None;
    }
    Some(drafts)
}

impl Table<'_> {
    /// Reports columns that are missing or there twice; says whether rows can be read at all.
    fn check_header(&self, reading: &mut Reading) -> bool {
        let location = |column: &str| Location::Cell { file: self.label.into(), line: 1, column: column.into() };
        let mut needed = vec!["name_pinyin".to_owned()];
        needed
            .extend(COLUMNS.iter().filter(|column| column.need != Need::Nothing).map(|column| self.full_name(column)));
        needed.extend(EMPLOYMENT.iter().map(|stem| self.dated(stem)));
        if !(self.has("main_place_lon") && self.has("main_place_lat")) {
            needed.extend(["centroid_lon".to_owned(), "centroid_lat".to_owned()]);
        }
        let mut sound = true;
        for name in &needed {
            if !self.has(name) {
                let near = nearest(
                    name,
                    self.header.iter().map(str::trim).filter(|column| !needed.iter().any(|known| known == column)),
                );
                let problem = Problem::MissingColumn { name: name.clone(), nearest: near };
                reading.fault_at(location(name), "region", problem);
                sound = false;
            }
        }
        let mut names: Vec<&str> = self.header.iter().map(str::trim).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        let mut twice: Vec<&str> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        for name in twice {
            let problem = Problem::Duplicate { what: "column", name: name.to_owned(), first: "the header".into() };
            reading.fault_at(location(name), "region", problem);
        }
        sound
    }
}
