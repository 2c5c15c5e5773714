//! The figures and the page of one run.

use std::path::Path;

use figures::{
    Across, Figure, Flow, Flows, Head, Language, Line, Lines, Map, Marks, Messages, Part as Share, Parts, Place, Row,
};
use records::Manifest;
use records::summary::{centre, jobs};
use scenario::Scenario;
use simulation::table::{NotRecorded, Table, Tables};

use crate::fault::ReportError;
use crate::folder;
use crate::geography::places;
use crate::page::{Part, Section, Stat};
use crate::provenance;
use crate::series::{QUARTERS, numbers, table};
use crate::words::quantity;

/// The main figures of a run, from the tables of its folder: shares and incomes over time, maps, industries by place,
/// flows.
///
/// # Errors
/// If a file is missing or damaged.
pub fn figures(path: &Path, messages: &Messages) -> Result<Vec<Figure>, ReportError> {
    let fault = |error| ReportError::Table { path: path.to_owned(), error };
    let scenario = folder::scenario(&path.join("scenario.ron"))?;
    let tables = folder::tables(path)?;
    let all = || -> Result<Vec<Figure>, NotRecorded> {
        let run = Run::of(&tables, &scenario, messages)?;
        let mut found = run.over_time()?;
        found.extend(run.maps()?);
        found.push(run.industries()?);
        found.extend(run.flows()?);
        Ok(found)
    };
    all().map_err(fault)
}

pub(crate) struct Run<'a> {
    tables: &'a Tables,
    messages: &'a Messages,
    places: Vec<Place>,
    centre: usize,
    region: &'a Table,
    years: Vec<f64>,
    source: String,
    /// The region and the years, for subtitles.
    about: String,
}

impl<'a> Run<'a> {
    fn of(tables: &'a Tables, scenario: &Scenario, messages: &'a Messages) -> Result<Self, NotRecorded> {
        let region = tables.get("region")?;
        let years = numbers(region, "year")?;
        let [opening, _] = tables.get("cities")?.ends()?;
        let ends =
            [years.first(), years.last()].map(|year| format!("{:.0}", year.copied().unwrap_or_default().floor()));
        let about = messages.with(
            "page.from_to",
            &[("where", &messages.name("scenario", &scenario.name)), ("from", &ends[0]), ("until", &ends[1])],
        );
        let source = messages.with("page.source_run", &[("seed", &scenario.seed.to_string())]);
        let centre = centre(opening)?;
        Ok(Self { tables, messages, places: places(scenario, messages), centre, region, years, source, about })
    }

    fn head(&self, name: &str, what: &str, more: &str) -> Head {
        let about = if more.is_empty() { self.about.clone() } else { format!("{more}; {}", self.about) };
        Head { name: name.to_owned(), what: what.to_owned(), about, source: self.source.clone() }
    }

    fn lines(&self, name: &str, what: &str, more: &str, unit: &str, lines: Vec<(String, Vec<f64>)>) -> Figure {
        let line = |(at, (label, values)): (usize, (String, Vec<f64>))| Line {
            key: format!("{name}-{at}"),
            name: label,
            colour: at,
            points: self.years.iter().copied().zip(values).collect(),
            fans: Vec::new(),
        };
        let lines = Lines {
            head: self.head(name, what, more),
            unit: unit.to_owned(),
            across: Across::Years,
            lines: lines.into_iter().enumerate().map(line).collect(),
            rules: Vec::new(),
            span: None,
            limits: None,
            change: None,
            differences: false,
        };
        lines.figure(self.messages)
    }

    fn over_time(&self) -> Result<Vec<Figure>, NotRecorded> {
        let region = |key: &str| numbers(self.region, key);
        let yearly = |key: &str| region(key).map(|values| values.iter().map(|value| QUARTERS * value).collect());
        let named = |key: &str| quantity(self.messages, key);
        let line = |key: &str, values: Vec<f64>| (named(key), values);
        let shares = ["urbanisation", "registered_urbanisation"];
        let incomes = ["citizen_income", "migrant_income", "farmer_income"];
        let of = |keys: &[&str], each: &dyn Fn(&str) -> Result<Vec<f64>, NotRecorded>| -> Result<Vec<_>, NotRecorded> {
            keys.iter().map(|key| Ok(line(key, each(key)?))).collect()
        };
        let text = |key: &str| self.messages.text(key).to_owned();
        let person = "constant yuan per person and year";
        Ok(vec![
            self.lines("urban-share", &named("urbanisation"), "", "share", of(&shares, &region)?),
            self.centre_shares()?,
            self.lines("incomes", &named("citizen_income"), &text("page.incomes"), person, of(&incomes, &yearly)?),
            self.lines("output", &named("gdp"), "", "constant yuan per year", of(&["gdp"], &yearly)?),
        ])
    }

    /// The centre's share of jobs by industry: the industry that turns most comes first.
    fn centre_shares(&self) -> Result<Figure, NotRecorded> {
        let mut found: Vec<(String, Vec<f64>)> = Vec::new();
        for state in self.tables.get("sectors")?.states()? {
            for (industry, jobs) in jobs(state)? {
                let all: f64 = jobs.iter().filter(|one| one.is_finite()).sum();
                let share = jobs[self.centre] / all;
                match found.iter_mut().find(|(known, _)| known == industry) {
                    Some((_, values)) => values.push(share),
                    None => found.push((industry.to_owned(), vec![share])),
                }
            }
        }
        found.retain(|(industry, _)| industry != "agriculture" && industry != "government");
        let turn = |values: &[f64]| {
            let (first, last) = (values[0], values[values.len() - 1]);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if high.is_finite() { high - first.max(last) } else { f64::NEG_INFINITY }
        };
        found.sort_by(|one, other| turn(&other.1).total_cmp(&turn(&one.1)));
        let named: Vec<_> =
            found.into_iter().map(|(key, values)| (self.messages.name("industry", &key), values)).collect();
        let first = named.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let city = &self.places[self.centre].name;
        let what = self.messages.with("page.industry_in", &[("industry", &first), ("city", city)]);
        let more = self.messages.with("page.centre_jobs", &[("city", city)]);
        Ok(self.lines("centre-shares", &what, &more, "share", named))
    }

    fn maps(&self) -> Result<Vec<Figure>, NotRecorded> {
        let [opening, end] = self.tables.get("cities")?.ends()?;
        let (urban, all) = (end.reals("urban_population")?, end.reals("population")?);
        let (before, all_before) = (opening.reals("urban_population")?, opening.reals("population")?);
        let share =
            |urban: &[f64], all: &[f64]| -> Vec<f64> { urban.iter().zip(all).map(|(one, all)| one / all).collect() };
        let (now, then) = (share(urban, all), share(before, all_before));
        let change: Vec<f64> = now.iter().zip(&then).map(|(now, then)| now - then).collect();
        let wages: Vec<f64> = end.reals("wage")?.iter().map(|wage| QUARTERS * wage).collect();
        let share = quantity(self.messages, "urbanisation");
        let people = self.messages.text("page.city_people");
        let last = self.years.last().map_or_else(String::new, |year| format!("{:.0}", year.floor()));
        let map = |name: &str, what: &str, unit: &str, rates: Vec<f64>, changes: bool| {
            let marks = Marks::Circles { what: people.to_owned(), unit: "persons".to_owned(), counts: urban.to_vec() };
            let when = if changes { self.about.clone() } else { last.clone() };
            let about = format!("{what}, {when}");
            let head = Head { about, ..self.head(name, what, "") };
            let map = Map { head, unit: unit.to_owned(), places: self.places.clone(), marks, rates, changes };
            map.figure(self.messages)
        };
        let changed = self.messages.with("page.change_of", &[("name", &share)]);
        Ok(vec![
            map("map-urban", &share, "share", now, false),
            map("map-change", &changed, "share", change, true),
            map("map-wage", &quantity(self.messages, "wage"), "constant yuan per worker and year", wages, false),
        ])
    }

    fn industries(&self) -> Result<Figure, NotRecorded> {
        let [_, end] = self.tables.get("sectors")?.ends()?;
        let found: Vec<(&str, Vec<f64>)> =
            jobs(end)?.into_iter().filter(|(industry, _)| *industry != "agriculture").collect();
        let of = |at: usize| -> Vec<f64> {
            let here = |jobs: &Vec<f64>| jobs.get(at).copied().filter(|jobs| jobs.is_finite()).unwrap_or(0.0);
            let jobs: Vec<f64> = found.iter().map(|(_, jobs)| here(jobs)).collect();
            let all: f64 = jobs.iter().sum();
            jobs.iter().map(|jobs| jobs / all).collect()
        };
        let mut rows: Vec<Row> = self
            .places
            .iter()
            .enumerate()
            .map(|(at, place)| Row { name: place.name.clone(), shares: of(at) })
            .collect();
        rows.truncate(ROWS_MAX);
        let part = |(at, (industry, _)): (usize, &(&str, Vec<f64>))| {
            let name = self.messages.name("industry", industry);
            if *industry == "government" { Share::Neutral(name) } else { Share::Colour(name, at) }
        };
        let parts = Parts {
            head: self.head("industries", self.messages.text("page.industries"), self.messages.text("page.city_jobs")),
            parts: found.iter().enumerate().map(part).collect(),
            rows,
            gains: false,
        };
        Ok(parts.figure(self.messages))
    }

    fn flows(&self) -> Result<Option<Figure>, NotRecorded> {
        let Some(flows) = table(self.tables, "flows") else { return Ok(None) };
        let rows = flows.all();
        let (from, to, workers) = (rows.names("from")?, rows.names("to")?, rows.reals("workers")?);
        let keys = self.tables.get("cities")?.ends()?[0].names("city")?;
        let at = |key: &str| keys.iter().position(|one| *one == key).unwrap_or(keys.len());
        let mut all: Vec<Flow> = Vec::new();
        let mut place_of = std::collections::BTreeMap::new();
        for ((from, to), workers) in from.iter().zip(&to).zip(workers) {
            let ends = (at(from), at(to));
            let position = *place_of.entry(ends).or_insert_with(|| {
                all.push(Flow { from: ends.0, to: ends.1, value: 0.0 });
                all.len() - 1
            });
            all[position].value += workers;
        }
        let what = self.messages.text("page.moves");
        let flows = Flows {
            head: self.head("flows", what, self.messages.text("page.largest_moves")),
            unit: "workers".to_owned(),
            places: self.places.clone(),
            elsewhere: Some(self.messages.name("place", "outside")),
            flows: all,
        };
        Ok(Some(flows.figure(self.messages)))
    }
}

/// Places that a figure of rows shows.
pub(crate) const ROWS_MAX: usize = 40;

/// The page of a run.
pub(crate) fn part(path: &Path, manifest: &Manifest, messages: &Messages) -> Result<Part, ReportError> {
    let fault = |error| ReportError::Table { path: path.to_owned(), error };
    let scenario = folder::scenario(&path.join("scenario.ron"))?;
    let tables = folder::tables(path)?;
    let run = Run::of(&tables, &scenario, messages).map_err(fault)?;
    let stats = stats(&run).map_err(fault)?;
    let section = |key: &str, figures: Vec<Figure>| Section {
        title: messages.text(key).to_owned(),
        figures,
        ..Section::default()
    };
    let mut sections = vec![
        section("section.time", run.over_time().map_err(fault)?),
        section("section.places", run.maps().map_err(fault)?),
        section("section.industries", vec![run.industries().map_err(fault)?]),
    ];
    if let Some(flows) = run.flows().map_err(fault)? {
        sections.push(section("section.flows", vec![flows]));
    }
    sections.push(provenance::of_run(path, manifest, messages));
    let title = messages.with("page.title_run", &[("scenario", &messages.name("scenario", &manifest.scenario))]);
    Ok(Part { title, lead: run.about.clone(), stats, sections })
}

/// The headline row: where each quantity starts and ends.
fn stats(run: &Run) -> Result<Vec<Stat>, NotRecorded> {
    let of = |key: &str, unit: &str, factor: f64| -> Result<Stat, NotRecorded> {
        let values: Vec<f64> = numbers(run.region, key)?.iter().map(|value| factor * value).collect();
        let measure = figures::Measure::of(run.messages, unit, values.iter().copied());
        let [start, end] = [values.first(), values.last()].map(|value| value.copied().unwrap_or(f64::NAN));
        let arrow = if run.messages.language() == Language::Chinese { "→" } else { " → " };
        let figure = format!("{}{arrow}{}", measure.level(start), measure.value(end));
        Ok(Stat { figure, name: quantity(run.messages, key) })
    };
    Ok(vec![
        of("urbanisation", "share", 1.0)?,
        of("registered_urbanisation", "share", 1.0)?,
        of("gdp", "constant yuan per year", QUARTERS)?,
        of("real_income", "constant yuan per person and year", QUARTERS)?,
    ])
}
