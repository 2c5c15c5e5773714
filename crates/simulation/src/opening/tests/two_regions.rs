//! The teaching case does what its first lines promise.

use super::config;
use crate::build::build;
use crate::model::{Lanes, Options};
use crate::places::Population;

/// Share of the west in city people before and after so many quarters.
fn west(overrides: &[&str], quarters: u32) -> (f64, f64) {
    let scenario = config("two-regions.ron", overrides);
    let options = Options { threads: 1, lanes: Lanes::Scalar, record_agents: None };
    let mut model = build(&scenario, &options).unwrap();
    let share = |population: &Population| population.urban[0] / (population.urban[0] + population.urban[1]);
    let before = share(model.world.resource::<Population>());
    for _ in 0..quarters {
        model.tick().unwrap();
    }
    (before, share(model.world.resource::<Population>()))
}

#[test]
fn cheap_trade_gathers_people_and_dear_trade_spreads_them() {
    let (before, after) = west(&[], 200);
    assert!(after > before + 0.08, "cheap trade: {before} {after}");
    let (before, after) = west(&["industries.manufacturing.distance_cost=0.7"], 200);
    assert!((after - 0.5).abs() < 0.03, "dear trade: {before} {after}");
}
