//! Resolved scenarios: everything said, nothing left to defaults, tables or policies.
//!
//! Loading the text gives an equal scenario, and writing that out gives the same bytes.

use std::fmt::Write;

use crate::draft::NUMBERS;
use crate::industry::Industry;
use crate::load::Loaded;
use crate::parameters::{Block, Value};
use crate::place::{Coordinates, Place};
use crate::written::{Sources, dates, list, plain, quoted, with_source};

impl Loaded {
    /// The scenario in full as RON, with the source of every number that has one.
    pub fn to_ron(&self) -> String {
        let scenario = &self.scenario;
        let mut out = Writer { text: String::new(), sources: &self.sources };
        out.line(0, "(");
        out.field(1, "name", &quoted(&scenario.name));
        out.field(1, "start", &scenario.start.to_string());
        out.field(1, "tick", "Quarter");
        out.field(1, "ticks", &scenario.ticks.to_string());
        out.field(1, "seed", &scenario.seed.to_string());
        out.number(1, "workers_per_agent", "workers_per_agent", scenario.workers_per_agent);
        out.field(1, "coordinates", self.coordinates.name());
        out.line(1, "region: Places([");
        for (index, place) in scenario.places.iter().enumerate() {
            let line = self.place(index, place);
            out.line(2, &line);
        }
        out.line(1, "]),");
        if self.distances_given {
            out.line(1, "distances: [");
            for row in scenario.distances.chunks(scenario.places.len().max(1)) {
                let row: Vec<String> = row.iter().map(|distance| format!("{distance:?}")).collect();
                out.line(2, &format!("[{}],", row.join(", ")));
            }
            out.line(1, "],");
        }
        out.block("money", &scenario.money, &[]);
        out.block("preferences", &scenario.preferences, &[]);
        out.block("initial", &scenario.initial, &[]);
        out.line(1, "industries: [");
        for industry in &scenario.industries {
            out.industry(industry);
        }
        out.line(1, "],");
        for (name, block) in scenario.mechanisms.described() {
            let Some(block) = block else {
                out.field(1, name, "Off");
                continue;
            };
            let mut more = block.write_more();
            for rules in scenario.levers.rules().into_iter().filter(|rules| rules.mechanism == name) {
                more.push(list("changes", rules.changes.written(&self.sources, &format!("{name}.changes"))));
            }
            out.block(name, block, &more);
        }
        for lever in scenario.levers.measures() {
            out.lever(lever.name, lever.measures.blocks());
        }
        out.line(0, ")");
        out.text
    }

    fn place(&self, index: usize, place: &Place) -> String {
        let mut parts = vec![format!("key: {}", quoted(&place.key))];
        parts.extend(place.adcode.map(|code| format!("adcode: {code}")));
        parts.push(format!("name: {}", quoted(&place.name)));
        parts.push(format!("province: {}", quoted(&place.province)));
        parts.push(format!("level: {}", place.level.name()));
        for number in &NUMBERS {
            let name = match (self.coordinates, number.name) {
                (Coordinates::Kilometres, "longitude") => "x",
                (Coordinates::Kilometres, "latitude") => "y",
                (_, name) => name,
            };
            let figure = match number_of(place, number.name) {
                Some(value) => format!("{value:?}"),
                None => "None".to_owned(),
            };
            let by_key = format!("places.{}.{name}", place.key);
            let path = if self.sources.contains_key(&by_key) { by_key } else { format!("places.{index}.{name}") };
            parts.push(format!("{name}: {}", with_source(&self.sources, &path, figure)));
        }
        let [agriculture, industry, services] = place.employment_shares;
        parts.push(format!("employment_shares: [{agriculture:?}, {industry:?}, {services:?}]"));
        let endowment: Vec<String> = place.endowment.iter().map(|multiple| format!("{multiple:?}")).collect();
        parts.push(format!("endowment: [{}]", endowment.join(", ")));
        format!("({}),", parts.join(", "))
    }
}

fn number_of(place: &Place, name: &str) -> Option<f64> {
    Some(match name {
        "longitude" => place.longitude,
        "latitude" => place.latitude,
        "area" => place.area,
        "population" => place.population,
        "urban_population" => place.urban_population,
        "district_share" => place.district_share,
        "hukou_population" => place.hukou_population,
        "urban_hukou_share" => place.urban_hukou_share,
        "migrants_other_county" => place.migrants_other_county,
        "migrants_other_province" => place.migrants_other_province,
        "working_age_share" => place.working_age_share,
        "schooling_years" => place.schooling_years,
        "gdp" => return place.gdp,
        "urban_land" => return place.urban_land,
        "service_quality" => return place.service_quality,
        "service_spending" => place.service_spending,
        "amenity" => place.amenity,
        "added_workers" => f64::from(place.added_workers),
        _ => return None,
    })
}

struct Writer<'s> {
    text: String,
    sources: &'s Sources,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = 4 * depth);
    }

    fn field(&mut self, depth: usize, name: &str, value: &str) {
        self.line(depth, &format!("{name}: {value},"));
    }

    fn number(&mut self, depth: usize, name: &str, path: &str, value: f64) {
        let value = with_source(self.sources, path, format!("{value:?}"));
        self.field(depth, name, &value);
    }

    /// The fields of a block, each with its source.
    fn fields(&self, path: &str, block: &dyn Block) -> Vec<String> {
        let mut fields = Vec::new();
        for parameter in block.fields() {
            match block.get(parameter.name) {
                Some(Value::Period(period)) => fields.extend(dates(period)),
                Some(value) => {
                    let path = format!("{path}.{}", parameter.name);
                    fields.push(format!("{}: {}", parameter.name, with_source(self.sources, &path, plain(&value))));
                }
                None => {}
            }
        }
        fields
    }

    fn block(&mut self, name: &str, block: &dyn Block, more: &[String]) {
        self.line(1, &format!("{name}: ("));
        for field in self.fields(name, block) {
            self.line(2, &format!("{field},"));
        }
        for line in more {
            self.line(2, line);
        }
        self.line(1, "),");
    }

    fn lever(&mut self, name: &str, measures: Option<Vec<&dyn Block>>) {
        match measures {
            None => self.field(1, name, "Off"),
            Some(measures) if measures.is_empty() => self.field(1, name, "[]"),
            Some(measures) => {
                self.line(1, &format!("{name}: ["));
                for (index, measure) in measures.into_iter().enumerate() {
                    let line = format!("({}),", self.fields(&format!("{name}.{index}"), measure).join(", "));
                    self.line(2, &line);
                }
                self.line(1, "],");
            }
        }
    }

    fn industry(&mut self, industry: &Industry) {
        self.line(2, "(");
        self.field(3, "name", &quoted(&industry.name));
        self.field(3, "role", industry.role.name());
        for field in self.fields(&format!("industries.{}", industry.name), &industry.parameters) {
            self.line(3, &format!("{field},"));
        }
        self.line(2, "),");
    }
}
