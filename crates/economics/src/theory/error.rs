//! Reasons for which a closed form has no value.

use std::error::Error;
use std::fmt;

/// Why a theoretical figure does not exist for the numbers given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TheoryError {
    /// Returns to scale so strong that people agglomerate at any trade cost.
    BlackHole {
        /// Elasticity of substitution.
        substitution: f64,
        /// Share of income spent on goods.
        goods_share: f64,
        /// The goods share must lie below this.
        goods_share_max: f64,
    },
    /// A parameter outside the range in which the model has a meaning.
    OutOfRange {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it should be, to follow "must be".
        expected: &'static str,
    },
    /// A slice whose length does not fit the others.
    Length {
        /// Name of the slice.
        name: &'static str,
        /// Its length.
        length: usize,
        /// The length that fits.
        expected: usize,
    },
    /// Firms of a place whose fixed work takes all its workers, or workers without a firm.
    NoClearingWage {
        /// Index of the place.
        place: usize,
        /// Workers there.
        workers: f64,
        /// Firms there.
        firms: f64,
    },
    /// A figure that is not a finite number, or that the search did not find.
    NoRoot {
        /// The figure sought.
        sought: &'static str,
    },
}

impl fmt::Display for TheoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlackHole { substitution, goods_share, goods_share_max } => write!(
                f,
                "black hole: with substitution {substitution} the goods_share must be below {goods_share_max}, but is \
                 {goods_share}; people would agglomerate at any trade cost"
            ),
            Self::OutOfRange { name, value, expected } => write!(f, "{name} is {value}, but must be {expected}"),
            Self::Length { name, length, expected } => {
                write!(f, "{name} has {length} numbers, but must have {expected}")
            }
            Self::NoClearingWage { place, workers, firms } => write!(
                f,
                "workers and firms of place {place}: no wage employs {workers} workers at {firms} firms; change one of \
                 the two"
            ),
            Self::NoRoot { sought } => write!(f, "no finite {sought} was found for these parameters"),
        }
    }
}

impl Error for TheoryError {}

/// `value`, where it is finite and `valid`.
pub(super) fn within(name: &'static str, value: f64, valid: bool, expected: &'static str) -> Result<f64, TheoryError> {
    if value.is_finite() && valid { Ok(value) } else { Err(TheoryError::OutOfRange { name, value, expected }) }
}

/// Refuses a substitution or a goods share without meaning.
pub(super) fn check_tastes(substitution: f64, goods_share: f64) -> Result<(), TheoryError> {
    within("substitution", substitution, substitution > 1.0, "a finite number above 1")?;
    within("goods_share", goods_share, goods_share > 0.0 && goods_share < 1.0, "above 0 and below 1")?;
    Ok(())
}

/// Refuses a trade cost below one.
pub(super) fn check_trade_cost(trade_cost: f64) -> Result<(), TheoryError> {
    within("trade_cost", trade_cost, trade_cost >= 1.0, "a finite number, 1 or more").map(|_| ())
}

/// Refuses a precision that is not a positive number.
pub(super) fn check_precision(precision: f64) -> Result<(), TheoryError> {
    within("precision", precision, precision > 0.0, "a finite number above 0").map(|_| ())
}

/// Refuses masses that are negative or do not add up to something, or a slice of another length.
pub(super) fn check_masses(name: &'static str, masses: &[f64], places: usize) -> Result<(), TheoryError> {
    check_length(name, masses, places)?;
    for &mass in masses {
        within(name, mass, mass >= 0.0, "finite and 0 or more in each place")?;
    }
    let sum = crate::maths::total(masses);
    within(name, sum, sum > 0.0, "a finite number above 0 in all")?;
    Ok(())
}

/// Refuses a slice of another length.
pub(super) fn check_length(name: &'static str, slice: &[f64], expected: usize) -> Result<(), TheoryError> {
    if slice.len() == expected { Ok(()) } else { Err(TheoryError::Length { name, length: slice.len(), expected }) }
}

/// `value` where it is finite.
pub(super) fn found(sought: &'static str, value: f64) -> Result<f64, TheoryError> {
    if value.is_finite() { Ok(value) } else { Err(TheoryError::NoRoot { sought }) }
}
