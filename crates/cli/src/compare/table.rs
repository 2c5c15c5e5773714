//! Tables that can be pasted into a document: columns between bars, as wide as what they hold.

use std::fmt::Write as _;

/// Characters of a line that a table fits into where it can.
const COLUMNS: usize = 100;

/// A table that is being built.
pub(super) struct MarkdownTable {
    rows: Vec<Vec<String>>,
    /// Columns that are words, from the left; numbers stand to the right.
    words: usize,
}

impl MarkdownTable {
    /// With a head; the first `words` columns are words.
    pub(super) fn new(words: usize, head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|cell| (*cell).to_owned()).collect()], words }
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// The table; one that is wider than a screen is divided, and every part begins with the columns of words.
    pub(super) fn text(&self) -> String {
        let width = |at: usize| self.rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0).max(3);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let takes = |columns: &[usize]| columns.iter().map(|&at| widths[at] + 3).sum::<usize>() + 1;
        let words: Vec<usize> = (0..self.words).collect();
        let mut parts = vec![words.clone()];
        for (column, width) in widths.iter().enumerate().skip(self.words) {
            let last = parts.last_mut().expect("there is a part");
            if last.len() > words.len() && takes(last) + width + 3 > COLUMNS {
                parts.push([&words[..], &[column]].concat());
            } else {
                last.push(column);
            }
        }
        parts.iter().map(|columns| self.part(columns, &widths)).collect::<Vec<_>>().join("\n")
    }

    /// Some columns of the table.
    fn part(&self, columns: &[usize], widths: &[usize]) -> String {
        let mut text = String::new();
        for (at, row) in self.rows.iter().enumerate() {
            for &column in columns {
                let (cell, width) = (&row[column], widths[column]);
                let gap = " ".repeat(width - cell.chars().count());
                let cell = if column < self.words { format!("{cell}{gap}") } else { format!("{gap}{cell}") };
                write!(text, "| {cell} ").expect("text can be written to memory");
            }
            text.push_str("|\n");
            if at == 0 {
                for &column in columns {
                    let line = "-".repeat(widths[column]);
                    let line = if column < self.words { format!("|-{line}-") } else { format!("|-{line}:") };
                    text.push_str(&line);
                }
                text.push_str("|\n");
            }
        }
        text
    }
}

/// How numbers of a row are shown: in which unit, and with how many digits after the point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) unit: String,
    factor: f64,
    decimals: usize,
}

/// Digits that the larger of two levels is shown with.
const DIGITS: usize = 5;

impl Scale {
    /// Of levels in a unit. Shares become per cent, large numbers millions and billions.
    pub(super) fn of(unit: &str, levels: &[f64]) -> Self {
        let largest =
            levels.iter().filter(|level| level.is_finite()).fold(0.0_f64, |most, level| most.max(level.abs()));
        // Money is constant yuan throughout, which the head of the text says once.
        let unit = unit.trim_start_matches("constant ");
        let (unit, factor) = match unit {
            "share" => ("%".to_owned(), 100.0),
            _ if largest >= 1e9 => (format!("billion {unit}"), 1e-9),
            _ if largest >= 1e7 => (format!("million {unit}"), 1e-6),
            _ => (unit.to_owned(), 1.0),
        };
        let (mut whole, mut size) = (1, largest * factor);
        while size >= 10.0 {
            whole += 1;
            size /= 10.0;
        }
        Self { unit, factor, decimals: DIGITS.saturating_sub(whole) }
    }

    /// With one digit less after the point than fills a column: for a screen that is read aloud.
    pub(super) fn rounded(mut self) -> Self {
        self.decimals = self.decimals.min(1);
        self
    }

    pub(super) fn level(&self, value: f64) -> String {
        plain(value * self.factor, self.decimals)
    }

    pub(super) fn change(&self, value: f64) -> String {
        signed(value * self.factor, self.decimals)
    }

    pub(super) fn interval(&self, low: f64, high: f64) -> String {
        if low.is_nan() { "–".to_owned() } else { format!("{} to {}", self.change(low), self.change(high)) }
    }
}

/// A number with separated thousands.
pub(super) fn plain(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let nothing = digits.chars().all(|digit| matches!(digit, '0' | '.'));
    if value < 0.0 && !nothing { format!("-{text}{rest}") } else { text + rest }
}

/// A difference, with its sign; exactly nothing is `0`.
pub(super) fn signed(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = plain(value, decimals);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// A share as per cent.
pub(super) fn percent(share: f64) -> String {
    if share.is_finite() { format!("{} %", signed(100.0 * share, 2)) } else { "–".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_their_sign_their_thousands_and_nothing_as_nothing() {
        assert_eq!(plain(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(plain(-0.001, 2), "0.00");
        assert_eq!(signed(0.0, 3), "0");
        assert_eq!((signed(12.34, 1), signed(-1234.0, 0)), ("+12.3".to_owned(), "-1,234".to_owned()));
        assert_eq!((plain(f64::NAN, 1), percent(f64::INFINITY)), ("–".to_owned(), "–".to_owned()));
    }

    #[test]
    fn shares_are_per_cent_and_large_numbers_billions() {
        let share = Scale::of("share", &[0.427, 0.496]);
        assert_eq!(
            (share.unit.as_str(), share.level(0.427), share.change(0.069)),
            ("%", "42.700".into(), "+6.900".into())
        );
        let output = Scale::of("constant yuan per year", &[2.754e12]);
        assert_eq!((output.unit.as_str(), output.level(2.754e12)), ("billion yuan per year", "2,754.0".into()));
        assert_eq!(share.interval(f64::NAN, 1.0), "–");
    }

    #[test]
    fn a_table_that_is_too_wide_is_divided_and_every_part_names_its_rows() {
        let head: Vec<String> = (0..12).map(|at| format!("column number {at}")).collect();
        let mut table = MarkdownTable::new(1, &head.iter().map(String::as_str).collect::<Vec<_>>());
        table.row((0..12).map(|at| format!("cell {at}")).collect());
        let text = table.text();
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        let parts: Vec<&str> = text.split("\n\n").collect();
        assert!(parts.len() > 1 && parts.iter().all(|part| part.contains("| cell 0 ")), "{text}");
        assert!((0..12).all(|at| text.contains(&format!(" cell {at} "))), "{text}");
    }

    #[test]
    fn columns_are_as_wide_as_what_they_hold() {
        let mut table = MarkdownTable::new(1, &["city", "effect"]);
        assert!(table.is_empty());
        table.row(vec!["zhengzhou".into(), "+1".into()]);
        assert_eq!(table.text(), "| city      | effect |\n|-----------|-------:|\n| zhengzhou |     +1 |\n");
    }
}
