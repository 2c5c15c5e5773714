//! Flows between places: the largest as arrows on a map, all of those in the table.

use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::geometry::{Place, Projection, labels};
use crate::map::greatest;
use crate::measure::Measure;
use crate::messages::Messages;
use crate::svg::{Canvas, pixel, width};
use crate::table::{Cell, DataTable, Field};

/// A flow between two places, by their number; the number after the last place is elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How much.
    pub value: f64,
}

/// A map of flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Flows {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the flows.
    pub unit: String,
    /// Places.
    pub places: Vec<Place>,
    /// Name of everything that is no place, if flows go there.
    pub elsewhere: Option<String>,
    /// Flows in any order.
    pub flows: Vec<Flow>,
}

/// Arrows that are drawn.
const SHOWN: usize = 20;
const WIDEST: f64 = 9.0;

impl Flows {
    /// The figure of the largest flows.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let known = self.places.len() + usize::from(self.elsewhere.is_some());
        let moves = |flow: &&Flow| flow.from != flow.to && flow.value > 0.0 && flow.from.max(flow.to) < known;
        let mut largest: Vec<&Flow> = self.flows.iter().filter(moves).collect();
        largest.sort_by(|one, other| {
            other.value.total_cmp(&one.value).then((one.from, one.to).cmp(&(other.from, other.to)))
        });
        largest.truncate(SHOWN);
        let measure = Measure::of(messages, &self.unit, largest.iter().map(|flow| flow.value));
        let finding = match largest.first() {
            Some(flow) => messages.title(
                "finding.flow",
                &[("from", self.name(flow.from)), ("to", self.name(flow.to)), ("value", &measure.value(flow.value))],
            ),
            None => messages.title("finding.nothing", &[("name", &self.head.what)]),
        };
        let free = self.elsewhere.as_ref().map_or(0.0, |name| width(name) + 30.0);
        let projection = Projection::of(&self.places, free);
        Figure {
            name: self.head.name.clone(),
            finding,
            subtitle: self.head.subtitle(&measure.unit),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, projection.height), body: self.body(&projection, &measure, &largest) },
            table: self.table(messages, &measure, &largest),
        }
    }

    fn name(&self, at: usize) -> &str {
        self.places.get(at).map_or_else(|| self.elsewhere.as_deref().unwrap_or_default(), |place| &place.name)
    }

    fn body(&self, projection: &Projection, measure: &Measure, largest: &[&Flow]) -> String {
        let mut canvas = Canvas::default();
        for place in &self.places {
            let path = projection.path(&place.outline);
            if !path.is_empty() {
                canvas.path("land", &path, "");
            }
        }
        let corner = self
            .elsewhere
            .as_ref()
            .map_or([WIDTH; 2], |name| [WIDTH - 0.5 * width(name) - 4.0, 0.5 * projection.height]);
        let at = |place: usize| self.places.get(place).map_or(corner, |place| projection.at(place.at));
        let most = greatest(&largest.iter().map(|flow| flow.value).collect::<Vec<_>>());
        // The largest is painted last, over the others.
        for flow in largest.iter().rev() {
            let about = format!("{} → {}: {}", self.name(flow.from), self.name(flow.to), measure.value(flow.value));
            arrow(&mut canvas, at(flow.from), at(flow.to), (WIDEST * flow.value / most).max(1.0), &about);
        }
        let mut ends: Vec<usize> = largest.iter().flat_map(|flow| [flow.from, flow.to]).collect();
        let mut seen = Vec::new();
        ends.retain(|end| {
            let new = !seen.contains(end);
            seen.push(*end);
            new
        });
        let spots: Vec<_> = ends.iter().map(|&end| (at(end), 3.0, self.name(end))).collect();
        for &([x, y], ..) in &spots {
            canvas.circle("dot", [x, y], 2.5, "");
        }
        let mut taken = spots.iter().map(|&([x, y], ..)| [x - 3.0, y - 3.0, x + 3.0, y + 3.0]).collect();
        labels(&mut canvas, &spots, projection.height, &mut taken);
        canvas.into_text()
    }

    fn table(&self, messages: &Messages, measure: &Measure, largest: &[&Flow]) -> DataTable {
        let fields = vec![
            Field::new(messages.text("figure.from")),
            Field::new(messages.text("figure.to")),
            Field::with_units(&self.head.what, &measure.unit, &self.unit),
        ];
        let row = |flow: &&Flow| {
            let names = [flow.from, flow.to].map(|end| Cell::Text(self.name(end).to_owned()));
            names.into_iter().chain([Cell::Number(flow.value, measure.level(flow.value))]).collect()
        };
        DataTable { fields, rows: largest.iter().map(row).collect() }
    }
}

/// A curved arrow, bent to its right, so that the two directions between two places stay apart.
fn arrow(canvas: &mut Canvas, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2], wide: f64, about: &str) {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = (dx * dx + dy * dy).sqrt();
    if length < 1.0 {
        return;
    }
    let middle = [0.5 * (x1 + x2) - 0.18 * dy, 0.5 * (y1 + y2) + 0.18 * dx];
    // The head points along the last part of the curve.
    let (hx, hy) = (x2 - middle[0], y2 - middle[1]);
    let reach = (hx * hx + hy * hy).sqrt();
    let (ux, uy) = (hx / reach, hy / reach);
    let head = (5.0 + 0.9 * wide).min(0.5 * length);
    let (bx, by) = (x2 - head * ux, y2 - head * uy);
    let half = 0.6 * head;
    let [x1, y1, mx, my, ex, ey] = [x1, y1, middle[0], middle[1], bx, by].map(pixel);
    let stroke = pixel(wide);
    canvas.raw(&format!(
        r#"<path class="arrow" stroke-width="{stroke}" d="M{x1} {y1}Q{mx} {my} {ex} {ey}"><title>{}</title></path>"#,
        crate::svg::escaped(about)
    ));
    let corners = [x2, y2, bx - half * uy, by + half * ux, bx + half * uy, by - half * ux].map(pixel);
    let [ax, ay, cx, cy, dx, dy] = corners;
    canvas.path("tip", &format!("M{ax} {ay}L{cx} {cy}L{dx} {dy}Z"), "");
}
