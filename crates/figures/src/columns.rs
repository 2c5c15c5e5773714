//! Columns side by side with intervals: what a policy is worth by fifth or tenth of incomes.

use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::language::number;
use crate::measure::Measure;
use crate::messages::Messages;
use crate::svg::{Anchor, Canvas, cut};
use crate::table::{Cell, DataTable, Field};
use crate::ticks::{range, tick_decimals, ticks};

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its label.
    pub name: String,
    /// Its height.
    pub value: f64,
    /// Ends of its interval.
    pub interval: (f64, f64),
}

/// A chart of columns in an order that means something, from the lowest to the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the values, which are differences.
    pub unit: String,
    /// Columns from the left.
    pub columns: Vec<Column>,
}

const HEIGHT: f64 = 220.0;
const LEFT: f64 = 50.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;

impl Columns {
    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let values = || self.columns.iter().flat_map(|one| [one.value, one.interval.0, one.interval.1]);
        let measure = Measure::of(messages, &self.unit, values());
        let finite = || self.columns.iter().filter(|one| one.value.is_finite());
        let best = finite().max_by(|one, other| one.value.total_cmp(&other.value));
        let worst = finite().min_by(|one, other| one.value.total_cmp(&other.value));
        let finding = match (best, worst) {
            (Some(best), Some(worst)) => messages.title(
                "finding.spread",
                &[
                    ("high", &best.name),
                    ("highest", &measure.signed(best.value)),
                    ("low", &worst.name),
                    ("lowest", &measure.signed(worst.value)),
                ],
            ),
            _ => messages.title("finding.nothing", &[("name", &self.head.what)]),
        };
        Figure {
            name: self.head.name.clone(),
            finding,
            subtitle: self.head.subtitle(&measure.unit),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, HEIGHT), body: self.body(&measure, range(values().chain([0.0]))) },
            table: self.table(messages, &measure),
        }
    }

    fn body(&self, measure: &Measure, (low, high): (f64, f64)) -> String {
        let mut canvas = Canvas::default();
        let (low, high) = (measure.scaled(low), measure.scaled(high));
        let air = 0.06 * (high - low);
        let (low, high) = (if low < 0.0 { low - air } else { low }, if high > 0.0 { high + air } else { high });
        let at = |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
        let up = ticks(low, high);
        let decimals = tick_decimals(&up);
        for tick in up {
            let class = if tick == 0.0 { "zero" } else { "grid" };
            canvas.line(class, [LEFT, at(tick)], [WIDTH, at(tick)]);
            canvas.text("quiet", Anchor::End, [LEFT - 6.0, at(tick) + 4.0], &number(tick, decimals));
        }
        let room = (WIDTH - LEFT) / self.columns.len().max(1) as f64;
        for (position, column) in self.columns.iter().enumerate() {
            let x = LEFT + room * (position as f64 + 0.5);
            let name = cut(&column.name, room - 4.0);
            canvas.text("", Anchor::Middle, [x, HEIGHT - BOTTOM + 16.0], &name);
            if !column.value.is_finite() {
                continue;
            }
            let (zero, end) = (at(0.0), at(measure.scaled(column.value)));
            let colour = if column.value < 0.0 { 1 } else { 0 };
            let about = format!("{}: {}", column.name, measure.signed(column.value));
            let size = [0.6 * room, (end - zero).abs()];
            canvas.rect(&format!("fill s{colour}"), [x - 0.3 * room, zero.min(end)], size, &about);
            let [low, high] = [column.interval.0, column.interval.1].map(|value| at(measure.scaled(value)));
            if low.is_finite() && high.is_finite() {
                canvas.line("whisker", [x, low], [x, high]);
            }
        }
        canvas.into_text()
    }

    fn table(&self, messages: &Messages, measure: &Measure) -> DataTable {
        let mut fields = vec![
            Field::new(messages.text("figure.group")),
            Field::with_units(messages.text("figure.change"), &measure.unit, &self.unit),
        ];
        for key in ["figure.low", "figure.high"] {
            fields.push(Field::with_units(&messages.with(key, &[("coverage", "95")]), &measure.unit, &self.unit));
        }
        let shown = |value: f64| Cell::Number(value, measure.change(value));
        let row = |one: &Column| {
            let numbers = [one.value, one.interval.0, one.interval.1].map(shown);
            std::iter::once(Cell::Text(one.name.clone())).chain(numbers).collect()
        };
        DataTable { fields, rows: self.columns.iter().map(row).collect() }
    }
}
