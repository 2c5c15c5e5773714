//! Bars from a zero line, with intervals: effects, costs, changes of places.

use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::language::number;
use crate::measure::Measure;
use crate::messages::Messages;
use crate::svg::{Anchor, Canvas, LINE, cut, width};
use crate::table::{Cell, DataTable, Field};
use crate::ticks::{range, tick_decimals, ticks};

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its label.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// Ends of its interval, if it has one.
    pub interval: Option<(f64, f64)>,
}

/// A chart of bars, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the values.
    pub unit: String,
    /// Whether values are differences: shown with their sign.
    pub changes: bool,
    /// Bars from the top.
    pub bars: Vec<Bar>,
}

pub(crate) const ROW: f64 = 22.0;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 24.0;

/// Room for the names at the left: as much as they need, at most two fifths of the drawing.
pub(crate) fn names_room<'a>(names: impl IntoIterator<Item = &'a str>) -> f64 {
    let widest = names.into_iter().map(width).fold(0.0, f64::max);
    (widest + 10.0).clamp(40.0, 0.42 * WIDTH)
}

/// A scale from left to right over rows, with zero on it.
pub(crate) struct Scale {
    pub(crate) left: f64,
    right: f64,
    low: f64,
    high: f64,
}

impl Scale {
    /// Over values, zero included, with room at the right (and for values below zero at the left) for a label.
    pub(crate) fn new(left: f64, room: f64, values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = range(values.into_iter().chain([0.0]));
        let share = room / (WIDTH - left);
        let air = share * (high - low) / (1.0 - share * if low < 0.0 && high > 0.0 { 2.0 } else { 1.0 });
        let low = if low < 0.0 { low - air } else { 0.0 };
        let high = if high > 0.0 { high + air } else { 0.0 };
        Self { left, right: WIDTH - 4.0, low, high }
    }

    pub(crate) fn at(&self, value: f64) -> f64 {
        self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)
    }

    /// Grid, zero line and ticks below rows that end at `bottom`.
    pub(crate) fn axis(&self, bottom: f64, canvas: &mut Canvas) {
        let along = ticks(self.low, self.high);
        let decimals = tick_decimals(&along);
        let mut free = f64::NEG_INFINITY;
        for tick in along {
            let x = self.at(tick);
            canvas.line(if tick == 0.0 { "zero" } else { "grid" }, [x, TOP - 4.0], [x, bottom]);
            let label = number(tick, decimals);
            let half = 0.5 * width(&label);
            if x - half > free && x + half <= WIDTH {
                canvas.text("quiet", Anchor::Middle, [x, bottom + 16.0], &label);
                free = x + half + 6.0;
            }
        }
    }
}

impl Bars {
    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let ends = |bar: &Bar| bar.interval.map_or([bar.value; 2], |(low, high)| [low, high]);
        let values: Vec<f64> = self.bars.iter().flat_map(|bar| [bar.value].into_iter().chain(ends(bar))).collect();
        let measure = Measure::of(messages, &self.unit, values.iter().copied());
        let unit = if self.changes { measure.change_unit().to_owned() } else { measure.unit.clone() };
        let height = TOP + ROW * self.bars.len() as f64 + BOTTOM;
        Figure {
            name: self.head.name.clone(),
            finding: self.finding(messages, &measure),
            subtitle: self.head.subtitle(&unit),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, height), body: self.body(&measure, &values) },
            table: self.table(messages, &measure, &unit),
        }
    }

    fn shown(&self, measure: &Measure, value: f64) -> String {
        if self.changes { measure.signed(value) } else { measure.value(value) }
    }

    fn finding(&self, messages: &Messages, measure: &Measure) -> String {
        let finite = || self.bars.iter().filter(|bar| bar.value.is_finite());
        let largest = finite().max_by(|one, other| one.value.abs().total_cmp(&other.value.abs()));
        match largest {
            Some(bar) if bar.value != 0.0 => {
                let value = self.shown(measure, bar.value);
                messages.title("finding.largest", &[("name", &bar.name), ("value", &value)])
            }
            _ => messages.title("finding.nothing", &[("name", &self.head.what)]),
        }
    }

    fn body(&self, measure: &Measure, values: &[f64]) -> String {
        let mut canvas = Canvas::default();
        let left = names_room(self.bars.iter().map(|bar| bar.name.as_str()));
        let label = |bar: &Bar| if self.changes { measure.change(bar.value) } else { measure.level(bar.value) };
        let room = self.bars.iter().map(|bar| width(&label(bar))).fold(0.0, f64::max) + 10.0;
        let scale = Scale::new(left, room, values.iter().map(|&value| measure.scaled(value)));
        scale.axis(TOP + ROW * self.bars.len() as f64, &mut canvas);
        for (at, bar) in self.bars.iter().enumerate() {
            let y = TOP + ROW * at as f64;
            let baseline = y + 0.5 * ROW + 4.0;
            canvas.text("", Anchor::Start, [0.0, baseline], &cut(&bar.name, left - 8.0));
            if !bar.value.is_finite() {
                continue;
            }
            let (zero, end) = (scale.at(0.0), scale.at(measure.scaled(bar.value)));
            let colour = if self.changes && bar.value < 0.0 { 1 } else { 0 };
            let about = format!("{}: {}", bar.name, self.shown(measure, bar.value));
            let (from, size) = (zero.min(end), (end - zero).abs());
            canvas.rect(&format!("fill s{colour}"), [from, y + 4.0], [size, ROW - 8.0], &about);
            let mut outer = end;
            if let Some((low, high)) = bar.interval.filter(|(low, high)| low.is_finite() && high.is_finite()) {
                let [low, high] = [low, high].map(|value| scale.at(measure.scaled(value)));
                canvas.line("whisker", [low, y + 0.5 * ROW], [high, y + 0.5 * ROW]);
                outer = if bar.value < 0.0 { outer.min(low) } else { outer.max(high) };
            }
            let (anchor, x) = if bar.value < 0.0 { (Anchor::End, outer - 4.0) } else { (Anchor::Start, outer + 4.0) };
            canvas.text("on", anchor, [x, baseline], &label(bar));
        }
        canvas.into_text()
    }

    fn table(&self, messages: &Messages, measure: &Measure, unit: &str) -> DataTable {
        let intervals = self.bars.iter().any(|bar| bar.interval.is_some());
        let value = messages.text(if self.changes { "figure.change" } else { "figure.value" });
        let mut fields = vec![Field::new(messages.text("figure.item")), Field::with_units(value, unit, &self.unit)];
        if intervals {
            for key in ["figure.low", "figure.high"] {
                fields.push(Field::with_units(&messages.with(key, &[("coverage", "95")]), unit, &self.unit));
            }
        }
        let shown = |value: f64| {
            let text = if self.changes { measure.change(value) } else { measure.level(value) };
            Cell::Number(value, text)
        };
        let row = |bar: &Bar| {
            let mut cells = vec![Cell::Text(bar.name.clone()), shown(bar.value)];
            if intervals {
                let (low, high) = bar.interval.unwrap_or((f64::NAN, f64::NAN));
                cells.extend([low, high].map(shown));
            }
            cells
        };
        DataTable { fields, rows: self.bars.iter().map(row).collect() }
    }
}

/// Pixels that a key of parts takes above rows.
pub(crate) const KEY: f64 = LINE + 7.0;
