//! Scoring: what a run came to against what a census found, next to naive forecasts.
//!
//! [`score`] compares shares of places in the region's people and in its city people, and urban shares of places. Each
//! is scored with all places and without the largest city, which alone can carry a region's figures. See `docs/scoring.md`
//! for every formula.

mod measures;
mod naive;
mod regression;
mod simulated;

use std::collections::BTreeMap;

use scenario::place::Level;
use scenario::{Census, Observed, ObservedPlace};
use serde::Serialize;

pub use measures::{rank_correlation, skill, weighted_error};
pub use naive::{Assumptions, Forecast, REFERENCE};
pub use regression::{PROVINCE_PLACES_MIN, Regression};
pub use simulated::{Simulated, in_memory, simulated};

use crate::statistics::Estimate;

/// Fewest places that can be ranked.
const PLACES_MIN: usize = 3;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// A place's share in all people.
    PopulationShare,
    /// A place's share in the people of cities.
    UrbanPopulationShare,
    /// The share of a place's people who live in its city.
    UrbanShare,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::PopulationShare, Self::UrbanPopulationShare, Self::UrbanShare];

    /// In words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::PopulationShare => "shares of places in the population",
            Self::UrbanPopulationShare => "shares of places in the urban population",
            Self::UrbanShare => "urban shares of places",
        }
    }

    /// Values of places, out of their people.
    pub(crate) fn values(self, people: &[People]) -> Vec<f64> {
        let sum = |of: fn(&People) -> f64| people.iter().map(of).sum::<f64>();
        match self {
            Self::PopulationShare => {
                let all = sum(|place| place.all);
                people.iter().map(|place| place.all / all).collect()
            }
            Self::UrbanPopulationShare => {
                let all = sum(|place| place.urban);
                people.iter().map(|place| place.urban / all).collect()
            }
            // A place that runs have emptied has nobody in its city either.
            Self::UrbanShare => {
                people.iter().map(|place| if place.all > 0.0 { place.urban / place.all } else { 0.0 }).collect()
            }
        }
    }

    /// What an error in a place counts: of shares, one over the share, so that errors are relative; of urban shares,
    /// one. Both are then weighted by the observed share in the people compared.
    fn weights(self, observed: &[People]) -> Vec<f64> {
        match self {
            Self::PopulationShare | Self::UrbanPopulationShare => vec![1.0; observed.len()],
            Self::UrbanShare => Self::PopulationShare.values(observed),
        }
    }
}

/// Residents of a place (persons).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct People {
    /// All of them.
    pub all: f64,
    /// Those of the city.
    pub urban: f64,
}

impl From<Census> for People {
    fn from(census: Census) -> Self {
        Self { all: census.population, urban: census.urban_population }
    }
}

/// Share of all people who live in cities.
fn urban_share(people: &[People]) -> f64 {
    people.iter().map(|place| place.urban).sum::<f64>() / people.iter().map(|place| place.all).sum::<f64>()
}

/// Mean over runs and standard deviation between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Mean; null if it is not defined in every run.
    pub mean: Option<f64>,
    /// Standard deviation between runs; null for one run.
    pub standard_deviation: Option<f64>,
}

impl Spread {
    fn of(values: &[f64]) -> Self {
        let estimate = Estimate::of(values);
        let deviation = estimate.standard_error * (values.len() as f64).sqrt();
        let defined = |value: f64| value.is_finite().then_some(value);
        Self { mean: defined(estimate.mean), standard_deviation: defined(deviation) }
    }
}

/// How a naive forecast did, and the runs against it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// Name of the forecast.
    pub forecast: &'static str,
    /// Its weighted absolute error.
    pub error: f64,
    /// Skill of the runs relative to it.
    pub skill: Spread,
}

/// The score of one quantity in one year over one set of places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Census year.
    pub year: u32,
    /// What is compared.
    pub quantity: Quantity,
    /// The place that was left out, if any: the one with the largest city in the base year.
    pub without: Option<String>,
    /// Places compared.
    pub places: usize,
    /// Weighted absolute error of the runs.
    pub error: Spread,
    /// Error of the mean of the runs' values, which is one forecast.
    pub error_of_mean: f64,
    /// Rank correlation (Spearman) of simulated and observed values.
    pub rank_correlation: Spread,
    /// The same of their changes since the base year.
    pub rank_correlation_of_change: Spread,
    /// Naive forecasts.
    pub naive: Vec<Against>,
}

/// A place, observed and simulated.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceScore {
    /// Key.
    pub place: String,
    /// Census year.
    pub year: u32,
    /// What is compared.
    pub quantity: Quantity,
    /// In the base year.
    pub base: f64,
    /// In the census year.
    pub observed: f64,
    /// In the runs.
    pub simulated: Spread,
}

/// The urban share of all places together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegionScore {
    /// Census year.
    pub year: u32,
    /// In the base year.
    pub base: f64,
    /// In the census year.
    pub observed: f64,
    /// In the runs.
    pub simulated: Spread,
}

/// One run's errors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunScore {
    /// Number of the run in its batch, if it has one.
    pub run: Option<u64>,
    /// Cell of the run in its batch.
    pub cell: Option<u64>,
    /// Policies of the run in its batch.
    pub policy: Option<String>,
    /// Census year.
    pub year: u32,
    /// What is compared.
    pub quantity: Quantity,
    /// Weighted absolute error over all places.
    pub error: f64,
    /// Rank correlation of changes since the base year over all places.
    pub rank_correlation_of_change: Option<f64>,
}

/// Everything that scoring found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Year that the runs start from.
    pub base_year: u32,
    /// Census years that were scored.
    pub years: Vec<u32>,
    /// Runs that were scored.
    pub runs: usize,
    /// Runs of the batch that failed and are not among them.
    pub failed: usize,
    /// Places of the runs that the table has no people of in one of the years.
    pub not_observed: Vec<String>,
    /// The column of table `cities` that counts urban people of the runs.
    pub urban_column: &'static str,
    /// What the reference forecast was fitted to other provinces with, by census year; empty where the table has too few.
    pub regression: Vec<FittedElsewhere>,
    /// Places of the table that the runs do not have.
    pub not_simulated: Vec<String>,
    /// The urban share of all places together.
    pub region: Vec<RegionScore>,
    /// Scores.
    pub scores: Vec<Score>,
    /// Places.
    pub places: Vec<PlaceScore>,
    /// Runs of a batch; empty for a single run.
    pub by_run: Vec<RunScore>,
}

/// A regression fitted to other provinces.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FittedElsewhere {
    /// Census year.
    pub year: u32,
    /// Added log growth for each in-migrant a resident.
    pub in_migrants: f64,
    /// Added log growth of a capital.
    pub capital: f64,
}

/// Why nothing can be scored.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScoreError {
    /// The table has no census of the year that the runs start in.
    #[error("the run starts in {base}, of which the table has no pop_… and urban_pop_…; it has {}", list(years))]
    NoBase {
        /// That year.
        base: f64,
        /// Years that it has.
        years: Vec<u32>,
    },
    /// The table has no census of a year that the runs reach.
    #[error(
        "the run goes from {} to {}, and the table has no later census in that time; it has {}",
        reach[0], reach[1], list(years)
    )]
    NoYear {
        /// First and last year of the runs.
        reach: [f64; 2],
        /// Years that it has.
        years: Vec<u32>,
    },
    /// Too few places are in both.
    #[error(
        "only {common} places are in both, and {PLACES_MIN} are needed: the run has {}, … and the table {}, …",
        simulated.join(", "), observed.join(", ")
    )]
    TooFewPlaces {
        /// Places in both.
        common: usize,
        /// Some places of the runs.
        simulated: Vec<String>,
        /// Some places of the table.
        observed: Vec<String>,
    },
}

fn list(years: &[u32]) -> String {
    years.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// A place that is compared: where it stands among the places of runs, and its censuses.
struct Compared<'a> {
    key: &'a str,
    at: usize,
    centre: bool,
    censuses: &'a BTreeMap<u32, Census>,
}

/// Places of a table in provinces of which the runs have no place: what the reference forecast may be fitted to.
#[must_use]
pub fn elsewhere<'a>(runs: &Simulated, observed: &'a Observed) -> Vec<&'a ObservedPlace> {
    let simulated = |place: &&ObservedPlace| runs.places.contains(&place.key);
    let own: Vec<&str> = observed.places.iter().filter(simulated).map(|place| place.province.as_str()).collect();
    observed.places.iter().filter(|place| !own.contains(&place.province.as_str())).collect()
}

/// Scores runs of one scenario against a table. `elsewhere` are places of other provinces, which only the reference
/// forecast reads.
///
/// # Errors
/// If there is no census to start from or to compare with, or too few places are in both.
pub fn score(
    runs: &Simulated,
    observed: &Observed,
    elsewhere: &[&ObservedPlace],
    assumptions: Assumptions,
) -> Result<Scores, ScoreError> {
    let base = *observed
        .years
        .iter()
        .find(|year| f64::from(**year) == runs.start)
        .ok_or_else(|| ScoreError::NoBase { base: runs.start, years: observed.years.clone() })?;
    let reached = |year: &&u32| **year > base && runs.years.iter().any(|reached| *reached == f64::from(**year));
    let years: Vec<u32> = observed.years.iter().filter(reached).copied().collect();
    if years.is_empty() {
        let end = runs.years.last().copied().unwrap_or(runs.start);
        return Err(ScoreError::NoYear { reach: [runs.start, end], years: observed.years.clone() });
    }
    let mut scores = Scores {
        base_year: base,
        years: years.clone(),
        runs: runs.runs.len(),
        failed: runs.failed,
        not_observed: Vec::new(),
        urban_column: runs.urban_column,
        regression: Vec::new(),
        not_simulated: (observed.places.iter().map(|place| place.key.clone()))
            .filter(|key| !runs.places.contains(key))
            .collect(),
        region: Vec::new(),
        scores: Vec::new(),
        places: Vec::new(),
        by_run: Vec::new(),
    };
    for year in years {
        let places = compared(runs, observed, base, year);
        if places.len() < PLACES_MIN {
            return Err(ScoreError::TooFewPlaces {
                common: places.len(),
                simulated: runs.places.iter().take(3).cloned().collect(),
                observed: observed.places.iter().take(3).map(|place| place.key.clone()).collect(),
            });
        }
        for place in runs.places.iter().filter(|place| !places.iter().any(|other| other.key == place.as_str())) {
            if !scores.not_observed.contains(place) {
                scores.not_observed.push(place.clone());
            }
        }
        let regression = Regression::fit(elsewhere, base, year);
        scores.regression.extend(regression.map(|fitted| FittedElsewhere {
            year,
            in_migrants: fitted.in_migrants,
            capital: fitted.capital,
        }));
        Year { runs, base, year, assumptions, regression }.score(&places, &mut scores);
    }
    Ok(scores)
}

/// Places of the runs that censuses of both years know, with people in both.
fn compared<'a>(runs: &'a Simulated, observed: &'a Observed, base: u32, year: u32) -> Vec<Compared<'a>> {
    let find = |(at, key): (usize, &'a String)| {
        let place = observed.places.iter().find(|place| place.key == *key)?;
        let lived_in = |year: &u32| place.censuses.get(year).is_some_and(|census| census.population > 0.0);
        let centre = place.level == Level::Centre;
        [base, year].iter().all(lived_in).then_some(Compared { key, at, centre, censuses: &place.censuses })
    };
    runs.places.iter().enumerate().filter_map(find).collect()
}

/// One census year that is scored.
struct Year<'a> {
    runs: &'a Simulated,
    base: u32,
    year: u32,
    assumptions: Assumptions,
    regression: Option<Regression>,
}

impl Year<'_> {
    fn score(&self, places: &[Compared<'_>], scores: &mut Scores) {
        let (base, year, runs) = (self.base, self.year, self.runs);
        let people = |year: u32, places: &[&Compared<'_>]| -> Vec<People> {
            places.iter().map(|place| place.censuses[&year].into()).collect()
        };
        let all: Vec<&Compared<'_>> = places.iter().collect();
        let city = |place: &Compared<'_>| place.censuses[&base].urban_population;
        let largest = all.iter().max_by(|a, b| city(a).total_cmp(&city(b)).then(b.at.cmp(&a.at)));
        let largest = largest.map(|place| place.key.to_owned());
        let simulated: Vec<f64> = runs.runs.iter().map(|run| urban_share(&run.people(year, &all))).collect();
        scores.region.push(RegionScore {
            year,
            base: urban_share(&people(base, &all)),
            observed: urban_share(&people(year, &all)),
            simulated: Spread::of(&simulated),
        });
        let is_largest = |place: &&&Compared<'_>| Some(place.key) == largest.as_deref();
        let rest: Vec<&Compared<'_>> = all.iter().filter(|place| !is_largest(place)).copied().collect();
        for quantity in Quantity::ALL {
            for (set, without) in [(&all, None), (&rest, largest.clone())] {
                if set.len() < PLACES_MIN {
                    continue;
                }
                let (before, after) = (people(base, set), people(year, set));
                let simulated: Vec<Vec<f64>> =
                    runs.runs.iter().map(|run| quantity.values(&run.people(year, set))).collect();
                let (assumptions, elsewhere) = (self.assumptions, self.regression);
                let naive = naive::forecasts(&naive::Given { places: set, base, year, assumptions, elsewhere });
                let one = One { year, quantity, without, before, after };
                if one.without.is_none() {
                    one.put_places(set, &simulated, &mut scores.places);
                    one.put_runs(runs, &simulated, &mut scores.by_run);
                }
                scores.scores.push(one.score(&simulated, &naive));
            }
        }
    }
}

/// One quantity in one year over one set of places.
struct One {
    year: u32,
    quantity: Quantity,
    without: Option<String>,
    before: Vec<People>,
    after: Vec<People>,
}

impl One {
    fn error(&self, forecast: &[f64]) -> f64 {
        weighted_error(forecast, &self.quantity.values(&self.after), &self.quantity.weights(&self.after))
    }

    fn rank_of_change(&self, forecast: &[f64]) -> f64 {
        let before = self.quantity.values(&self.before);
        let change =
            |values: &[f64]| values.iter().zip(&before).map(|(after, before)| after - before).collect::<Vec<_>>();
        rank_correlation(&change(forecast), &change(&self.quantity.values(&self.after)))
    }

    fn score(&self, simulated: &[Vec<f64>], naive: &[Forecast]) -> Score {
        let observed = self.quantity.values(&self.after);
        let of = |measure: &dyn Fn(&[f64]) -> f64| {
            Spread::of(&simulated.iter().map(|values| measure(values)).collect::<Vec<_>>())
        };
        let mean = |at: usize| simulated.iter().map(|values| values[at]).sum::<f64>() / simulated.len() as f64;
        let mean: Vec<f64> = (0..observed.len()).map(mean).collect();
        let against = |forecast: &Forecast| {
            let error = self.error(&self.quantity.values(&forecast.people));
            Against { forecast: forecast.name, error, skill: of(&|values| skill(self.error(values), error)) }
        };
        Score {
            year: self.year,
            quantity: self.quantity,
            without: self.without.clone(),
            places: observed.len(),
            error: of(&|values| self.error(values)),
            error_of_mean: self.error(&mean),
            rank_correlation: of(&|values| rank_correlation(values, &observed)),
            rank_correlation_of_change: of(&|values| self.rank_of_change(values)),
            naive: naive.iter().filter(|forecast| forecast.of.contains(&self.quantity)).map(against).collect(),
        }
    }

    fn put_places(&self, set: &[&Compared<'_>], simulated: &[Vec<f64>], places: &mut Vec<PlaceScore>) {
        let (before, after) = (self.quantity.values(&self.before), self.quantity.values(&self.after));
        for (at, place) in set.iter().enumerate() {
            places.push(PlaceScore {
                place: place.key.to_owned(),
                year: self.year,
                quantity: self.quantity,
                base: before[at],
                observed: after[at],
                simulated: Spread::of(&simulated.iter().map(|values| values[at]).collect::<Vec<_>>()),
            });
        }
    }

    fn put_runs(&self, runs: &Simulated, simulated: &[Vec<f64>], by_run: &mut Vec<RunScore>) {
        for (run, values) in runs.runs.iter().zip(simulated).filter(|(run, _)| run.run.is_some()) {
            let rank = self.rank_of_change(values);
            by_run.push(RunScore {
                run: run.run,
                cell: run.cell,
                policy: run.policy.clone(),
                year: self.year,
                quantity: self.quantity,
                error: self.error(values),
                rank_correlation_of_change: rank.is_finite().then_some(rank),
            });
        }
    }
}
