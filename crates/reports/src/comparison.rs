//! The figures and the page of a comparison.

use std::path::Path;

use figures::{Figure, Head, Measure, Messages, Place};
use scenario::Scenario;
use serde_json::{Map, Value};
use simulation::table::{NotRecorded, Tables};

use crate::effects::{costs, effects, maps, over_time};
use crate::fault::ReportError;
use crate::folder;
use crate::gains::{fifths, gains, reconciliation};
use crate::geography::places;
use crate::page::{Part, Section, Stat};
use crate::provenance;
use crate::series::{numbers, of_policy, table};
use crate::words::quantity;

/// One policy of a comparison, with all that its figures need.
pub(crate) struct Of<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) scenario: &'a Scenario,
    pub(crate) messages: &'a Messages,
    pub(crate) places: Vec<Place>,
    pub(crate) policy: &'a str,
    /// Its number among policies, for names of figures.
    number: usize,
    /// Dates at which it changes anything.
    pub(crate) reforms: Vec<f64>,
    seeds: usize,
}

impl Of<'_> {
    pub(crate) fn head(&self, name: &str, what: &str, about: &str) -> Head {
        let name = if self.number == 0 { name.to_owned() } else { format!("{name}-{}", self.number + 1) };
        let values = [("seeds", self.seeds.to_string()), ("policy", self.policy.to_owned())];
        let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let place = self.messages.name("scenario", &self.scenario.name);
        Head {
            name,
            what: what.to_owned(),
            about: format!("{about}; {place}, {}", self.policy),
            source: self.messages.with("page.source_comparison", &values),
        }
    }

    fn figures(&self) -> Result<Vec<Figure>, NotRecorded> {
        let mut found: Vec<Figure> = gains(self)?.into_iter().collect();
        found.extend(reconciliation(self)?);
        found.extend(over_time(self)?);
        found.extend(maps(self)?);
        found.extend(fifths(self)?);
        found.extend(costs(self)?);
        Ok(found)
    }
}

/// The policies of a comparison in their order.
fn policies(tables: &Tables) -> Result<Vec<&str>, NotRecorded> {
    let mut names = tables.get("effects")?.all().names("policy")?;
    names.dedup();
    Ok(names)
}

/// Pairs of runs.
fn seeds(tables: &Tables) -> usize {
    let pairs = table(tables, "effects").and_then(|table| numbers(table, "pairs").ok()).unwrap_or_default();
    pairs.iter().copied().fold(0.0, f64::max) as usize
}

fn each<'a>(
    tables: &'a Tables,
    base: &'a Scenario,
    worlds: &[Scenario],
    messages: &'a Messages,
) -> Result<Vec<Of<'a>>, NotRecorded> {
    let places = places(base, messages);
    let of = |(number, policy): (usize, &'a str)| {
        let changes = worlds.get(number).map(|world| ensembles::compare::changes(&base.levers, &world.levers));
        let start = f64::from(base.start);
        let mut reforms: Vec<f64> =
            changes.into_iter().flatten().map(|change| change.from).filter(|at| *at > start).collect();
        reforms.sort_by(f64::total_cmp);
        reforms.dedup();
        Of { tables, scenario: base, messages, places: places.clone(), policy, number, reforms, seeds: seeds(tables) }
    };
    Ok(policies(tables)?.into_iter().enumerate().map(of).collect())
}

/// The main figures of a comparison, from its tables; `worlds` are the scenarios with each policy.
///
/// # Errors
/// If a table lacks a column.
pub fn figures(
    tables: &Tables,
    base: &Scenario,
    worlds: &[Scenario],
    messages: &Messages,
) -> Result<Vec<Figure>, NotRecorded> {
    let mut found = Vec::new();
    for of in each(tables, base, worlds, messages)? {
        found.extend(of.figures()?);
    }
    Ok(found)
}

/// The page of a comparison.
pub(crate) fn part(path: &Path, manifest: &Map<String, Value>, messages: &Messages) -> Result<Part, ReportError> {
    let fault = |error| ReportError::Table { path: path.to_owned(), error };
    let base = folder::scenario(&path.join("base.ron"))?;
    let mut worlds = Vec::new();
    while let Some(world) = Some(path.join(format!("world-{}.ron", worlds.len() + 1))).filter(|path| path.is_file()) {
        worlds.push(folder::scenario(&world)?);
    }
    let tables = folder::tables(path)?;
    let mut stats = Vec::new();
    let mut sections = Vec::new();
    let every = each(&tables, &base, &worlds, messages).map_err(fault)?;
    for of in &every {
        if stats.is_empty() {
            stats = headline(of).map_err(fault)?;
        }
        let title = |key: &str| {
            let section = messages.text(key);
            if every.len() > 1 { format!("{}: {section}", of.policy) } else { section.to_owned() }
        };
        let mut put = |key: &str, figures: Vec<Figure>| {
            if !figures.is_empty() {
                sections.push(Section { title: title(key), figures, ..Section::default() });
            }
        };
        put("section.people", gains(of).map_err(fault)?.into_iter().chain(fifths(of).map_err(fault)?).collect());
        put("section.reconciliation", reconciliation(of).map_err(fault)?.into_iter().collect());
        put("section.places", maps(of).map_err(fault)?);
        put("section.time", over_time(of).map_err(fault)?);
        put("section.cost", costs(of).map_err(fault)?.into_iter().collect());
        let table = effects(of).map_err(fault)?;
        let about = messages.text("page.effects_about").to_owned();
        sections.push(Section {
            title: title("section.effects"),
            words: about,
            tables: vec![table],
            ..Section::default()
        });
    }
    sections.push(provenance::of_comparison(path, manifest, messages));
    let scenario = messages.name("scenario", &base.name);
    let names: Vec<&str> = every.iter().map(|of| of.policy).collect();
    let title = messages.with("page.title_comparison", &[("policy", &names.join(", ")), ("scenario", &scenario)]);
    let lead = messages.with("page.lead_comparison", &[("seeds", &seeds(&tables).to_string())]);
    Ok(Part { title, lead, stats, sections })
}

/// The headline row of a policy: effects in words.
fn headline(of: &Of) -> Result<Vec<Stat>, NotRecorded> {
    let effects = of.tables.get("effects")?;
    let rows = effects.all();
    let (quantities, units) = (rows.names("quantity")?, rows.names("unit")?);
    let [base, effect, low, high] = ["base", "effect", "low", "high"].map(|name| numbers(effects, name));
    let (base, effect, low, high) = (base?, effect?, low?, high?);
    let of_rows = of_policy(effects, of.policy)?;
    let stat = |key: &str| {
        let row = of_rows.iter().copied().find(|row| quantities[*row] == key && effect[*row].is_finite())?;
        let measure = Measure::of(of.messages, units[row], [base[row], effect[row]]).for_changes([effect[row]]);
        let clear = effect[row] == 0.0 || low[row] > 0.0 || high[row] < 0.0;
        let unclear = if clear { "" } else { of.messages.text("page.unclear") };
        let interval = if low[row].is_finite() {
            format!(" ({} … {})", measure.change(low[row]), measure.change(high[row]))
        } else {
            String::new()
        };
        let name = format!("{}{interval}{unclear}", quantity(of.messages, key));
        Some(Stat { figure: measure.signed(effect[row]), name })
    };
    Ok(["urbanisation", "gdp", "real_income", "equivalent_variation"].into_iter().filter_map(stat).collect())
}
