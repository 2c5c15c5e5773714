//! Shares of a whole, a row for each group or place: who gains and who loses with the unchanged, industries by place.

use crate::bars::{KEY, ROW, names_room};
use crate::figure::{Drawing, Figure, Head, WIDTH};
use crate::language::number;
use crate::messages::Messages;
use crate::svg::{Anchor, Canvas, cut, width};
use crate::table::{Cell, DataTable, Field};

/// A part of every row.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// In a colour of the series.
    Colour(String, usize),
    /// In the colour of what is neither better nor worse.
    Neutral(String),
}

/// A whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its label.
    pub name: String,
    /// Shares, in the order of parts.
    pub shares: Vec<f64>,
}

/// A chart of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Name, subtitle, source.
    pub head: Head,
    /// Parts from the left.
    pub parts: Vec<Part>,
    /// Rows from the top. The first is what the title is about where parts are gains and losses.
    pub rows: Vec<Row>,
    /// Whether the first part is those who gain and the last those who lose.
    pub gains: bool,
}

const BOTTOM: f64 = 6.0;

/// A share in words, with one digit after the point where it is small.
fn percent(share: f64) -> String {
    let decimals = if share > 0.0 && share < 0.1 { 1 } else { 0 };
    format!("{}%", number(100.0 * share, decimals))
}

impl Part {
    fn name(&self) -> &str {
        match self {
            Self::Colour(name, _) | Self::Neutral(name) => name,
        }
    }

    fn class(&self) -> String {
        match self {
            Self::Colour(_, colour) => format!("fill s{colour}"),
            Self::Neutral(_) => "fill none".to_owned(),
        }
    }
}

impl Parts {
    /// The figure.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let (body, height) = self.body();
        Figure {
            name: self.head.name.clone(),
            finding: self.finding(messages),
            subtitle: self.head.subtitle(messages.text("unit.share")),
            source: self.head.source.clone(),
            drawing: Drawing { size: (WIDTH, height), body },
            table: self.table(messages),
        }
    }

    fn finding(&self, messages: &Messages) -> String {
        let nothing = || messages.title("finding.nothing", &[("name", &self.head.what)]);
        if self.gains {
            return self.rows.first().map_or_else(nothing, |row| gains(messages, &row.name, &row.shares));
        }
        let part = (0..self.parts.len()).max_by(|&one, &other| self.spread(one).total_cmp(&self.spread(other)));
        let Some(part) = part else { return nothing() };
        let of = |row: &&Row| row.shares.get(part).copied().filter(|share| share.is_finite()).unwrap_or(-1.0);
        let Some(row) = self.rows.iter().max_by(|one, other| of(one).total_cmp(&of(other))) else { return nothing() };
        let values = [("part", self.parts[part].name()), ("name", row.name.as_str()), ("value", &percent(of(&row)))];
        messages.title("finding.composition", &values)
    }

    /// How much a part differs between rows.
    fn spread(&self, part: usize) -> f64 {
        let shares = self.rows.iter().filter_map(|row| row.shares.get(part)).filter(|share| share.is_finite());
        let (low, high) =
            shares.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), share| (low.min(*share), high.max(*share)));
        high - low
    }

    fn body(&self) -> (String, f64) {
        let mut canvas = Canvas::default();
        let mut x = 0.0;
        let mut top = 0.0;
        for part in &self.parts {
            let size = width(part.name()) + 16.0 + 14.0;
            if x + size > WIDTH + 14.0 && x > 0.0 {
                (x, top) = (0.0, top + KEY - 6.0);
            }
            canvas.rect(&part.class(), [x, top + 2.0], [11.0, 11.0], "");
            canvas.text("", Anchor::Start, [x + 16.0, top + 12.0], part.name());
            x += size;
        }
        top += KEY;
        let left = names_room(self.rows.iter().map(|row| row.name.as_str()));
        for (at, row) in self.rows.iter().enumerate() {
            let y = top + ROW * at as f64;
            canvas.text("", Anchor::Start, [0.0, y + 0.5 * ROW + 4.0], &cut(&row.name, left - 8.0));
            let mut x = left;
            for (part, share) in self.parts.iter().zip(&row.shares).filter(|(_, share)| **share > 0.0) {
                let size = (WIDTH - left) * share;
                let about = format!("{}, {}: {}", row.name, part.name(), percent(*share));
                canvas.rect(&part.class(), [x, y + 3.0], [(size - 1.0).max(0.3), ROW - 6.0], &about);
                let label = percent(*share);
                if size > width(&label) + 8.0 {
                    canvas.text("on", Anchor::Middle, [x + 0.5 * size, y + 0.5 * ROW + 4.0], &label);
                }
                x += size;
            }
        }
        (canvas.into_text(), top + ROW * self.rows.len() as f64 + BOTTOM)
    }

    fn table(&self, messages: &Messages) -> DataTable {
        let mut fields = vec![Field::new(messages.text("figure.group"))];
        fields.extend(self.parts.iter().map(|part| Field::with_units(part.name(), "%", "share")));
        let row = |row: &Row| {
            let name = Cell::Text(row.name.clone());
            let shares = row.shares.iter().map(|&share| Cell::Number(share, number(100.0 * share, 1)));
            std::iter::once(name).chain(shares).collect()
        };
        DataTable { fields, rows: self.rows.iter().map(row).collect() }
    }
}

/// Who gains and who loses in a group, in words that follow the majority: a group of which most lose is never said to
/// gain, whatever its mean.
fn gains(messages: &Messages, group: &str, shares: &[f64]) -> String {
    let (better, worse) = (shares.first().copied().unwrap_or(0.0), shares.last().copied().unwrap_or(0.0));
    let key = if better == 0.0 && worse == 0.0 {
        "finding.none_change"
    } else if better > 0.5 {
        "finding.most_gain"
    } else if worse > 0.5 {
        "finding.most_lose"
    } else if better >= worse {
        "finding.more_gain"
    } else {
        "finding.more_lose"
    };
    messages.title(key, &[("group", group), ("better", &percent(better)), ("worse", &percent(worse))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn the_word_follows_the_majority() {
        let messages = Messages::new(Language::English, "");
        let title = |shares: [f64; 3]| gains(&messages, "migrants", &shares);
        assert_eq!(title([0.3, 0.1, 0.6]), "Most lose (60%), 30% gain: migrants");
        assert_eq!(title([0.7, 0.1, 0.2]), "Most gain (70%), 20% lose: migrants");
        assert_eq!(title([0.2, 0.5, 0.3]), "More lose (30%) than gain (20%): migrants");
        assert_eq!(title([0.0, 1.0, 0.0]), "Nobody gains, nobody loses: migrants");
        assert_eq!(percent(0.034), "3.4%");
    }
}
