//! Land of towns: how much land scattered industry takes.

use crate::signs::higher;
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

#[test]
fn a_township_subsidy_takes_land_from_the_reserve() {
    let paid = CENTRAL_PLAINS.seeds(&["subsidies=[(towns: true, industries: [\"labour_intensive\"], rate: 0.1)]"]);
    let all = |run: &Run, column: &str| run.cities(column).iter().sum::<f64>();
    higher("town land with a township subsidy", &paid, &BASELINE, |run| all(run, "town_land"));
    higher("reserve without a township subsidy", &BASELINE, &paid, |run| all(run, "reserve_land"));
}
