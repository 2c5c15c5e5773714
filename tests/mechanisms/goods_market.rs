//! The goods market: last quarter's income is spent, food clears, varieties earn their shares.

use crate::signs::changes_the_plain;
use crate::worlds::{BASELINE, CENTRAL_PLAINS};
use simulation::model::RunError;

#[test]
fn it_cannot_be_switched_off() {
    let refusal = CENTRAL_PLAINS.refusal(&["goods_market=Off"]);
    assert!(refusal.contains("goods_market cannot be Off"), "{refusal}");
}

#[test]
fn a_harvest_that_leaves_too_little_above_need_stops_the_run() {
    let hungry = CENTRAL_PLAINS.for_quarters(8).try_run(&["goods_market.food_margin_min=1"]);
    match hungry {
        Err(RunError::Account(breach)) => assert_eq!(breach.account, "food"),
        Err(other) => panic!("{other}"),
        Ok(()) => panic!("a margin of all that is needed again was met"),
    }
    assert_eq!(BASELINE[0].ended, Ok(()));
}

#[test]
fn what_people_spend_on_changes_the_outcome() {
    changes_the_plain(&["preferences.food_share=0.12", "preferences.housing_share=0.14"]);
}
