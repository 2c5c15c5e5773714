//! Places with names and outlines.
//!
//! Outlines are those of `configs/data/*.geojson`, simplified, joined by administrative code; where there is none, a
//! place is a point. A map of more places than a hundred has no outlines: they would be most of the page.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use figures::{Language, Messages, Outline, Place};
use scenario::Scenario;
use serde_json::Value;

const BOUNDARIES: [&str; 2] = [
    include_str!("../../../configs/data/henan.geojson"),
    include_str!("../../../configs/data/china_prefectures.geojson"),
];
/// Most places that are drawn with outlines.
const OUTLINES_MAX: usize = 100;

/// What is known of a unit: its Chinese name, its English name and its rings.
struct Unit {
    chinese: String,
    english: String,
    outline: Outline,
}

fn units() -> &'static BTreeMap<u32, Unit> {
    static UNITS: OnceLock<BTreeMap<u32, Unit>> = OnceLock::new();
    UNITS.get_or_init(|| {
        let mut found = BTreeMap::new();
        for text in BOUNDARIES {
            let file: Value = serde_json::from_str(text).expect("boundaries are shipped as JSON");
            for feature in file["features"].as_array().into_iter().flatten() {
                let properties = &feature["properties"];
                let code = properties["adcode"].as_str().and_then(|code| code.parse().ok());
                let name = |key: &str| properties[key].as_str().unwrap_or_default().to_owned();
                if let Some(code) = code {
                    let outline = Outline { rings: rings(&feature["geometry"]) };
                    let chinese = name("name_zh").trim_end_matches('市').to_owned();
                    found.entry(code).or_insert(Unit { chinese, english: name("name_pinyin"), outline });
                }
            }
        }
        found
    })
}

/// Rings of a polygon or of several.
fn rings(geometry: &Value) -> Vec<Vec<(f64, f64)>> {
    let ring = |ring: &Value| -> Vec<(f64, f64)> {
        let points = ring.as_array().into_iter().flatten();
        points.filter_map(|point| Some((point[0].as_f64()?, point[1].as_f64()?))).collect()
    };
    let polygon = |polygon: &Value| polygon.as_array().into_iter().flatten().map(ring).collect::<Vec<_>>();
    let coordinates = &geometry["coordinates"];
    if geometry["type"] == "MultiPolygon" {
        coordinates.as_array().into_iter().flatten().flat_map(polygon).collect()
    } else {
        polygon(coordinates)
    }
}

/// The places of a scenario, in its order.
pub(crate) fn places(scenario: &Scenario, messages: &Messages) -> Vec<Place> {
    let outlines = scenario.places.len() <= OUTLINES_MAX;
    let of = |place: &scenario::place::Place| {
        let unit = place.adcode.and_then(|code| units().get(&code));
        let name = match (unit, messages.language()) {
            (Some(unit), Language::Chinese) => unit.chinese.clone(),
            (Some(unit), Language::English) => unit.english.clone(),
            (None, _) => place.name.clone(),
        };
        let outline = unit.filter(|_| outlines).map(|unit| unit.outline.clone()).unwrap_or_default();
        Place { name, at: (place.longitude, place.latitude), outline }
    };
    scenario.places.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn henan_has_eighteen_outlines_around_their_points() {
        let henan: Vec<&Unit> = units().range(410_000..420_000).map(|(_, unit)| unit).collect();
        assert_eq!(henan.len(), 18);
        assert!(henan.iter().all(|unit| unit.outline.rings[0].len() > 10 && !unit.chinese.is_empty()));
        let zhengzhou = &units()[&410_100];
        assert_eq!((zhengzhou.english.as_str(), zhengzhou.chinese.as_str()), ("Zhengzhou", "郑州"));
        let west = zhengzhou.outline.rings[0].iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
        assert!((112.0..113.0).contains(&west));
    }
}
