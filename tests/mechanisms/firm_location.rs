//! Firm location: firms compare expected profit and choose.

use crate::signs::{changes_the_plain, higher, same_to_the_bit};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, World};

/// With the grain of firms that a scenario without the block has.
const PLAIN: World = World { grain: &["workers_per_agent=2000"], ..CENTRAL_PLAINS };

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["firm_location=Off"]);
}

#[test]
fn firms_that_never_look_are_firms_that_cannot_move() {
    // Without entrants, who choose by profit as well, no other choice is left. How fine firms are and how much they differ
    // stands in the same block: switched off, it has the defaults.
    let never_look = [
        "firm_turnover=Off",
        "firm_location.relocation_rate=0",
        "firm_location.jobs_per_firm=600",
        "firm_location.productivity_spread=0.5",
    ];
    same_to_the_bit(PLAIN, &["firm_turnover=Off", "firm_location=Off"], &never_look);
}

#[test]
fn capital_intensive_industry_gathers_where_firms_can_choose() {
    let without = CENTRAL_PLAINS.seeds(&["firm_location=Off"]);
    let concentration = "hhi_capital_intensive";
    higher("concentration with choice", &BASELINE, &without, |run| run.region(concentration));
}
