//! How the numbers of one figure are shown: in which unit, scaled by how much, with how many digits.

use crate::language::{Language, number, signed};
use crate::messages::Messages;

/// The unit of shares in tables; shown as per cent, differences in points.
const SHARE: &str = "share";
/// The unit of changes relative to what was before; shown as per cent.
const RELATIVE: &str = "relative";

/// A unit with its scale and digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The unit in words, with the scale: `billion yuan a year`.
    pub unit: String,
    brief: String,
    brief_change: String,
    factor: f64,
    decimals: usize,
    percent: bool,
}

impl Measure {
    /// For levels in a unit as tables state it. Shares become per cent; large numbers become millions and billions, in
    /// Chinese 万 and 亿.
    #[must_use]
    pub fn of(messages: &Messages, unit: &str, levels: impl IntoIterator<Item = f64>) -> Self {
        let largest =
            levels.into_iter().filter(|level| level.is_finite()).fold(0.0_f64, |most, one| most.max(one.abs()));
        let word = messages.name("unit", unit);
        let brief = messages.find(&format!("brief.{unit}")).unwrap_or(&word).to_owned();
        if unit == SHARE || unit == RELATIVE {
            let points = if unit == SHARE { messages.text("unit.points").to_owned() } else { word.clone() };
            let decimals = percent_decimals(largest);
            return Self {
                unit: word.clone(),
                brief: word,
                brief_change: points,
                factor: 100.0,
                decimals,
                percent: true,
            };
        }
        let scales: [(f64, f64, &str); 2] = match messages.language() {
            Language::English => [(1e9, 1e-9, "scale.large"), (1e6, 1e-6, "scale.middle")],
            Language::Chinese => [(1e8, 1e-8, "scale.large"), (1e5, 1e-4, "scale.middle")],
        };
        let gap = if messages.language() == Language::English { " " } else { "" };
        let scale = scales.into_iter().find(|(from, ..)| largest >= *from);
        let scaled = |word: &str| match scale {
            Some((_, _, key)) => format!("{}{gap}{word}", messages.text(key)).trim().to_owned(),
            None => word.to_owned(),
        };
        let factor = scale.map_or(1.0, |(_, factor, _)| factor);
        let brief = scaled(&brief);
        let brief = if brief.is_empty() { brief } else { format!("{gap}{brief}") };
        let decimals = decimals(largest * factor);
        Self { unit: scaled(&word), brief: brief.clone(), brief_change: brief, factor, decimals, percent: false }
    }

    /// A level without its unit, as in a table whose head says the unit.
    #[must_use]
    pub fn level(&self, value: f64) -> String {
        number(value * self.factor, self.decimals)
    }

    /// A difference without its unit.
    #[must_use]
    pub fn change(&self, value: f64) -> String {
        signed(value * self.factor, self.decimals)
    }

    /// A level with its unit in short: `42.7%`, `3.1 billion yuan`.
    #[must_use]
    pub fn value(&self, value: f64) -> String {
        format!("{}{}", self.level(value), self.brief)
    }

    /// A difference with its unit in short and no sign: `6.9 points`.
    #[must_use]
    pub fn size(&self, value: f64) -> String {
        let word = self.brief_change.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let gap = if word { " " } else { "" };
        format!("{}{gap}{}", number(value.abs() * self.factor, self.decimals), self.brief_change)
    }

    /// A difference with its sign and its unit in short.
    #[must_use]
    pub fn signed(&self, value: f64) -> String {
        if value == 0.0 {
            return "0".to_owned();
        }
        let size = self.size(value);
        let rounds_to_zero = !size.contains(|letter: char| ('1'..='9').contains(&letter));
        match value {
            _ if rounds_to_zero || !value.is_finite() => size,
            value if value > 0.0 => format!("+{size}"),
            _ => format!("−{size}"),
        }
    }

    /// The unit of differences in words.
    pub(crate) fn change_unit(&self) -> &str {
        if self.percent { &self.brief_change } else { &self.unit }
    }

    /// A number in the units of the axis.
    pub(crate) fn scaled(&self, value: f64) -> f64 {
        value * self.factor
    }

    /// The same measure for small differences of large levels: digits follow the differences.
    #[must_use]
    pub fn for_changes(mut self, changes: impl IntoIterator<Item = f64>) -> Self {
        let largest = changes.into_iter().filter(|one| one.is_finite()).fold(0.0_f64, |most, one| most.max(one.abs()));
        let wanted = if self.percent { percent_decimals(largest) } else { decimals(largest * self.factor) };
        self.decimals = wanted.max(self.decimals);
        self
    }
}

/// Digits after the point of per cent: one, and two where all are below one per cent.
fn percent_decimals(largest: f64) -> usize {
    if largest >= 0.01 || largest == 0.0 { 1 } else { 2 }
}

/// Digits after the point that show three in all.
fn decimals(largest: f64) -> usize {
    match largest {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 || size == 0.0 => 2,
        size if size >= 0.01 => 3,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_per_cent_and_their_differences_points() {
        let messages = Messages::new(Language::English, "");
        let share = Measure::of(&messages, "share", [0.427, 0.496]);
        assert_eq!(
            (share.value(0.427), share.signed(0.069), share.unit.as_str()),
            ("42.7%".into(), "+6.9 points".into(), "%")
        );
        let share = Measure::of(&Messages::new(Language::Chinese, ""), "share", [0.427]);
        assert_eq!(share.signed(-0.069), "−6.9个百分点");
    }

    #[test]
    fn each_language_groups_large_numbers_in_its_own_way() {
        let output = [2.754e12];
        let english = Measure::of(&Messages::new(Language::English, ""), "constant yuan per year", output);
        assert_eq!(
            (english.value(output[0]).as_str(), english.unit.as_str()),
            ("2,754 billion yuan", "billion yuan a year")
        );
        let chinese = Measure::of(&Messages::new(Language::Chinese, ""), "constant yuan per year", output);
        assert_eq!((chinese.value(output[0]).as_str(), chinese.unit.as_str()), ("27,540亿元", "亿元/年"));
        let people = Measure::of(&Messages::new(Language::Chinese, ""), "persons", [94_029_939.0]);
        assert_eq!(people.value(94_029_939.0), "9,403万人");
        let ratio = Measure::of(&Messages::new(Language::English, ""), "ratio", [1.25]);
        assert_eq!(ratio.value(1.25), "1.25");
    }

    #[test]
    fn nothing_is_exactly_zero() {
        let ratio = Measure::of(&Messages::new(Language::English, ""), "km2", [1.25]);
        assert_eq!((ratio.signed(0.0), ratio.signed(0.25)), ("0".to_owned(), "+0.25 km²".to_owned()));
    }
}
