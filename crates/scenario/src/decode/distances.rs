//! Distances between places: from coordinates, or as given.

use crate::faults::Problem;
use crate::place::{Coordinates, Place};
use crate::reader::Node;
use crate::reading::{Reading, join};

/// Mean radius of the earth in km.
const EARTH_RADIUS: f64 = 6371.0088;
/// Most places for which a matrix of distances is kept (0.8 GB).
const MATRIX_PLACES_MAX: usize = 10_000;
/// Longest distance that can be given, in km.
const DISTANCE_MAX: f64 = 1e6;

/// Distances in km, row by row; empty if there are faults.
pub(crate) fn decode_distances(
    reading: &mut Reading,
    node: Option<&Node>,
    places: &[Place],
    coordinates: Coordinates,
) -> Vec<f64> {
    match node {
        Some(node) => given(reading, node, places).unwrap_or_default(),
        None => computed(places, coordinates),
    }
}

/// Reports more places than a matrix can have.
pub(crate) fn check_size(reading: &mut Reading, at: crate::texts::Span, places: usize) -> bool {
    let fits = places <= MATRIX_PLACES_MAX;
    if !fits {
        let what = "places, more than distances can be kept for";
        reading.fault(at, "region", Problem::TooMany { what, count: places, count_max: MATRIX_PLACES_MAX });
    }
    fits
}

fn computed(places: &[Place], coordinates: Coordinates) -> Vec<f64> {
    let count = places.len();
    let mut distances = vec![0.0; count * count];
    for (row, from) in places.iter().enumerate() {
        for (column, to) in places.iter().enumerate().skip(row + 1) {
            let distance = match coordinates {
                Coordinates::Degrees => great_circle(from, to),
                Coordinates::Kilometres => libm::hypot(from.longitude - to.longitude, from.latitude - to.latitude),
            };
            distances[row * count + column] = distance;
            distances[column * count + row] = distance;
        }
    }
    distances
}

/// Great-circle distance in km (haversine).
fn great_circle(from: &Place, to: &Place) -> f64 {
    let half_latitude = libm::sin((to.latitude - from.latitude).to_radians() / 2.0);
    let half_longitude = libm::sin((to.longitude - from.longitude).to_radians() / 2.0);
    let chord = half_latitude * half_latitude
        + libm::cos(from.latitude.to_radians()) * libm::cos(to.latitude.to_radians()) * half_longitude * half_longitude;
    2.0 * EARTH_RADIUS * libm::asin(chord.clamp(0.0, 1.0).sqrt())
}

fn given(reading: &mut Reading, node: &Node, places: &[Place]) -> Option<Vec<f64>> {
    let count = places.len();
    let rows = reading.list(node, "distances", "rows")?;
    if rows.len() != count {
        let problem = Problem::Length { expected: count, found: rows.len(), of: "place" };
        reading.fault(node.at, "distances", problem);
        return None;
    }
    let mut distances = Vec::new();
    let mut nodes = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let path = join("distances", index);
        let cells = reading.list(row, &path, "numbers")?;
        if cells.len() != count {
            let problem = Problem::Length { expected: count, found: cells.len(), of: "place" };
            reading.fault(row.at, &path, problem);
            return None;
        }
        for (column, cell) in cells.iter().enumerate() {
            let most = if column == index { 0.0 } else { DISTANCE_MAX };
            let value = reading.number(cell, &join(&path, column), (0.0, most), "km");
            distances.push(value.unwrap_or(f64::NAN));
            nodes.push(cell);
        }
    }
    for row in 0..count {
        for column in row + 1..count {
            let (there, back) = (distances[row * count + column], distances[column * count + row]);
            if there != back && !there.is_nan() && !back.is_nan() {
                let (from, to) = (places[row].key.clone(), places[column].key.clone());
                let problem = Problem::Asymmetric { from, to, there, back };
                reading.fault(nodes[column * count + row].at, "distances", problem);
            }
        }
    }
    Some(distances)
}
