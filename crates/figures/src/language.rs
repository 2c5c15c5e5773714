//! Languages, and how each writes numbers.

/// A language of titles, labels and tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese in simplified characters.
    Chinese,
}

impl Language {
    /// The tag for `lang` attributes: `en` or `zh`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// What stands where there is no number.
pub(crate) const MISSING: &str = "–";

/// A number with separated thousands and a true minus sign.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
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
    text.push_str(rest);
    let zero = digits.chars().all(|digit| matches!(digit, '0' | '.'));
    if value < 0.0 && !zero { format!("−{text}") } else { text }
}

/// A difference with its sign. What is exactly zero is `0`: a small difference and none are not the same.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = number(value, decimals);
    if value > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_thousands_signs_and_a_mark_for_what_is_missing() {
        assert_eq!(number(1_234_567.891, 1), "1,234,567.9");
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(number(-1234.0, 0), "−1,234");
        assert_eq!((signed(0.0, 2), signed(12.34, 1), signed(-0.5, 1)), ("0".into(), "+12.3".into(), "−0.5".into()));
        assert_eq!(number(f64::NAN, 1), MISSING);
    }
}
