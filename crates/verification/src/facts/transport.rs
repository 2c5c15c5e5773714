//! SF7: what cheaper transport does to the centre.

use super::ablations::{HOMOGENEOUS, NO_EXTERNALITIES};
use super::fact::{Case, FactError, Status, Trial};
use super::tables::city_jobs;
use super::world::{CAPITAL_INTENSIVE, CENTRE, LABOUR_INTENSIVE, PRODUCER_SERVICES, World, set};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF7",
    title: "transport: first to the centre, then away, and specialised",
    statement: "As trade costs fall from high to medium, manufacturing gathers in the centre; as they fall further it \
                leaves, labour-intensive industry first. Centre and general cities are most different in between.",
    source: "Krugman and Venables 1995; Puga 1999; Combes, Mayer and Thisse 2008",
    status: Status::EmergesWithin,
    threshold: "distance costs and border wedges of all industries at 4, 2, 1 and .1 times those of the file, 240 \
                quarters each: centre's share of goods jobs at 2 above that at 4 and at .1 by .02; its share of \
                labour-intensive jobs falls at every step from 2 on; Krugman's index of specialisation of the centre \
                against the rest is highest at 2 or 1",
    effect: "centre's share of goods jobs at medium trade costs above the mean of the two ends",
    conditions: "On the file, specialisation is highest near its own costs and falls again below about half of them. Away \
                 from the file's parameters the whole test holds in a minority of draws of the prior sweep: where the peak \
                 of specialisation lies depends on them, and it is often at lower costs than the test allows.",
    ablations: &[("no externalities", NO_EXTERNALITIES), ("homogeneous industries", HOMOGENEOUS)],
    variants: &[],
    seeds: (20, 4),
    arm_seeds: (8, 2),
    full_resolution: false,
    trial,
};

/// Multiples of the file's trade costs, from high to low.
const SCALES: [f64; 4] = [4.0, 2.0, 1.0, 0.1];

/// Where the centre stands at one level of trade costs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Standing {
    goods: f64,
    labour_intensive: f64,
    specialisation: f64,
}

fn standing(world: &World<'_>, seed: u64, scale: f64) -> Result<Standing, FactError> {
    let tables = world.with(scaled_trade_costs(world, scale)?).run(seed, None, &[], &[])?;
    let jobs = [LABOUR_INTENSIVE, CAPITAL_INTENSIVE, PRODUCER_SERVICES].map(|name| {
        let jobs = city_jobs(&tables, name);
        let row = &jobs.0[jobs.last()];
        (row[CENTRE], row.iter().sum::<f64>() - row[CENTRE])
    });
    let goods = (jobs[0].0 + jobs[1].0, jobs[0].1 + jobs[1].1);
    Ok(Standing {
        goods: goods.0 / (goods.0 + goods.1),
        labour_intensive: jobs[0].0 / (jobs[0].0 + jobs[0].1),
        specialisation: specialisation(&jobs),
    })
}

/// Overrides that multiply the distance costs and border wedges which the world has, whatever they are; none where
/// market access is off.
fn scaled_trade_costs(world: &World<'_>, scale: f64) -> Result<Vec<String>, FactError> {
    let access = world.scenario(&[], &[])?.mechanisms.market_access;
    Ok(access.map_or_else(Vec::new, |access| {
        vec![
            set("market_access.distance_cost", access.distance_cost * scale),
            set("market_access.protection", access.protection * scale),
        ]
    }))
}

/// Krugman's index (1991): half the sum of absolute differences of the shares of industries here and elsewhere; 0 if
/// both have the same mix, 1 if they share no industry.
fn specialisation(jobs: &[(f64, f64)]) -> f64 {
    let here: f64 = jobs.iter().map(|jobs| jobs.0).sum();
    let there: f64 = jobs.iter().map(|jobs| jobs.1).sum();
    jobs.iter().map(|jobs| (jobs.0 / here - jobs.1 / there).abs()).sum::<f64>() / 2.0
}

fn bell(at: &[Standing; 4]) -> bool {
    let [high, medium, file, low] = at;
    medium.goods - high.goods > 0.02
        && medium.goods - low.goods > 0.02
        && medium.labour_intensive > file.labour_intensive
        && file.labour_intensive > low.labour_intensive
        && medium.specialisation.max(file.specialisation) > high.specialisation.max(low.specialisation)
}

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let mut at = [Standing { goods: f64::NAN, labour_intensive: f64::NAN, specialisation: f64::NAN }; 4];
    for (standing_at, scale) in at.iter_mut().zip(SCALES) {
        *standing_at = standing(world, seed, scale)?;
    }
    let [high, medium, file, low] = at;
    Ok(Trial {
        passed: bell(&at),
        effect: medium.goods - (high.goods + low.goods) / 2.0,
        measures: vec![
            ("goods_4", high.goods),
            ("goods_2", medium.goods),
            ("goods_1", file.goods),
            ("goods_0.1", low.goods),
            ("labour_intensive_4", high.labour_intensive),
            ("labour_intensive_2", medium.labour_intensive),
            ("labour_intensive_1", file.labour_intensive),
            ("labour_intensive_0.1", low.labour_intensive),
            ("specialisation_4", high.specialisation),
            ("specialisation_2", medium.specialisation),
            ("specialisation_1", file.specialisation),
            ("specialisation_0.1", low.specialisation),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_zero_for_equal_and_one_for_disjoint_mixes() {
        assert_eq!(specialisation(&[(1.0, 2.0), (3.0, 6.0)]), 0.0);
        assert_eq!(specialisation(&[(1.0, 0.0), (0.0, 5.0)]), 1.0);
    }

    #[test]
    fn trade_costs_are_scaled_from_those_that_the_world_has() {
        let world =
            World::new(vec!["market_access.distance_cost=1.5".into()], None, &simulation::model::Options::default());
        let costs = |scale| {
            let scaled = world.with(scaled_trade_costs(&world, scale).expect("inside the range"));
            let scenario = scaled.scenario(&[], &[]).expect("inside the range");
            let access = scenario.mechanisms.market_access.expect("it is on");
            (access.distance_cost, access.protection)
        };
        assert_eq!((costs(4.0), costs(2.0), costs(1.0)), ((6.0, 4.0), (3.0, 2.0), (1.5, 1.0)));
    }

    #[test]
    fn a_bell_is_found_and_a_slope_is_not() {
        let standing = |goods, labour_intensive, specialisation| Standing { goods, labour_intensive, specialisation };
        let low = standing(0.33, 0.12, 0.5);
        let bell_shaped = [standing(0.38, 0.29, 0.3), standing(0.44, 0.26, 0.6), standing(0.39, 0.16, 0.65), low];
        assert!(bell(&bell_shaped));
        let slope = [standing(0.50, 0.29, 0.3), standing(0.44, 0.26, 0.6), standing(0.39, 0.16, 0.65), low];
        assert!(!bell(&slope));
    }
}
