//! Land instead of farmers (Helpman 1998): high trade costs concentrate people, low ones spread them.

use economics::theory::land as theory;

use crate::case::{Case, Findings};
use crate::core_periphery::{HUNDREDS_OF_KM, PLACES, drift_of_people, trade_cost, workers_per_agent};
use crate::drift::{Question, Resolution, zero};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters, Range};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, run};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/land.ron");
/// People who move, and people left in each countryside, persons.
const PEOPLE: (f64, f64) = (40e6, 1000.0);
/// Construction land of each city, km²: the same for any residents.
const LAND: f64 = 2000.0;
/// How far from one half people are put.
const NUDGE: f64 = 0.02;
/// Where −ln φ is looked for.
const RANGE: (f64, f64) = (0.02, 25.0);
/// Share of spending on food: as little as the engine takes.
const FOOD: f64 = 1e-6;
/// State and −ln φ at which prices are compared with the short-run solution.
const SHORT_RUN: (f64, f64) = (0.6, 1.5);

/// The case.
pub(crate) struct Land;

impl Case for Land {
    fn name(&self) -> &'static str {
        "land"
    }

    fn about(&self) -> &'static str {
        "Everyone is mobile and needs housing on land that does not move: above the break point of trade costs people \
         gather, below it they spread, and where housing weighs enough they spread always. People are put near the \
         symmetric state and the way they drift at its prices is counted."
    }

    fn source(&self) -> &'static str {
        "Helpman 1998; Redding and Rossi-Hansberg 2017"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::number("sigma", "elasticity of substitution between varieties", 4.0, Range::Between(1.05, 50.0)),
            Parameter::number(
                "alpha",
                "share of goods in spending; the rest is housing",
                0.8,
                Range::Between(0.4, 0.99),
            ),
        ]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let (sigma, alpha) = (parameters.number("sigma"), parameters.number("alpha"));
        let unique = self.theory(theory::unique(sigma, alpha))?;
        let break_point = self.theory(theory::break_point(sigma, alpha))?;
        let mut findings = Findings::default();
        let found = zero(
            &Question {
                setting: &|closeness, grain: Resolution, _| {
                    setting(sigma, alpha, closeness, 0.5 + NUDGE)
                        .with("workers_per_agent", workers_per_agent(grain, effort))
                },
                drift: &drift_of_people,
                range: RANGE,
                positive_above: true,
            },
            effort,
        )?;
        findings.push(trade_cost("break_point", sigma, break_point, found.as_ref()));
        let as_number = |unique: bool| f64::from(u8::from(unique));
        findings.push(Quantity::compare("unique", as_number(unique), as_number(found.is_none()), 0.0, 0.0));
        for quantity in self.short_run(sigma, alpha, effort)? {
            findings.push(quantity);
        }
        Ok(findings)
    }
}

impl Land {
    fn short_run(&self, sigma: f64, alpha: f64, effort: &Effort) -> Result<Vec<Quantity>, VerificationError> {
        let (share, closeness) = SHORT_RUN;
        let frozen = setting(sigma, alpha, closeness, share)
            .with("workers_per_agent", 1000)
            .with("ticks", 400)
            .with("migrant_location.revision_citizen", 0);
        let state = run(&frozen, effort, |_, end| end.clone())?;
        let cost = economics::maths::exp(closeness / (sigma - 1.0));
        let solved =
            self.theory(theory::short_run(&state.people, &[1.0, 1.0], &[1.0, cost, cost, 1.0], sigma, alpha))?;
        let ratio = |column: &[f64]| column[0] / column[1];
        // Firms are whole, so their number is not quite in proportion to people, as theory has it.
        let whole = ((state.firms[0] / state.firms[1]) / (state.people[0] / state.people[1]) - 1.0).abs();
        let compare = |name: &str, theory: &[f64], simulated: &[f64]| {
            let tolerance = (1e-6 + whole) * ratio(theory);
            Quantity::compare(name, ratio(theory), ratio(simulated), 0.0, tolerance)
        };
        Ok(vec![
            compare("short_run_wage_ratio", &solved.wages, &state.wages),
            compare("short_run_price_index_ratio", &solved.price_indices, &state.price_indices),
        ])
    }
}

/// The scenario with a share of people in the first place, at −ln φ.
fn setting(sigma: f64, alpha: f64, closeness: f64, share: f64) -> Setting {
    let mut setting = Setting::new("land", SCENARIO)
        .with("industries.manufacturing.substitution", sigma)
        .with("industries.manufacturing.expenditure_share", alpha)
        .with("preferences.food_share", FOOD)
        .with("preferences.housing_share", 1.0 - alpha - FOOD)
        .with("industries.manufacturing.distance_cost", closeness / (sigma - 1.0) / HUNDREDS_OF_KM)
        .with_city_people(&PLACES, &[share * PEOPLE.0, (1.0 - share) * PEOPLE.0], PEOPLE.1);
    for key in PLACES {
        setting = setting.with(&format!("places.{key}.urban_land"), LAND);
    }
    setting
}
