//! Geography: distances between places and the pull of nearness.

use crate::maths::{arcsine, cosine, power, sine};

/// The mean radius of the Earth, in km.
pub const EARTH_RADIUS: f64 = 6371.0088;

/// A point on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Longitude, in degrees east.
    pub longitude: f64,
    /// Latitude, in degrees north.
    pub latitude: f64,
}

/// The great-circle distance between two points.
///
/// # Formula
///
/// `2 ρ asin √(sin²(Δlat/2) + cos lat1 · cos lat2 · sin²(Δlon/2))`
///
/// # Units
///
/// km.
///
/// # Source
///
/// The haversine formula, Sinnott (1984); mean radius of the IUGG, 6371.0088 km.
pub fn great_circle_distance(from: Point, to: Point) -> f64 {
    let half_latitude = sine((to.latitude - from.latitude).to_radians() / 2.0);
    let half_longitude = sine((to.longitude - from.longitude).to_radians() / 2.0);
    let shrink = cosine(from.latitude.to_radians()) * cosine(to.latitude.to_radians());
    let haversine = half_latitude * half_latitude + shrink * (half_longitude * half_longitude);
    2.0 * EARTH_RADIUS * arcsine(haversine.sqrt().min(1.0))
}

/// Fills `out` with the distance between every pair of places: exactly symmetric, nought on the diagonal.
///
/// # Units
///
/// km.
///
/// # Panics
///
/// When `out` does not hold one number for each pair.
pub fn fill_distances(points: &[Point], out: &mut [f64]) {
    let places = points.len();
    assert_eq!(out.len(), places * places, "distances need one number for each pair");
    for from in 0..places {
        out[from * places + from] = 0.0;
        for to in from + 1..places {
            let distance = great_circle_distance(points[from], points[to]);
            out[from * places + to] = distance;
            out[to * places + from] = distance;
        }
    }
}

/// The pull of a place at a distance.
///
/// # Formula
///
/// `mass / max(d, d_min)^γ`
///
/// # Units
///
/// As the mass; distances in km. The least distance keeps near neighbours from taking everything.
///
/// # Source
///
/// Gravity in trade and migration: Ravenstein (1885), Tinbergen (1962).
pub fn gravity_weight(mass: f64, distance: f64, elasticity: f64, distance_min: f64) -> f64 {
    mass / power(distance.max(distance_min), elasticity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(longitude: f64, latitude: f64) -> Point {
        Point { longitude, latitude }
    }

    #[test]
    fn a_quarter_of_the_equator_is_a_quarter_of_the_circle() {
        let quarter = core::f64::consts::FRAC_PI_2 * EARTH_RADIUS;
        assert!((great_circle_distance(point(0.0, 0.0), point(90.0, 0.0)) - quarter).abs() < 1e-9);
        assert!((great_circle_distance(point(13.0, -90.0), point(77.0, 0.0)) - quarter).abs() < 1e-9);
        let antipodes = great_circle_distance(point(0.0, 0.0), point(180.0, 0.0));
        assert!((antipodes - 2.0 * quarter).abs() < 1e-6);
    }

    #[test]
    fn near_places_pull_more_but_not_without_bound() {
        assert_eq!(gravity_weight(100.0, 10.0, 2.0, 5.0), 1.0);
        assert_eq!(gravity_weight(100.0, 0.0, 2.0, 5.0), 4.0);
    }

    proptest! {
        #[test]
        fn distances_are_a_metric(
            places in prop::collection::vec((-180.0..180.0f64, -89.0..89.0f64), 3)
        ) {
            let points: Vec<Point> = places.iter().map(|p| point(p.0, p.1)).collect();
            let mut d = [0.0; 9];
            fill_distances(&points, &mut d);
            for a in 0..3 {
                prop_assert_eq!(d[a * 3 + a], 0.0);
                for b in 0..3 {
                    prop_assert_eq!(d[a * 3 + b], d[b * 3 + a]);
                    for c in 0..3 {
                        prop_assert!(d[a * 3 + c] <= d[a * 3 + b] + d[b * 3 + c] + 1e-6);
                    }
                }
            }
        }
    }
}
