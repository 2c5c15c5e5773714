//! Parks: a subsidy for chosen industries in chosen places.

use std::sync::LazyLock;

use crate::signs::{changes_the_plain, higher, ignores, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

/// Fifteen years of a park in one of the general cities.
const PARK: &str =
    "parks=[(at: 2010, until: 2025, places: Places([\"hazel\"]), industries: [\"capital_intensive\"], rate: 0.2)]";
const END: usize = 60;
const FIFTEEN_YEARS_ON: usize = 120;
const FORTY_YEARS_ON: usize = 220;

static PLANTED: LazyLock<Vec<Run>> = LazyLock::new(|| CENTRAL_PLAINS.seeds(&[PARK]));

/// Share of the place in the jobs of the industry, after so many quarters.
fn share(run: &Run, quarter: usize) -> f64 {
    let all = run.column_where("sectors", "employment", &[("industry", "capital_intensive")]);
    let here = run.column_where("sectors", "employment", &[("industry", "capital_intensive"), ("city", "hazel")]);
    here[quarter] / all[10 * quarter..10 * (quarter + 1)].iter().sum::<f64>()
}

#[test]
fn a_park_changes_the_outcome() {
    changes_the_plain(&[PARK]);
}

#[test]
fn switched_off_the_lever_cannot_be_pulled() {
    ignores("parks=Off", "industrial-park");
}

#[test]
fn a_rate_of_zero_changes_no_byte() {
    same_everywhere(&[], &["parks=[(industries: [\"capital_intensive\"], rate: 0)]"]);
}

#[test]
fn a_park_plants_an_industry_while_it_lasts() {
    higher("share at the end of the park", &PLANTED, &BASELINE, |run| share(run, END));
}

#[test]
fn what_was_planted_stays_for_years_and_fades() {
    higher("share fifteen years after the park", &PLANTED, &BASELINE, |run| share(run, FIFTEEN_YEARS_ON));
    let lost = |run: &Run| share(run, END) - share(run, FORTY_YEARS_ON);
    higher("share lost since the park", &PLANTED, &BASELINE, lost);
}
