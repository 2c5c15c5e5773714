//! SF8: modern consumer services start where cities are large enough.

use economics::maths::{exp, ln};

use super::draws::Draws;
use super::fact::{Case, FactError, Status, Trial};
use super::tables::cities;
use super::world::{CENTRE, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF8",
    title: "a threshold of city size for consumer services",
    statement: "Modern consumer services are all but absent in small cities and normal in larger ones, with a break in \
                between. An establishment is indivisible and needs so many customers.",
    source: "Christaller 1933; Bresnahan and Reiss 1991",
    status: Status::EmergesWithin,
    threshold: "cities of 90,000 to 900,000 in even steps of the log with noise, all cities every tenth quarter of ten \
                years: share of establishments in consumer services below .05 on average where fewer than 150,000 \
                live, above .5 where more than 350,000 do; the step that fits best whether there is any establishment lies \
                at 150,000 to 250,000",
    effect: "mean share above 350,000 people less that below 150,000",
    conditions: "That there is a threshold emerges from indivisibility and an informal fringe. Its level, near 200,000, is \
                 calibrated by the fixed cost of an establishment: by construction. Presence breaks sharply; the share then rises \
                 gradually, so that a step fitted to the share itself (share_step_at) lies higher.",
    ablations: &[("establishments nearly divisible", &["consumer_services.fixed_cost=0.1"])],
    variants: &[("half the fixed cost", &["consumer_services.fixed_cost=0.8"])],
    seeds: (20, 8),
    arm_seeds: (20, 6),
    full_resolution: false,
    trial,
};

const QUARTERS: u32 = 40;
/// Quarters between two looks at the cities.
const EVERY: usize = 10;

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let mut draws = Draws::new(seed);
    let order = draws.order(9);
    let region = world.people(false, |place, city, countryside| {
        if place == CENTRE {
            return (city, countryside);
        }
        let step = (order[(place - 1) % 9] as f64 + draws.uniform()) / 9.0;
        (90.0 * exp(step * ln(10.0)), countryside)
    })?;
    let tables = world.run(seed, Some(QUARTERS), &[region], &[])?;
    let (people, modern) = (cities(&tables, "urban_population"), cities(&tables, "modern_services"));
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for quarter in (0..people.0.len()).step_by(EVERY) {
        seen.extend(
            people.0[quarter].iter().zip(&modern.0[quarter]).map(|(people, modern)| (people / 1000.0, *modern)),
        );
    }
    let mean = |wanted: &dyn Fn(f64) -> bool| {
        let chosen: Vec<f64> = seen.iter().filter(|(people, _)| wanted(*people)).map(|(_, modern)| *modern).collect();
        chosen.iter().sum::<f64>() / chosen.len() as f64
    };
    let (small, middle, large) = (
        mean(&|people| people < 150.0),
        mean(&|people| (150.0..350.0).contains(&people)),
        mean(&|people| people > 350.0),
    );
    let present: Vec<(f64, f64)> =
        seen.iter().map(|&(people, modern)| (people, f64::from(u8::from(modern > 0.0)))).collect();
    let step = best_step(&present).unwrap_or(f64::NAN);
    Ok(Trial {
        passed: small < 0.05 && large > 0.5 && (150.0..=250.0).contains(&step),
        effect: large - small,
        measures: vec![
            ("modern_below_150", small),
            ("modern_150_to_350", middle),
            ("modern_above_350", large),
            ("step_at", step),
            ("share_step_at", best_step(&seen).unwrap_or(f64::NAN)),
        ],
    })
}

/// The size at which a step fits the shares best by least squares: half way between the cities to either side of it.
fn best_step(seen: &[(f64, f64)]) -> Option<f64> {
    let mut sorted = seen.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let all: f64 = sorted.iter().map(|city| city.1).sum();
    let (mut below, mut best) = (0.0, None);
    for split in 1..sorted.len() {
        below += sorted[split - 1].1;
        let above = all - below;
        // Less the squares that the two means explain: the larger, the better the fit.
        let explained = below * below / split as f64 + above * above / (sorted.len() - split) as f64;
        if best.is_none_or(|(most, _)| explained > most) {
            best = Some((explained, (sorted[split - 1].0 + sorted[split].0) / 2.0));
        }
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_found_where_it_is() {
        let seen = [(400.0, 0.7), (100.0, 0.0), (300.0, 0.6), (140.0, 0.1), (240.0, 0.6), (180.0, 0.05)];
        assert_eq!(best_step(&seen), Some(210.0));
        assert_eq!(best_step(&[(1.0, 1.0)]), None);
    }
}
