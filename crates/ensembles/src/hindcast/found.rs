//! What a hindcast found: scores by province, and pooled over provinces, each with an interval over seeds.

use serde::Serialize;
use simulation::table::Table;

use super::Plan;
use crate::score::{Quantity, Score, Scores, in_memory, score};
use crate::statistics::Estimate;

/// Share of samples in which an interval covers the true mean.
const COVERAGE: f64 = 0.95;

/// Mean over seeds, and the interval that covers the true mean in 95 % of samples of so many seeds (Student's t).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Mean; null where it is not defined for every seed.
    pub mean: Option<f64>,
    /// Lower end; null for one seed.
    pub low: Option<f64>,
    /// Upper end; null for one seed.
    pub high: Option<f64>,
}

impl Interval {
    /// Of one value for each seed.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let estimate = Estimate::of(values);
        let [low, high] = estimate.interval(COVERAGE);
        let defined = |value: f64| value.is_finite().then_some(value);
        Self { mean: defined(estimate.mean), low: defined(low), high: defined(high) }
    }
}

/// Which places of a province are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Set {
    /// All of them.
    All,
    /// Without the one with the largest city in the base year.
    WithoutLargest,
}

impl Set {
    fn of(score: &Score) -> Self {
        if score.without.is_none() { Self::All } else { Self::WithoutLargest }
    }
}

/// The runs of a province against one forecast of one quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// What is compared.
    pub quantity: Quantity,
    /// Over which places.
    pub set: Set,
    /// Name of the forecast.
    pub forecast: &'static str,
    /// Weighted absolute error of the runs.
    pub error: Interval,
    /// That of the forecast.
    pub naive_error: f64,
    /// Skill of the runs relative to the forecast.
    pub skill: Interval,
}

/// A province, scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProvinceFound {
    /// Name.
    pub province: String,
    /// Places compared.
    pub places: usize,
    /// The place with the largest city in the base year.
    pub largest: Option<String>,
    /// Urban share of all its places in the base year.
    pub urban_share_base: f64,
    /// In the census that it is scored against.
    pub urban_share_observed: f64,
    /// In the runs.
    pub urban_share_simulated: Interval,
    /// Scores.
    pub scores: Vec<Found>,
}

/// A province that has no score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Name.
    pub province: String,
    /// Places with figures.
    pub places: usize,
    /// Why it has none.
    pub why: String,
}

/// The runs of all provinces against one forecast of one quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pooled {
    /// What is compared.
    pub quantity: Quantity,
    /// Over which places of each province.
    pub set: Set,
    /// Name of the forecast.
    pub forecast: &'static str,
    /// Provinces for which there is such a forecast.
    pub provinces: usize,
    /// Mean error of the runs over provinces.
    pub error: Interval,
    /// Mean error of the forecast over provinces.
    pub naive_error: f64,
    /// 1 − Σ error / Σ error of the forecast, sums over provinces.
    pub skill: Interval,
    /// Median of the provinces' skills.
    pub median: Interval,
}

/// Everything that a hindcast found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hindcast {
    /// Name of the scenario.
    pub scenario: String,
    /// Census that runs start from.
    pub base_year: u32,
    /// Census that they are scored against.
    pub year: u32,
    /// Seeds.
    pub seeds: Vec<u64>,
    /// The column of table `cities` that counts urban people.
    pub urban_column: &'static str,
    /// Scores of all provinces together.
    pub pooled: Vec<Pooled>,
    /// Scores by province.
    pub provinces: Vec<ProvinceFound>,
    /// Provinces without a score.
    pub left_out: Vec<LeftOut>,
}

/// Scores the runs of a plan, which come seed by seed, every province with the first seed before any with the second.
pub(super) fn found(plan: &Plan, runs: Vec<Result<Table, String>>) -> Hindcast {
    let count = plan.provinces.len();
    let mut hindcast = Hindcast {
        scenario: plan.scenario.clone(),
        base_year: plan.base,
        year: plan.year,
        seeds: plan.seeds.clone(),
        urban_column: "",
        pooled: Vec::new(),
        provinces: Vec::new(),
        left_out: plan.left_out.clone(),
    };
    let mut scored: Vec<Vec<Scores>> = Vec::new();
    for (at, province) in plan.provinces.iter().enumerate() {
        let own = runs.iter().skip(at).step_by(count);
        let by_seed: Result<Vec<Scores>, String> =
            own.map(|run| run.as_ref().map_err(Clone::clone).and_then(|cities| score_run(plan, at, cities))).collect();
        match by_seed {
            Ok(by_seed) => {
                hindcast.urban_column = by_seed[0].urban_column;
                hindcast.provinces.push(of_province(&province.table.name, &by_seed));
                scored.push(by_seed);
            }
            Err(why) => {
                let (province, places) = (province.table.name.clone(), province.table.observed.places.len());
                hindcast.left_out.push(LeftOut { province, places, why });
            }
        }
    }
    hindcast.pooled = pooled(&scored);
    hindcast
}

fn score_run(plan: &Plan, at: usize, cities: &Table) -> Result<Scores, String> {
    let province = &plan.provinces[at];
    let runs = in_memory(&plan.scenario, &[cities]).map_err(|missing| missing.to_string())?;
    let elsewhere: Vec<_> = plan.everywhere.iter().filter(|place| place.province != province.table.name).collect();
    score(&runs, &province.table.observed, &elsewhere, plan.assumptions).map_err(|error| error.to_string())
}

/// Scores against the last census, which is the one that the hindcast is about.
fn of_year(scores: &Scores) -> impl Iterator<Item = &Score> {
    scores.scores.iter().filter(|score| Some(&score.year) == scores.years.last())
}

/// Every forecast of every quantity and set, in the order of scores.
fn keys(scores: &Scores) -> Vec<(Quantity, Set, &'static str)> {
    let of = |score: &Score| {
        let (quantity, set) = (score.quantity, Set::of(score));
        score.naive.iter().map(move |naive| (quantity, set, naive.forecast)).collect::<Vec<_>>()
    };
    of_year(scores).flat_map(of).collect()
}

/// Error of a run and of a forecast.
fn errors(scores: &Scores, (quantity, set, forecast): (Quantity, Set, &str)) -> Option<[f64; 2]> {
    let score = of_year(scores).find(|score| (score.quantity, Set::of(score)) == (quantity, set))?;
    let naive = score.naive.iter().find(|naive| naive.forecast == forecast)?;
    Some([score.error.mean?, naive.error])
}

fn skill([error, naive]: [f64; 2]) -> f64 {
    crate::score::skill(error, naive)
}

fn of_province(name: &str, by_seed: &[Scores]) -> ProvinceFound {
    let first = &by_seed[0];
    let of = |key: (Quantity, Set, &'static str)| {
        let errors: Option<Vec<[f64; 2]>> = by_seed.iter().map(|scores| errors(scores, key)).collect();
        let errors = errors?;
        let (quantity, set, forecast) = key;
        Some(Found {
            quantity,
            set,
            forecast,
            error: Interval::of(&errors.iter().map(|[error, _]| *error).collect::<Vec<_>>()),
            naive_error: errors[0][1],
            skill: Interval::of(&errors.iter().copied().map(skill).collect::<Vec<_>>()),
        })
    };
    let region = |scores: &Scores| scores.region.last().and_then(|region| region.simulated.mean).unwrap_or(f64::NAN);
    ProvinceFound {
        province: name.to_owned(),
        places: of_year(first).next().map_or(0, |score| score.places),
        largest: of_year(first).find_map(|score| score.without.clone()),
        urban_share_base: first.region.last().map_or(f64::NAN, |region| region.base),
        urban_share_observed: first.region.last().map_or(f64::NAN, |region| region.observed),
        urban_share_simulated: Interval::of(&by_seed.iter().map(region).collect::<Vec<_>>()),
        scores: keys(first).into_iter().filter_map(of).collect(),
    }
}

/// Over provinces, whose scores come by province and seed.
fn pooled(provinces: &[Vec<Scores>]) -> Vec<Pooled> {
    let mut all: Vec<(Quantity, Set, &'static str)> = Vec::new();
    for key in provinces.iter().flat_map(|by_seed| keys(&by_seed[0])) {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    // Capitals that are not the largest place bring a forecast that the first province may not have.
    all.sort_by_key(|(quantity, set, _)| (Quantity::ALL.iter().position(|one| one == quantity), *set));
    let seeds = provinces.first().map_or(0, Vec::len);
    let of = |key: (Quantity, Set, &'static str)| {
        // By seed, then by province.
        let by_seed: Vec<Vec<[f64; 2]>> =
            (0..seeds).map(|seed| provinces.iter().filter_map(|scores| errors(&scores[seed], key)).collect()).collect();
        pool(key, &by_seed)
    };
    all.into_iter().map(of).collect()
}

fn pool((quantity, set, forecast): (Quantity, Set, &'static str), by_seed: &[Vec<[f64; 2]>]) -> Pooled {
    let provinces = by_seed.first().map_or(0, Vec::len);
    let sum = |errors: &[[f64; 2]], which: usize| errors.iter().map(|pair| pair[which]).sum::<f64>();
    let over =
        |of: &dyn Fn(&[[f64; 2]]) -> f64| Interval::of(&by_seed.iter().map(|errors| of(errors)).collect::<Vec<_>>());
    Pooled {
        quantity,
        set,
        forecast,
        provinces,
        error: over(&|errors| sum(errors, 0) / provinces as f64),
        naive_error: by_seed.first().map_or(f64::NAN, |errors| sum(errors, 1) / provinces as f64),
        skill: over(&|errors| crate::score::skill(sum(errors, 0), sum(errors, 1))),
        median: over(&|errors| median(errors.iter().copied().map(skill).collect())),
    }
}

/// The middle value, or the mean of the two in the middle; NaN of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => (values[count / 2 - 1] + values[count / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_are_pooled_by_their_errors_and_not_by_their_skills() {
        // One province halves a large error, the other doubles a small one: 1 − (2 + 2)/(4 + 1), median of .5 and −1.
        let by_seed = vec![vec![[2.0, 4.0], [2.0, 1.0]]; 2];
        let found = pool((Quantity::UrbanShare, Set::All, "no_change"), &by_seed);
        let skill = found.skill.mean.unwrap();
        assert!((skill - 0.2).abs() < 1e-12, "{found:?}");
        assert_eq!((found.provinces, found.median.mean), (2, Some(-0.25)));
        assert_eq!((found.error.mean, found.naive_error), (Some(2.0), 2.5));
        assert_eq!((found.skill.low, found.skill.high), (Some(skill), Some(skill)), "equal seeds leave no doubt");
    }

    #[test]
    fn one_seed_has_no_interval() {
        let found = Interval::of(&[0.3]);
        assert_eq!((found.mean, found.low, found.high), (Some(0.3), None, None));
    }

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }
}
