//! Footloose capital (Martin and Rogers 1995): the larger market gets more than its share of firms.

use ensembles::statistics::Estimate;

use crate::case::{Case, Findings};
use crate::core_periphery::{HUNDREDS_OF_KM, PLACES};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters, Range};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, State, run_all};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/footloose-capital.ron");
/// City people and rural people of both places, persons: shares of both are the shares of expenditure.
const PEOPLE: (f64, f64) = (40e6, 2e6);
/// Elasticity of substitution; the share of firms depends on freeness alone.
const SIGMA: f64 = 5.0;
/// Largest error of the share of firms.
const TOLERANCE: f64 = 0.01;

/// The case.
pub(crate) struct FootlooseCapital;

impl Case for FootlooseCapital {
    fn name(&self) -> &'static str {
        "footloose-capital"
    }

    fn about(&self) -> &'static str {
        "Firms need capital, which goes where it earns most while its owners stay and spend at home; so the place with \
         more spending draws more than its share of firms. Firms move until they rest, and their share is read."
    }

    fn source(&self) -> &'static str {
        "Martin and Rogers 1995"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::number(
                "expenditure_share",
                "share of the first place in spending",
                0.55,
                Range::Between(0.01, 0.99),
            ),
            Parameter::number("phi", "freeness of trade between the two places", 0.3, Range::Between(0.0001, 0.99)),
        ]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let (share, phi) = (parameters.number("expenditure_share"), parameters.number("phi"));
        let theory = self.theory(economics::theory::footloose_capital::firm_share(share, phi))?;
        let cost_log = -economics::maths::ln(phi) / (SIGMA - 1.0);
        let mut setting = Setting::new("footloose-capital", SCENARIO)
            .with("industries.manufacturing.distance_cost", cost_log / HUNDREDS_OF_KM)
            .with("firm_location.precision", precision(phi))
            .with("firm_location.jobs_per_firm", effort.of(1000, 200));
        for (key, share) in PLACES.iter().zip([share, 1.0 - share]) {
            setting = setting
                .with(&format!("places.{key}.population"), share * (PEOPLE.0 + PEOPLE.1))
                .with(&format!("places.{key}.urban_population"), share * PEOPLE.0);
        }
        let seeds: u32 = effort.of(8, 16);
        let settings: Vec<Setting> = (1..=seeds).map(|seed| setting.clone().with("seed", seed)).collect();
        let shares = run_all(&settings, effort, |_, end| State::share(&end.firms, 0))?;
        let found = Estimate::of(&shares);
        let mut findings = Findings::default();
        let tolerance = TOLERANCE.max(3.0 * found.standard_error);
        findings.push(Quantity::compare("firm_share", theory, found.mean, found.standard_error, tolerance));
        Ok(findings)
    }
}

/// How sharply firms follow profit: a speed, of which where they rest does not depend. Returns differ the less between
/// places the freer trade is; too sharp an answer overshoots, too weak a one takes too long.
fn precision(phi: f64) -> f64 {
    let closeness = (1.0 + phi) / (1.0 - phi);
    (closeness * closeness).min(50.0)
}
