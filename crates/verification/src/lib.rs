//! Verification: known theory and stylised facts, side by side with what the engine does.
//!
//! A theory [`case`] is a scenario of the engine with mechanisms off until it *is* that theory, a set of parameters, a
//! measured quantity and a closed form. A fact is a statistical test over seeds, with ablations that must fail.

pub mod case;
mod city_size;
mod core_periphery;
mod drift;
mod error;
pub mod facts;
mod footloose_capital;
mod footloose_entrepreneur;
mod land;
mod logit;
pub mod parameters;
mod plot;
pub mod quantity;
mod ring;
mod trial;

pub use case::{Case, Report};
pub use error::VerificationError;
pub use quantity::Quantity;
pub use trial::Effort;

/// The theory cases, in the order of the list.
#[must_use]
pub fn cases() -> Vec<&'static dyn Case> {
    vec![
        &core_periphery::CorePeriphery,
        &footloose_entrepreneur::FootlooseEntrepreneur,
        &footloose_capital::FootlooseCapital,
        &ring::Ring,
        &land::Land,
        &logit::Logit,
        &city_size::CitySize,
    ]
}

/// Carries a case out.
///
/// # Errors
/// As [`Case::verify`].
pub fn verify(case: &dyn Case, changes: &[parameters::Change], effort: &Effort) -> Result<Report, VerificationError> {
    let parameters = parameters::resolve(&case.parameters(), changes)?;
    let findings = case.verify(&parameters, effort)?;
    Ok(Report { case: case.name().to_owned(), parameters, quantities: findings.quantities, plot: findings.plot })
}
