//! Moves of firms: closures, moves and entries. Each firm's move depends on its own choice alone.
//!
//! - **Reads** [`NextSite`], [`Entrants`], [`FirmBlock`], [`Clock`]. **Writes** [`Site`], [`NextSite`], [`Quality`],
//!   [`Cohort`], [`Ordinal`].
//! - **Phase** [`Phase::Moves`](crate::step::Phase::Moves). **Random numbers** none. **Equation** none.
//! - [`firm_turnover`](crate::mechanisms::firm_turnover) chose who closes and who enters,
//!   [`firm_location`](crate::mechanisms::firm_location) who moves and where to.

use std::cell::Cell;

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use crate::agents::columns::{BLOCK, slots_where};
use crate::agents::firm::{CLOSED, Cohort, FirmBlock, FirmBundle, NextSite, Ordinal, Quality, Site, SiteChoice};
use crate::clock::Clock;
use crate::mechanisms::firm_turnover::{Entrant, Entrants};

const STAY: u16 = SiteChoice::Stay.code();

/// Blocks of firms in the order of industry and part, which entrants fill from the front.
#[derive(Resource, Clone, Debug, Default)]
pub(super) struct FirmOrder(Vec<(FirmBlock, Entity)>);

type FirmColumns<'a> =
    (Entity, &'a FirmBlock, &'a mut Site, &'a mut NextSite, &'a mut Quality, &'a mut Cohort, &'a mut Ordinal);

/// Carries out what firms chose, then lets entrants take empty slots in index order.
pub(super) fn move_firms(
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
