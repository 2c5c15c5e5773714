//! The region: places from a table or inline, overrides of single places, and the rules that fill gaps.

use std::collections::BTreeMap;

use crate::draft::{Draft, Origin};
use crate::faults::Problem;
use crate::place::{Coordinates, Place};
use crate::reader::{Node, Tree};
use crate::reading::{Fields, PlaceNames, Reading, join};
use crate::scenario::Initial;
use crate::table;

use super::gaps::fill_gaps;

/// Every place with gaps filled, and what the coordinates are; `None` if the places cannot be read.
pub(crate) fn decode_places(
    reading: &mut Reading,
    root: &mut Fields<'_>,
    industries: &[String],
    base_year: u32,
    initial: &Initial,
) -> Option<(Vec<Place>, Coordinates)> {
    let region = root.need(reading, "region", ": write region: Table(\"data/….csv\") or region: Places([…])");
    let given = root.take("coordinates").and_then(|node| {
        let name = reading.choice(node, "coordinates", "kind of coordinates", Coordinates::NAMES)?;
        Coordinates::named(name)
    });
    let overrides = root.take("places");
    let region = region?;
    let (mut drafts, coordinates) = match &region.tree {
        Tree::Tuple(Some(name), nodes) if &**name == "Table" && nodes.len() == 1 => {
            let path = reading.text(&nodes[0], "region")?;
            let file = reading.folder.join(&path);
            let label = file.to_string_lossy().into_owned();
            (table::read(reading, &file, &label, base_year)?, given.unwrap_or(Coordinates::Degrees))
        }
        Tree::Tuple(Some(name), nodes) if &**name == "Places" && nodes.len() == 1 => {
            let coordinates = given.unwrap_or(Coordinates::Kilometres);
            (inline(reading, &nodes[0], coordinates, industries)?, coordinates)
        }
        _ => {
            reading.wrong_type(region, "region", "Table(\"data/….csv\") or Places([(key: \"…\", population: …), …])");
            return None;
        }
    };
    separate_names(reading, &mut drafts);
    if let Some(node) = overrides {
        override_places(reading, node, &mut drafts, coordinates, industries);
    }
    Some((fill_gaps(reading, &drafts, coordinates, industries.len(), initial), coordinates))
}

fn inline(reading: &mut Reading, node: &Node, coordinates: Coordinates, industries: &[String]) -> Option<Vec<Draft>> {
    let nodes = reading.list(node, "region", "places")?;
    if nodes.is_empty() {
        reading.fault(node.at, "region", Problem::Nothing { what: "place" });
        return None;
    }
    if nodes.len() > table::PLACES_MAX {
        let problem = Problem::TooMany { what: "places", count: nodes.len(), count_max: table::PLACES_MAX };
        reading.fault(node.at, "region", problem);
        return None;
    }
    let mut drafts = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let path = join("places", index);
        let Some(mut fields) = Fields::open(reading, node, &path) else {
            continue;
        };
        let key = fields.need(reading, "key", "").and_then(|node| reading.text(node, &path));
        let mut draft = Draft::new(Origin::Inline(node.at), key.unwrap_or_else(|| index.to_string()));
        if !is_key(&draft.key) {
            let problem = Problem::BadKey { key: draft.key.chars().take(80).collect() };
            reading.fault(node.at, &join(&path, "key"), problem);
        }
        draft.fill(reading, &mut fields, coordinates, industries);
        fields.close(reading);
        drafts.push(draft);
    }
    Some(drafts)
}

/// Words that tables use in columns of place keys.
const TAKEN: [&str; 5] = ["outside", "countryside", "home", "stay", "settle"];

fn is_key(key: &str) -> bool {
    !TAKEN.contains(&key) && !key.is_empty() && key.len() <= 100 && !key.contains(['.', '=', '\n', '\r'])
}

/// Places of one name in several provinces get the province added; of one name in one province, a fault.
fn separate_names(reading: &mut Reading, drafts: &mut [Draft]) {
    for draft in drafts.iter().filter(|draft| TAKEN.contains(&draft.key.as_str())) {
        if !matches!(draft.origin, Origin::Inline(_)) {
            draft.fault(reading, "name_pinyin", Problem::BadKey { key: draft.key.clone() });
        }
    }
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        by_key.entry(draft.key.clone()).or_default().push(index);
    }
    by_key.retain(|key, indices| indices.len() > 1 && !key.is_empty());
    for (key, indices) in by_key {
        let province =
            |index: &usize| drafts[*index].province.as_deref().unwrap_or("").to_lowercase().replace(' ', "_");
        let mut provinces: Vec<String> = indices.iter().map(province).filter(|name| !name.is_empty()).collect();
        provinces.sort();
        provinces.dedup();
        let from_table = indices.iter().all(|index| matches!(drafts[*index].origin, Origin::Row { .. }));
        if provinces.len() == indices.len() && from_table {
            let keys: Vec<String> = indices.iter().map(|index| format!("{key}_{}", province(index))).collect();
            reading.notes.push(format!("{} places are called {key}; their keys are {}", keys.len(), keys.join(", ")));
            for (index, long) in indices.into_iter().zip(keys) {
                drafts[index].short = Some(std::mem::replace(&mut drafts[index].key, long));
            }
        } else {
            report_twice(reading, drafts, &indices, "key", &key);
        }
    }
    let mut by_code: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(code) = draft.adcode {
            by_code.entry(code).or_default().push(index);
        }
    }
    for (code, indices) in by_code.into_iter().filter(|(_, indices)| indices.len() > 1) {
        report_twice(reading, drafts, &indices, "adcode", &code.to_string());
    }
}

fn report_twice(reading: &mut Reading, drafts: &[Draft], indices: &[usize], what: &'static str, name: &str) {
    let Some((first, others)) = indices.split_first() else {
        return;
    };
    for other in others {
        let first = drafts[*first].written_at(reading);
        let column = if what == "key" { "name_pinyin" } else { what };
        let what = if what == "key" { "place" } else { "code" };
        drafts[*other].fault(reading, column, Problem::Duplicate { what, name: name.to_owned(), first });
    }
}

/// `places: (zhengzhou: (service_quality: 0.9), …)`: single numbers of places, on top of what the region gives.
fn override_places(
    reading: &mut Reading,
    node: &Node,
    drafts: &mut [Draft],
    coordinates: Coordinates,
    industries: &[String],
) {
    let Tree::Struct(None, entries) = &node.tree else {
        reading.wrong_type(node, "places", "a bracket of places (zhengzhou: (service_quality: 0.9), …)");
        return;
    };
    let _ = Fields::of(reading, entries, node.at, "places"); // reports places given twice
    let known = drafts.iter().map(|draft| (draft.key.as_str(), draft.adcode, draft.short.as_deref()));
    let names = PlaceNames::new(known);
    for entry in entries {
        let by_index = || entry.name.parse::<usize>().ok().filter(|index| *index < drafts.len());
        let index = match names.find(&entry.name) {
            Ok(index) => index,
            Err(problem) => match by_index() {
                Some(index) => index,
                None => {
                    reading.fault(entry.name_at, "places", problem);
                    continue;
                }
            },
        };
        let path = join("places", &drafts[index].key);
        if let Some(mut fields) = Fields::open(reading, &entry.node, &path) {
            drafts[index].fill(reading, &mut fields, coordinates, industries);
            fields.close(reading);
        }
    }
}
