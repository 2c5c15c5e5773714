//! Spawning firms: masses become agents, each with its own keyed productivity.

use bevy_ecs::prelude::*;
use economics::maths;
use scenario::mechanisms::firm_location::FirmLocation;

use crate::agents::columns::BLOCK;
use crate::agents::firm::{FirmBlock, FirmBundle, QUALITY_ONE, VarietyMass};
use crate::places::{FirmMass, IndustryTable, Productivities};
use crate::randomness::{Address, Luck, Purpose, unit};

/// Typical jobs of a firm unit, thousand persons, where the industry's own jobs do not say.
const JOBS_PER_UNIT: f64 = 3.0;

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

/// Spawns the firms of the opening state, so that counts and weighted masses of each site are those of the burn-in (to
/// within one firm).
pub fn spawn_firms(world: &mut World, parameters: &FirmLocation) {
    let luck = *world.resource::<Luck>();
    let industries = world.resource::<IndustryTable>().clone();
    let mass = world.resource::<FirmMass>().clone();
    let productivities = world.resource::<Productivities>();
    let town_jobs = maths::total(&productivities.town_jobs);
    let mut variety_mass = Vec::new();
    let mut blocks: Vec<FirmBundle> = Vec::new();
    for industry in 0..industries.firms() {
        let mut masses = mass.count[industry].clone();
        let mut jobs = maths::total(&productivities.jobs[industry]);
        if industries.in_towns == Some(industry) {
            masses.extend_from_slice(&mass.town_count);
            jobs += town_jobs;
        }
        let total = maths::total(&masses);
        if jobs <= 0.0 {
            // An industry that hires nobody is as fine as if it did.
            jobs = total * JOBS_PER_UNIT;
        }
        let firms = (jobs * 1000.0 / parameters.jobs_per_firm).round().clamp(u64::from(total > 0.0) as f64, 4e9) as u64;
        let unit_mass = if firms > 0 { total / firms as f64 } else { 1.0 };
        variety_mass.push(unit_mass);
        let mut ordinal = 0;
        let mut part = 0;
        let mut block =
            FirmBundle::with_capacity(FirmBlock { industry: industry as u8, part }, BLOCK.min(firms as usize));
        for (site, &count) in apportion(&masses, firms).iter().enumerate() {
            let drawn: Vec<f64> = (ordinal..ordinal + count)
                .map(|ordinal| {
                    let address = Address {
                        tick: 0,
                        purpose: Purpose::OpeningFirms,
                        group: industry as u16,
                        ordinal,
                        generation: 0,
                    };
                    let words = luck.words(address, 0);
                    let substitution = industries.parameters[industry].substitution;
                    raw_quality(unit(words[0]), unit(words[1]), parameters.productivity_spread, substitution)
                })
                .collect();
            // The opening prices were found with firms of mean quality one: no site starts lucky.
            let scale = f64::from(count) / maths::total(&drawn).max(f64::MIN_POSITIVE);
            for quality in drawn {
                if block.site.0.len() == BLOCK {
                    part += 1;
                    let next = FirmBundle::with_capacity(FirmBlock { industry: industry as u8, part }, BLOCK);
                    blocks.push(std::mem::replace(&mut block, next));
                }
                let stored = (quality * scale * QUALITY_ONE).min(f64::from(u32::MAX)) as u32;
                block.push(site as u16, stored, 0, ordinal);
                ordinal += 1;
            }
        }
        blocks.push(block);
    }
    for block in blocks {
        world.spawn(block);
    }
    world.insert_resource(VarietyMass(variety_mass));
}

#[cfg(test)]
mod tests {
    use super::*;

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
                let words = Luck::new(3, crate::model::Lanes::Scalar)
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
