//! City size (Henderson 1974): a worker makes most in a city that is neither too small nor too large.

use economics::maths::{exp, ln};
use economics::theory::city_size as theory;

use crate::case::{Case, Findings};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters, Range};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, State, run, run_all};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/city-size.ron");
/// People (thousand) of a city of size one: as many as its land holds at the standard density.
const UNIT: f64 = 10_000.0;
/// The standard density, thousand persons per km².
const DENSITY: f64 = 10.0;
/// Sizes among which the best is looked for.
const SIZES: (f64, f64) = (0.01, 190.0);
/// No city is looked at in which crowding takes more than this beyond what it takes at the best size, log: where next to
/// nothing is left of a day's work, prices settle at nothing sensible.
const CROWDING_BEYOND: f64 = 3.0;
/// Sizes of the first look.
const FIRST_SIZES: usize = 33;
/// Steps that narrow the best down, each to 0.618 of what was left.
const STEPS: usize = 24;
/// Largest error of the best size, relative.
const TOLERANCE: f64 = 0.01;

/// The case.
pub(crate) struct CitySize;

impl Case for CitySize {
    fn name(&self) -> &'static str {
        "city-size"
    }

    fn about(&self) -> &'static str {
        "What a worker makes rises with the size of a city as people make each other productive, and falls as they crowd \
         its land. One city of many sizes on the same land is opened, and the size at which a worker makes most is found."
    }

    fn source(&self) -> &'static str {
        "Henderson 1974; Au and Henderson 2006"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::number("agglomeration", "elasticity of productivity to size", 0.06, Range::Between(0.0, 0.5)),
            Parameter::number("congestion", "labour lost at size one, log", 0.01, Range::Between(0.0, 2.0)),
            Parameter::number(
                "congestion_exponent",
                "how fast that loss grows with size",
                1.2,
                Range::Between(0.1, 5.0),
            ),
        ]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let city = theory::CitySize {
            productivity: 1.0,
            agglomeration: parameters.number("agglomeration"),
            crowding: parameters.number("congestion"),
            crowding_elasticity: parameters.number("congestion_exponent"),
        };
        let best = self.theory(theory::best_size(&city))?;
        let mut findings = Findings::default();
        let found = best_size(&city, effort)?;
        findings.push(Quantity::compare_if_any("best_size", Some(best), found, 0.0, TOLERANCE * best));
        if let Some(found) = found {
            // How much a worker makes in a city of twice the best size, against the best.
            let income = |size: f64| self.theory(theory::real_income(&city, size));
            let theory = ln(income(2.0 * best)? / income(best)?);
            let (at_best, at_twice) = (output(&city, found, effort)?, output(&city, 2.0 * found, effort)?);
            findings.push(Quantity::compare("loss_at_twice_the_size", theory, at_twice - at_best, 0.0, 1e-3));
        }
        Ok(findings)
    }
}

/// The size at which a worker makes most; `None` if that is not inside the sizes that are looked at.
fn best_size(city: &theory::CitySize, effort: &Effort) -> Result<Option<f64>, VerificationError> {
    let crowding_at_best = city.agglomeration / city.crowding_elasticity;
    let crowded = ln((CROWDING_BEYOND + crowding_at_best) / city.crowding) / city.crowding_elasticity;
    let (low, high) = (ln(SIZES.0), ln(SIZES.1).min(crowded));
    let step = (high - low) / (FIRST_SIZES - 1) as f64;
    let logs: Vec<f64> = (0..FIRST_SIZES).map(|at| low + step * at as f64).collect();
    let settings: Vec<Setting> = logs.iter().map(|&log| setting(city, exp(log))).collect();
    let outputs = run_all(&settings, effort, |_, end| output_of(end))?;
    let best = (0..FIRST_SIZES).max_by(|&one, &other| outputs[one].total_cmp(&outputs[other])).unwrap_or(0);
    if best == 0 || best == FIRST_SIZES - 1 {
        return Ok(None);
    }
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let (mut left, mut right) = (logs[best - 1], logs[best + 1]);
    let at = |log: f64| output(city, exp(log), effort);
    let (mut one, mut other) = (right - golden * (right - left), left + golden * (right - left));
    let (mut at_one, mut at_other) = (at(one)?, at(other)?);
    for _ in 0..STEPS {
        if at_one > at_other {
            (right, other, at_other) = (other, one, at_one);
            one = right - golden * (right - left);
            at_one = at(one)?;
        } else {
            (left, one, at_one) = (one, other, at_other);
            other = left + golden * (right - left);
            at_other = at(other)?;
        }
    }
    Ok(Some(exp((left + right) / 2.0)))
}

/// Log of what a worker makes in a city of a size.
fn output(city: &theory::CitySize, size: f64, effort: &Effort) -> Result<f64, VerificationError> {
    run(&setting(city, size), effort, |_, end| output_of(end))
}

/// Pay over unit cost: goods that a worker makes.
fn output_of(state: &State) -> f64 {
    ln(state.pay[0] / state.unit_costs[0])
}

fn setting(city: &theory::CitySize, size: f64) -> Setting {
    let people = size * UNIT * 1000.0;
    Setting::new("city-size", SCENARIO)
        .with("industries.manufacturing.jacobs", city.agglomeration)
        .with("congestion.crowding_cost", city.crowding)
        .with("congestion.crowding_exponent", city.crowding_elasticity)
        .with("places.city.urban_land", UNIT / DENSITY)
        .with("workers_per_agent", (people / 1e4).max(1.0))
        .with_city_people(&["city"], &[people], 1e6)
}
