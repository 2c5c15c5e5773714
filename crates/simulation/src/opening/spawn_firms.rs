//! Spawning firms: masses become agents, each with its own keyed productivity.

use bevy_ecs::prelude::*;
use economics::maths;
use rayon::prelude::*;
use scenario::mechanisms::firm_location::FirmLocation;

use crate::agents::columns::BLOCK;
use crate::agents::firm::{FirmBlock, FirmBundle, QUALITY_ONE, VarietyMass};
use crate::places::{FirmMass, IndustryTable, PlaceTable, Productivities};
use crate::random::{AgentBatch, Purpose, RandomSource, SIDE, unit};

/// A firm's own productivity raised to σ−1, log-normal with mean one, as stored: from two uniform numbers.
///
/// # Formula
/// `exp(s(σ−1)z − (s(σ−1))²/2)` with z standard normal by Box and Muller (1958).
#[must_use]
pub fn quality(first: f64, second: f64, spread: f64, substitution: f64) -> u32 {
    (raw_quality(first, second, spread, substitution) * QUALITY_ONE).min(f64::from(u32::MAX)) as u32
}

fn raw_quality(first: f64, second: f64, spread: f64, substitution: f64) -> f64 {
    let normal = (-2.0 * maths::ln(first)).sqrt() * maths::cosine(std::f64::consts::TAU * second);
    let deviation = spread * (substitution - 1.0);
    maths::exp(deviation * normal - deviation * deviation / 2.0)
}

/// Typical jobs of one firm agent at zero profit, where a worker agent stands for so many workers.
#[must_use]
pub fn jobs_of_an_agent(parameters: &FirmLocation, workers_per_agent: f64) -> f64 {
    if parameters.jobs_in_agents { parameters.jobs_per_firm * workers_per_agent } else { parameters.jobs_per_firm }
}

/// Whole firms per site in proportion to masses, by largest remainders; ties go to the earlier site.
fn apportion(masses: &[f64], firms: u64) -> Vec<u32> {
    let total = maths::total(masses);
    if total <= 0.0 {
        return vec![0; masses.len()];
    }
    let exact: Vec<f64> = masses.iter().map(|mass| mass / total * firms as f64).collect();
    let mut whole: Vec<u32> = exact.iter().map(|&firms| firms as u32).collect();
    let missing = firms.saturating_sub(whole.iter().map(|&firms| u64::from(firms)).sum());
    let mut order: Vec<usize> = (0..masses.len()).collect();
    order.sort_by(|&a, &b| (exact[b].fract()).total_cmp(&exact[a].fract()).then(a.cmp(&b)));
    for &site in order.iter().take(missing as usize) {
        whole[site] += 1;
    }
    whole
}

/// Cuts a column into pieces of the given lengths.
fn pieces<'a, T>(mut column: &'a mut [T], lengths: &[u32]) -> Vec<&'a mut [T]> {
    let cut = |&length: &u32| {
        let (piece, rest) = std::mem::take(&mut column).split_at_mut(length as usize);
        column = rest;
        piece
    };
    lengths.iter().map(cut).collect()
}

/// Own productivities of an industry's firms, as stored, site by site. Must be called inside the model's pool.
fn qualities(random: &RandomSource, industry: usize, firms: &[u32], spread: f64, substitution: f64) -> Vec<u32> {
    let all: usize = firms.iter().map(|&count| count as usize).sum();
    let mut stored = vec![0; all];
    let firsts = firms.iter().scan(0_u32, |next, &count| {
        let first = *next;
        *next += count;
        Some(first)
    });
    let sites: Vec<(u32, &mut [u32])> = firsts.zip(pieces(&mut stored, firms)).collect();
    sites.into_par_iter().for_each(|(first, stored)| {
        let draw = |start: usize| {
            let mut batch = AgentBatch::new(0, Purpose::OpeningFirms, industry as u16);
            for at in start..stored.len().min(start + SIDE) {
                batch.add(at, first + at as u32, 0);
            }
            let words = batch.words(random);
            std::array::from_fn::<f64, SIDE, _>(|lane| {
                raw_quality(unit(words[0][lane]), unit(words[1][lane]), spread, substitution)
            })
        };
        let starts = (0..stored.len().div_ceil(SIDE)).into_par_iter().map(|chunk| chunk * SIDE);
        let drawn: Vec<[f64; SIDE]> = starts.map(draw).collect();
        let drawn = &drawn.as_flattened()[..stored.len()];
        // The opening prices were found with firms of mean quality one: no site starts lucky.
        let scale = stored.len() as f64 / maths::total(drawn).max(f64::MIN_POSITIVE);
        for (stored, quality) in stored.iter_mut().zip(drawn) {
            *stored = (quality * scale * QUALITY_ONE).min(f64::from(u32::MAX)) as u32;
        }
    });
    stored
}

/// Blocks of an industry's firms: as many at each site as told, in the order of sites.
fn blocks(industry: usize, firms: &[u32], qualities: &[u32]) -> Vec<FirmBundle> {
    let mut ends: Vec<usize> = Vec::with_capacity(firms.len());
    for &count in firms {
        ends.push(ends.last().unwrap_or(&0) + count as usize);
    }
    // An industry without firms has a block as well, for entrants.
    let parts = qualities.len().div_ceil(BLOCK).max(1);
    (0..parts)
        .into_par_iter()
        .map(|part| {
            let range = part * BLOCK..qualities.len().min((part + 1) * BLOCK);
            let mut block =
                FirmBundle::with_capacity(FirmBlock { industry: industry as u8, part: part as u32 }, range.len());
            let mut site = ends.partition_point(|&end| end <= range.start);
            for firm in range {
                while ends[site] <= firm {
                    site += 1;
                }
                block.push(site as u16, qualities[firm], 0, firm as u32);
            }
            block
        })
        .collect()
}

/// Spawns the firms of the opening state, so that counts and weighted masses of each site are those of the burn-in (to
/// within one firm). An industry without jobs counts `jobs_per_unit` thousand for each firm unit. Must be called inside
/// the model's pool.
pub fn spawn_firms(world: &mut World, parameters: &FirmLocation, jobs_per_unit: f64) {
    let random = *world.resource::<RandomSource>();
    let industries = world.resource::<IndustryTable>().clone();
    let mass = world.resource::<FirmMass>().clone();
    let jobs_of_an_agent = jobs_of_an_agent(parameters, world.resource::<PlaceTable>().workers_per_agent);
    let productivities = world.resource::<Productivities>();
    let town_jobs = maths::total(&productivities.town_jobs);
    let all_jobs: Vec<f64> = productivities.jobs.iter().map(|jobs| maths::total(jobs)).collect();
    let mut variety_mass = Vec::new();
    for (industry, mut jobs) in all_jobs.into_iter().enumerate().take(industries.firms()) {
        let mut masses = mass.count[industry].clone();
        if industries.in_towns == Some(industry) {
            masses.extend_from_slice(&mass.town_count);
            jobs += town_jobs;
        }
        let total = maths::total(&masses);
        if jobs <= 0.0 {
            // An industry that hires nobody is as fine as if it did.
            jobs = total * jobs_per_unit;
        }
        let firms = (jobs * 1000.0 / jobs_of_an_agent).round().clamp(u64::from(total > 0.0) as f64, 4e9) as u64;
        variety_mass.push(if firms > 0 { total / firms as f64 } else { 1.0 });
        let firms = apportion(&masses, firms);
        let substitution = industries.parameters[industry].substitution;
        let qualities = qualities(&random, industry, &firms, parameters.productivity_spread, substitution);
        for block in blocks(industry, &firms, &qualities) {
            world.spawn(block);
        }
    }
    world.insert_resource(VarietyMass(variety_mass));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Address;

    #[test]
    fn whole_firms_add_up_and_differ_from_their_share_by_less_than_one() {
        let masses = [1.0, 2.0, 0.0, 3.7];
        let firms = apportion(&masses, 100);
        assert_eq!(firms.iter().sum::<u32>(), 100);
        for (mass, firms) in masses.iter().zip(&firms) {
            assert!((mass / 6.7 * 100.0 - f64::from(*firms)).abs() < 1.0);
        }
        assert_eq!(apportion(&[0.0, 0.0], 5), [0, 0]);
    }

    #[test]
    fn qualities_have_mean_one() {
        let draws = 200_000;
        let mean = (0..draws)
            .map(|i| {
                let words = RandomSource::new(3, crate::model::Lanes::Scalar)
                    .expect("scalar lanes exist")
                    .words(Address { tick: 0, purpose: Purpose::OpeningFirms, group: 0, ordinal: i, generation: 0 }, 0);
                raw_quality(unit(words[0]), unit(words[1]), 0.2, 5.0)
            })
            .sum::<f64>()
            / f64::from(draws);
        // The standard deviation of one is 0.95, of the mean 0.0021.
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
    }
}
