//! Maps: circles whose area is a count, coloured by a rate; or areas coloured by a rate. Differences are centred on zero.
//!
//! There is no map of counts by colour: a large place would look important because it is large.

use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::geometry::{Place, Projection, labels};
use crate::language::{number, signed};
use crate::measure::Measure;
use crate::messages::Messages;
use crate::style::{CLASSES, DIVERGING};
use crate::svg::{Anchor, Canvas, LINE, width};
use crate::table::{Cell, DataTable, Field};
use crate::ticks::{range, tick_decimals, ticks};

/// What is drawn for a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Marks {
    /// Circles whose area is a count.
    Circles {
        /// What is counted.
        what: String,
        /// Unit of the counts.
        unit: String,
        /// Counts by place.
        counts: Vec<f64>,
    },
    /// The place's own area; a spot where its outline is not known.
    Areas,
}

/// A map.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Name, subtitle, source. `what` names the rate.
    pub head: Head,
    /// Unit of the rate.
    pub unit: String,
    /// Places.
    pub places: Vec<Place>,
    /// Marks.
    pub marks: Marks,
    /// Rates by place: the colour.
    pub rates: Vec<f64>,
    /// Whether rates are differences, centred on zero.
    pub changes: bool,
}

/// Radius of the largest circle.
const LARGEST: f64 = 26.0;
const SMALLEST: f64 = 2.5;
const SPOT: f64 = 6.0;
const LEGEND: f64 = 44.0;
const BOX: f64 = 34.0;

/// Bounds between classes of colour, in units of the measure, and the class of each colour.
struct Classes {
    bounds: Vec<f64>,
    changes: bool,
}

impl Classes {
    fn of(values: impl IntoIterator<Item = f64>, changes: bool) -> Self {
        let (low, high) = range(values);
        if changes {
            let reach = low.abs().max(high.abs());
            // Seven classes; the one in the middle is about zero. Steps of 1, 2 and 4 give round bounds.
            let mut power = 1.0;
            while reach > 0.0 && 3.5 * power > reach {
                power /= 10.0;
            }
            while 35.0 * power < reach {
                power *= 10.0;
            }
            let step = [1.0, 2.0, 4.0, 10.0].map(|step| step * power).into_iter().find(|step| 3.5 * step >= reach);
            let step = step.unwrap_or(power);
            return Self { bounds: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map(|at| at * step).to_vec(), changes };
        }
        let mut bounds: Vec<f64> = ticks(low, high).into_iter().filter(|bound| *bound > low && *bound < high).collect();
        while bounds.len() >= CLASSES {
            bounds.remove(0);
        }
        Self { bounds, changes }
    }

    fn class(&self, value: f64) -> String {
        let at = self.bounds.iter().filter(|bound| value >= **bound).count();
        self.colour(at)
    }

    fn colour(&self, at: usize) -> String {
        if self.changes {
            format!("d{}", at.min(DIVERGING - 1))
        } else {
            // Spread over the scale, so that few classes use its ends too.
            format!("q{}", (at * (CLASSES - 1)) / self.bounds.len().max(1))
        }
    }
}

impl Map {
    fn measures(&self, messages: &Messages) -> (Measure, Option<Measure>) {
        let rates = Measure::of(messages, &self.unit, self.rates.iter().copied());
        let counts = match &self.marks {
            Marks::Circles { unit, counts, .. } => Some(Measure::of(messages, unit, counts.iter().copied())),
            Marks::Areas => None,
        };
        (rates, counts)
    }

    fn unit_shown(&self, measure: &Measure) -> String {
        if self.changes { measure.change_unit().to_owned() } else { measure.unit.clone() }
    }

    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let (rates, counts) = self.measures(messages);
        let unit = self.unit_shown(&rates);
        let projection = Projection::of(&self.places, 0.0);
        let mut subtitle = self.head.subtitle(&unit);
        if let (Marks::Circles { what, .. }, Some(measure)) = (&self.marks, &counts) {
            subtitle = format!("{subtitle}; {}: {what}, {}", messages.text("figure.size"), measure.unit);
        }
        Figure {
            name: self.head.name.clone(),
            finding: self.finding(messages, &rates),
            subtitle,
            source: self.head.source.clone(),
            drawing: Drawing {
                size: (WIDTH, projection.height + LEGEND),
                body: self.body(&projection, &rates, counts.as_ref()),
            },
            table: self.table(messages, &rates, counts.as_ref(), &unit),
        }
    }

    fn finding(&self, messages: &Messages, measure: &Measure) -> String {
        let finite = || self.places.iter().zip(&self.rates).filter(|(_, rate)| rate.is_finite());
        let high = finite().max_by(|one, other| one.1.total_cmp(other.1));
        let low = finite().min_by(|one, other| one.1.total_cmp(other.1));
        let shown = |rate: f64| if self.changes { measure.signed(rate) } else { measure.value(rate) };
        match (high, low) {
            (Some((high, highest)), Some((low, lowest))) if highest > lowest => {
                let key = match highest {
                    _ if !self.changes => "finding.map",
                    highest if *highest > 0.0 => "finding.map_change",
                    _ => "finding.map_falls",
                };
                let values = [
                    ("high", &high.name),
                    ("highest", &shown(*highest)),
                    ("low", &low.name),
                    ("lowest", &shown(*lowest)),
                ];
                messages.title(key, &values.map(|(key, value)| (key, value.as_str())))
            }
            (Some((_, rate)), _) => {
                messages.title("finding.level", &[("name", &self.head.what), ("to", &shown(*rate))])
            }
            _ => messages.title("finding.nothing", &[("name", &self.head.what)]),
        }
    }

    fn body(&self, projection: &Projection, measure: &Measure, counts: Option<&Measure>) -> String {
        let mut canvas = Canvas::default();
        let classes = Classes::of(self.rates.iter().map(|&rate| measure.scaled(rate)), self.changes);
        let class = |at: usize| {
            let rate = self.rates.get(at).copied().unwrap_or(f64::NAN);
            if rate.is_finite() { classes.class(measure.scaled(rate)) } else { "land".to_owned() }
        };
        let about = |at: usize| {
            let rate = self.rates.get(at).copied().unwrap_or(f64::NAN);
            let rate = if self.changes { measure.signed(rate) } else { measure.value(rate) };
            match (&self.marks, counts) {
                (Marks::Circles { counts, what, .. }, Some(measure)) => {
                    let count = measure.value(counts.get(at).copied().unwrap_or(f64::NAN));
                    format!("{}: {rate}; {what}: {count}", self.places[at].name)
                }
                _ => format!("{}: {rate}", self.places[at].name),
            }
        };
        for (at, place) in self.places.iter().enumerate() {
            let path = projection.path(&place.outline);
            match self.marks {
                _ if path.is_empty() => {}
                Marks::Areas => canvas.path(&format!("area {}", class(at)), &path, &about(at)),
                Marks::Circles { .. } => canvas.path("land", &path, ""),
            }
        }
        let radii = self.radii();
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by(|&one, &other| radii[other].total_cmp(&radii[one]).then(one.cmp(&other)));
        for &at in &order {
            if radii[at] > 0.0 {
                let spot = projection.at(self.places[at].at);
                canvas.circle(&format!("spot {}", class(at)), spot, radii[at], &about(at));
            }
        }
        if self.marks == Marks::Areas {
            let rate = |at: usize| self.rates.get(at).copied().filter(|rate| rate.is_finite()).map_or(0.0, f64::abs);
            order.sort_by(|&one, &other| rate(other).total_cmp(&rate(one)).then(one.cmp(&other)));
        }
        let spots: Vec<_> = order
            .iter()
            .map(|&at| (projection.at(self.places[at].at), radii[at], self.places[at].name.as_str()))
            .collect();
        // Labels may touch the rim of a circle but not cover its middle.
        let middle = |&([x, y], radius, _): &([f64; 2], f64, &str)| {
            let half = 0.7 * radius;
            [x - half, y - half, x + half, y + half]
        };
        let mut taken = spots.iter().map(middle).collect();
        labels(&mut canvas, &spots, projection.height, &mut taken);
        self.legend(&classes, projection.height, &mut canvas);
        if let (Marks::Circles { counts, .. }, Some(measure)) = (&self.marks, counts) {
            size_key(counts, measure, projection.height, &mut canvas);
        }
        canvas.into_text()
    }

    fn radii(&self) -> Vec<f64> {
        match &self.marks {
            Marks::Circles { counts, .. } => {
                let largest = greatest(counts);
                let radius = |count: &f64| {
                    if *count > 0.0 { (LARGEST * (count / largest).sqrt()).max(SMALLEST) } else { 0.0 }
                };
                let mut radii: Vec<f64> = counts.iter().map(radius).collect();
                radii.resize(self.places.len(), 0.0);
                radii
            }
            Marks::Areas => {
                self.places.iter().map(|place| if place.outline.rings.is_empty() { SPOT } else { 0.0 }).collect()
            }
        }
    }

    fn legend(&self, classes: &Classes, top: f64, canvas: &mut Canvas) {
        let decimals = if self.changes {
            tick_decimals(&[0.0, classes.bounds[DIVERGING / 2]])
        } else {
            tick_decimals(&classes.bounds)
        };
        for at in 0..=classes.bounds.len() {
            let x = BOX * at as f64;
            canvas.rect(&format!("area {}", classes.colour(at)), [x, top + 10.0], [BOX, 12.0], "");
        }
        let mut free = f64::NEG_INFINITY;
        for (at, bound) in classes.bounds.iter().enumerate() {
            let x = BOX * (at + 1) as f64;
            let label = if self.changes { signed(*bound, decimals) } else { number(*bound, decimals) };
            let half = 0.5 * width(&label);
            if x - half > free {
                canvas.text("quiet", Anchor::Middle, [x, top + 22.0 + LINE], &label);
                free = x + half + 3.0;
            }
        }
    }

    fn table(&self, messages: &Messages, rates: &Measure, counts: Option<&Measure>, unit: &str) -> DataTable {
        let mut fields =
            vec![Field::new(messages.text("figure.place")), Field::with_units(&self.head.what, unit, &self.unit)];
        if let (Marks::Circles { what, unit, .. }, Some(measure)) = (&self.marks, counts) {
            fields.push(Field::with_units(what, &measure.unit, unit));
        }
        let row = |at: usize| {
            let rate = self.rates.get(at).copied().unwrap_or(f64::NAN);
            let text = if self.changes { rates.change(rate) } else { rates.level(rate) };
            let mut cells = vec![Cell::Text(self.places[at].name.clone()), Cell::Number(rate, text)];
            if let (Marks::Circles { counts, .. }, Some(measure)) = (&self.marks, counts) {
                let count = counts.get(at).copied().unwrap_or(f64::NAN);
                cells.push(Cell::Number(count, measure.level(count)));
            }
            cells
        };
        DataTable { fields, rows: (0..self.places.len()).map(row).collect() }
    }
}

/// Greatest of counts; never zero.
pub(crate) fn greatest(counts: &[f64]) -> f64 {
    counts.iter().copied().filter(|count| count.is_finite()).fold(f64::MIN_POSITIVE, f64::max)
}

/// Two circles that say what their area stands for.
fn size_key(counts: &[f64], measure: &Measure, top: f64, canvas: &mut Canvas) {
    let largest = greatest(counts);
    let shown = measure.scaled(largest);
    // Round numbers: the greatest below the largest circle, and a fifth of it.
    let mut round = 1.0;
    while round * 10.0 <= shown {
        round *= 10.0;
    }
    while round > shown {
        round /= 10.0;
    }
    let round = if 5.0 * round <= shown { 5.0 * round } else { round };
    let mut x = WIDTH - 4.0;
    for size in [round, round / 5.0] {
        let radius = LARGEST * (size / shown).sqrt();
        let label = number(size, tick_decimals(&[0.0, size]));
        canvas.text("quiet", Anchor::End, [x, top + 22.0], &label);
        x -= width(&label) + 6.0 + radius;
        canvas.circle("spot land", [x, top + 18.0], radius, "");
        x -= radius + 12.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_centred_on_zero_and_as_far_on_both_sides() {
        let classes = Classes::of([-0.2, 3.1], true);
        assert_eq!((classes.class(0.0).as_str(), classes.class(3.1).as_str()), ("d3", "d6"));
        assert_eq!(classes.class(-3.1), "d0");
        assert!(classes.bounds.iter().sum::<f64>().abs() < 1e-9);
        let none = Classes::of([0.0, 0.0], true);
        assert_eq!(none.class(0.0), "d3");
    }

    #[test]
    fn few_classes_use_both_ends_of_the_scale() {
        let classes = Classes::of([0.31, 0.38, 0.62], false);
        assert_eq!((classes.class(0.31).as_str(), classes.class(0.62).as_str()), ("q0", "q5"));
        assert_eq!(Classes::of([], false).class(0.5).as_bytes()[0], b'q');
    }
}
