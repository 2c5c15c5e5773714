//! The rules that fill the gaps of a region: what a table or an inline place does not say.

use std::collections::BTreeMap;

use crate::draft::{Draft, Origin};
use crate::faults::Problem;
use crate::place::{Coordinates, Level, Place};
use crate::reading::Reading;
use crate::scenario::Initial;

/// Residents per km² beyond which a place is a mistake in units: twice the densest districts there are. Work and prices
/// would come to nothing in it.
const DENSITY_MAX: f64 = 100_000.0;

/// Which rule filled which places.
type Filled = BTreeMap<String, Vec<String>>;

/// Places with every gap filled; each rule used is noted, and figures that contradict each other are faults.
pub(crate) fn fill_gaps(
    reading: &mut Reading,
    drafts: &[Draft],
    coordinates: Coordinates,
    industries: usize,
    initial: &Initial,
) -> Vec<Place> {
    let mean = |name: &str| {
        let known: Vec<f64> = drafts.iter().filter_map(|draft| draft.get(name)).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    let schooling = mean("schooling_years").unwrap_or(initial.schooling_years);
    let working_age = mean("working_age_share").unwrap_or(initial.working_age_share);
    let mut filled = Filled::new();
    let places = drafts.iter().map(|draft| {
        let mut place = fill_place(reading, draft, coordinates, industries, initial, &mut filled);
        let mut rule = |value: Option<f64>, default: f64, rule: &str| {
            value.unwrap_or_else(|| {
                filled.entry(rule.to_owned()).or_default().push(draft.key.clone());
                default
            })
        };
        let text = format!("years of schooling: the mean of the other places, else {}", initial.schooling_years);
        place.schooling_years = rule(draft.get("schooling_years"), schooling, &text);
        let text = format!("share of working age: the mean of the other places, else {}", initial.working_age_share);
        place.working_age_share = rule(draft.get("working_age_share"), working_age, &text);
        place
    });
    let places = places.collect();
    for (rule, keys) in filled {
        let shown = keys.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
        let more = if keys.len() > 6 { format!(" and {} more", keys.len() - 6) } else { String::new() };
        reading.notes.push(format!("{rule} ({shown}{more})"));
    }
    places
}

fn fill_place(
    reading: &mut Reading,
    draft: &Draft,
    coordinates: Coordinates,
    industries: usize,
    initial: &Initial,
    filled: &mut Filled,
) -> Place {
    let from_table = matches!(draft.origin, Origin::Row { .. });
    let mut rule = |value: Option<f64>, default: f64, rule: &str| {
        value.unwrap_or_else(|| {
            filled.entry(rule.to_owned()).or_default().push(draft.key.clone());
            default
        })
    };
    let missing = |reading: &mut Reading, name: &'static str| {
        if !from_table && draft.get(name).is_none() && !draft.is_faulty(&[name]) {
            let name = match (coordinates, name) {
                (Coordinates::Kilometres, "longitude") => "x",
                (Coordinates::Kilometres, "latitude") => "y",
                _ => name,
            };
            draft.fault(reading, name, Problem::MissingField { name, hint: "" });
        }
        draft.get(name).unwrap_or(0.0)
    };
    let longitude = missing(reading, "longitude");
    let latitude = missing(reading, "latitude");
    let population = missing(reading, "population");
    let urban = {
        let text = format!("urban residents: {} of residents", initial.urban_share);
        rule(draft.get("urban_population"), initial.urban_share * population, &text)
    };
    let district = draft.get("district_share");
    let district_share = match from_table {
        true => {
            let text = format!("share of the city proper in urban residents: {}", initial.district_share);
            rule(district, initial.district_share, &text)
        }
        false => rule(district, 1.0, "share of the city proper in urban residents: all"),
    };
    let other_county = draft.get("migrants_other_county");
    let other_province = draft.get("migrants_other_province");
    if from_table {
        rule(other_county, 0.0, "migrants from other counties: none");
        rule(other_province, 0.0, "migrants from other provinces: none");
    }
    let (other_county, other_province) = (other_county.unwrap_or(0.0), other_province.unwrap_or(0.0));
    let local = (population - other_county - other_province).max(0.0);
    let hukou = rule(draft.get("hukou_population"), local, "registered people: residents less migrants from elsewhere");
    let citizens = (urban - other_county - other_province).clamp(0.0, hukou);
    let urban_share = if hukou > 0.0 { citizens / hukou } else { 0.0 };
    let urban_hukou_share = rule(
        draft.get("urban_hukou_share"),
        urban_share,
        "share with urban registration: urban residents less migrants",
    );
    let text = format!("area: {} residents per km2", initial.density);
    let area = rule(draft.get("area"), (population / initial.density).max(1.0), &text);
    if from_table && draft.get("gdp").is_none() {
        rule(None, 0.0, "no output figure: as productive as the places of its province that have one");
    }
    let farm = if population > 0.0 { 1.0 - (urban / population).min(1.0) } else { 0.0 };
    let shares = draft.employment_shares.unwrap_or_else(|| {
        rule(None, 0.0, "employment: rural share in agriculture, the rest half in industry, half in services");
        [farm, (1.0 - farm) / 2.0, 1.0 - farm - (1.0 - farm) / 2.0]
    });
    let shares = check(reading, draft, population, urban, other_county + other_province, shares);
    if urban_hukou_share * hukou > urban {
        rule(None, 0.0, "more people with urban registration than urban residents: all urban residents are registered");
    }
    Place {
        key: draft.key.clone(),
        adcode: draft.adcode,
        name: draft.name.clone().unwrap_or_else(|| draft.key.clone()),
        province: draft.province.clone().unwrap_or_default(),
        level: draft.level.unwrap_or(Level::Municipal),
        longitude,
        latitude,
        area,
        urban_land: draft.get("urban_land"),
        population,
        urban_population: urban,
        district_share,
        hukou_population: hukou,
        urban_hukou_share,
        migrants_other_county: other_county,
        migrants_other_province: other_province,
        employment_shares: shares,
        working_age_share: initial.working_age_share,
        schooling_years: initial.schooling_years,
        gdp: draft.get("gdp"),
        service_quality: draft.get("service_quality"),
        service_spending: draft.get("service_spending").unwrap_or(1.0),
        amenity: draft.get("amenity").unwrap_or(0.0),
        endowment: draft.endowment.clone().unwrap_or_else(|| vec![1.0; industries]),
        added_workers: draft.get("added_workers").unwrap_or(0.0) as u32,
    }
}

/// Reports figures of a place that contradict each other; gives its employment shares so that they sum to one.
fn check(
    reading: &mut Reading,
    draft: &Draft,
    population: f64,
    urban: f64,
    migrants: f64,
    shares: [f64; 3],
) -> [f64; 3] {
    let residents = "population";
    if urban > population && !draft.is_faulty(&["population", "urban_population"]) {
        let problem =
            Problem::Exceeds { part: "urban_population", part_value: urban, whole: residents, whole_value: population };
        draft.fault(reading, "urban_population", problem);
    }
    let room = draft.get("area").map_or(f64::INFINITY, |area| area * DENSITY_MAX);
    if population > room && !draft.is_faulty(&["population", "area"]) {
        let whole = "what its area holds at 100,000 a km2";
        let problem = Problem::Exceeds { part: residents, part_value: population, whole, whole_value: room };
        draft.fault(reading, "area", problem);
    }
    let counted = ["population", "migrants_other_county", "migrants_other_province"];
    if migrants > population && !draft.is_faulty(&counted) {
        let part = "migrants_other_county + migrants_other_province";
        let problem = Problem::Exceeds { part, part_value: migrants, whole: residents, whole_value: population };
        draft.fault(reading, "migrants_other_county", problem);
    }
    let sum = shares[0] + shares[1] + shares[2];
    if (sum - 1.0).abs() > 0.01 {
        let parts = format!("agriculture {}, industry {}, services {}", shares[0], shares[1], shares[2]);
        draft.fault(reading, "employment_shares", Problem::Shares { what: "employment_shares", sum, parts });
        return shares;
    }
    if (sum - 1.0).abs() <= 1e-12 { shares } else { shares.map(|share| share / sum) }
}
