//! Lines over time (or over any number), with fans, rules at dates of reforms and labels at their ends.

use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::language::number;
use crate::measure::Measure;
use crate::messages::Messages;
use crate::style::SERIES;
use crate::svg::{Anchor, Canvas, LINE, cut, escaped, pixel, width};
use crate::table::{Cell, DataTable, Field};
use crate::ticks::{padded, range, tick_decimals, ticks, years};

/// What runs to the right.
#[derive(Clone, Debug, PartialEq)]
pub enum Across {
    /// Dates as years.
    Years,
    /// A number with its name.
    Number(String),
}

/// A band that holds so many per cent of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Per cent: 50, 80 or 95.
    pub coverage: u8,
    /// Position, lower and upper end.
    pub points: Vec<(f64, f64, f64)>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What a script finds it by.
    pub key: String,
    /// Its label.
    pub name: String,
    /// Which colour: 0 for world A, 1 for world B (dashed), then others.
    pub colour: usize,
    /// Points in the order of drawing.
    pub points: Vec<(f64, f64)>,
    /// Bands, the widest first.
    pub fans: Vec<Fan>,
}

/// A date or position with a name: when a reform begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where.
    pub at: f64,
    /// Its label.
    pub name: String,
}

/// How far world B ends from world A, with an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What B is called in a sentence.
    pub policy: String,
    /// Mean difference at the end.
    pub effect: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A chart of lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// Name, subtitle, source.
    pub head: Head,
    /// Unit of the values, as in tables.
    pub unit: String,
    /// What runs to the right.
    pub across: Across,
    /// Lines.
    pub lines: Vec<Line>,
    /// Vertical rules.
    pub rules: Vec<Rule>,
    /// First and last position; those of the points if not given.
    pub span: Option<(f64, f64)>,
    /// Least and greatest value of the axis; those of the points if not given.
    pub limits: Option<(f64, f64)>,
    /// What the title tells, where two worlds are compared.
    pub change: Option<Change>,
    /// Whether values are differences: the title tells the last.
    pub differences: bool,
}

const HEIGHT: f64 = 250.0;
const LEFT: f64 = 50.0;
const RIGHT: f64 = 118.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 24.0;
const NAMED_BOTTOM: f64 = 40.0;

/// The value below which a share of sorted values lies, between neighbours in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let position = share * (sorted.len() - 1) as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
}

impl Line {
    /// The median of runs with fans of 50, 80 and 95 per cent of them. One run is a line without fans. `runs` holds one
    /// list of values by position for each run; what is not finite is left out.
    #[must_use]
    pub fn of_runs(key: &str, name: &str, colour: usize, at: &[f64], runs: &[Vec<f64>]) -> Self {
        let mut line = Self { key: key.to_owned(), name: name.to_owned(), colour, ..Self::default() };
        line.fans = [95, 80, 50].map(|coverage| Fan { coverage, points: Vec::new() }).to_vec();
        for (position, &x) in at.iter().enumerate() {
            let of_run = |run: &Vec<f64>| run.get(position).copied().filter(|value| value.is_finite());
            let mut values: Vec<f64> = runs.iter().filter_map(of_run).collect();
            if values.is_empty() {
                continue;
            }
            values.sort_by(f64::total_cmp);
            line.points.push((x, quantile(&values, 0.5)));
            for fan in &mut line.fans {
                let tail = 0.5 - f64::from(fan.coverage) / 200.0;
                fan.points.push((x, quantile(&values, tail), quantile(&values, 1.0 - tail)));
            }
        }
        if runs.len() < 2 {
            line.fans.clear();
        }
        line
    }

    fn class(&self) -> String {
        let dashed = if self.colour == 1 { " dashed" } else { "" };
        format!("line s{}{dashed}", self.colour % SERIES)
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        let ends = self.fans.iter().flat_map(|fan| &fan.points).flat_map(|&(_, low, high)| [low, high]);
        self.points.iter().map(|&(_, value)| value).chain(ends)
    }

    fn last(&self) -> Option<(f64, f64)> {
        self.points.iter().rev().copied().find(|(_, value)| value.is_finite())
    }
}

/// The box of the data, in pixels and in units of data.
struct Frame {
    x: (f64, f64),
    y: (f64, f64),
    bottom: f64,
}

impl Frame {
    fn size(&self) -> (f64, f64) {
        (WIDTH - LEFT - RIGHT, HEIGHT - TOP - self.bottom)
    }

    fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let (width, height) = self.size();
        [
            LEFT + width * (x - self.x.0) / (self.x.1 - self.x.0),
            TOP + height * (1.0 - (y - self.y.0) / (self.y.1 - self.y.0)),
        ]
    }
}

impl Lines {
    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let measure = Measure::of(messages, &self.unit, self.lines.iter().flat_map(Line::values));
        let unit = if self.differences { measure.change_unit() } else { &measure.unit };
        Figure {
            name: self.head.name.clone(),
            finding: self.finding(messages, &measure),
            subtitle: self.head.subtitle(unit),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, HEIGHT), body: self.body(&measure) },
            table: self.table(messages, &measure),
        }
    }

    fn finding(&self, messages: &Messages, measure: &Measure) -> String {
        let name = self.head.what.as_str();
        if let Some(Change { policy, effect, low, high }) = &self.change
            && effect.is_finite()
        {
            let measure = measure.clone().for_changes([*effect]);
            let unclear = *effect != 0.0 && !(*low > 0.0 || *high < 0.0);
            let key = match *effect {
                0.0 => "finding.same",
                _ if unclear => "finding.unclear",
                effect if effect > 0.0 => "finding.raises",
                _ => "finding.lowers",
            };
            let change = if unclear { measure.signed(*effect) } else { measure.size(*effect) };
            return messages.title(key, &[("name", name), ("policy", policy), ("change", &change)]);
        }
        let first = self.lines.first().map(|line| line.points.as_slice()).unwrap_or_default();
        let points: Vec<(f64, f64)> = first.iter().copied().filter(|(_, value)| value.is_finite()).collect();
        let (Some(&start), Some(&end)) = (points.first(), points.last()) else {
            return messages.title("finding.nothing", &[("name", name)]);
        };
        if self.differences {
            return messages.title("finding.effect", &[("name", name), ("change", &measure.signed(end.1))]);
        }
        let highest = points.iter().copied().fold(start, |best, one| if one.1 > best.1 { one } else { best });
        let lowest = points.iter().copied().fold(start, |best, one| if one.1 < best.1 { one } else { best });
        let spread = highest.1 - lowest.1;
        let inside = |turn: (f64, f64)| (turn.1 - start.1).abs().min((turn.1 - end.1).abs()) > 0.25 * spread;
        let turn = |key: &str, turn: (f64, f64)| {
            let year = format!("{:.0}", turn.0.floor());
            messages.title(key, &[("name", name), ("peak", &measure.value(turn.1)), ("year", &year)])
        };
        let still = spread <= 0.01 * highest.1.abs().max(lowest.1.abs());
        let years = self.across == Across::Years;
        let key = match end.1 - start.1 {
            _ if still => "finding.level",
            _ if years && inside(highest) => return turn("finding.peak", highest),
            _ if years && inside(lowest) => return turn("finding.trough", lowest),
            change if change > 0.0 => "finding.rises",
            _ => "finding.falls",
        };
        let [from, to] = [start, end].map(|(_, value)| measure.value(value));
        messages.title(key, &[("name", name), ("from", &from), ("to", &to)])
    }

    fn frame(&self, measure: &Measure) -> Frame {
        let points = || self.lines.iter().flat_map(|line| &line.points).map(|point| point.0);
        let x = self.span.unwrap_or_else(|| range(points().chain(self.rules.iter().map(|rule| rule.at))));
        let y = self.limits.unwrap_or_else(|| padded(range(self.lines.iter().flat_map(Line::values))));
        let y = (measure.scaled(y.0), measure.scaled(y.1));
        let y = if y.1 > y.0 { y } else { range([y.0]) };
        let x = if x.1 > x.0 { x } else { range([x.0]) };
        let bottom = if self.across == Across::Years { BOTTOM } else { NAMED_BOTTOM };
        Frame { x, y, bottom }
    }

    fn body(&self, measure: &Measure) -> String {
        let frame = self.frame(measure);
        let mut canvas = Canvas::default();
        self.axes(&frame, &mut canvas);
        self.layer(&frame, measure, &mut canvas);
        self.labels(&frame, measure, &mut canvas);
        canvas.into_text()
    }

    fn axes(&self, frame: &Frame, canvas: &mut Canvas) {
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - frame.bottom);
        let up = ticks(frame.y.0, frame.y.1);
        let decimals = tick_decimals(&up);
        for tick in up {
            let [_, y] = frame.at(frame.x.0, tick);
            let class = if tick == 0.0 { "zero" } else { "grid" };
            canvas.line(class, [LEFT, y], [right, y]);
            canvas.text("quiet", Anchor::End, [LEFT - 6.0, y + 4.0], &number(tick, decimals));
        }
        canvas.line("axis", [LEFT, bottom], [right, bottom]);
        let dates = self.across == Across::Years;
        let along = if dates { years(frame.x.0, frame.x.1) } else { ticks(frame.x.0, frame.x.1) };
        let decimals = if dates { 0 } else { tick_decimals(&along) };
        for tick in along {
            let [x, _] = frame.at(tick, frame.y.0);
            canvas.line("axis", [x, bottom], [x, bottom + 4.0]);
            let label = if dates { format!("{tick:.0}") } else { number(tick, decimals) };
            canvas.text("quiet", Anchor::Middle, [x, bottom + 17.0], &label);
        }
        if let Across::Number(name) = &self.across {
            canvas.text("quiet", Anchor::Middle, [0.5 * (LEFT + right), bottom + 34.0], name);
        }
        // Labels of rules that are close stand in one: the first names them all.
        let mut free = 0.0;
        for rule in &self.rules {
            let [x, _] = frame.at(rule.at, frame.y.0);
            if !(LEFT - 0.5..=right + 0.5).contains(&x) {
                continue;
            }
            canvas.line("rule", [x, TOP - 6.0], [x, bottom]);
            let label = cut(&rule.name, right - LEFT);
            let start = (x - 0.5 * width(&label)).clamp(LEFT, (right - width(&label)).max(LEFT));
            if start >= free {
                canvas.text("quiet", Anchor::Start, [start, TOP - 9.0], &label);
                free = start + width(&label) + 8.0;
            }
        }
    }

    /// The data, in its own units: a script adds to the paths without knowing of pixels.
    fn layer(&self, frame: &Frame, measure: &Measure, canvas: &mut Canvas) {
        let (width, height) = frame.size();
        let (span, rise) = (frame.x.1 - frame.x.0, frame.y.1 - frame.y.0);
        canvas.raw(&format!(
            r#"<svg class="layer" x="{}" y="{}" width="{}" height="{}" viewBox="{} {} {span} {rise}" preserveAspectRatio="none"><g transform="scale(1 -1)">"#,
            pixel(LEFT),
            pixel(TOP),
            pixel(width),
            pixel(height),
            frame.x.0,
            -frame.y.1,
        ));
        let at = |x: f64, y: f64| format!("{},{}", short(x, span), short(measure.scaled(y), rise));
        for line in &self.lines {
            for fan in &line.fans {
                let upper = fan.points.iter().map(|&(x, _, high)| at(x, high));
                let lower = fan.points.iter().rev().map(|&(x, low, _)| at(x, low));
                let points: Vec<String> = upper.chain(lower).collect();
                if !points.is_empty() {
                    let class = format!("fan s{} c{}", line.colour % SERIES, fan.coverage);
                    canvas.path(&class, &format!("M{}Z", points.join("L")), "");
                }
            }
        }
        for line in &self.lines {
            let drawn = line.points.iter().filter(|(_, value)| value.is_finite());
            let points: Vec<String> = drawn.map(|&(x, y)| at(x, y)).collect();
            let path = if points.is_empty() { String::new() } else { format!("M{}", points.join("L")) };
            canvas.raw(&format!(
                r#"<path class="{}" data-line="{}" data-factor="{}" d="{path}"/>"#,
                line.class(),
                escaped(&line.key),
                measure.scaled(1.0)
            ));
        }
        canvas.raw("</g></svg>");
    }

    /// Names at the ends of lines, moved apart; without points they stand in a column, in the order of lines.
    fn labels(&self, frame: &Frame, measure: &Measure, canvas: &mut Canvas) {
        let (_, height) = frame.size();
        let wanted = |(at, line): (usize, &Line)| {
            let below = TOP + LINE * (at as f64 + 0.5);
            line.last().map_or(below, |(_, value)| frame.at(frame.x.0, measure.scaled(value))[1])
        };
        let wanted: Vec<f64> = self.lines.iter().enumerate().map(wanted).collect();
        let places = apart(&wanted, TOP, TOP + height);
        for (line, y) in self.lines.iter().zip(places) {
            let x = WIDTH - RIGHT + 6.0;
            canvas.line(&line.class(), [x, y], [x + 14.0, y]);
            canvas.text("", Anchor::Start, [x + 18.0, y + 4.0], &cut(&line.name, RIGHT - 24.0));
        }
    }

    fn table(&self, messages: &Messages, measure: &Measure) -> DataTable {
        let position = match &self.across {
            Across::Years => messages.text("figure.date").to_owned(),
            Across::Number(name) => name.clone(),
        };
        let mut fields = vec![Field::new(&position)];
        let unit = if self.differences { measure.change_unit() } else { &measure.unit };
        let mut positions: Vec<f64> = self.lines.iter().flat_map(|line| &line.points).map(|point| point.0).collect();
        positions.sort_by(f64::total_cmp);
        positions.dedup();
        for line in &self.lines {
            let name = if line.name.is_empty() { &self.head.what } else { &line.name };
            fields.push(Field::with_units(name, unit, &self.unit));
            for fan in &line.fans {
                let coverage = fan.coverage.to_string();
                for key in ["figure.low", "figure.high"] {
                    let end = messages.with(key, &[("coverage", &coverage)]);
                    fields.push(Field::with_units(&format!("{name}, {end}"), unit, &self.unit));
                }
            }
        }
        let shown = |value: f64| Cell::Number(value, measure.level(value));
        let row = |&x: &f64| {
            let mut cells = vec![Cell::Text(x.to_string())];
            for line in &self.lines {
                let value = line.points.iter().find(|point| point.0 == x).map_or(f64::NAN, |point| point.1);
                cells.push(shown(value));
                for fan in &line.fans {
                    let ends = fan.points.iter().find(|point| point.0 == x);
                    cells.extend(ends.map_or([f64::NAN; 2], |&(_, low, high)| [low, high]).map(shown));
                }
            }
            cells
        };
        DataTable { fields, rows: positions.iter().map(row).collect() }
    }
}

/// A coordinate in units of data with as many digits as the width asks for.
fn short(value: f64, width: f64) -> String {
    let (mut decimals, mut size) = (0, width);
    while size < 4000.0 && decimals < 12 {
        size *= 10.0;
        decimals += 1;
    }
    let text = format!("{value:.decimals$}");
    if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Positions near those that are wanted, a line of text apart, within a range as far as there is room.
fn apart(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&one, &other| wanted[one].total_cmp(&wanted[other]).then(one.cmp(&other)));
    let mut places = wanted.to_vec();
    let mut free = top;
    for &at in &order {
        places[at] = places[at].max(free);
        free = places[at] + LINE;
    }
    let mut free = bottom;
    for &at in order.iter().rev() {
        places[at] = places[at].min(free);
        free = places[at] - LINE;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_fan_holds_the_share_of_runs_that_it_says() {
        let runs: Vec<Vec<f64>> = (0..101).map(|run| vec![f64::from(run)]).collect();
        let line = Line::of_runs("a", "A", 0, &[2010.0], &runs);
        assert_eq!(line.points, [(2010.0, 50.0)]);
        let fans: Vec<(u8, f64, f64)> =
            line.fans.iter().map(|fan| (fan.coverage, fan.points[0].1, fan.points[0].2)).collect();
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        for (coverage, low, high) in fans {
            assert!(near(high - low, f64::from(coverage)) && near(low + high, 100.0), "{coverage}: {low} {high}");
        }
        assert!(Line::of_runs("a", "A", 0, &[2010.0], &[vec![1.0]]).fans.is_empty());
    }

    #[test]
    fn labels_never_stand_on_each_other() {
        let places = apart(&[50.0, 51.0, 50.5, 200.0], 20.0, 210.0);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= LINE - 1e-9), "{places:?}");
        let crowded = apart(&[205.0, 206.0, 207.0], 20.0, 210.0);
        assert!(crowded.iter().all(|place| *place <= 210.0));
    }

    #[test]
    fn a_title_tells_what_the_numbers_do() {
        let messages = Messages::new(Language::English, "");
        let title = |values: &[f64]| {
            let points = values.iter().enumerate().map(|(at, value)| (2010.0 + at as f64, *value)).collect();
            let lines = Lines {
                head: Head { what: "Urban share".into(), ..Head::default() },
                unit: "share".into(),
                across: Across::Years,
                lines: vec![Line { points, ..Line::default() }],
                rules: Vec::new(),
                span: None,
                limits: None,
                change: None,
                differences: false,
            };
            lines.figure(&messages).finding
        };
        assert_eq!(title(&[0.40, 0.45, 0.50]), "Urban share rises from 40.0% to 50.0%");
        assert_eq!(title(&[0.26, 0.32, 0.18]), "Urban share peaks at 32.0% in 2011");
        assert_eq!(title(&[0.50, 0.51, 0.40]), "Urban share falls from 50.0% to 40.0%");
        assert_eq!(title(&[0.26, 0.40, 0.24]), "Urban share peaks at 40.0% in 2011");
        assert_eq!(title(&[0.26, 0.10, 0.24]), "Urban share is lowest in 2011: 10.0%");
        assert_eq!(title(&[0.26, 0.26, 0.26]), "Urban share stays near 26.0%");
        assert_eq!(title(&[]), "Urban share: no figures");
        assert_eq!(title(&[f64::NAN]), "Urban share: no figures");
    }
}
