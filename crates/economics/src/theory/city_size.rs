//! City size: agglomeration raises real income and crowding lowers it, so there is a best size.

use super::TheoryError;
use super::error::{found, within};
use crate::maths::{exp, ln, power};

/// Gains and losses of real income by city size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CitySize {
    /// Real income of a person before size counts, A.
    pub productivity: f64,
    /// Elasticity of productivity with respect to size, ε.
    pub agglomeration: f64,
    /// Loss by crowding at size one, κ.
    pub crowding: f64,
    /// Elasticity of that loss with respect to size, γ.
    pub crowding_elasticity: f64,
}

impl CitySize {
    fn check(&self) -> Result<(), TheoryError> {
        for (name, value) in [
            ("productivity", self.productivity),
            ("agglomeration", self.agglomeration),
            ("crowding", self.crowding),
            ("crowding_elasticity", self.crowding_elasticity),
        ] {
            within(name, value, value > 0.0, "a finite number above 0")?;
        }
        Ok(())
    }
}

/// The size at which real income is highest.
///
/// # Formula
///
/// `N* = (ε/(κ γ))^(1/γ)`, where `A N^ε exp(−κ N^γ)` is highest
///
/// # Source
///
/// Henderson (1974); Au and Henderson (2006) for the inverted U.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters that are not positive; [`TheoryError::NoRoot`] where the size exceeds all
/// numbers.
pub fn best_size(city: &CitySize) -> Result<f64, TheoryError> {
    city.check()?;
    let log_power = ln(city.agglomeration) - ln(city.crowding) - ln(city.crowding_elasticity);
    found("best size", exp(log_power / city.crowding_elasticity))
}

/// Real income of a person in a city of a given size.
///
/// # Formula
///
/// `A N^ε exp(−κ N^γ)`: an inverted U; zero at size zero
///
/// # Source
///
/// Au and Henderson (2006).
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters that are not positive or a negative size.
pub fn real_income(city: &CitySize, size: f64) -> Result<f64, TheoryError> {
    city.check()?;
    check_size(size)?;
    if size == 0.0 {
        return Ok(0.0);
    }
    let loss = city.crowding * power(size, city.crowding_elasticity);
    found("real income", city.productivity * exp(city.agglomeration * ln(size) - loss))
}

/// Refuses a size that is negative or no number.
fn check_size(size: f64) -> Result<(), TheoryError> {
    within("size", size, size >= 0.0, "a finite number, 0 or more").map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITY: CitySize =
        CitySize { productivity: 1.0, agglomeration: 0.06, crowding: 0.01, crowding_elasticity: 1.2 };

    #[test]
    fn a_city_without_crowding_has_no_best_size() {
        let refused = best_size(&CitySize { crowding: 0.0, ..CITY }).unwrap_err();
        assert_eq!(refused.to_string(), "crowding is 0, but must be a finite number above 0");
    }
}
