//! City size: people are more productive together and in each other's way, so there is a best size.

use super::TheoryError;
use super::error::{found, within};
use super::solver::root;
use crate::maths::{exp, ln, ln_1p, power};

/// What people of a city gain and lose by its size.
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
/// `A N^ε exp(−κ N^γ)`: an inverted U, nought at nought
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

/// Real income by the form of productivity that stays finite in small cities.
///
/// # Formula
///
/// `A (1 + N/N_0)^ε exp(−κ N^γ)`
///
/// # Source
///
/// The model's form of urbanisation economies, model equation (2).
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters that are not positive or a negative size.
pub fn real_income_bounded(city: &CitySize, size_base: f64, size: f64) -> Result<f64, TheoryError> {
    city.check()?;
    check_size(size)?;
    check_base(size_base)?;
    let loss = city.crowding * power(size, city.crowding_elasticity);
    found("real income", city.productivity * exp(city.agglomeration * ln_1p(size / size_base) - loss))
}

/// The size at which real income by the bounded form is highest; nought where people are best off alone.
///
/// # Formula
///
/// The root of `ε = κ γ N^(γ−1) (N_0 + N)` beyond which income falls. With `γ < 1` income first falls, and such a root
/// counts only where income there exceeds A. Near [`best_size`] where `N ≫ N_0`, and below it always.
///
/// # Source
///
/// First-order condition of [`real_income_bounded`].
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters that are not positive; [`TheoryError::NoRoot`] where the size exceeds all
/// numbers.
pub fn best_size_bounded(city: &CitySize, size_base: f64) -> Result<f64, TheoryError> {
    check_base(size_base)?;
    // The marginal loss times N_0 + N exceeds that of the unbounded form at any size, so the best size is smaller.
    let size_max = best_size(city)?;
    let gamma = city.crowding_elasticity;
    let excess = |size: f64| {
        let loss = city.crowding * gamma * power(size, gamma - 1.0) * (size_base + size);
        Ok(loss - city.agglomeration)
    };
    // With γ < 1 the loss falls up to here, and rises beyond.
    let lowest = if gamma < 1.0 { (1.0 - gamma) / gamma * size_base } else { 0.0 };
    if lowest >= size_max || excess(lowest)? >= 0.0 {
        return Ok(0.0);
    }
    let size = root(excess, lowest, size_max)?;
    let alone = city.productivity;
    Ok(if real_income_bounded(city, size_base, size)? > alone { size } else { 0.0 })
}

/// Refuses a size that is negative or no number.
fn check_size(size: f64) -> Result<(), TheoryError> {
    within("size", size, size >= 0.0, "a finite number, 0 or more").map(|_| ())
}

/// Refuses a base that is not positive.
fn check_base(size_base: f64) -> Result<(), TheoryError> {
    within("size_base", size_base, size_base > 0.0, "a finite number above 0").map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CITY: CitySize =
        CitySize { productivity: 1.0, agglomeration: 0.06, crowding: 0.01, crowding_elasticity: 1.2 };

    #[test]
    fn people_who_gain_little_are_best_off_alone() {
        let dull = CitySize { agglomeration: 0.001, crowding_elasticity: 1.0, ..CITY };
        assert_eq!(best_size_bounded(&dull, 1.0), Ok(0.0));
    }

    #[test]
    fn a_city_without_crowding_has_no_best_size() {
        let refused = best_size(&CitySize { crowding: 0.0, ..CITY }).unwrap_err();
        assert_eq!(refused.to_string(), "crowding is 0, but must be a finite number above 0");
    }
}
