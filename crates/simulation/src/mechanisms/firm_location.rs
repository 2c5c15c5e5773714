//! Firm location: firms compare what places earn and choose a site; nobody moves yet.
//!
//! - **Reads** [`FirmMass`], [`Markets`], [`Population`], [`SizeGradient`]. **Writes** [`SiteWeights`], [`NextSite`].
//! - **Phase** [`Phase::Choices`]. **Chance** [`Purpose::Firm`].
//!   **Equation** [`economics::firms::fill_site_weights`], [`economics::firms::relocation_acceptance`].
//! - **Switched off**: firms stay, and entrants settle in proportion to present firms.

use bevy_ecs::prelude::*;
use economics::firms::{fill_site_weights, pull, relocation_acceptance};
use economics::productivity::SIZE_CLASSES;
use rayon::prelude::*;
use scenario::mechanisms::firm_location::FirmLocation;
use serde::{Deserialize, Serialize};

use crate::agents::firm::{Cohort, FirmBlock, NextSite, Ordinal, Quality, STAY, Site};
use crate::clock::Clock;
use crate::mechanisms::productivity::SizeGradient;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{FirmMass, IndustryTable, Markets, Population, Productivities};
use crate::plugin::Plugin;
use crate::random::race::{Proposal, RaceWeights};
use crate::random::{AgentBatch, Purpose, RandomSource, unit};

/// Wires the mechanism.
pub struct FirmLocationPlugin {
    /// Its numbers.
    pub parameters: FirmLocation,
    /// City persons that a rural person stands for among sites; zero without towns.
    pub town_site_weight: f64,
}

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct FirmLocationParameters {
    numbers: FirmLocation,
    town_site_weight: f64,
}

/// What the sites of one industry are worth in this quarter: cities first, then (for the industry that can be in towns)
/// the towns of each countryside.
#[derive(Clone, Debug, Default)]
pub struct IndustrySites {
    /// Firm units at each site.
    pub firms: Vec<f64>,
    /// Residents of cities, weighted rural people of towns.
    sizes: Vec<f64>,
    /// Chance that a firm which looks for a site considers it.
    pub weights: Vec<f64>,
    /// Representative profit rate as firms respond to it.
    pub pulls: Vec<f64>,
    /// The same for a firm of each size class; empty while classes gain alike.
    class_pulls: [Vec<f64>; SIZE_CLASSES],
    /// The race on these weights.
    race_weights: RaceWeights,
}

/// The sites of all industries with firms. Also there when the mechanism is off, for entrants.
#[derive(Resource, Clone, Debug, Default)]
pub struct SiteWeights(pub Vec<IndustrySites>);

/// Where firms look: fixed for the whole run from the opening state, by industry.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SiteProposals(pub Vec<Proposal>);

/// Closing comes before choosing a site, and entering after weighing sites.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FirmChoices {
    /// Sites are weighed.
    Weigh,
    /// Firms close and enter.
    Turnover,
    /// Firms choose another site.
    Locate,
}

impl IndustrySites {
    /// Reads firms, sizes and pulls off the columns.
    pub fn observe(
        &mut self,
        industry: usize,
        in_towns: bool,
        town_site_weight: f64,
        mass: &FirmMass,
        markets: &Markets,
        population: &Population,
    ) {
        self.firms.clear();
        self.firms.extend_from_slice(&mass.count[industry]);
        self.sizes.clear();
        self.sizes.extend_from_slice(&population.urban);
        self.pulls.clear();
        self.pulls.extend(markets.profit_rate[industry].iter().map(|&rate| pull(rate)));
        if in_towns {
            self.firms.extend_from_slice(&mass.town_count);
            self.sizes.extend(population.rural.iter().map(|people| town_site_weight * people));
            self.pulls.extend(markets.town_profit_rate.iter().map(|&rate| pull(rate)));
        }
        self.weights.resize(self.firms.len(), 0.0);
    }

    /// What sites are worth to firms of each class: a firm that weighs more there earns so much more.
    fn observe_classes(
        &mut self,
        industry: usize,
        gradient: &SizeGradient,
        markets: &Markets,
        productivities: &Productivities,
        population: &Population,
    ) {
        self.class_pulls.iter_mut().for_each(Vec::clear);
        let cities = &markets.profit_rate[industry];
        let rates = cities.iter().chain(&markets.town_profit_rate).take(self.pulls.len());
        for (site, rate) in rates.enumerate() {
            let weights = gradient.weights(industry, site, productivities, population);
            for (pulls, weight) in self.class_pulls.iter_mut().zip(weights) {
                pulls.push(pull((1.0 + rate) * weight - 1.0));
            }
        }
    }
}

/// Adds what every model with firms has, whether or not the mechanism is on: sites weighed by present firms alone.
pub fn add_sites(model: &mut Model) {
    model.world.init_resource::<SiteWeights>();
    model.world.init_resource::<SiteProposals>();
    model.keep::<SiteProposals>("site_proposals");
    model.add_systems(Phase::Choices, weigh_sites.in_set(FirmChoices::Weigh));
}

impl Plugin for FirmLocationPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(FirmLocationParameters {
            numbers: self.parameters.clone(),
            town_site_weight: self.town_site_weight,
        });
        model.add_systems(
            Phase::Choices,
            choose_sites.in_set(FirmChoices::Locate).after(FirmChoices::Weigh).after(FirmChoices::Turnover),
        );
    }
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
fn weigh_sites(
    parameters: Option<Res<FirmLocationParameters>>,
    industries: Res<IndustryTable>,
    mass: Res<FirmMass>,
    markets: Res<Markets>,
    population: Res<Population>,
    gradient: Option<Res<SizeGradient>>,
    productivities: Res<Productivities>,
    mut proposals: ResMut<SiteProposals>,
    mut sites: ResMut<SiteWeights>,
) {
    // Off: imitation alone, so that an industry keeps its geography.
    let (imitation, exploration, town_site_weight) = parameters.map_or((1.0, 0.0, 0.0), |parameters| {
        (parameters.numbers.imitation, parameters.numbers.exploration, parameters.town_site_weight)
    });
    sites.0.resize_with(industries.firms(), IndustrySites::default);
    let first = proposals.0.is_empty();
    for (industry, sites) in sites.0.iter_mut().enumerate() {
        let in_towns = industries.in_towns == Some(industry);
        sites.observe(industry, in_towns, town_site_weight, &mass, &markets, &population);
        if let Some(gradient) = &gradient {
            sites.observe_classes(industry, gradient, &markets, &productivities, &population);
        }
        let IndustrySites { firms, sizes, weights, race_weights, .. } = sites;
        fill_site_weights(firms, sizes, imitation, exploration, weights);
        if first {
            proposals.0.push(Proposal::new(weights));
        }
        race_weights.set(&proposals.0[industry], weights.iter().copied());
    }
}

fn choose_sites(
    mut firms: Query<(&FirmBlock, &Site, &Quality, &Cohort, &Ordinal, &mut NextSite)>,
    gradient: Option<Res<SizeGradient>>,
    parameters: Res<FirmLocationParameters>,
    proposals: Res<SiteProposals>,
    sites: Res<SiteWeights>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let numbers = &parameters.numbers;
    let tables = firms.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (blocks, site, quality, cohort, ordinal, mut next_site) in tables {
        (blocks, site, quality, cohort, ordinal, &mut *next_site).into_par_iter().for_each(
            |(block, site, quality, cohort, ordinal, next_site)| {
                let industry = usize::from(block.industry);
                let choices = &sites.0[industry];
                let bounds = gradient.as_ref().map(|gradient| gradient.bounds(industry));
                let mut batch = AgentBatch::new(clock.tick, Purpose::FirmMove, u16::from(block.industry));
                let choose = |batch: &mut AgentBatch, next_site: &mut [u16]| {
                    let all = batch.words(&random);
                    for (lane, at) in batch.slots().enumerate() {
                        if unit(all[0][lane]) >= numbers.relocation_rate {
                            continue;
                        }
                        let (address, words) = (batch.address(lane), all.map(|row| row[lane]));
                        let Some(there) = choices.race_weights.winner(&proposals.0[industry], &random, address, &words)
                        else {
                            continue;
                        };
                        let pulls = match bounds {
                            Some(bounds) => &choices.class_pulls[SizeGradient::class(bounds, quality.0[at])],
                            None => &choices.pulls,
                        };
                        let here = usize::from(site.0[at]);
                        let (pull_there, pull_here) = (pulls[there], pulls[here]);
                        let chance =
                            relocation_acceptance(numbers.precision, pull_there, pull_here, numbers.relocation_cost);
                        if there != here && unit(words[1]) < chance {
                            next_site[at] = there as u16;
                        }
                    }
                    batch.clear();
                };
                for at in 0..site.0.len() {
                    let looks = usize::from(site.0[at]) < choices.weights.len() && next_site.0[at] == STAY;
                    if looks && batch.add(at, ordinal.0[at], cohort.0[at]) {
                        choose(&mut batch, &mut next_site.0);
                    }
                }
                choose(&mut batch, &mut next_site.0);
            },
        );
    }
}
