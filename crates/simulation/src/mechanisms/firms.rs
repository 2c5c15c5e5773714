//! Firms: counted by industry and site.
//!
//! - **Reads** [`FirmBlock`], [`Site`], [`Quality`], [`SizeGradient`], [`IndustryJobs`], [`TownJobs`], [`UrbanPeople`],
//!   [`VarietyMass`], [`PlaceTable`], [`IndustryTable`]. **Writes** [`FirmTally`], [`Firms`], [`EffectiveFirms`],
//!   [`TownFirms`], [`EffectiveTownFirms`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves), after [`relocation`](crate::mechanisms::relocation).
//!   **Random numbers** none. **Equation** [`economics::productivity::size_class_weights`], where classes of size gain
//!   differently.
//! - A count, not a mechanism.

use bevy_ecs::prelude::*;
use economics::productivity::SIZE_CLASSES;
use rayon::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::agents::firm::{CLOSED, FirmBlock, QUALITY_ONE, Quality, Site, VarietyMass};
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

/// Tallies of firms per thread.
#[derive(Resource, Default)]
pub struct FirmTally(PerThread);

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    model.world.init_resource::<VarietyMass>();
    model.world.init_resource::<FirmTally>();
    model.keep::<VarietyMass>("variety_mass");
    let pieces = vec![sector::<Firms>(), sector::<EffectiveFirms>(), city::<TownFirms>(), city::<EffectiveTownFirms>()];
    model.keep_pieces("firm_mass", pieces);
    model.add(Step::CountFirms, count_firms);
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
