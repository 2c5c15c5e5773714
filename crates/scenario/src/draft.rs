//! Places as they are given: some numbers known, the rest left to rules.

use crate::faults::{Location, Problem};
use crate::place::{Coordinates, Level};
use crate::reader::{Node, Tree};
use crate::texts::Span;

use crate::reading::{Fields, Reading, join, optional, sourced};

/// Where a place is given.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// Inline.
    Inline(Span),
    /// A row of a table.
    Row {
        /// File as named by the user.
        file: String,
        /// Line, from 1.
        line: u64,
        /// The column that gives a number of a place.
        column_of: fn(&str, u32) -> String,
        /// Year that the columns carry.
        year: u32,
    },
}

/// A place before gaps are filled.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) origin: Origin,
    pub(crate) key: String,
    /// Key before a province was added, if one was.
    pub(crate) short: Option<String>,
    pub(crate) adcode: Option<u32>,
    pub(crate) name: Option<String>,
    pub(crate) province: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) numbers: [Option<f64>; NUMBERS.len()],
    /// Numbers that were given and are faulty: faults that follow from them are not reported again.
    pub(crate) faulty: [bool; NUMBERS.len()],
    pub(crate) employment_shares: Option<[f64; 3]>,
    pub(crate) endowment: Option<Vec<f64>>,
}

/// A number of a place: name in files, unit, limits.
pub(crate) struct PlaceNumber {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) limits: (f64, f64),
}

const fn number(name: &'static str, unit: &'static str, low: f64, high: f64) -> PlaceNumber {
    PlaceNumber { name, unit, limits: (low, high) }
}

const PERSONS: f64 = 2e9;

/// The numbers of a place. The first two are the coordinates, `x` and `y` where those are kilometres.
pub(crate) const NUMBERS: [PlaceNumber; 18] = [
    number("longitude", "degrees east", -180.0, 180.0),
    number("latitude", "degrees north", -90.0, 90.0),
    number("area", "km2", 0.01, 2e7),
    number("urban_land", "km2", 0.01, 2e7),
    number("population", "persons", 0.0, PERSONS),
    number("urban_population", "persons", 0.0, PERSONS),
    number("district_share", "share of urban residents", 0.0, 1.0),
    number("hukou_population", "persons", 0.0, PERSONS),
    number("urban_hukou_share", "share", 0.0, 1.0),
    number("migrants_other_county", "persons", 0.0, PERSONS),
    number("migrants_other_province", "persons", 0.0, PERSONS),
    number("working_age_share", "share", 0.01, 1.0),
    number("schooling_years", "years", 0.0, 25.0),
    number("gdp", "100 million yuan", 0.0, 1e9),
    number("service_quality", "index", 0.01, 100.0),
    number("service_spending", "multiple", 0.0, 100.0),
    number("amenity", "utility", -20.0, 20.0),
    number("added_workers", "worker agents", 0.0, 2e9),
];

/// Index of a number by name; the names are those of [`NUMBERS`].
pub(crate) fn index_of(name: &str) -> usize {
    NUMBERS.iter().position(|number| number.name == name).unwrap_or(0)
}

/// A number of a place by name.
pub(crate) fn place_number(name: &str) -> &'static PlaceNumber {
    &NUMBERS[index_of(name)]
}

impl Draft {
    pub(crate) fn new(origin: Origin, key: String) -> Draft {
        Draft {
            origin,
            key,
            short: None,
            adcode: None,
            name: None,
            province: None,
            level: None,
            numbers: [None; NUMBERS.len()],
            faulty: [false; NUMBERS.len()],
            employment_shares: None,
            endowment: None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.numbers[index_of(name)]
    }

    pub(crate) fn put(&mut self, name: &str, value: Option<f64>) {
        self.numbers[index_of(name)] = value;
    }

    /// Marks a number as given and faulty.
    pub(crate) fn spoil(&mut self, name: &str) {
        self.faulty[index_of(name)] = true;
    }

    /// Marks every number as faulty, because the cells cannot be matched to columns.
    pub(crate) fn spoil_all(&mut self) {
        self.faulty = [true; NUMBERS.len()];
    }

    /// Whether any of these numbers was given and is faulty.
    pub(crate) fn is_faulty(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.faulty[index_of(name)])
    }

    /// Reports a fault of this place.
    pub(crate) fn fault(&self, reading: &mut Reading, column: &str, problem: Problem) {
        let path = join("places", &self.key);
        match &self.origin {
            Origin::Inline(at) => reading.fault(*at, &path, problem),
            Origin::Row { file, line, column_of, year } => {
                let location = Location::Cell { file: file.clone(), line: *line, column: column_of(column, *year) };
                reading.fault_at(location, &path, problem);
            }
        }
    }

    /// Where the place is given, in words.
    pub(crate) fn written_at(&self, reading: &Reading) -> String {
        match &self.origin {
            Origin::Inline(at) => format!("line {}", reading.texts.line(*at)),
            Origin::Row { line, .. } => format!("line {line}"),
        }
    }

    /// Takes over every field that is given in a bracket.
    pub(crate) fn fill(
        &mut self,
        reading: &mut Reading,
        fields: &mut Fields<'_>,
        coordinates: Coordinates,
        industries: &[String],
    ) {
        if let Some(node) = fields.take_optional("adcode") {
            let code = reading.whole(node, &fields.path("adcode"), (0.0, f64::from(u32::MAX)), "");
            self.adcode = code.map(|code| code as u32).or(self.adcode);
        }
        if let Some(node) = fields.take("name") {
            self.name = reading.text(node, &fields.path("name")).or(self.name.take());
        }
        if let Some(node) = fields.take("province") {
            self.province = reading.text(node, &fields.path("province")).or(self.province.take());
        }
        if let Some(node) = fields.take("level") {
            let level = reading.choice(node, &fields.path("level"), "level", Level::NAMES);
            self.level = level.and_then(Level::named).or(self.level);
        }
        for (index, number) in NUMBERS.iter().enumerate() {
            let (name, unit, limits) = match (coordinates, index) {
                (Coordinates::Kilometres, 0) => ("x", "km", (-1e6, 1e6)),
                (Coordinates::Kilometres, 1) => ("y", "km", (-1e6, 1e6)),
                _ => (number.name, number.unit, number.limits),
            };
            let path = fields.path(name);
            let Some(given) = fields.take(name) else {
                continue;
            };
            let Some(node) = optional(given) else {
                self.numbers[index] = None;
                continue;
            };
            let (node, source) = sourced(reading, node, &path);
            let value = match name {
                "added_workers" => reading.whole(node, &path, limits, unit),
                _ => reading.number(node, &path, limits, unit),
            };
            if source != crate::parameters::Source::User {
                reading.sources.insert(path, source);
            }
            self.faulty[index] = value.is_none();
            self.numbers[index] = value.or(self.numbers[index]);
        }
        if let Some(node) = fields.take("employment_shares") {
            let path = fields.path("employment_shares");
            let shares = numbers(reading, node, &path, 3, "agriculture, industry, services", (0.0, 1.0));
            self.employment_shares = shares.and_then(|shares| shares.try_into().ok()).or(self.employment_shares);
        }
        if let Some(node) = fields.take("endowment") {
            let path = fields.path("endowment");
            self.endowment = endowment(reading, node, &path, industries, self.endowment.take());
        }
    }
}

/// Multiples of productivity, as a list in the order of the industries or by their names.
fn endowment(
    reading: &mut Reading,
    node: &Node,
    path: &str,
    industries: &[String],
    before: Option<Vec<f64>>,
) -> Option<Vec<f64>> {
    const LIMITS: (f64, f64) = (1e-6, 1e6);
    let Tree::Struct(None, entries) = &node.tree else {
        return numbers(reading, node, path, industries.len(), "industry", LIMITS).or(before);
    };
    let mut endowment = before.unwrap_or_else(|| vec![1.0; industries.len()]);
    for entry in entries {
        match industries.iter().position(|industry| **industry == *entry.name) {
            Some(index) => {
                let value = reading.number(&entry.node, &join(path, &entry.name), LIMITS, "multiple");
                if let (Some(value), Some(slot)) = (value, endowment.get_mut(index)) {
                    *slot = value;
                }
            }
            None => {
                reading.unknown(entry.name_at, path, "industry", &entry.name, industries.iter().map(String::as_str));
            }
        }
    }
    Some(endowment)
}

/// A list of so many numbers within limits.
fn numbers(
    reading: &mut Reading,
    node: &Node,
    path: &str,
    length: usize,
    of: &'static str,
    limits: (f64, f64),
) -> Option<Vec<f64>> {
    let nodes = match &node.tree {
        Tree::Tuple(None, nodes) => nodes,
        _ => reading.list(node, path, "numbers")?,
    };
    if nodes.len() != length {
        reading.fault(node.at, path, Problem::Length { expected: length, found: nodes.len(), of });
        return None;
    }
    let values: Vec<Option<f64>> =
        nodes.iter().enumerate().map(|(index, node)| reading.number(node, &join(path, index), limits, "")).collect();
    values.into_iter().collect()
}
