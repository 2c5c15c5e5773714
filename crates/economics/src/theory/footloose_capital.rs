//! Footloose capital: capital moves to the highest return; its owners stay and spend at home.

use super::TheoryError;
use super::error::within;

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
    within("freeness", freeness, (0.0..1.0).contains(&freeness), "0 or more and below 1")?;
    let magnification = (1.0 + freeness) / (1.0 - freeness);
    Ok((0.5 + (spending - 0.5) * magnification).clamp(0.0, 1.0))
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
}
