//! Firms where they are: choices are carried out, entrants take their sites, and everyone is counted.
//!
//! - **Reads** [`NextSite`], [`Entrants`], [`SizeGradient`], [`IndustryJobs`], [`TownJobs`], [`UrbanPeople`],
//!   [`VarietyMass`], [`PlaceTable`], [`IndustryTable`], [`Clock`], [`FirmBlock`]. **Writes** the columns of firms
//!   ([`Site`], [`NextSite`], [`Quality`], [`Cohort`], [`Ordinal`]), [`FirmOrder`], [`FirmTally`], [`Firms`],
//!   [`EffectiveFirms`], [`TownFirms`], [`EffectiveTownFirms`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves). **Random numbers** none. **Equation**
//!   [`economics::productivity::size_class_weights`], where classes of size gain differently.
//! - A count, not a mechanism: with nothing chosen, nothing moves.

use std::cell::Cell;

use bevy_ecs::prelude::*;
use economics::productivity::SIZE_CLASSES;
use rayon::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::agents::columns::{BLOCK, slots_where};
use crate::agents::firm::{
    CLOSED, Cohort, FirmBlock, FirmBundle, NextSite, Ordinal, QUALITY_ONE, Quality, Site, SiteChoice, VarietyMass,
};
use crate::clock::Clock;
use crate::mechanisms::firm_turnover::{Entrant, Entrants};
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::productivity::{IndustryJobs, SizeGradient};
use crate::mechanisms::towns::TownJobs;
use crate::model::Model;
use crate::per_thread::PerThread;
use crate::region::{IndustryTable, PlaceTable};
use crate::snapshot::{city, sector};
use crate::step::Step;

columns! {
    /// Firms of cities in firm units, count times variety mass: entry, imitation and agglomeration use it.
    sector Firms(f64) = |opening, industry, place| opening.firms.count[industry][place];
    /// The same, weighted by own productivity (a^(σ−1)) and by what a firm of that size gains in the place: price
    /// indices and revenue use it.
    sector EffectiveFirms(f64) = |opening, industry, place| opening.firms.count[industry][place];
    /// Firms in towns, in firm units.
    city TownFirms(f64) = |opening, place| opening.firms.town_count[place];
    /// The same, weighted.
    city EffectiveTownFirms(f64) = |opening, place| opening.firms.town_count[place];
}

const STAY: u16 = SiteChoice::Stay.code();

/// Tallies of firms per thread.
#[derive(Resource, Default)]
pub struct FirmTally(PerThread);

/// Blocks of firms in the order of industry and part, which entrants fill from the front.
#[derive(Resource, Clone, Debug, Default)]
pub struct FirmOrder(Vec<(FirmBlock, Entity)>);

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.world.init_resource::<VarietyMass>();
    model.world.init_resource::<FirmTally>();
    model.world.init_resource::<FirmOrder>();
    model.keep::<VarietyMass>("variety_mass");
    let pieces = vec![sector::<Firms>(), sector::<EffectiveFirms>(), city::<TownFirms>(), city::<EffectiveTownFirms>()];
    model.keep_pieces("firm_mass", pieces);
    model.add(Step::MoveFirms, move_firms).add(Step::CountFirms, count_firms);
}

type FirmColumns<'a> =
    (Entity, &'a FirmBlock, &'a mut Site, &'a mut NextSite, &'a mut Quality, &'a mut Cohort, &'a mut Ordinal);

/// Carries out what firms chose, then lets entrants take empty slots in index order.
fn move_firms(
    mut firms: Query<FirmColumns>,
    entrants: Option<Res<Entrants>>,
    clock: Res<Clock>,
    mut order: ResMut<FirmOrder>,
    mut commands: Commands,
) {
    let tables = firms.contiguous_iter_mut().expect("blocks of columns are stored densely");
    for (_, _, mut site, mut next_site, ..) in tables {
        (&mut *site, &mut *next_site).into_par_iter().for_each(|(site, next_site)| {
            for (site, next) in site.0.iter_mut().zip(&mut next_site.0) {
                if *next != STAY {
                    *site = *next;
                    *next = STAY;
                }
            }
        });
    }
    let Some(entrants) = entrants else { return };
    if entrants.0.is_empty() {
        return;
    }
    order.0.clear();
    order.0.extend(firms.iter().map(|(entity, block, ..)| (*block, entity)));
    order.0.sort_unstable_by_key(|(block, _)| *block);
    let cohort = clock.tick as u16 + 1;
    for of_industry in entrants.0.chunk_by(|a, b| a.industry == b.industry) {
        let industry = of_industry[0].industry;
        let mut waiting = of_industry.iter();
        let mut parts = 0;
        for &(_, entity) in order.0.iter().filter(|(block, _)| block.industry == industry) {
            parts += 1;
            let Ok((_, _, mut site, mut next_site, mut quality, mut cohorts, mut ordinals)) = firms.get_mut(entity)
            else {
                continue;
            };
            let sites = Cell::from_mut(&mut site.0[..]).as_slice_of_cells();
            for slot in slots_where(sites, |site| site.get() == CLOSED) {
                let Some(entrant) = waiting.next() else { break };
                sites[slot].set(entrant.site);
                quality.0[slot] = entrant.quality;
                cohorts.0[slot] = cohort;
                ordinals.0[slot] = entrant.ordinal;
            }
            while site.0.len() < BLOCK {
                let Some(entrant) = waiting.next() else { break };
                site.0.push(entrant.site);
                next_site.0.push(STAY);
                quality.0.push(entrant.quality);
                cohorts.0.push(cohort);
                ordinals.0.push(entrant.ordinal);
            }
        }
        while !waiting.as_slice().is_empty() {
            let room: Vec<&Entrant> = waiting.by_ref().take(BLOCK).collect();
            let mut block = FirmBundle::with_capacity(FirmBlock { industry, part: parts }, BLOCK);
            for entrant in room {
                block.push(entrant.site, entrant.quality, cohort, entrant.ordinal);
            }
            parts += 1;
            commands.spawn(block);
        }
    }
}

/// Counts firms by industry and site, and their quality, in whole numbers: by size class if classes gain differently.
#[expect(clippy::too_many_arguments, reason = "what firms weigh depends on where they are")]
pub fn count_firms(
    firms: Query<(&FirmBlock, &Site, &Quality)>,
    industries: Res<IndustryTable>,
    table: Res<PlaceTable>,
    variety_mass: Res<VarietyMass>,
    gradient: Option<Res<SizeGradient>>,
    urban: ByCity<UrbanPeople>,
    jobs: BySector<IndustryJobs>,
    town_jobs: ByCity<TownJobs>,
    mut tally: ResMut<FirmTally>,
    (mut count, mut effective): (BySectorMut<Firms>, BySectorMut<EffectiveFirms>),
    (mut town_count, mut town_effective): (ByCityMut<TownFirms>, ByCityMut<EffectiveTownFirms>),
) {
    let places = table.places.len();
    let sites = 2 * places;
    let classes = if gradient.is_some() { SIZE_CLASSES } else { 1 };
    // The number of firms of a site, then their quality by class.
    let width = 1 + classes;
    tally.0.clear(industries.firms() * sites * width);
    let per_thread = &tally.0;
    for (blocks, site, quality) in firms.contiguous_iter().expect("blocks of columns are stored densely") {
        (blocks, site, quality).into_par_iter().for_each(|(block, site, quality)| {
            let industry = usize::from(block.industry);
            let start = industry * sites;
            let bounds = gradient.as_ref().map_or([u32::MAX; SIZE_CLASSES - 1], |gradient| gradient.bounds(industry));
            per_thread.count(|tally| {
                for (&site, &quality) in site.0.iter().zip(&quality.0) {
                    if site != CLOSED {
                        let entry = width * (start + usize::from(site));
                        tally[entry] += 1;
                        tally[entry + 1 + SizeGradient::class(bounds, quality)] += u64::from(quality);
                    }
                }
            });
        });
    }
    for industry in 0..industries.firms() {
        let unit = variety_mass.0[industry];
        let mut masses = |site: usize| {
            let entry = width * (industry * sites + site);
            let firms = tally.0.total(entry) as f64;
            let mut quality = |class: usize| tally.0.total(entry + 1 + class) as f64;
            let weighted = match &gradient {
                Some(gradient) => {
                    let weights = gradient.weights(industry, site, &jobs[industry], &town_jobs, &urban);
                    (0..SIZE_CLASSES).map(|class| weights[class] * quality(class)).sum()
                }
                None => quality(0),
            };
            (firms * unit, weighted / QUALITY_ONE * unit)
        };
        for place in 0..places {
            (count[industry][place], effective[industry][place]) = masses(place);
            if industries.in_towns == Some(industry) {
                (town_count[place], town_effective[place]) = masses(places + place);
            }
        }
    }
}
