//! Footloose entrepreneurs (Forslid and Ottaviano 2003): as core and periphery, with firms that move with those who run them.

use economics::theory::footloose_entrepreneur as theory;

use crate::case::{Case, Findings};
use crate::core_periphery::HUNDREDS_OF_KM;
use crate::drift::{Question, Resolution, Zero, zero};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, State};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/footloose-entrepreneur.ron");
/// How far from one half entrepreneurs are put to find the break point. Wider than for core and periphery: drift is
/// zero in a narrower range of trade costs, and its zero hardly moves with the share.
const NUDGE: f64 = 0.15;
/// Share of entrepreneurs in the periphery for the sustain point; its zero differs from that of none by
/// less than 0.4 % of 1 − φ.
const PERIPHERY: f64 = 0.01;
/// Where 1 − φ is looked for.
const RANGE: (f64, f64) = (0.01, 0.999);
/// Largest error, share of 1 − φ.
const TOLERANCE: f64 = 0.01;

/// The case.
pub(crate) struct FootlooseEntrepreneur;

impl Case for FootlooseEntrepreneur {
    fn name(&self) -> &'static str {
        "footloose-entrepreneur"
    }

    fn about(&self) -> &'static str {
        "Firms are run by skilled people who live on the profit where the firm is; all others stay and earn the same \
         everywhere. Entrepreneurs are put near the symmetric and near the agglomerated state, and the way they drift \
         at its prices is counted."
    }

    fn source(&self) -> &'static str {
        "Forslid and Ottaviano 2003"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::sigma(), Parameter::mu()]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let (sigma, mu) = (parameters.number("sigma"), parameters.number("mu"));
        let break_point = self.theory(theory::break_point(sigma, mu))?;
        let sustain_point = self.theory(theory::sustain_point(sigma, mu))?;
        let mut findings = Findings::default();
        let broken = zero_at(sigma, mu, 0.5 + NUDGE, effort)?;
        findings.push(freeness("break_point", break_point, broken.as_ref()));
        let sustained = zero_at(sigma, mu, 1.0 - PERIPHERY, effort)?;
        findings.push(freeness("sustain_point", sustain_point, sustained.as_ref()));
        Ok(findings)
    }
}

/// Zero of drift, in 1 − φ, with a share of entrepreneurs in the first place.
fn zero_at(sigma: f64, mu: f64, share: f64, effort: &Effort) -> Result<Option<Zero>, VerificationError> {
    let setting =
        |remoteness: f64, grain: Resolution, _: u32| setting(sigma, mu, share, 1.0 - remoteness, grain, effort);
    zero(&Question { setting: &setting, drift: &drift_of_firms, range: RANGE, positive_above: false }, effort)
}

/// Opening firms follow the places' endowment of jobs in industry, so the share of entrepreneurs is set there while those
/// who stay are equal.
fn setting(sigma: f64, mu: f64, share: f64, freeness: f64, grain: Resolution, effort: &Effort) -> Setting {
    let cost_log = -economics::maths::ln(freeness) / (sigma - 1.0);
    let firms = match grain {
        Resolution::Look => 150.0,
        Resolution::Measure => effort.of(30.0, 10.0),
    };
    let shares = |share: f64| format!("[0, {share}, {}]", 1.0 - share);
    Setting::new("footloose-entrepreneur", SCENARIO)
        .with("industries.manufacturing.substitution", sigma)
        .with("industries.manufacturing.expenditure_share", mu)
        .with("preferences.food_share", 1.0 - mu)
        .with("industries.manufacturing.distance_cost", cost_log / HUNDREDS_OF_KM)
        .with("firm_location.jobs_per_firm", firms)
        .with("places.west.employment_shares", shares(share))
        .with("places.east.employment_shares", shares(1.0 - share))
}

/// Net moves of firms into the first place, in standard deviations of as many moves by chance.
pub(crate) fn drift_of_firms(opening: &State, end: &State) -> f64 {
    let firms: f64 = economics::maths::total(&opening.firms) / opening.firm;
    let share = State::share(&opening.firms, 0);
    let chance = share * (1.0 - share) * firms;
    (end.firms[0] - opening.firms[0]) / opening.firm / chance.max(1.0).sqrt()
}

/// A measured 1 − φ as freeness, beside theory's.
fn freeness(name: &str, theory: f64, zero: Option<&Zero>) -> Quantity {
    let error = zero.map_or(0.0, |zero| zero.standard_error);
    let tolerance = (TOLERANCE * (1.0 - theory)).max(3.0 * error);
    Quantity::compare_if_any(name, Some(theory), zero.map(|zero| 1.0 - zero.at), error, tolerance)
}
