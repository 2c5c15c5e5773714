//! A waterfall: from one figure to another by parts that add up.

use crate::bars::{ROW, Scale, names_room};
use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::measure::Measure;
use crate::messages::Messages;
use crate::svg::{Anchor, Canvas, cut, width};
use crate::table::{Cell, DataTable, Field};

/// A part of the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its label.
    pub name: String,
    /// What it adds.
    pub value: f64,
}

/// A way from a start to an end by parts. What the parts leave of the way is shown as a part of its own, so that the
/// drawing never claims to explain what it does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the values.
    pub unit: String,
    /// Label and value of the start; none if the way begins at zero.
    pub from: Option<Step>,
    /// Parts in order.
    pub steps: Vec<Step>,
    /// Label and value of the end.
    pub to: Step,
}

/// What parts may leave of the largest figure and still add up: the rounding of sums.
const ROUNDING: f64 = 1e-6;
const TOP: f64 = 6.0;
const BOTTOM: f64 = 24.0;

impl Waterfall {
    fn start(&self) -> f64 {
        self.from.as_ref().map_or(0.0, |from| from.value)
    }

    /// The parts, with what they leave.
    fn all(&self, messages: &Messages) -> Vec<Step> {
        let mut steps = self.steps.clone();
        let left = self.to.value - self.start() - steps.iter().map(|step| step.value).sum::<f64>();
        let largest = steps.iter().map(|step| step.value.abs()).fold(self.to.value.abs(), f64::max);
        if left.abs() > ROUNDING * largest {
            steps.push(Step { name: messages.text("figure.remainder").to_owned(), value: left });
        }
        steps
    }

    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let steps = self.all(messages);
        let mut levels = vec![0.0, self.start()];
        for step in &steps {
            levels.push(levels[levels.len() - 1] + step.value);
        }
        let changes = steps.iter().map(|step| step.value).chain([self.to.value, self.start()]);
        let measure = Measure::of(messages, &self.unit, changes);
        let rows = steps.len() + 1 + usize::from(self.from.is_some());
        let height = TOP + ROW * rows as f64 + BOTTOM;
        Figure {
            name: self.head.name.clone(),
            finding: self.finding(messages, &measure, &steps),
            subtitle: self.head.subtitle(&measure.unit),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, height), body: self.body(&measure, &steps, &levels) },
            table: self.table(messages, &measure, &steps),
        }
    }

    fn finding(&self, messages: &Messages, measure: &Measure, steps: &[Step]) -> String {
        let Some(largest) = steps.iter().max_by(|one, other| one.value.abs().total_cmp(&other.value.abs())) else {
            return messages.title("finding.nothing", &[("name", &self.head.what)]);
        };
        let value = measure.signed(largest.value);
        match &self.from {
            Some(from) => {
                let (from, to) = (measure.value(from.value), measure.value(self.to.value));
                let values = [("from", from.as_str()), ("to", &to), ("name", &largest.name), ("value", &value)];
                messages.title("finding.waterfall", &values)
            }
            None => messages.title("finding.largest", &[("name", &largest.name), ("value", &value)]),
        }
    }

    fn body(&self, measure: &Measure, steps: &[Step], levels: &[f64]) -> String {
        let mut canvas = Canvas::default();
        let names = steps.iter().chain(&self.from).chain([&self.to]).map(|step| step.name.as_str());
        let left = names_room(names);
        let labels = steps.iter().map(|step| measure.change(step.value)).chain([measure.level(self.to.value)]);
        let room = labels.map(|label| width(&label)).fold(0.0, f64::max) + 10.0;
        let all = levels.iter().copied().chain([self.to.value]);
        let scale = Scale::new(left, room, all.map(|level| measure.scaled(level)));
        let rows = steps.len() + 1 + usize::from(self.from.is_some());
        scale.axis(TOP + ROW * rows as f64, &mut canvas);
        let mut y = TOP;
        let mut bar = |name: &str, from: f64, to: f64, class: &str, label: &str| {
            let [from, to] = [from, to].map(|level| scale.at(measure.scaled(level)));
            let baseline = y + 0.5 * ROW + 4.0;
            canvas.text("", Anchor::Start, [0.0, baseline], &cut(name, left - 8.0));
            let size = [(to - from).abs().max(1.0), ROW - 8.0];
            canvas.rect(class, [from.min(to), y + 4.0], size, &format!("{name}: {label}"));
            let falls = to < from;
            let (anchor, x) = if falls { (Anchor::End, to - 4.0) } else { (Anchor::Start, to + 4.0) };
            canvas.text("on", anchor, [x, baseline], label);
            y += ROW;
            canvas.line("rule", [to, y - 4.0], [to, y + 4.0]);
        };
        if let Some(from) = &self.from {
            bar(&from.name, 0.0, from.value, "fill none", &measure.level(from.value));
        }
        let mut level = self.start();
        for step in steps {
            let class = if step.value < 0.0 { "fill s1" } else { "fill s0" };
            bar(&step.name, level, level + step.value, class, &measure.change(step.value));
            level += step.value;
        }
        let label = if self.from.is_some() { measure.level(self.to.value) } else { measure.change(self.to.value) };
        bar(&self.to.name, 0.0, self.to.value, "fill none", &label);
        canvas.into_text()
    }

    fn table(&self, messages: &Messages, measure: &Measure, steps: &[Step]) -> DataTable {
        let fields = vec![
            Field::new(messages.text("figure.item")),
            Field::with_units(messages.text("figure.value"), &measure.unit, &self.unit),
        ];
        let row = |step: &Step, text: String| vec![Cell::Text(step.name.clone()), Cell::Number(step.value, text)];
        let start = self.from.iter().map(|from| row(from, measure.level(from.value)));
        let parts = steps.iter().map(|step| row(step, measure.change(step.value)));
        let end = row(&self.to, measure.level(self.to.value));
        DataTable { fields, rows: start.chain(parts).chain([end]).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn waterfall(parts: &[f64], end: f64) -> DataTable {
        let step = |name: &str, value: f64| Step { name: name.to_owned(), value };
        let chart = Waterfall {
            head: Head::default(),
            unit: "index".into(),
            from: Some(step("output", 10.0)),
            steps: parts.iter().map(|value| step("part", *value)).collect(),
            to: step("income", end),
        };
        chart.figure(&Messages::new(Language::English, "")).table
    }

    #[test]
    fn parts_add_up_and_what_they_leave_is_a_part_of_its_own() {
        let sum = |table: &DataTable| -> f64 {
            let values = table.rows.iter().map(|row| if let Cell::Number(value, _) = row[1] { value } else { 0.0 });
            let values: Vec<f64> = values.collect();
            values[..values.len() - 1].iter().sum::<f64>() - values[values.len() - 1]
        };
        let whole = waterfall(&[-1.0, -2.5], 6.5);
        assert_eq!((whole.rows.len(), sum(&whole)), (4, 0.0));
        let open = waterfall(&[-1.0, -2.0], 6.5);
        assert_eq!(open.rows.len(), 5);
        assert!(sum(&open).abs() < 1e-12);
    }
}
