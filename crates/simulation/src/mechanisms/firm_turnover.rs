//! Firm turnover: profits bring entrants, losses close firms.
//!
//! - **Reads** [`SiteWeights`], [`SiteProposals`], [`ProfitRate`], [`TownProfitRate`], [`VarietyMass`],
//!   [`IndustryTable`], [`FirmBlock`], [`Site`], [`Cohort`]. **Writes** [`NextSite`], [`Entrants`].
//! - **Phase** [`Phase::Choices`](crate::step::Phase::Choices). **Random numbers** [`Purpose::Firm`],
//!   [`Purpose::EntryCount`], [`Purpose::EntrySite`], [`Purpose::FirmProductivity`]. **Equation**
//!   [`economics::firms::exit_rate`], [`economics::firms::entrants`], [`economics::firms::fill_entry_shares`].
//! - **Carried out** by [`relocation`](crate::mechanisms::relocation).
//! - **Switched off**: the same firms for the whole run.

use bevy_ecs::prelude::*;
use bevy_ecs::query::QueryData;
use economics::firms::{entrants, exit_rate, fill_entry_shares, mean_over_firms};
use rayon::prelude::*;
use scenario::mechanisms::firm_turnover::FirmTurnover;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, BySector};
use crate::agents::columns::each_block;
use crate::agents::firm::{CLOSED, Cohort, FirmBlock, NextSite, Site, SiteChoice, VarietyMass, quality};
use crate::clock::Clock;
use crate::mechanisms::firm_location::{SiteProposals, SiteWeights};
use crate::mechanisms::goods_market::ProfitRate;
use crate::mechanisms::towns::TownProfitRate;
use crate::model::Model;
use crate::random::race::{RaceWeights, Rivals};
use crate::random::{Address, AgentBatch, Purpose, RandomSource, SIDE, Selection, TILE, threshold, tiles, unit};
use crate::region::IndustryTable;
use crate::step::Step;

/// The mechanism's numbers in the world.
#[derive(Resource, Clone, Debug)]
struct FirmTurnoverParameters {
    numbers: FirmTurnover,
    /// How sharply entrants tell places apart by profit; zero if firm location is off.
    precision: f64,
    /// Spread of firms' own productivity.
    productivity_spread: f64,
}

/// A firm that enters at the end of the quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// Industry.
    pub industry: u8,
    /// Site.
    pub site: u16,
    /// Own productivity, as stored.
    pub quality: u32,
    /// Ordinal in the cohort of the quarter.
    pub ordinal: u32,
}

/// Entrants of the quarter, by industry and ordinal.
#[derive(Resource, Clone, Debug, Default)]
pub struct Entrants(pub Vec<Entrant>);

/// Words below which firms close, by industry and site, and scratch for entry.
#[derive(Resource, Clone, Debug, Default)]
struct Turnover {
    closing: Vec<Vec<u64>>,
    rates: Vec<f64>,
    shares: Vec<f64>,
    race_weights: RaceWeights,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.firm_turnover else { return };
    let location = scenario.mechanisms.firm_location.as_ref();
    model.world.insert_resource(FirmTurnoverParameters {
        numbers: block.clone(),
        precision: location.map_or(0.0, |location| location.precision),
        productivity_spread: location.map_or(0.0, |location| location.productivity_spread),
    });
    model.world.init_resource::<Turnover>();
    model.world.init_resource::<Entrants>();
    model.add(Step::SetExitRates, set_rates).add(Step::CloseFirms, close_firms).add(Step::EnterFirms, enter_firms);
}

fn set_rates(
    parameters: Res<FirmTurnoverParameters>,
    industries: Res<IndustryTable>,
    sites: Res<SiteWeights>,
    mut turnover: ResMut<Turnover>,
) {
    turnover.closing.resize_with(sites.0.len(), Vec::new);
    for (industry, (sites, closing)) in sites.0.iter().zip(&mut turnover.closing).enumerate() {
        let numbers = &parameters.numbers;
        let rate = numbers.exit_rate * industries.parameters[industry].pace;
        let exit = |&pull| threshold(exit_rate(rate, numbers.exit_response, pull, numbers.exit_max));
        closing.clear();
        closing.extend(sites.pulls.iter().map(exit));
    }
}

/// The columns of a block that closing reads and changes.
#[derive(QueryData)]
#[query_data(mutable, contiguous(all))]
struct Closers {
    block: &'static FirmBlock,
    site: &'static Site,
    cohort: &'static Cohort,
    next_site: &'static mut NextSite,
}

/// A word for each slot decides, made one of the cohort of the firm in it.
fn close_firms(mut firms: Query<Closers>, turnover: Res<Turnover>, clock: Res<Clock>, random: Res<RandomSource>) {
    each_block!(firms, (block, site, cohort), (next_site), {
        let closing = &turnover.closing[usize::from(block.industry)];
        let mut tile = [0; TILE];
        for (start, sites, cohorts) in tiles(&site.0, &cohort.0) {
            let words = &mut tile[..sites.len()];
            let drawn_for = (block.first_slot() + start as u32, cohorts);
            random.tile_of(clock.tick, Purpose::Firm, u16::from(block.industry), drawn_for, words);
            // Empty slots have no site, and so no rate.
            let rate = |&site: &u16| closing.get(usize::from(site)).copied().unwrap_or(0);
            let closes = words.iter().zip(sites).map(|(&word, site)| u64::from(word) < rate(site));
            for at in Selection::of(random.width(), closes).slots() {
                next_site.0[start + at] = SiteChoice::Close.code();
            }
        }
    });
}

#[expect(clippy::too_many_arguments, reason = "a system's arguments are what it reads")]
fn enter_firms(
    parameters: Res<FirmTurnoverParameters>,
    industries: Res<IndustryTable>,
    (profit_rate, town_profit_rate): (BySector<ProfitRate>, ByCity<TownProfitRate>),
    sites: Res<SiteWeights>,
    proposals: Res<SiteProposals>,
    variety_mass: Res<VarietyMass>,
    clock: Res<Clock>,
    random: Res<RandomSource>,
    mut turnover: ResMut<Turnover>,
    mut all: ResMut<Entrants>,
) {
    all.0.clear();
    let Turnover { rates, shares, race_weights, .. } = &mut *turnover;
    for (industry, sites) in sites.0.iter().enumerate() {
        let numbers = &industries.parameters[industry];
        rates.clear();
        rates.extend_from_slice(&profit_rate[industry]);
        if industries.in_towns == Some(industry) {
            rates.extend_from_slice(&town_profit_rate);
        }
        let mean = mean_over_firms(rates, &sites.firms);
        let present = economics::maths::total(&sites.firms);
        let rate = parameters.numbers.exit_rate * numbers.pace;
        let units = entrants(present, rate, parameters.numbers.entry_response, mean);
        let cohort = clock.tick as u16 + 1;
        let key = |purpose, ordinal| Address {
            tick: clock.tick,
            purpose,
            group: industry as u16,
            ordinal,
            generation: cohort,
        };
        let expected = units / variety_mass.0[industry].max(f64::MIN_POSITIVE);
        let count = (expected + unit(random.words(key(Purpose::EntryCount, 0), 0)[0])).floor().min(1e9) as u32;
        if count == 0 || !expected.is_finite() {
            continue;
        }
        shares.resize(sites.weights.len(), 0.0);
        fill_entry_shares(&sites.weights, &sites.pulls, mean, parameters.precision, shares);
        race_weights.set(&proposals.0[industry], shares.iter().copied());
        if !race_weights.is_open() {
            continue;
        }
        let (before, race_weights) = (all.0.len(), &*race_weights);
        all.0.resize(before + count as usize, Entrant { industry: industry as u8, site: 0, quality: 0, ordinal: 0 });
        let entering = |(part, entrants): (usize, &mut [Entrant])| {
            let mut batch = [Purpose::EntrySite, Purpose::FirmProductivity]
                .map(|purpose| AgentBatch::new(clock.tick, purpose, industry as u16));
            for at in 0..entrants.len() {
                let ordinal = (part * SIDE + at) as u32;
                batch.iter_mut().for_each(|batch| {
                    batch.add(at, ordinal, cohort);
                });
            }
            let [sites, draws] = batch.each_ref().map(|batch| batch.words(&random));
            let winners = race_weights.winners(&random, &batch[0], &sites, &Rivals::NONE);
            for (lane, entrant) in entrants.iter_mut().enumerate() {
                entrant.site = winners.of(lane).map_or(CLOSED, |site| site as u16);
                let [one, other] = [draws[0][lane], draws[1][lane]].map(unit);
                entrant.quality = quality(one, other, parameters.productivity_spread, numbers.substitution);
                entrant.ordinal = (part * SIDE + lane) as u32;
            }
        };
        all.0[before..].par_chunks_mut(SIDE).enumerate().with_min_len(16).for_each(entering);
        // Weights too small to tell apart from none have no winner: nobody enters from there on.
        let entered = all.0[before..].iter().take_while(|entrant| entrant.site != CLOSED).count();
        all.0.truncate(before + entered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::build;
    use crate::opening::tests::config;
    use crate::run::Options;

    /// Firms of the opening state that are still there after two years.
    fn survivors(overrides: &[&str]) -> (usize, usize) {
        let options = Options { threads: 1, ..Options::default() };
        let mut model = build(&config("two-regions.ron", overrides), &options).unwrap();
        let of_the_start = |model: &mut Model| {
            let mut firms = model.world.query::<(&Site, &Cohort)>();
            let slots = firms.iter(&model.world).flat_map(|(site, cohort)| site.0.iter().zip(&cohort.0));
            slots.filter(|&(&site, &cohort)| site != CLOSED && cohort == 0).count()
        };
        let before = of_the_start(&mut model);
        for _ in 0..8 {
            model.tick().unwrap();
        }
        (before, of_the_start(&mut model))
    }

    #[test]
    fn no_more_firms_close_than_the_limit_lets() {
        let (before, after) = survivors(&["firm_turnover.exit_max=0"]);
        assert_eq!(before, after, "nobody may close");
        let (_, limited) = survivors(&["firm_turnover.exit_max=0.005"]);
        let (_, free) = survivors(&[]);
        assert!(free < limited && limited < before, "{free} {limited} {before}");
    }
}
