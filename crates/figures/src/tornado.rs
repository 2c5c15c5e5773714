//! A tornado: how far the answer moves when one assumption at a time goes from one end of its range to the other.

use crate::bars::{ROW, names_room};
use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::language::number;
use crate::measure::Measure;
use crate::messages::Messages;
use crate::svg::{Anchor, Canvas, cut, width};
use crate::table::{Cell, DataTable, Field};
use crate::ticks::{padded, range, tick_decimals, ticks};

/// The answer at the two ends of one assumption.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The assumption.
    pub name: String,
    /// The lower setting, in words, and the answer there.
    pub low: (String, f64),
    /// The upper setting and the answer there.
    pub high: (String, f64),
}

/// A chart of swings around the answer as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the answer.
    pub unit: String,
    /// The answer with every assumption as it is; none where there is no such run.
    pub base: Option<f64>,
    /// Assumptions in any order.
    pub swings: Vec<Swing>,
}

const TOP: f64 = 6.0;
const BOTTOM: f64 = 24.0;

impl Tornado {
    /// The figure, with the assumption that matters most at the top.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let mut swings: Vec<&Swing> = self.swings.iter().collect();
        let reach = |swing: &Swing| (swing.high.1 - swing.low.1).abs();
        swings.sort_by(|one, other| reach(other).total_cmp(&reach(one)));
        let values = || swings.iter().flat_map(|swing| [swing.low.1, swing.high.1]).chain(self.base);
        let measure = Measure::of(messages, &self.unit, values());
        let finding = match swings.first() {
            Some(swing) => messages.title("finding.tornado", &[("name", &swing.name)]),
            None => messages.title("finding.nothing", &[("name", &self.head.what)]),
        };
        let (low, high) = padded(range(values()));
        let limits = (measure.scaled(low), measure.scaled(high));
        Figure {
            name: self.head.name.clone(),
            finding,
            subtitle: self.head.subtitle(&measure.unit),
            source: self.head.source.clone(),
            drawing: Drawing {
                size: (WIDTH, TOP + ROW * swings.len() as f64 + BOTTOM),
                body: self.body(&measure, &swings, limits),
            },
            table: self.table(messages, &measure, &swings),
        }
    }

    fn body(&self, measure: &Measure, swings: &[&Swing], (low, high): (f64, f64)) -> String {
        let mut canvas = Canvas::default();
        let left = names_room(swings.iter().map(|swing| swing.name.as_str()));
        // Settings stand beside the ends of bars.
        let room =
            swings.iter().flat_map(|swing| [width(&swing.low.0), width(&swing.high.0)]).fold(0.0, f64::max) + 6.0;
        let (from, until) = (left + room, WIDTH - room);
        let at = |value: f64| from + (until - from) * (value - low) / (high - low);
        let bottom = TOP + ROW * swings.len() as f64;
        let along = ticks(low, high);
        let decimals = tick_decimals(&along);
        let mut free = f64::NEG_INFINITY;
        for tick in along {
            let (x, label) = (at(tick), number(tick, decimals));
            canvas.line(if tick == 0.0 { "zero" } else { "grid" }, [x, 2.0], [x, bottom]);
            let half = 0.5 * width(&label);
            if x - half > free {
                canvas.text("quiet", Anchor::Middle, [x, bottom + 16.0], &label);
                free = x + half + 6.0;
            }
        }
        if let Some(base) = self.base {
            let x = at(measure.scaled(base));
            canvas.line("rule", [x, 2.0], [x, bottom]);
        }
        for (position, swing) in swings.iter().enumerate() {
            let y = TOP + ROW * position as f64;
            let baseline = y + 0.5 * ROW + 4.0;
            canvas.text("", Anchor::Start, [0.0, baseline], &cut(&swing.name, left - 8.0));
            let [one, other] = [&swing.low, &swing.high].map(|(_, value)| at(measure.scaled(*value)));
            if !(one.is_finite() && other.is_finite()) {
                continue;
            }
            let middle = self.base.map_or(0.5 * (one + other), |base| at(measure.scaled(base)));
            for (end, (setting, value), class) in [(one, &swing.low, "fill s0"), (other, &swing.high, "fill s1")] {
                let about = format!("{} {setting}: {}", swing.name, measure.value(*value));
                canvas.rect(class, [end.min(middle), y + 4.0], [(end - middle).abs(), ROW - 8.0], &about);
            }
            let labels = if one <= other { [&swing.low, &swing.high] } else { [&swing.high, &swing.low] };
            let (first, last) = (one.min(other).min(middle), one.max(other).max(middle));
            canvas.text("quiet", Anchor::End, [first - 4.0, baseline], &labels[0].0);
            canvas.text("quiet", Anchor::Start, [last + 4.0, baseline], &labels[1].0);
        }
        canvas.into_text()
    }

    fn table(&self, messages: &Messages, measure: &Measure, swings: &[&Swing]) -> DataTable {
        let value = messages.text("figure.value");
        let fields = vec![
            Field::new(messages.text("figure.item")),
            Field::new(messages.text("figure.from")),
            Field::with_units(value, &measure.unit, &self.unit),
            Field::new(messages.text("figure.to")),
            Field::with_units(value, &measure.unit, &self.unit),
        ];
        let shown = |value: f64| Cell::Number(value, measure.level(value));
        let row = |swing: &&Swing| {
            let [low, high] = [&swing.low, &swing.high];
            vec![
                Cell::Text(swing.name.clone()),
                Cell::Text(low.0.clone()),
                shown(low.1),
                Cell::Text(high.0.clone()),
                shown(high.1),
            ]
        };
        DataTable { fields, rows: swings.iter().map(row).collect() }
    }
}
