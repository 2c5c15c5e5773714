//! Region tables: CSV with the columns of a census, one row for each place.
//!
//! Columns carry the base year (`pop_2010`). Only base-year columns are read; others, of later years or of other
//! purposes, are ignored.

mod observed;
mod row;

use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use crate::draft::Draft;
use crate::faults::{Location, Problem, nearest};
use crate::reading::Reading;

pub use observed::{Census, Observed, ObservedPlace, observed};
use row::Table;

/// Largest table that is read.
pub const TABLE_BYTES_MAX: u64 = 256 << 20;
/// Most places that are read.
pub const PLACES_MAX: usize = 65_000;

/// Most columns that a table may have.
const COLUMNS_MAX: usize = 1_000;

/// A column that gives one number of a place.
struct Column {
    /// Name before the year.
    stem: &'static str,
    /// Whether the year follows.
    dated: bool,
    /// Number of the place that it gives.
    gives: &'static str,
    /// What to multiply with.
    factor: f64,
    need: Need,
}

/// What a table without the column, or a row without the cell, is.
#[derive(PartialEq)]
enum Need {
    /// A fault.
    Cell,
    /// A fault without the column; an empty cell falls to a rule.
    Column,
    /// Both fall to a rule.
    Nothing,
}

const fn column(stem: &'static str, gives: &'static str, need: Need) -> Column {
    Column { stem, dated: true, gives, factor: 1.0, need }
}

const fn undated(stem: &'static str, gives: &'static str, need: Need) -> Column {
    Column { stem, dated: false, gives, factor: 1.0, need }
}

const COLUMNS: [Column; 15] = [
    undated("area_km2_computed", "area", Need::Column),
    column("pop", "population", Need::Cell),
    column("urban_pop", "urban_population", Need::Cell),
    column("hukou_pop", "hukou_population", Need::Column),
    column("nonag_hukou_share", "urban_hukou_share", Need::Column),
    column("migrants_other_county_same_prov", "migrants_other_county", Need::Column),
    column("migrants_other_prov", "migrants_other_province", Need::Column),
    Column { stem: "age15_64_pct", dated: true, gives: "working_age_share", factor: 0.01, need: Need::Nothing },
    column("schooling_years", "schooling_years", Need::Nothing),
    undated("service_quality", "service_quality", Need::Nothing),
    undated("urban_land", "urban_land", Need::Nothing),
    undated("service_spending", "service_spending", Need::Nothing),
    undated("amenity", "amenity", Need::Nothing),
    undated("district_share", "district_share", Need::Nothing),
    undated("added_workers", "added_workers", Need::Nothing),
];

const EMPLOYMENT: [&str; 3] = ["emp_share_primary", "emp_share_secondary", "emp_share_tertiary"];

/// The column that gives a number of a place, for faults.
fn column_name(gives: &str, year: u32) -> String {
    match COLUMNS.iter().find(|column| column.gives == gives) {
        Some(column) if column.dated => format!("{}_{year}", column.stem),
        Some(column) => column.stem.to_owned(),
        None if gives == "employment_shares" => format!("{}_{year}", EMPLOYMENT[0]),
        None => gives.to_owned(),
    }
}

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
