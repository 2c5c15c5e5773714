//! Outside: the partner that the region trades with and loses people to.

use crate::signs::{changes_the_outcome, higher};
use crate::worlds::{HENAN, HENAN_BASELINE};

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_outcome(&["outside=Off"], HENAN, &HENAN_BASELINE[0]);
}

#[test]
fn leavers_send_money_home_in_every_quarter() {
    let without = HENAN.seeds(&["outside=Off"]);
    for (run, shipped) in without.iter().zip(HENAN_BASELINE.iter()) {
        assert!(run.column("region", "outside_population").iter().all(|&people| people == 0.0));
        let pairs = shipped.column("region", "remittances").into_iter().zip(run.column("region", "remittances"));
        assert!(pairs.into_iter().all(|(with, without)| with > without));
    }
    higher("remittances with the outside", &HENAN_BASELINE, &without, |run| run.region("remittances"));
}
