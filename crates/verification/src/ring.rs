//! A ring of regions (Krugman 1993): an even spread gives way to evenly spaced centres as trade becomes cheaper.

use economics::maths::cosine;
use ensembles::statistics::Line;

use crate::case::{Case, Findings};
use crate::core_periphery::{HUNDREDS_OF_KM, trade_cost, workers_per_agent};
use crate::drift::{Question, Resolution, zero};
use crate::error::VerificationError;
use crate::parameters::{Parameter, Parameters, Range};
use crate::trial::{Effort, Setting, State, run_all};

/// The scenario.
const SCENARIO: &str = include_str!("../../../configs/theory/ring.ron");
/// People who move, and rural people of each place, persons.
const PEOPLE: (f64, f64) = (40e6, 1e6);
/// Height of the waves in which people are put around the circle, share of an even spread.
const NUDGE: f64 = 0.04;
/// Where −ln φ of one step is looked for.
const RANGE: (f64, f64) = (0.02, 25.0);
/// The second look at all waves goes so far from where the first found a break, relative.
const AROUND: f64 = 0.2;
/// Points and replicates of that look.
const SECOND_LOOK: (usize, u32) = (9, 4);

/// The case.
pub(crate) struct Ring;

impl Case for Ring {
    fn name(&self) -> &'static str {
        "ring"
    }

    fn about(&self) -> &'static str {
        "Places alike on a circle, goods carried the shorter way round: below the break point some wave of people around \
         the circle grows. Workers are put in all waves at once, small, and each is measured before and after they have \
         chosen."
    }

    fn source(&self) -> &'static str {
        "Krugman 1993; Fujita, Krugman and Venables 1999, chapter 6"
    }

    fn parameters(&self) -> Vec<Parameter> {
        vec![
            Parameter::number("regions", "places on the circle", 6.0, Range::Whole(2, 24)),
            Parameter::sigma(),
            Parameter::mu(),
        ]
    }

    fn verify(&self, parameters: &Parameters, effort: &Effort) -> Result<Findings, VerificationError> {
        let circle = Circle {
            regions: parameters.number("regions") as usize,
            sigma: parameters.number("sigma"),
            mu: parameters.number("mu"),
        };
        let theory =
            self.theory(economics::theory::ring::break_point(circle.regions, circle.sigma, circle.mu))?.trade_cost;
        let mut findings = Findings::default();
        // A first look says roughly where some wave begins to grow, a second which is the first to do so.
        let found = match circle.any_wave(effort)? {
            None => None,
            Some(near) => {
                let wave = circle.first_wave(near, effort)?;
                zero(
                    &Question {
                        setting: &|closeness, grain, seed| circle.setting(closeness, &[wave], grain, seed, effort),
                        drift: &move |opening: &State, end: &State| circle.growth(wave, opening, end),
                        range: (near * (1.0 - AROUND), near * (1.0 + AROUND)),
                        positive_above: false,
                    },
                    effort,
                )?
            }
        };
        findings.push(trade_cost("break_point", circle.sigma, Some(theory), found.as_ref()));
        Ok(findings)
    }
}

/// The circle at given numbers.
#[derive(Clone, Copy, Debug)]
struct Circle {
    regions: usize,
    sigma: f64,
    mu: f64,
}

impl Circle {
    /// Waves that a pattern around the circle is made of, but for the even spread.
    fn waves(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.regions / 2
    }

    /// A wave's height at a place, between −1 and 1.
    fn height(&self, wave: usize, place: usize) -> f64 {
        cosine(std::f64::consts::TAU * (wave * place % self.regions) as f64 / self.regions as f64)
    }

    /// How much of a wave there is in a pattern of people.
    fn amount(&self, wave: usize, people: &[f64]) -> f64 {
        people.iter().enumerate().map(|(place, people)| people * self.height(wave, place)).sum()
    }

    /// Growth of a wave, in standard deviations of chance moves. Counted so that it rises with instability.
    fn growth(&self, wave: usize, opening: &State, end: &State) -> f64 {
        let change = (self.amount(wave, &end.people) - self.amount(wave, &opening.people)) / opening.agent;
        change * self.amount(wave, &opening.people).signum() / (opening.agents() / self.regions as f64).sqrt()
    }

    /// Roughly the −ln φ below which some wave grows.
    fn any_wave(&self, effort: &Effort) -> Result<Option<f64>, VerificationError> {
        let waves: Vec<usize> = self.waves().collect();
        let question = Question {
            setting: &|closeness, grain, seed| self.setting(closeness, &waves, grain, seed, effort),
            drift: &|opening, end| {
                self.waves().map(|wave| self.growth(wave, opening, end)).fold(f64::NEG_INFINITY, f64::max)
            },
            range: RANGE,
            positive_above: false,
        };
        crate::drift::rough_zero(&question, effort)
    }

    /// The wave whose growth changes sign at the highest trade cost.
    fn first_wave(&self, near: f64, effort: &Effort) -> Result<usize, VerificationError> {
        let (points, seeds) = SECOND_LOOK;
        let waves: Vec<usize> = self.waves().collect();
        let at = |point: usize| near * (1.0 - AROUND + 2.0 * AROUND * point as f64 / (points - 1) as f64);
        let pairs: Vec<(f64, u32)> =
            (0..points).flat_map(|point| (1..=seeds).map(move |seed| (point, seed))).map(|(p, s)| (at(p), s)).collect();
        let settings: Vec<Setting> = pairs
            .iter()
            .map(|&(closeness, seed)| {
                self.setting(closeness, &waves, Resolution::Look, seed, effort).with("seed", seed)
            })
            .collect();
        let growths: Vec<Vec<f64>> = run_all(&settings, effort, |opening, end| {
            self.waves().map(|wave| self.growth(wave, opening, end)).collect()
        })?;
        let x: Vec<f64> = pairs.iter().map(|(closeness, _)| *closeness).collect();
        let zero_of = |wave: usize| {
            let y: Vec<f64> = growths.iter().map(|growths| growths[wave - 1]).collect();
            let line = Line::fit(&x, &y, None).filter(|line| line.slope < 0.0 && line.zero.is_finite());
            line.map_or(f64::NEG_INFINITY, |line| line.zero)
        };
        Ok(self.waves().max_by(|&one, &other| zero_of(one).total_cmp(&zero_of(other))).unwrap_or(1))
    }

    /// The scenario at −ln φ of one step, with some waves at once. Every other seed has them upside down: a wave of finite
    /// height also feeds others and itself, to second order, and that part changes its sign against the wave.
    fn setting(&self, closeness: f64, waves: &[usize], grain: Resolution, seed: u32, effort: &Effort) -> Setting {
        let even = PEOPLE.0 / self.regions as f64;
        let upright = if seed.is_multiple_of(2) { -1.0 } else { 1.0 };
        let height = upright * NUDGE / waves.len() as f64;
        let place = |place: usize| {
            let waves: f64 = waves.iter().map(|&wave| self.height(wave, place)).sum();
            let urban = even * (1.0 + height * waves);
            let population = urban + PEOPLE.1;
            format!(
                "(key: \"p{place}\", x: 0, y: 0, area: 100000, population: {population}, urban_population: {urban})"
            )
        };
        let step = |from: usize, to: usize| {
            let apart = from.abs_diff(to);
            apart.min(self.regions - apart) as f64 * 100.0 * HUNDREDS_OF_KM
        };
        let row = |from: usize| {
            let distances: Vec<String> = (0..self.regions).map(|to| step(from, to).to_string()).collect();
            format!("[{}]", distances.join(", "))
        };
        let all = |text: &dyn Fn(usize) -> String| (0..self.regions).map(text).collect::<Vec<_>>().join(", ");
        Setting::new("ring", SCENARIO)
            .with("region", format!("Places([{}])", all(&place)))
            .with("distances", format!("[{}]", all(&row)))
            .with("industries.manufacturing.substitution", self.sigma)
            .with("industries.manufacturing.expenditure_share", self.mu)
            .with("preferences.food_share", 1.0 - self.mu)
            .with("industries.manufacturing.distance_cost", closeness / (self.sigma - 1.0) / HUNDREDS_OF_KM)
            .with("workers_per_agent", workers_per_agent(grain, effort))
    }
}
