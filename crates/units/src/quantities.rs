//! Quantities with a unit: checked where they enter, and printed for people to read.

use core::fmt;
use serde::{Deserialize, Serialize};

/// A number that is not what its unit allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotAQuantity {
    /// The number.
    pub value: f64,
    /// What it was to be, as in "a share".
    pub quantity: &'static str,
    /// What is allowed, as in "must lie between 0 and 1".
    pub allowed: &'static str,
}

impl fmt::Display for NotAQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not {}: it {}", self.value, self.quantity, self.allowed)
    }
}

impl core::error::Error for NotAQuantity {}

/// Defines a quantity: its docs, what it is called, the test it must pass, and its accessor.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $called:literal, $allowed:literal, $check:expr, $(#[$accessor_doc:meta])* $accessor:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl $name {
            /// Checks a number.
            ///
            /// # Errors
            ///
            /// When the number is not what the unit allows.
            pub fn new(value: f64) -> Result<Self, NotAQuantity> {
                let check: fn(f64) -> bool = $check;
                if check(value) {
                    Ok(Self(value))
                } else {
                    Err(NotAQuantity { value, quantity: $called, allowed: $allowed })
                }
            }

            $(#[$accessor_doc])*
            pub const fn $accessor(self) -> f64 {
                self.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = NotAQuantity;

            fn try_from(value: f64) -> Result<Self, NotAQuantity> {
                Self::new(value)
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> f64 {
                quantity.0
            }
        }
    };
}

quantity!(
    /// A share of a whole, from 0 to 1. Printed in per cent.
    Share,
    "a share",
    "must lie between 0 and 1",
    |value| (0.0..=1.0).contains(&value),
    /// The share as a fraction of one.
    fraction
);

quantity!(
    /// Money in yuan of the base year; negative for a debt.
    Yuan,
    "an amount of money",
    "must be finite",
    f64::is_finite,
    /// The amount, in yuan.
    yuan
);

quantity!(
    /// People; not negative, and not whole where it is a mean.
    Persons,
    "a number of people",
    "must be finite and not negative",
    |value| value.is_finite() && value >= 0.0,
    /// The number of people.
    persons
);

quantity!(
    /// An area of land, not negative.
    SquareKilometres,
    "an area",
    "must be finite and not negative",
    |value| value.is_finite() && value >= 0.0,
    /// The area, in km².
    square_kilometres
);

quantity!(
    /// A distance, not negative.
    Kilometres,
    "a distance",
    "must be finite and not negative",
    |value| value.is_finite() && value >= 0.0,
    /// The distance, in km.
    kilometres
);

impl Share {
    /// What is left of the whole.
    pub fn rest(self) -> Self {
        Self(1.0 - self.0)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", grouped(self.0 * 100.0, f.precision().unwrap_or(1)))
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} yuan", grouped(self.0, f.precision().unwrap_or(0)))
    }
}

impl fmt::Display for Persons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(self.0, f.precision().unwrap_or(0)))
    }
}

impl fmt::Display for SquareKilometres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} km²", grouped(self.0, f.precision().unwrap_or(0)))
    }
}

impl fmt::Display for Kilometres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} km", grouped(self.0, f.precision().unwrap_or(0)))
    }
}

/// A number in plain notation with its thousands set apart by commas.
///
/// # Examples
///
/// ```
/// assert_eq!(units::grouped(-1234567.891, 1), "-1,234,567.9");
/// ```
pub fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    if !value.is_finite() {
        return format!("{value}");
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3 + 1);
    if value < 0.0 && !is_zero {
        text.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_share_says_why() {
        assert!(Share::new(0.0).is_ok() && Share::new(1.0).is_ok());
        let refused = Share::new(-0.4).unwrap_err();
        assert_eq!(refused.to_string(), "-0.4 is not a share: it must lie between 0 and 1");
        assert!(Share::new(f64::NAN).is_err() && Persons::new(-1.0).is_err() && Yuan::new(f64::INFINITY).is_err());
        assert!(Yuan::new(-5.0).is_ok());
    }

    #[test]
    fn reading_checks_as_well() {
        assert_eq!(serde_json::from_str::<Share>("0.25").unwrap().fraction(), 0.25);
        let refused = serde_json::from_str::<Share>("1.25").unwrap_err().to_string();
        assert!(refused.contains("must lie between 0 and 1"), "{refused}");
        assert_eq!(serde_json::to_string(&Kilometres::new(2.5).unwrap()).unwrap(), "2.5");
    }

    #[test]
    fn quantities_read_as_people_write_them() {
        assert_eq!(Persons::new(95_172_900.0).unwrap().to_string(), "95,172,900");
        assert_eq!(Share::new(0.385).unwrap().to_string(), "38.5 %");
        assert_eq!(format!("{:.2}", Yuan::new(-1234.5).unwrap()), "-1,234.50 yuan");
        assert_eq!(SquareKilometres::new(167_000.0).unwrap().to_string(), "167,000 km²");
        assert_eq!(grouped(-0.001, 1), "0.0");
        assert_eq!(grouped(999.96, 1), "1,000.0");
        assert_eq!(grouped(f64::NAN, 1), "NaN");
    }

    proptest! {
        #[test]
        fn commas_change_nothing_else(value in -1e12..1e12f64, decimals in 0usize..4) {
            let read: f64 = grouped(value, decimals).replace(',', "").parse().unwrap();
            prop_assert!((read - value).abs() <= 0.500001);
        }
    }
}
