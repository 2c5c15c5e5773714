//! One row of a table: cells that hold numbers, and the place that they describe.

use csv::StringRecord;

use crate::draft::{Draft, Origin, place_number};
use crate::faults::{Location, Problem, nearest};
use crate::place::Level;
use crate::reader::strict_number;
use crate::reading::Reading;

use super::columns::{COLUMNS, Column, EMPLOYMENT, Need, column_name};

/// The key of a place: its name in lower case, without what a path could not hold.
pub(super) fn key(pinyin: &str) -> String {
    pinyin.to_lowercase().replace(['.', '='], "").split_whitespace().collect::<Vec<_>>().join("_")
}

/// A table while its rows are read.
pub(super) struct Table<'t> {
    pub(super) label: &'t str,
    pub(super) header: &'t StringRecord,
    pub(super) base_year: u32,
    pub(super) row: StringRecord,
    pub(super) line: u64,
}

impl Table<'_> {
    pub(super) fn dated(&self, stem: &str) -> String {
        format!("{stem}_{}", self.base_year)
    }

    pub(super) fn full_name(&self, column: &Column) -> String {
        if column.dated { self.dated(column.stem) } else { column.stem.to_owned() }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column.trim() == name)
    }

    pub(super) fn cell(&self, name: &str) -> Option<&str> {
        let index = self.header.iter().position(|column| column.trim() == name)?;
        self.row.get(index).map(str::trim).filter(|cell| !cell.is_empty())
    }

    pub(super) fn fault(&self, reading: &mut Reading, column: &str, problem: Problem) {
        let location = Location::Cell { file: self.label.into(), line: self.line, column: column.into() };
        reading.fault_at(location, column, problem);
    }

    pub(super) fn number(
        &self,
        reading: &mut Reading,
        name: &str,
        factor: f64,
        unit: &str,
        limits: (f64, f64),
    ) -> Option<f64> {
        let cell = self.cell(name)?;
        let value = match cell.to_ascii_lowercase().trim_start_matches(['+', '-']) {
            "nan" => Some(f64::NAN),
            "inf" | "infinity" => Some(f64::INFINITY),
            _ => strict_number(cell),
        };
        let Some(value) = value else {
            let found = cell.chars().take(40).collect();
            self.fault(reading, name, Problem::NotNumber { found });
            return None;
        };
        let scaled = if factor == 1.0 { value } else { value * factor };
        if !value.is_finite() {
            self.fault(reading, name, Problem::NotFinite { value });
            return None;
        }
        if scaled < limits.0 || scaled > limits.1 {
            let (low, high) = (limits.0 / factor, limits.1 / factor);
            self.fault(reading, name, Problem::OutOfRange { value, low, high, unit: unit.to_owned() });
            return None;
        }
        Some(scaled)
    }

    pub(super) fn draft(&self, reading: &mut Reading) -> Draft {
        let pinyin = self.cell("name_pinyin");
        if pinyin.is_none() {
            self.fault(reading, "name_pinyin", Problem::EmptyCell);
        }
        let key = key(pinyin.unwrap_or(""));
        let mut draft = Draft::new(
            Origin::Row { file: self.label.to_owned(), line: self.line, column_of: column_name, year: self.base_year },
            key,
        );
        if self.row.len() != self.header.len() {
            let problem = Problem::Ragged { cells: self.row.len(), columns: self.header.len() };
            self.fault(reading, "row", problem);
            draft.spoil_all();
            return draft;
        }
        let code = self.number(reading, "adcode", 1.0, "", (0.0, f64::from(u32::MAX)));
        draft.adcode = code.filter(|code| code.fract() == 0.0).map(|code| code as u32);
        draft.name = self.cell("name_zh").or(pinyin).map(str::to_owned);
        draft.province = self.cell("province_en").map(str::to_owned);
        draft.level = self.level(reading);
        self.coordinates(reading, &mut draft);
        for column in &COLUMNS {
            let name = self.full_name(column);
            if column.need == Need::Cell && self.cell(&name).is_none() {
                self.fault(reading, &name, Problem::EmptyCell);
            }
            let given = place_number(column.gives);
            let value = self.number(reading, &name, column.factor, given.unit, given.limits);
            if value.is_none() && (column.need == Need::Cell || self.cell(&name).is_some()) {
                draft.spoil(column.gives);
            }
            draft.put(column.gives, value);
        }
        let gdp = [format!("gdp_{}_prelim_100m_yuan", self.base_year), format!("gdp_{}_100m_yuan", self.base_year)];
        if let Some(name) = gdp.iter().find(|name| self.cell(name).is_some()) {
            draft.put("gdp", self.number(reading, name, 1.0, "100 million yuan", (0.0, 1e9)));
        }
        self.district_share(reading, &mut draft);
        let shares = EMPLOYMENT.map(|stem| self.number(reading, &self.dated(stem), 1.0, "share", (0.0, 1.0)));
        if let [Some(first), Some(second), Some(third)] = shares {
            draft.employment_shares = Some([first, second, third]);
        }
        draft
    }

    fn coordinates(&self, reading: &mut Reading, draft: &mut Draft) {
        let main = self.cell("main_place_lon").is_some() && self.cell("main_place_lat").is_some();
        let columns = if main { ["main_place_lon", "main_place_lat"] } else { ["centroid_lon", "centroid_lat"] };
        let given = [("longitude", "degrees east", 180.0), ("latitude", "degrees north", 90.0)];
        for (column, (gives, unit, most)) in columns.into_iter().zip(given) {
            if self.cell(column).is_none() {
                self.fault(reading, column, Problem::EmptyCell);
            }
            draft.put(gives, self.number(reading, column, 1.0, unit, (-most, most)));
        }
    }

    /// Share of urban residents in the districts of the city, capped at one.
    fn district_share(&self, reading: &mut Reading, draft: &mut Draft) {
        let districts = self.number(reading, &self.dated("district_urban_pop"), 1.0, "persons", (0.0, 2e9));
        if let (Some(districts), Some(urban), None) =
            (districts, draft.get("urban_population"), draft.get("district_share"))
            && urban > 0.0
        {
            draft.put("district_share", Some((districts / urban).min(1.0)));
        }
    }

    pub(super) fn level(&self, reading: &mut Reading) -> Option<Level> {
        if let Some(cell) = self.cell("level") {
            let level =
                Level::NAMES.iter().find(|name| name.eq_ignore_ascii_case(cell)).and_then(|name| Level::named(name));
            if level.is_none() {
                self.unknown(reading, "level", "level", cell, Level::NAMES);
            }
            return level;
        }
        match self.cell("is_provincial_capital").map(str::to_ascii_lowercase).as_deref() {
            Some("1" | "1.0" | "true" | "yes") => return Some(Level::Centre),
            None | Some("0" | "0.0" | "false" | "no") => {}
            Some(cell) => self.unknown(reading, "is_provincial_capital", "answer", cell, &["0", "1"]),
        }
        Some(match self.cell("unit_type") {
            Some("municipality") => Level::Centre,
            Some("county_level_direct") => Level::County,
            _ => Level::Municipal,
        })
    }

    fn unknown(&self, reading: &mut Reading, column: &str, what: &'static str, cell: &str, known: &[&str]) {
        let problem = Problem::UnknownName {
            what,
            name: cell.chars().take(40).collect(),
            nearest: nearest(cell, known.iter().copied()),
            known: known.iter().map(|name| (*name).to_owned()).collect(),
        };
        self.fault(reading, column, problem);
    }
}
