//! The policy lab: what a policy changes, over pairs of runs with common random numbers.
//!
//! A [`Plan`] says what is compared with what; [`compare`] runs it and gives a [`Comparison`]: effects on headline
//! quantities with intervals from paired differences (common random numbers), who gains and who loses, public cost by
//! item, effects on each city, and what policies do together. [`tables`] turns it into tables for files.
//!
//! Every world of a seed uses the same random numbers: the same person with the same key draws the same words. What differs
//! between two worlds is therefore the policy's doing, and the difference varies far less than either world.

mod costs;
mod dated;
mod effects;
mod interactions;
mod people;
mod plan;
mod published;
mod quantities;
mod running;
mod state;
pub mod tables;

pub use costs::{Cost, DEBT, ITEMS, Side};
pub use dated::{Change, Reform, changes, reforms};
pub use effects::{COVERAGE, Effect, Numbers};
pub use interactions::Interaction;
pub use people::{DIMENSIONS, Winner};
pub use plan::{Arm, Asked, COMBINED_MAX, Plan, PlanError, sets};
pub use published::Published;
pub use quantities::{EQUIVALENT_VARIATION, Quantity};
pub use running::{CompareError, Effort, OF_PLACES};

use serde::Serialize;

use running::{Draw, Outcome, Runs};

/// What the world without policies is called.
pub const BASE: &str = "base";

/// The effect of a policy on one quantity of one city.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CityEffect {
    /// The policy.
    pub policy: String,
    /// The city, by its key.
    pub city: String,
    /// The quantity, as in table `cities`.
    pub quantity: &'static str,
    /// Its unit.
    pub unit: String,
    /// The difference.
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// The effect of a policy on one quantity in one year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearEffect {
    /// The policy.
    pub policy: String,
    /// The quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: &'static str,
    /// The end of the year, as a date: 2015 is the state in which the year 2015 begins.
    pub year: f64,
    /// The difference.
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// One run of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// The world: [`BASE`] or its policies.
    pub policy: String,
    /// Seed.
    pub seed: u64,
    /// Hash of the whole final state.
    pub state_hash: String,
    /// Values of the quantities.
    pub values: Vec<f64>,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Name of the scenario.
    pub scenario: String,
    /// Names of the policies.
    pub policies: Vec<String>,
    /// Seeds.
    pub seeds: Vec<u64>,
    /// When the run starts.
    pub start: f64,
    /// When worlds may begin to differ: the end of the common past.
    pub from: f64,
    /// From when costs are added up: the first date at which a policy changes anything.
    pub costs_from: f64,
    /// The date of the state that is compared.
    pub until: f64,
    /// Effects, by policy and quantity.
    pub effects: Vec<Effect>,
    /// Who gains and who loses, by policy and group.
    pub winners: Vec<Winner>,
    /// Public cost and revenue, by policy and item.
    pub costs: Vec<Cost>,
    /// Effects on cities, by policy, city and quantity.
    pub cities: Vec<CityEffect>,
    /// Effects year by year, by policy, quantity and year; quantities that need single persons are left out.
    pub paths: Vec<YearEffect>,
    /// Main effects and interactions, if every combination was run.
    pub interactions: Vec<Interaction>,
    /// The quantities, in the order of values.
    #[serde(skip)]
    pub quantities: Vec<Quantity>,
    /// Every run, by seed and world.
    #[serde(skip)]
    pub runs: Vec<Run>,
}

/// Runs a plan.
///
/// # Errors
/// The first run that failed, or [`CompareError::Stopped`] if it was asked to stop.
pub fn compare(plan: &Plan, effort: &Effort) -> Result<Comparison, CompareError> {
    let runs = running::run(plan, effort)?;
    let base = &plan.base.scenario;
    let places: Vec<String> = base.places.iter().map(|place| place.key.clone()).collect();
    let mut names = places.clone();
    names.push("outside".to_owned());
    let mut comparison = Comparison {
        scenario: base.name.clone(),
        policies: plan.policies.clone(),
        seeds: plan.seeds.clone(),
        start: f64::from(base.start),
        from: plan.from(),
        costs_from: plan.costs_from(),
        until: plan.until(),
        effects: Vec::new(),
        winners: Vec::new(),
        costs: Vec::new(),
        cities: Vec::new(),
        paths: Vec::new(),
        interactions: if plan.interactions { interactions(plan, &runs) } else { Vec::new() },
        quantities: runs.quantities.clone(),
        runs: every_run(plan, &runs),
    };
    for (at, arm) in plan.arms.iter().enumerate() {
        let worlds = Worlds { runs: &runs, arm: at };
        let reforms = reforms(&base.levers, &arm.loaded.scenario.levers);
        comparison.effects.extend(worlds.effects(&arm.policy, &reforms));
        let shifts: Vec<_> = runs.draws.iter().map(|draw| &draw.arms[at].1).collect();
        comparison.winners.extend(people::winners(&arm.policy, &reforms, &shifts, &names));
        let [before, after] = worlds.column(|outcome| outcome.costs.as_slice());
        comparison.costs.extend(costs::costs(&arm.policy, &before, &after));
        comparison.cities.extend(worlds.cities(&arm.policy, &places));
        comparison.paths.extend(worlds.paths(&arm.policy, f64::from(base.start)));
    }
    Ok(comparison)
}

/// The base and one world with policies, over all seeds.
struct Worlds<'a> {
    runs: &'a Runs,
    arm: usize,
}

impl<'a> Worlds<'a> {
    /// Something of every run, without the policy and with it.
    fn column<T>(&self, of: impl Fn(&'a Outcome) -> T) -> [Vec<T>; 2] {
        let draws = || self.runs.draws.iter();
        [draws().map(|draw| of(&draw.base)).collect(), draws().map(|draw| of(&draw.arms[self.arm].0)).collect()]
    }

    fn effects(&self, policy: &str, reforms: &[Reform]) -> Vec<Effect> {
        let quantities = &self.runs.quantities;
        let income = quantities.iter().position(|quantity| quantity.name == "real_income").unwrap_or(0);
        let each = quantities.iter().enumerate().map(|(at, quantity)| {
            let [before, after] = self.column(|outcome| outcome.values[at]);
            let is_worth = quantity.name == EQUIVALENT_VARIATION;
            let [whole, _] = self.column(|outcome| outcome.values[if is_worth { income } else { at }]);
            let mut effect = effects::effect(policy, quantity, &before, &after, &whole);
            if is_worth {
                // It is a comparison of the same persons in both worlds, so that unpaired runs do not give it at all.
                effect.unpaired_standard_error = f64::NAN;
                effect.standard_error_ratio = f64::NAN;
                effect.variance_ratio = f64::NAN;
            }
            let interval = [effect.relative_low, effect.relative_high];
            effect.published = published::beside_effect(reforms, &quantity.name, interval);
            effect
        });
        each.collect()
    }

    fn paths(&self, policy: &str, start: f64) -> Vec<YearEffect> {
        let years = self.runs.draws.first().map_or(0, |draw| draw.base.path.len());
        let one = |at: usize, year: usize| {
            let [before, after] = self.column(|outcome| outcome.path[year][at]);
            let Quantity { name, unit, .. } = &self.runs.quantities[at];
            let numbers = Numbers::of(&before, &after);
            let date = start + (year + 1) as f64;
            YearEffect { policy: policy.to_owned(), quantity: name.clone(), unit, year: date, numbers }
        };
        let all = (0..self.runs.quantities.len()).flat_map(|at| (0..years).map(move |year| (at, year)));
        all.map(|(at, year)| one(at, year)).filter(|one| one.numbers.pairs > 0).collect()
    }

    fn cities(&self, policy: &str, places: &[String]) -> Vec<CityEffect> {
        let one = |place: usize, quantity: usize| {
            let [before, after] = self.column(|outcome| outcome.cities[quantity][place]);
            CityEffect {
                policy: policy.to_owned(),
                city: places[place].clone(),
                quantity: OF_PLACES[quantity],
                unit: self.runs.city_units[quantity].clone(),
                numbers: Numbers::of(&before, &after),
            }
        };
        (0..places.len())
            .flat_map(|place| (0..OF_PLACES.len()).map(move |quantity| (place, quantity)))
            .map(|(place, quantity)| one(place, quantity))
            .collect()
    }
}

fn bits(members: &[usize]) -> usize {
    members.iter().map(|member| 1 << member).sum()
}

fn interactions(plan: &Plan, runs: &Runs) -> Vec<Interaction> {
    let sets: Vec<usize> = std::iter::once(0).chain(plan.arms.iter().map(|arm| bits(&arm.members))).collect();
    let of_draw = |draw: &Draw, world: usize, at: usize| match world.checked_sub(1) {
        None => draw.base.values[at],
        Some(arm) => draw.arms[arm].0.values[at],
    };
    let mut found = Vec::new();
    for (at, quantity) in runs.quantities.iter().enumerate() {
        let by_seed = |world: usize| runs.draws.iter().map(|draw| of_draw(draw, world, at)).collect();
        let values: Vec<Vec<f64>> = (0..sets.len()).map(by_seed).collect();
        let is_worth = quantity.name == EQUIVALENT_VARIATION;
        let whole = if is_worth { runs.quantities.iter().position(|one| one.name == "real_income") } else { Some(at) };
        let whole = whole.map_or(f64::NAN, |at| {
            let base: Vec<f64> = runs.draws.iter().map(|draw| draw.base.values[at]).collect();
            crate::statistics::Estimate::of(&base).mean
        });
        // Terms come in the order of the sets, the base left out: that of the worlds.
        let terms = interactions::terms(quantity, &plan.policies, &sets, &values);
        for (mut term, arm) in terms.into_iter().zip(&plan.arms) {
            if term.order > 1 {
                let reforms = reforms(&plan.base.scenario.levers, &arm.loaded.scenario.levers);
                let interval = [term.low / whole, term.high / whole];
                term.published = published::beside_interaction(&reforms, &quantity.name, interval);
            }
            found.push(term);
        }
    }
    found
}

fn every_run(plan: &Plan, runs: &Runs) -> Vec<Run> {
    let mut all = Vec::new();
    for (draw, &seed) in runs.draws.iter().zip(&plan.seeds) {
        let mut keep = |policy: &str, outcome: &Outcome| {
            all.push(Run {
                policy: policy.to_owned(),
                seed,
                state_hash: outcome.state_hash.clone(),
                values: outcome.values.clone(),
            });
        };
        keep(BASE, &draw.base);
        for (arm, (outcome, _)) in plan.arms.iter().zip(&draw.arms) {
            keep(&arm.policy, outcome);
        }
    }
    all
}
