//! Job matching: jobs end, vacancies are filled, some jobs carry insurance.

use crate::signs::{changes_the_plain, higher};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

fn settlers(run: &Run) -> f64 {
    run.column("region", "conversions").iter().sum()
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["job_matching=Off"]);
}

#[test]
fn fewer_settle_where_insured_work_has_to_be_found() {
    let without = CENTRAL_PLAINS.seeds(&["job_matching=Off"]);
    higher("settlers without job matching", &without, &BASELINE, settlers);
}
