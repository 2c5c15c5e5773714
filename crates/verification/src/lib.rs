//! Verification: known theory and stylised facts, side by side with what the engine does.
//!
//! A theory [`case`] is a scenario of the engine with mechanisms off until it *is* that theory, a set of parameters, a
//! measured quantity and a closed form. A fact is a statistical test over seeds, with ablations that must fail.

pub mod case;
pub mod chart;
mod city_size;
mod core_periphery;
mod drift;
mod error;
pub mod facts;
mod footloose_capital;
mod footloose_entrepreneur;
mod hysteresis;
mod land;
mod logit;
mod page;
pub mod parameters;
mod plot;
pub mod quantity;
mod ring;
pub mod text;
mod trial;

use std::path::Path;

pub use case::{Case, Report};
pub use error::VerificationError;
pub use page::page;
pub use quantity::Quantity;
pub use trial::Effort;

use facts::{Fact, Prior};

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
    Ok(Report {
        case: case.name().to_owned(),
        parameters,
        quantities: findings.quantities,
        plot: findings.plot,
        charts: findings.charts,
        facts: Vec::new(),
        prior: None,
    })
}

/// The report on tested facts. Those that are only reported decide nothing.
#[must_use]
pub fn verify_facts(facts: Vec<Fact>) -> Report {
    let quantities = facts.iter().flat_map(Fact::quantities).collect();
    Report { quantities, facts, ..empty("facts") }
}

/// The report on a prior sweep, which has no verdict.
#[must_use]
pub fn verify_prior(prior: Prior) -> Report {
    Report { prior: Some(prior), ..empty("prior") }
}

fn empty(case: &str) -> Report {
    Report {
        case: case.to_owned(),
        parameters: parameters::Parameters::default(),
        quantities: Vec::new(),
        plot: None,
        charts: Vec::new(),
        facts: Vec::new(),
        prior: None,
    }
}

/// Writes `verification.md`, the figures behind it (`verification/figures.json`) and its charts.
///
/// # Errors
/// What the system says.
pub fn write_page(reports: &[Report], folder: &Path) -> std::io::Result<()> {
    let beside = folder.join("verification");
    std::fs::create_dir_all(&beside)?;
    let figures = serde_json::to_string_pretty(reports).map_err(std::io::Error::other)?;
    std::fs::write(beside.join("figures.json"), figures + "\n")?;
    for chart in reports.iter().flat_map(|report| &report.charts) {
        std::fs::write(beside.join(format!("{}.svg", chart.name)), chart.svg())?;
    }
    std::fs::write(folder.join("verification.md"), page(reports))
}
