//! Resolved scenarios: everything is written out, nothing is left to defaults, tables or policies.
//!
//! Loading the text gives an equal scenario, and writing that out gives the same bytes. Fields are in the order of the
//! documentation; each field of a block, each place, industry and measure has its own line.

use ron::ser::PrettyConfig;

use crate::draft::NUMBERS;
use crate::industry::Industry;
use crate::load::Loaded;
use crate::place::{Coordinates, Place};
use crate::written::{Fields, Written, block, with_source};

impl Loaded {
    /// The scenario in full as RON, with the source of every number that has one.
    ///
    /// # Panics
    /// Never: every value can be written.
    pub fn to_ron(&self) -> String {
        let layout = PrettyConfig::new().depth_limit(2).escape_strings(false).new_line("\n").struct_names(false);
        let written = ron::ser::to_string_pretty(&Written::Fields(self.fields()), layout);
        written.expect("numbers, texts and names can be written") + "\n"
    }

    fn fields(&self) -> Fields {
        let (scenario, sources) = (&self.scenario, &self.sources);
        let places = scenario.places.iter().enumerate().map(|(index, place)| self.place(index, place));
        let weight = with_source(sources, "workers_per_agent", scenario.workers_per_agent.into());
        let mut fields: Fields = vec![
            ("name", scenario.name.as_str().into()),
            ("start", u32::from(scenario.start).into()),
            ("tick", Written::Name("Quarter")),
            ("ticks", scenario.ticks.into()),
            ("seed", Written::Whole(scenario.seed)),
            ("workers_per_agent", weight),
            ("coordinates", Written::Name(self.coordinates.name())),
            ("region", Written::Named("Places", Box::new(Written::List(places.collect())))),
        ];
        if self.distances_given {
            let rows = scenario.distances.chunks(scenario.places.len().max(1));
            fields.push(("distances", Written::List(rows.map(|row| Written::Numbers(row.to_vec())).collect())));
        }
        fields.push(("money", Written::Fields(block(sources, "money", &scenario.money))));
        fields.push(("preferences", Written::Fields(block(sources, "preferences", &scenario.preferences))));
        fields.push(("initial", Written::Fields(block(sources, "initial", &scenario.initial))));
        let industry = |industry: &Industry| {
            let mut fields: Fields =
                vec![("name", industry.name.as_str().into()), ("role", Written::Name(industry.role.name()))];
            fields.extend(block(sources, &format!("industries.{}", industry.name), &industry.parameters));
            Written::Fields(fields)
        };
        fields.push(("industries", Written::List(scenario.industries.iter().map(industry).collect())));
        for (name, mechanism) in scenario.mechanisms.described() {
            let Some(mechanism) = mechanism else {
                fields.push((name, Written::Name("Off")));
                continue;
            };
            let mut inside = block(sources, name, mechanism);
            inside.extend(mechanism.write_more());
            for rules in scenario.levers.rules().into_iter().filter(|rules| rules.mechanism == name) {
                inside.push(("changes", rules.changes.written(sources, &format!("{name}.changes"))));
            }
            fields.push((name, Written::Fields(inside)));
        }
        for lever in scenario.levers.measures() {
            let one = |(index, measure)| Written::Fields(block(sources, &format!("{}.{index}", lever.name), measure));
            let all = lever.measures.blocks().map(|all| Written::List(all.into_iter().enumerate().map(one).collect()));
            fields.push((lever.name, all.unwrap_or(Written::Name("Off"))));
        }
        fields
    }

    fn place(&self, index: usize, place: &Place) -> Written {
        let mut fields: Fields = vec![("key", place.key.as_str().into())];
        fields.extend(place.adcode.map(|code| ("adcode", code.into())));
        fields.push(("name", place.name.as_str().into()));
        fields.push(("province", place.province.as_str().into()));
        fields.push(("level", Written::Name(place.level.name())));
        for number in &NUMBERS {
            let name = match (self.coordinates, number.name) {
                (Coordinates::Kilometres, "longitude") => "x",
                (Coordinates::Kilometres, "latitude") => "y",
                (_, name) => name,
            };
            let by_key = format!("places.{}.{name}", place.key);
            let path = if self.sources.contains_key(&by_key) { by_key } else { format!("places.{index}.{name}") };
            fields.push((name, with_source(&self.sources, &path, number_of(place, number.name).into())));
        }
        fields.push(("employment_shares", Written::Numbers(place.employment_shares.to_vec())));
        fields.push(("endowment", Written::Numbers(place.endowment.clone())));
        Written::Fields(fields)
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
