//! Firm location: firms compare what places earn and choose a site; nobody moves yet.
//!
//! - **Reads** [`Firms`], [`TownFirms`], [`ProfitRate`], [`TownProfitRate`], [`UrbanPeople`], [`RuralPeople`],
//!   [`IndustryJobs`], [`TownJobs`], [`SizeGradient`], [`IndustryTable`], [`FirmBlock`], [`Site`], [`Quality`],
//!   [`Cohort`], [`Ordinal`]. **Writes** [`SiteWeights`], [`SiteProposals`], [`NextSite`].
//! - **Phase** [`Phase::Choices`](crate::step::Phase::Choices). **Random numbers** [`Purpose::FirmMove`].
//!   **Equation** [`economics::firms::fill_site_weights`], [`economics::firms::relocation_acceptance`].
//! - **Carried out** by [`relocation`](crate::mechanisms::relocation).
//! - **Switched off**: firms stay, and entrants settle in proportion to present firms.

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use bevy_ecs::system::SystemParam;
use economics::firms::{fill_site_weights, pull, relocation_acceptance};
use economics::productivity::SIZE_CLASSES;
use rayon::prelude::*;
use scenario::mechanisms::firm_location::FirmLocation;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, BySector};
use crate::agents::columns::each_block;
use crate::agents::firm::{CLOSED, Cohort, FirmBlock, NextSite, Ordinal, Quality, Site, SiteChoice};
use crate::clock::Clock;
use crate::mechanisms::firms::{Firms, TownFirms};
use crate::mechanisms::goods_market::ProfitRate;
use crate::mechanisms::population::{RuralPeople, UrbanPeople};
use crate::mechanisms::productivity::{IndustryJobs, SizeGradient};
use crate::mechanisms::towns::{TownJobs, TownProfitRate};
use crate::model::Model;
use crate::random::race::{Proposal, RaceWeights, Rivals};
use crate::random::{AgentBatch, Purpose, RandomSource, Selection, TILE, threshold, tiles, unit};
use crate::region::IndustryTable;
use crate::step::Step;

const STAY: u16 = SiteChoice::Stay.code();

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct FirmLocationParameters {
    numbers: FirmLocation,
    /// City persons that a rural person stands for among sites; zero without towns.
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

/// What sites are judged by.
#[derive(SystemParam)]
struct SiteFigures<'w> {
    industries: Res<'w, IndustryTable>,
    firms: BySector<'w, Firms>,
    town_firms: ByCity<'w, TownFirms>,
    profit_rate: BySector<'w, ProfitRate>,
    town_profit_rate: ByCity<'w, TownProfitRate>,
    urban: ByCity<'w, UrbanPeople>,
    rural: ByCity<'w, RuralPeople>,
    jobs: BySector<'w, IndustryJobs>,
    town_jobs: ByCity<'w, TownJobs>,
}

impl IndustrySites {
    /// Reads firms, sizes and pulls off the columns.
    fn observe(&mut self, industry: usize, town_site_weight: f64, figures: &SiteFigures) {
        self.firms.clear();
        self.firms.extend_from_slice(&figures.firms[industry]);
        self.sizes.clear();
        self.sizes.extend_from_slice(&figures.urban);
        self.pulls.clear();
        self.pulls.extend(figures.profit_rate[industry].iter().map(|&rate| pull(rate)));
        if figures.industries.in_towns == Some(industry) {
            self.firms.extend_from_slice(&figures.town_firms);
            self.sizes.extend(figures.rural.iter().map(|people| town_site_weight * people));
            self.pulls.extend(figures.town_profit_rate.iter().map(|&rate| pull(rate)));
        }
        self.weights.resize(self.firms.len(), 0.0);
    }

    /// What sites are worth to firms of each class: a firm that weighs more there earns so much more.
    fn observe_classes(&mut self, industry: usize, gradient: &SizeGradient, figures: &SiteFigures) {
        self.class_pulls.iter_mut().for_each(Vec::clear);
        let cities = &figures.profit_rate[industry];
        let rates = cities.iter().chain(figures.town_profit_rate.iter()).take(self.pulls.len());
        for (site, rate) in rates.enumerate() {
            let jobs = &figures.jobs[industry];
            let weights = gradient.weights(industry, site, jobs, &figures.town_jobs, &figures.urban);
            for (pulls, weight) in self.class_pulls.iter_mut().zip(weights) {
                pulls.push(pull((1.0 + rate) * weight - 1.0));
            }
        }
    }
}

/// Sites are weighed in every model with firms, for entrants too; firms choose another site where the mechanism is on.
pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.world.init_resource::<SiteWeights>();
    model.world.init_resource::<SiteProposals>();
    model.keep::<SiteProposals>("site_proposals");
    model.add(Step::WeighSites, weigh_sites);
    let Some(block) = &scenario.mechanisms.firm_location else { return };
    let town_site_weight = scenario.mechanisms.towns.as_ref().map_or(0.0, |towns| towns.site_weight);
    model.world.insert_resource(FirmLocationParameters { numbers: block.clone(), town_site_weight });
    model.add(Step::ChooseSites, choose_sites);
}

fn weigh_sites(
    parameters: Option<Res<FirmLocationParameters>>,
    figures: SiteFigures,
    gradient: Option<Res<SizeGradient>>,
    mut proposals: ResMut<SiteProposals>,
    mut sites: ResMut<SiteWeights>,
) {
    // Off: imitation alone, so that an industry keeps its geography.
    let (imitation, exploration, town_site_weight) = parameters.map_or((1.0, 0.0, 0.0), |parameters| {
        (parameters.numbers.imitation, parameters.numbers.exploration, parameters.town_site_weight)
    });
    sites.0.resize_with(figures.industries.firms(), IndustrySites::default);
    let first = proposals.0.is_empty();
    for (industry, sites) in sites.0.iter_mut().enumerate() {
        sites.observe(industry, town_site_weight, &figures);
        if let Some(gradient) = &gradient {
            sites.observe_classes(industry, gradient, &figures);
        }
        let IndustrySites { firms, sizes, weights, race_weights, .. } = sites;
        fill_site_weights(firms, sizes, imitation, exploration, weights);
        if first {
            proposals.0.push(Proposal::new(weights));
        }
        race_weights.set(&proposals.0[industry], weights.iter().copied());
    }
}

/// The columns of a block that a choice of site reads and writes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Locators {
    block: &'static FirmBlock,
    site: &'static Site,
    quality: &'static Quality,
    cohort: &'static Cohort,
    ordinal: &'static Ordinal,
    next_site: &'static mut NextSite,
}

fn choose_sites(
    mut firms: Query<Locators>,
    gradient: Option<Res<SizeGradient>>,
    parameters: Res<FirmLocationParameters>,
    sites: Res<SiteWeights>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
) {
    let numbers = &parameters.numbers;
    let looking_below = threshold(numbers.relocation_rate);
    each_block!(firms, (block, site, quality, cohort, ordinal), (next_site), {
        let (site, next_site) = (&site.0[..], &mut next_site.0[..]);
        let industry = usize::from(block.industry);
        let choices = &sites.0[industry];
        let bounds = gradient.as_ref().map(|gradient| gradient.bounds(industry));
        let mut looking = AgentBatch::new(clock.tick, Purpose::FirmMove, u16::from(block.industry));
        let choose = |batch: &mut AgentBatch, next_site: &mut [u16]| {
            let words = batch.words(&random);
            let winners = choices.race_weights.winners(&random, batch, &words, &Rivals::NONE);
            for (lane, at) in batch.slots().enumerate() {
                let Some(there) = winners.of(lane) else { continue };
                let pulls = match bounds {
                    Some(bounds) => &choices.class_pulls[SizeGradient::class(bounds, quality.0[at])],
                    None => &choices.pulls,
                };
                let here = usize::from(site[at]);
                let (pull_there, pull_here) = (pulls[there], pulls[here]);
                let chance = relocation_acceptance(numbers.precision, pull_there, pull_here, numbers.relocation_cost);
                if there != here && unit(words[0][lane]) < chance {
                    next_site[at] = SiteChoice::To(there as u16).code();
                }
            }
            batch.clear();
        };
        let mut tile = [0; TILE];
        for (start, sites, cohorts) in tiles(site, &cohort.0) {
            let words = &mut tile[..sites.len()];
            let drawn_for = (block.first_slot() + start as u32, cohorts);
            random.tile_of(clock.tick, Purpose::FirmMove, u16::from(block.industry), drawn_for, words);
            let of_tile = words.iter().zip(sites).zip(&next_site[start..]);
            let looks = Selection::of(
                random.width(),
                of_tile
                    .map(|((&word, &site), &next)| u64::from(word) < looking_below && site != CLOSED && next == STAY),
            );
            for at in looks.slots().map(|at| start + at) {
                if looking.add(at, ordinal.0[at], cohort.0[at]) {
                    choose(&mut looking, next_site);
                }
            }
        }
        choose(&mut looking, next_site);
    });
}
