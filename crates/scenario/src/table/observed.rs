//! Observed figures: who lived where in each census year of a region table. A run never reads them; scoring does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use crate::faults::{Faults, Location, Problem, nearest};
use crate::place::Level;
use crate::reading::Reading;

use super::row::{Table, key};
use super::{PLACES_MAX, TABLE_BYTES_MAX};

/// Limits of numbers of people (persons).
const PERSONS: (f64, f64) = (0.0, 2e9);
const POPULATION: &str = "pop";
const URBAN: &str = "urban_pop";
const MIGRANTS: [&str; 2] = ["migrants_other_county_same_prov", "migrants_other_prov"];

/// The places of a table and what censuses found there.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Years with a population and an urban population, in order.
    pub years: Vec<u32>,
    /// Places, in the order of the table.
    pub places: Vec<ObservedPlace>,
}

/// A place and what censuses found there.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedPlace {
    /// Key, as scenarios have it.
    pub key: String,
    /// Province, as column `province_en` has it; empty where the table has none.
    pub province: String,
    /// Level.
    pub level: Level,
    /// Figures by year; none where a cell is empty.
    pub censuses: BTreeMap<u32, Census>,
}

/// What a census found in a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Census {
    /// Residents (persons).
    pub population: f64,
    /// Residents of the city (persons).
    pub urban_population: f64,
    /// Residents who are registered in another county or province (persons), if the table has both.
    pub in_migrants: Option<f64>,
}

/// Reads the observed figures of a region table: `name_pinyin`, and `pop_…` and `urban_pop_…` of every census year.
///
/// # Errors
/// Every fault of the columns that are read, each with its place.
pub fn observed(path: &Path) -> Result<Observed, Faults> {
    reported(path, |reading, label| {
        let content = content(reading, path, label)?;
        read(reading, &content, label)
    })
}

/// What a reading gives, or its faults.
pub(super) fn reported<T>(path: &Path, read: impl FnOnce(&mut Reading, &str) -> Option<T>) -> Result<T, Faults> {
    let mut reading = Reading::default();
    let label = path.to_string_lossy().into_owned();
    let found = read(&mut reading, &label);
    match (reading.faults.into_faults(), found) {
        (Some(faults), _) => Err(faults),
        (None, Some(found)) => Ok(found),
        (None, None) => {
            let problem = Problem::Unreadable { reason: "nothing in it could be read".into() };
            Err(Faults::of(Location::File { file: label }, problem))
        }
    }
}

/// The text of a table.
pub(super) fn content(reading: &mut Reading, path: &Path, label: &str) -> Option<String> {
    let content = reading.files.read(path, TABLE_BYTES_MAX);
    content.map_err(|problem| reading.fault_at(Location::File { file: label.to_owned() }, "", problem)).ok()
}

pub(super) fn read(reading: &mut Reading, content: &str, label: &str) -> Option<Observed> {
    let file = || Location::File { file: label.to_owned() };
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(content.as_bytes());
    let header = rows.headers().cloned().unwrap_or_default();
    let years = check_header(reading, label, &header)?;
    let mut table = Table { label, header: &header, base_year: 0, row: StringRecord::new(), line: 1 };
    let mut places = Vec::new();
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).unwrap_or(false) {
        if places.len() == PLACES_MAX {
            let problem = Problem::TooMany { what: "places or more", count: PLACES_MAX + 1, count_max: PLACES_MAX };
            reading.fault_at(file(), "", problem);
            return None;
        }
        table.line = row.position().map_or(0, csv::Position::line);
        std::mem::swap(&mut table.row, &mut row);
        places.extend(place(reading, &table, &years));
    }
    if places.is_empty() {
        reading.fault_at(file(), "", Problem::Nothing { what: "row of data" });
        return None;
    }
    separate_names(reading, label, &mut places);
    Some(Observed { years, places: places.into_iter().map(|(place, ..)| place).collect() })
}

/// The census years of a header; a fault if there are none.
fn check_header(reading: &mut Reading, label: &str, header: &StringRecord) -> Option<Vec<u32>> {
    let names: BTreeSet<&str> = header.iter().map(str::trim).collect();
    let has = |name: &str| names.contains(name);
    let location = |column: &str| Location::Cell { file: label.to_owned(), line: 1, column: column.to_owned() };
    let year = |name: &&str| name.strip_prefix("pop_").filter(|year| year.len() == 4)?.parse::<u32>().ok();
    let years: Vec<u32> = names.iter().filter_map(year).filter(|year| has(&format!("{URBAN}_{year}"))).collect();
    let mut sound = true;
    let mut missing = |name: &str| {
        let near = nearest(name, names.iter().copied());
        reading.fault_at(location(name), "", Problem::MissingColumn { name: name.to_owned(), nearest: near });
        sound = false;
    };
    if !has("name_pinyin") {
        missing("name_pinyin");
    }
    if years.is_empty() {
        missing("pop_2020");
        missing("urban_pop_2020");
    }
    sound.then_some(years)
}

/// A place, its province and its line.
fn place(reading: &mut Reading, table: &Table<'_>, years: &[u32]) -> Option<(ObservedPlace, String, u64)> {
    let Some(pinyin) = table.cell("name_pinyin") else {
        table.fault(reading, "name_pinyin", Problem::EmptyCell);
        return None;
    };
    if table.row.len() != table.header.len() {
        let problem = Problem::Ragged { cells: table.row.len(), columns: table.header.len() };
        table.fault(reading, "row", problem);
        return None;
    }
    let mut censuses = BTreeMap::new();
    for year in years {
        let mut number = |stem: &str| table.number(reading, &format!("{stem}_{year}"), 1.0, "persons", PERSONS);
        let (population, urban) = (number(POPULATION), number(URBAN));
        let migrants = MIGRANTS.map(&mut number);
        let (Some(population), Some(urban_population)) = (population, urban) else { continue };
        if urban_population > population {
            let (part, whole) = ("the urban population", "the population");
            let problem = Problem::Exceeds { part, part_value: urban_population, whole, whole_value: population };
            table.fault(reading, &format!("{URBAN}_{year}"), problem);
        }
        let in_migrants = match migrants {
            [Some(county), Some(province)] => Some(county + province),
            _ => None,
        };
        censuses.insert(*year, Census { population, urban_population, in_migrants });
    }
    let level = table.level(reading).unwrap_or(Level::Municipal);
    let name = table.cell("province_en").unwrap_or("").to_owned();
    let province = name.to_lowercase().replace(' ', "_");
    Some((ObservedPlace { key: key(pinyin), province: name, level, censuses }, province, table.line))
}

/// Places of one name in several provinces get the province added, as scenarios have it.
fn separate_names(reading: &mut Reading, label: &str, places: &mut [(ObservedPlace, String, u64)]) {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (place, ..)) in places.iter().enumerate() {
        by_key.entry(place.key.clone()).or_default().push(index);
    }
    for (key, indices) in by_key.into_iter().filter(|(_, indices)| indices.len() > 1) {
        let provinces: BTreeSet<&str> = indices.iter().map(|index| places[*index].1.as_str()).collect();
        if provinces.len() == indices.len() && !provinces.contains("") {
            for index in indices {
                places[index].0.key = format!("{key}_{}", places[index].1);
            }
            continue;
        }
        for other in &indices[1..] {
            let location =
                Location::Cell { file: label.to_owned(), line: places[*other].2, column: "name_pinyin".into() };
            let first = format!("line {}", places[indices[0]].2);
            reading.fault_at(location, "name_pinyin", Problem::Duplicate { what: "place", name: key.clone(), first });
        }
    }
}
