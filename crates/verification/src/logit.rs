//! Logit choice (Luce 1959; McFadden 1974): people spread over places as a logit of what the places are worth.

use ensembles::statistics::chi_squared_tail;

use crate::case::{Case, Findings};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters, Range, Value};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, run};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/logit.ron");
/// People in all cities, and rural people of each place, persons.
const PEOPLE: (f64, f64) = (40e6, 1000.0);
/// A goodness-of-fit probability below this speaks against the logit.
const PROBABILITY_MIN: f64 = 1e-4;
/// Standard errors by which a single share may be off.
const ERRORS: f64 = 4.0;

/// The case.
pub(crate) struct Logit;

impl Case for Logit {
    fn name(&self) -> &'static str {
        "logit"
    }

    fn about(&self) -> &'static str {
        "Places differ only in how pleasant they are; people look at one place at a time and accept it by a logit of the \
         gain. In the long run their shares are in proportion to exp(scale × utility), with the variance of independent \
         draws: a chi-squared test compares the two."
    }

    fn source(&self) -> &'static str {
        "Luce 1959; McFadden 1974"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter {
                name: "utilities",
                about: "utility of each place",
                default: Value::List(vec![0.0, 0.4, -0.35, 1.0]),
                range: Range::List(2, 50, -5.0, 5.0),
            },
            Parameter::number(
                "scale",
                "what utilities are multiplied by (the precision)",
                1.0,
                Range::Between(0.0, 20.0),
            ),
        ]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let (utilities, scale) = (parameters.list("utilities"), parameters.number("scale"));
        let theory = self.theory(economics::theory::logit::shares(utilities, scale))?;
        let setting = Setting::new("logit", SCENARIO)
            .with("region", places(utilities))
            .with("migrant_location.precision", scale)
            .with("workers_per_agent", effort.of(250, 50));
        let (people, agents) = run(&setting, effort, |_, end| (end.people.clone(), end.agents()))?;
        let everyone = economics::maths::total(&people);
        let mut findings = Findings::default();
        let mut statistic = 0.0;
        for (place, (&theory, people)) in theory.iter().zip(&people).enumerate() {
            let share = people / everyone;
            let standard_error = (theory * (1.0 - theory) / agents).sqrt();
            let name = format!("shares[{place}]");
            findings.push(Quantity::compare(&name, theory, share, standard_error, ERRORS * standard_error));
            statistic += (share - theory) * (share - theory) / theory * agents;
        }
        let probability = chi_squared_tail(statistic, (theory.len() - 1) as f64);
        findings.push(Quantity {
            name: "chi_squared_probability".to_owned(),
            theory: None,
            simulated: Some(probability),
            standard_error: 0.0,
            tolerance: PROBABILITY_MIN,
            ok: probability > PROBABILITY_MIN,
        });
        Ok(findings)
    }
}

/// As many places as there are utilities, alike but for those, with people spread evenly.
fn places(utilities: &[f64]) -> String {
    let urban = PEOPLE.0 / utilities.len() as f64;
    let place = |(place, utility): (usize, &f64)| {
        let population = urban + PEOPLE.1;
        format!(
            "(key: \"p{place}\", x: 0, y: 0, area: 1000000, population: {population}, urban_population: {urban}, \
             amenity: {utility:?})"
        )
    };
    format!("Places([{}])", utilities.iter().enumerate().map(place).collect::<Vec<_>>().join(", "))
}
