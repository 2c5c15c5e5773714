//! Places on a flat drawing: projection, outlines, labels that do not stand on each other.

use crate::figure::WIDTH;
use crate::svg::{Anchor, Canvas, LINE, pixel, width};

/// Rings of longitudes and latitudes, degrees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Closed rings; the first of each polygon is its border, others are holes.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// A place on a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Its label.
    pub name: String,
    /// Longitude and latitude, degrees.
    pub at: (f64, f64),
    /// Its border, where it is known.
    pub outline: Outline,
}

/// Greatest height of the part with places.
const HEIGHT_MAX: f64 = 400.0;
const EDGE: f64 = 8.0;

/// From degrees to pixels: parallels and meridians are straight lines, to scale along the middle parallel.
pub(crate) struct Projection {
    west: f64,
    north: f64,
    scale: f64,
    squeeze: f64,
    left: f64,
    pub(crate) height: f64,
}

/// The cosine of an angle in degrees, to 0.002 (Bhaskara's formula): enough for the shape of a map.
fn cosine(degrees: f64) -> f64 {
    let square = degrees * degrees;
    (32_400.0 - 4.0 * square) / (32_400.0 + square)
}

impl Projection {
    /// That shows all places and outlines, with room left free at the right.
    pub(crate) fn of(places: &[Place], free: f64) -> Self {
        let all = || places.iter().flat_map(|place| place.outline.rings.iter().flatten().copied().chain([place.at]));
        let of = |values: &mut dyn Iterator<Item = f64>| {
            values
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
        };
        let (west, east) = of(&mut all().map(|point| point.0));
        let (south, north) = of(&mut all().map(|point| point.1));
        let (west, east, south, north) =
            if west <= east && south <= north { (west, east, south, north) } else { (0.0, 1.0, 0.0, 1.0) };
        let squeeze = cosine(0.5 * (south + north)).max(0.1);
        let (across, up) = (((east - west) * squeeze).max(0.01), (north - south).max(0.01));
        let scale = ((WIDTH - free - 2.0 * EDGE) / across).min((HEIGHT_MAX - 2.0 * EDGE) / up);
        let left = 0.5 * (WIDTH - free - scale * across);
        Self { west, north, scale, squeeze, left, height: scale * up + 2.0 * EDGE }
    }

    pub(crate) fn at(&self, (longitude, latitude): (f64, f64)) -> [f64; 2] {
        [self.left + self.scale * self.squeeze * (longitude - self.west), EDGE + self.scale * (self.north - latitude)]
    }

    /// An outline as a path, without points that fall on the pixel of the one before.
    pub(crate) fn path(&self, outline: &Outline) -> String {
        let mut path = String::new();
        for ring in &outline.rings {
            let mut last = [f64::NAN; 2];
            let mut drawn = Vec::new();
            for &point in ring {
                let at = self.at(point);
                let far = |axis: usize| (at[axis] - last[axis]).abs() > 0.7;
                if drawn.is_empty() || far(0) || far(1) {
                    drawn.push(format!("{} {}", pixel(at[0]), pixel(at[1])));
                    last = at;
                }
            }
            if drawn.len() > 2 {
                path.push_str(&format!("M{}Z", drawn.join("L")));
            }
        }
        path
    }
}

/// A box that something takes: left, top, right, bottom.
pub(crate) type Taken = [f64; 4];

fn meet(one: &Taken, other: &Taken) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

/// Writes labels beside points where there is room: right, left, above or below; one without room is left out (it is
/// in the table, and under the pointer). `spots` are points with the radius to keep free and the label, by importance.
pub(crate) fn labels(canvas: &mut Canvas, spots: &[([f64; 2], f64, &str)], height: f64, taken: &mut Vec<Taken>) {
    for &([x, y], radius, name) in spots {
        let (wide, gap) = (width(name), radius + 3.0);
        let candidates = [
            (Anchor::Start, x + gap, y + 4.0, x + gap),
            (Anchor::End, x - gap, y + 4.0, x - gap - wide),
            (Anchor::Middle, x, y - gap - 2.0, x - 0.5 * wide),
            (Anchor::Middle, x, y + gap + 11.0, x - 0.5 * wide),
        ];
        // Inside an area the middle is best.
        let middle = [(Anchor::Middle, x, y + 4.0, x - 0.5 * wide)];
        let first = if radius > 0.0 { &middle[..0] } else { &middle[..] };
        for &(anchor, at, baseline, left) in first.iter().chain(&candidates) {
            let place: Taken = [left - 1.0, baseline - LINE + 4.0, left + wide + 1.0, baseline + 3.0];
            let inside = place[0] >= 0.0 && place[2] <= WIDTH && place[1] >= 0.0 && place[3] <= height;
            if inside && !taken.iter().any(|other| meet(other, &place)) {
                canvas.text("on", anchor, [at, baseline], name);
                taken.push(place);
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_good_enough_for_a_map() {
        for (degrees, exact) in [(0.0, 1.0), (30.0, 0.866_025), (37.0, 0.798_636), (60.0, 0.5), (90.0, 0.0)] {
            assert!((cosine(degrees) - exact).abs() < 2e-3, "{degrees}");
        }
    }

    #[test]
    fn every_place_is_inside_and_north_is_up() {
        let place = |at: (f64, f64)| Place { at, ..Place::default() };
        let places = [place((110.0, 31.0)), place((116.0, 36.0)), place((113.0, 34.0))];
        let projection = Projection::of(&places, 0.0);
        for place in &places {
            let [x, y] = projection.at(place.at);
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=projection.height).contains(&y), "{x} {y}");
        }
        assert!(projection.at(places[1].at)[1] < projection.at(places[0].at)[1]);
        assert!(Projection::of(&[], 0.0).height.is_finite());
        assert!(Projection::of(&places[..1], 0.0).at(places[0].at).iter().all(|pixel| pixel.is_finite()));
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        let mut canvas = Canvas::default();
        let spots = vec![([200.0, 100.0], 5.0, "Zhengzhou"); 6];
        let mut taken = Vec::new();
        labels(&mut canvas, &spots, 200.0, &mut taken);
        assert_eq!(canvas.into_text().matches("<text").count(), 4);
        assert!(taken.iter().enumerate().all(|(at, one)| taken[..at].iter().all(|other| !meet(one, other))));
    }
}
