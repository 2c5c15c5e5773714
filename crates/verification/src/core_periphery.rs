//! Core and periphery (Krugman 1991): where two equal regions part, and where a centre holds.

use economics::maths::{exp, ln};
use economics::theory::core_periphery as theory;
use economics::theory::core_periphery::{Economy, short_run};
use ensembles::statistics::Estimate;

use crate::case::{Case, Findings};
use crate::chart::{Chart, Series};
use crate::drift::{Question, Resolution, Zero, zero};
use crate::error::VerificationError;
use crate::hysteresis::sweep;
use crate::parameters::{Parameter, Parameters};
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, State, run, run_all};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/core-periphery.ron");
pub(crate) const PLACES: [&str; 2] = ["west", "east"];
/// People who move, persons; the countryside has what the scenario says.
const PEOPLE: f64 = 40e6;
const RURAL: f64 = 1e6;
/// Distance between the two places, from which costs per 100 km follow.
pub(crate) const HUNDREDS_OF_KM: f64 = 10.0;
/// How far from one half people are put to find the break point.
const NUDGE: f64 = 0.02;
/// The same where people err more, and are compared with a logit at that very share.
const LARGE_NUDGE: f64 = 0.05;
/// Shares in the periphery from which the sustain point is drawn out to none, and where to go if that was too far.
const PERIPHERIES: [(f64, f64); 3] = [(0.005, 0.0025), (0.001, 0.0005), (0.0002, 0.0001)];
/// Beyond this difference between the two, relative, the next pair is tried.
const FAR: f64 = 0.01;
/// Where −ln φ is looked for.
const RANGE: (f64, f64) = (0.02, 25.0);
/// Largest error of a break or sustain point, share of ln T.
const TOLERANCE: f64 = 0.01;
/// The lower precision at which drift is measured again, and compared with the logit's.
const LOW_PRECISION: (f64, f64) = (20.0, 0.9);
/// A sweep goes beyond the sustain point by less than this factor, and no trade cost's log may be larger than that.
const BEYOND_MAX: f64 = 1.2;
const LOG_COST_MAX: f64 = 50.0;
/// State in which prices are compared with the short-run solution, and trade cost there as a share of the break point's.
const SHORT_RUN: (f64, f64) = (0.6, 0.8);

/// The case.
pub(crate) struct CorePeriphery;

impl Case for CorePeriphery {
    fn name(&self) -> &'static str {
        "core-periphery"
    }

    fn about(&self) -> &'static str {
        "Two equal regions, farmers who stay and workers who move: below the break point equal regions part, and below \
         the sustain point a centre, once there, holds. Workers are put near either state and the way they drift at its \
         prices is counted."
    }

    fn source(&self) -> &'static str {
        "Krugman 1991; Fujita, Krugman and Venables 1999, chapters 4 and 5"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter::sigma(), Parameter::mu()]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let (sigma, mu) = (parameters.number("sigma"), parameters.number("mu"));
        let break_point = self.theory(theory::break_point(sigma, mu))?;
        let sustain_point = self.theory(theory::sustain_point(sigma, mu))?;
        let world = World { sigma, mu, precision: None };
        let mut findings = Findings::default();

        let broken = world.break_point(effort)?;
        findings.push(trade_cost("break_point", sigma, Some(break_point), broken.as_ref()));
        let sustained = world.sustain_point(effort)?;
        findings.push(trade_cost("sustain_point", sigma, Some(sustain_point), sustained.as_ref()));

        let noisy = World { precision: Some(LOW_PRECISION), ..world };
        let share = 0.5 + LARGE_NUDGE;
        let rests = self.theory(theory::logit_zero_at(sigma, mu, noisy.effective(LOW_PRECISION), share))?;
        let found = noisy.zero_at(share, effort)?;
        findings.push(trade_cost("logit_rest_point", sigma, rests.last().copied(), found.as_ref()));

        for quantity in self.short_run(&world, break_point, effort)? {
            findings.push(quantity);
        }
        if let (Some(broken), Some(sustained)) = (broken, sustained) {
            findings.push(world.standard_error_ratio(broken.at, effort)?);
            let logs = (broken.at / (sigma - 1.0), sustained.at / (sigma - 1.0));
            if logs.0 < logs.1 && BEYOND_MAX * logs.1 < LOG_COST_MAX {
                let (quantities, chart) = sweep(&world.setting(1.0, 0.5), logs, HUNDREDS_OF_KM, effort)?;
                findings.quantities.extend(quantities);
                findings.charts.push(chart);
            }
            findings.plot = Some(crate::plot::bifurcation(sigma, &broken, &sustained));
            findings.charts.push(drift_chart(sigma, &broken, &sustained));
        }
        Ok(findings)
    }
}

impl CorePeriphery {
    /// Wages and price indices with people and firms frozen, against the short-run solution at their shares.
    fn short_run(&self, world: &World, break_point: f64, effort: &Effort) -> Result<Vec<Quantity>, VerificationError> {
        let (share, part) = SHORT_RUN;
        let log_cost = part * ln(break_point);
        let setting = world
            .setting((world.sigma - 1.0) * log_cost, share)
            .with("workers_per_agent", 1000)
            .with("ticks", 400)
            .with("migrant_location.revision_citizen", 0);
        let state = run(&setting, effort, |_, end: &State| end.clone())?;
        let cost = exp(log_cost);
        let economy = Economy {
            workers: &state.people,
            firms: &state.firms,
            farmers: &[0.5, 0.5],
            trade_costs: &[1.0, cost, cost, 1.0],
        };
        let solved = self.theory(short_run(&economy, world.sigma, world.mu))?;
        let ratio = |column: &[f64]| column[0] / column[1];
        let compare = |name: &str, theory: &[f64], simulated: &[f64]| {
            Quantity::compare(name, ratio(theory), ratio(simulated), 0.0, 1e-6 * ratio(theory))
        };
        Ok(vec![
            compare("short_run_wage_ratio", &solved.wages, &state.wages),
            compare("short_run_price_index_ratio", &solved.price_indices, &state.price_indices),
        ])
    }
}

/// The case's world at given numbers.
#[derive(Clone, Copy, Debug)]
struct World {
    sigma: f64,
    mu: f64,
    /// Precision and size exponent, if not the scenario's.
    precision: Option<(f64, f64)>,
}

impl World {
    /// The scenario with a share of people in the first place, at −ln φ.
    fn setting(&self, closeness: f64, share: f64) -> Setting {
        let people = [share * PEOPLE, (1.0 - share) * PEOPLE];
        let setting = Setting::new("core-periphery", SCENARIO)
            .with("industries.manufacturing.substitution", self.sigma)
            .with("industries.manufacturing.expenditure_share", self.mu)
            .with("preferences.food_share", 1.0 - self.mu)
            .with("industries.manufacturing.distance_cost", closeness / (self.sigma - 1.0) / HUNDREDS_OF_KM)
            .with_city_people(&PLACES, &people, RURAL);
        match self.precision {
            None => setting,
            Some((precision, exponent)) => {
                setting.with("migrant_location.precision", precision).with("migrant_location.size_exponent", exponent)
            }
        }
    }

    /// Precision that matters at rest: sampling in proportion to (N + 1)^ϑ adds to the pull of size.
    fn effective(&self, (precision, exponent): (f64, f64)) -> f64 {
        let people = PEOPLE / 2.0 / 1000.0;
        precision / (1.0 - exponent * people / (people + 1.0))
    }

    /// Zero of drift, in −ln φ, with a share of people in the first place.
    fn zero_at(&self, share: f64, effort: &Effort) -> Result<Option<Zero>, VerificationError> {
        zero(
            &Question {
                setting: &|closeness, grain, _| {
                    let workers = workers_per_agent(grain, effort);
                    // Where people err more, more of them are needed to see which way they go.
                    let workers = if self.precision.is_some() { workers / 4.0 } else { workers };
                    self.setting(closeness, share).with("workers_per_agent", workers)
                },
                drift: &drift_of_people,
                range: RANGE,
                positive_above: false,
            },
            effort,
        )
    }

    /// How much less the drift of one quarter varies with four times the agents: half as much, if chance is the only cause.
    fn standard_error_ratio(&self, closeness: f64, effort: &Effort) -> Result<Quantity, VerificationError> {
        let replicates: u32 = effort.of(24, 96);
        let workers = workers_per_agent(Resolution::Measure, effort);
        let settings: Vec<Setting> = [4.0, 1.0]
            .into_iter()
            .flat_map(|times| (1..=replicates).map(move |seed| (times, seed)))
            .map(|(times, seed)| {
                self.setting(closeness, 0.5).with("workers_per_agent", times * workers).with("seed", seed)
            })
            .collect();
        let changes =
            run_all(&settings, effort, |opening, end| State::share(&end.people, 0) - State::share(&opening.people, 0))?;
        let (few, many) = changes.split_at(replicates as usize);
        let ratio = Estimate::of(few).standard_error / Estimate::of(many).standard_error;
        // The log of a standard deviation of n draws has a standard error near 1/√(2(n − 1)).
        let error = ratio * (1.0 / f64::from(replicates - 1)).sqrt();
        Ok(Quantity::compare("standard_error_ratio", 2.0, ratio, error, 3.0 * error))
    }

    fn break_point(&self, effort: &Effort) -> Result<Option<Zero>, VerificationError> {
        self.zero_at(0.5 + NUDGE, effort)
    }

    /// The sustain point is that of a periphery without people; it is drawn out from two that are nearly so.
    fn sustain_point(&self, effort: &Effort) -> Result<Option<Zero>, VerificationError> {
        let mut found = None;
        for (far, near) in PERIPHERIES {
            let (Some(at_far), Some(at_near)) = (self.zero_at(1.0 - far, effort)?, self.zero_at(1.0 - near, effort)?)
            else {
                return Ok(found);
            };
            let (far_error, near_error) = (at_far.standard_error, at_near.standard_error);
            found = Some(Zero {
                at: 2.0 * at_near.at - at_far.at,
                standard_error: (far_error * far_error + 4.0 * near_error * near_error).sqrt(),
                drifts: at_near.drifts,
            });
            if (at_near.at - at_far.at).abs() <= FAR * at_near.at {
                break;
            }
        }
        Ok(found)
    }
}

/// Workers that an agent stands for.
pub(crate) fn workers_per_agent(grain: Resolution, effort: &Effort) -> f64 {
    match grain {
        Resolution::Look => 500.0,
        Resolution::Measure => effort.of(100.0, 25.0),
    }
}

/// Net moves into the first place, in standard deviations of as many moves by chance.
pub(crate) fn drift_of_people(opening: &State, end: &State) -> f64 {
    let share = State::share(&opening.people, 0);
    let chance = share * (1.0 - share) * opening.agents();
    (end.people[0] - opening.people[0]) / opening.agent / chance.max(1.0).sqrt()
}

/// A measured −ln φ as a trade cost, beside theory's.
pub(crate) fn trade_cost(name: &str, sigma: f64, theory: Option<f64>, zero: Option<&Zero>) -> Quantity {
    let simulated = zero.map(|zero| exp(zero.at / (sigma - 1.0)));
    let error_log = zero.map_or(0.0, |zero| zero.standard_error / (sigma - 1.0));
    let standard_error = simulated.map_or(0.0, |simulated| simulated * error_log);
    let tolerance = theory.map_or(0.0, |theory| theory * (TOLERANCE * ln(theory)).max(3.0 * error_log));
    Quantity::compare_if_any(name, theory, simulated, standard_error, tolerance)
}

/// Mean drift near the two points, as it was measured.
fn drift_chart(sigma: f64, broken: &Zero, sustained: &Zero) -> Chart {
    let series = |name: &str, zero: &Zero| Series {
        name: name.to_owned(),
        points: zero.drifts.iter().map(|&(closeness, drift)| (exp(closeness / (sigma - 1.0)), drift)).collect(),
    };
    Chart {
        name: "core-periphery-drift".to_owned(),
        title: "Where drift changes sign: measured means".to_owned(),
        x: "trade cost T".to_owned(),
        y: "drift, standard deviations".to_owned(),
        series: vec![series("near one half", broken), series("near a centre", sustained)],
    }
}
