//! Footloose capital: capital goes where it earns most, its owners stay and spend where they are.

use super::TheoryError;
use super::error::within;

/// Refuses a freeness at which location matters for nothing, or a number that is none.
fn check_freeness(freeness: f64) -> Result<(), TheoryError> {
    within("freeness", freeness, (0.0..1.0).contains(&freeness), "0 or more and below 1").map(|_| ())
}

/// The share of firms in the region that has a given share of all spending.
///
/// # Formula
///
/// `n_1 = ½ + (s_1 − ½)(1 + φ)/(1 − φ)`, held within [0, 1]: beyond, one region has all firms.
///
/// # Source
///
/// Martin and Rogers (1995); Baldwin, Forslid, Martin, Ottaviano and Robert-Nicoud (2003), chapter 3.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for a share outside [0, 1] or a freeness outside [0, 1).
pub fn firm_share(expenditure_share: f64, freeness: f64) -> Result<f64, TheoryError> {
    let spending = expenditure_share;
    within("expenditure_share", spending, (0.0..=1.0).contains(&spending), "from 0 to 1")?;
    let magnified = (spending - 0.5) * home_market_magnification(freeness)?;
    Ok((0.5 + magnified).clamp(0.0, 1.0))
}

/// By how much the share of firms outgrows the share of spending: the home market effect.
///
/// # Formula
///
/// `dn_1/ds_1 = (1 + φ)/(1 − φ)`, while both regions have firms
///
/// # Source
///
/// Martin and Rogers (1995); Krugman (1980) for the effect.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for a freeness outside [0, 1).
pub fn home_market_magnification(freeness: f64) -> Result<f64, TheoryError> {
    check_freeness(freeness)?;
    Ok((1.0 + freeness) / (1.0 - freeness))
}

/// The share of spending at and above which the region has all firms.
///
/// # Formula
///
/// `s = 1/(1 + φ)`; at `1 − s` and below it has none
///
/// # Source
///
/// Baldwin, Forslid, Martin, Ottaviano and Robert-Nicoud (2003), chapter 3.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for a freeness outside [0, 1).
pub fn corner(freeness: f64) -> Result<f64, TheoryError> {
    check_freeness(freeness)?;
    Ok(1.0 / (1.0 + freeness))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_trade_firms_follow_spending_and_with_free_trade_there_is_no_answer() {
        assert_eq!(firm_share(0.7, 0.0), Ok(0.7));
        assert!(firm_share(0.7, 1.0).is_err());
        assert!(firm_share(f64::NAN, 0.5).is_err());
    }

    #[test]
    fn at_the_corner_a_region_has_just_all_firms() {
        assert!((firm_share(corner(0.3).unwrap(), 0.3).unwrap() - 1.0).abs() < 1e-15);
        assert_eq!(firm_share(1.0 - corner(0.3).unwrap() - 0.1, 0.3), Ok(0.0));
    }
}
