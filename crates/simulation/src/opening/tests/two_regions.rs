//! The teaching case does what its first lines promise.

use super::config;
use crate::agents::city::WorldColumns;
use crate::build::build;
use crate::clock::Clock;
use crate::mechanisms::firms::{EffectiveFirms, Firms};
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::wage_setting::{Tightness, Wage};
use crate::model::Model;
use crate::opening::price_settling::settle_prices;
use crate::run::{Lanes, Options};

/// Share of the west in city people before and after so many quarters.
fn west(overrides: &[&str], quarters: u32) -> (f64, f64) {
    let scenario = config("two-regions.ron", overrides);
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    let mut model = build(&scenario, &options).unwrap();
    let share = |urban: &[f64]| urban[0] / (urban[0] + urban[1]);
    let before = share(model.world.by_city::<UrbanPeople>());
    for _ in 0..quarters {
        model.tick().unwrap();
    }
    (before, share(model.world.by_city::<UrbanPeople>()))
}

#[test]
fn cheap_trade_gathers_people_and_expensive_trade_spreads_them() {
    let (before, after) = west(&[], 200);
    assert!(after > before + 0.08, "cheap trade: {before} {after}");
    let (before, after) = west(&["industries.manufacturing.distance_cost=0.7"], 200);
    assert!((after - 0.5).abs() < 0.03, "costly trade: {before} {after}");
}

/// Two regions before burn-in, with seven tenths of city people in the west, another share of firms, and both wages as
/// they open.
fn frozen(mode: &str, substitution: f64, firms_in_west: f64) -> Model {
    let overrides = [
        format!("wage_setting.mode={mode}"),
        format!("industries.manufacturing.substitution={substitution}"),
        "initial.burn_in=0".to_owned(),
        "places.west.urban_population=700000".to_owned(),
    ];
    let overrides: Vec<&str> = overrides.iter().map(String::as_str).collect();
    let options = Options { threads: 1, lanes: Lanes::Scalar, ..Options::default() };
    let mut model = build(&config("two-regions.ron", &overrides), &options).unwrap();
    model.world.resource_mut::<Clock>().burning_in = true;
    let divide = |column: &mut [f64]| {
        let all = column[0] + column[1];
        (column[0], column[1]) = (firms_in_west * all, (1.0 - firms_in_west) * all);
    };
    divide(&mut model.world.by_sector_mut::<Firms>()[0]);
    divide(&mut model.world.by_sector_mut::<EffectiveFirms>()[0]);
    model
}

/// The largest distance of a tightness from one.
fn gap(model: &Model) -> f64 {
    model.world.by_city::<Tightness>().iter().map(|tight| (tight - 1.0).abs()).fold(0.0, f64::max)
}

#[test]
fn clearing_wages_clear_in_a_few_dozen_quarters_whatever_the_substitution() {
    for substitution in [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0] {
        for firms_in_west in [0.3, 0.6, 0.8] {
            let mut model = frozen("Clearing", substitution, firms_in_west);
            settle_prices(&mut model, false, 1).unwrap();
            assert!(gap(&model) > 0.1, "{substitution} {firms_in_west}: starts too near to rest");
            settle_prices(&mut model, false, 60).unwrap();
            assert!(gap(&model) < 1e-9, "{substitution} {firms_in_west}: {}", gap(&model));
        }
    }
}

/// The rule was once w ← w h, as if firms hired for a given wage bill. Demand falls faster than that, and wages swung
/// ever more widely.
#[test]
fn wages_that_spend_a_given_bill_swing_where_varieties_are_near_substitutes() {
    for substitution in [5.0, 6.0, 8.0, 10.0] {
        let mut model = frozen("Pinned", substitution, 0.6);
        for _ in 0..60 {
            settle_prices(&mut model, false, 1).unwrap();
            let tightness = model.world.by_city::<Tightness>().to_vec();
            let wages = model.world.by_city_mut::<Wage>();
            wages.iter_mut().zip(tightness).for_each(|(wage, tight)| *wage *= tight);
        }
        assert!(gap(&model) > 0.1, "{substitution}: {}", gap(&model));
    }
}

#[test]
fn sluggish_wages_come_to_rest_where_clearing_wages_do() {
    for substitution in [2.0, 5.0, 10.0] {
        let wages = |mode: &str, quarters: u32| {
            let mut model = frozen(mode, substitution, 0.8);
            settle_prices(&mut model, false, quarters).unwrap();
            model.world.by_city::<Wage>().to_vec()
        };
        for (clearing, sluggish) in wages("Clearing", 100).iter().zip(wages("Sluggish", 800)) {
            assert!((clearing / sluggish - 1.0).abs() < 1e-8, "{substitution}: {clearing} {sluggish}");
        }
    }
}
