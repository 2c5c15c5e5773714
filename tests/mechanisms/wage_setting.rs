//! Wage setting: firms bid for labour; wages clear, lag or are pinned.

use crate::signs::{changes_the_plain, higher, same_everywhere};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

/// Standard deviation between cities at the end.
fn spread_of_unemployment(run: &Run) -> f64 {
    let values = run.cities("unemployment");
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / values.len() as f64).sqrt()
}

fn relative_wages(rates: &[f64]) -> Vec<f64> {
    rates.iter().map(|rate| rate / rates[0]).collect()
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["wage_setting=Off"]);
}

#[test]
fn wages_that_never_adjust_are_wage_setting_switched_off() {
    same_everywhere(&["wage_setting=Off"], &["wage_setting.adjustment=0"]);
    same_everywhere(&["wage_setting=Off"], &["wage_setting.mode=Pinned"]);
}

#[test]
fn wages_bring_work_and_people_together() {
    let without = CENTRAL_PLAINS.seeds(&["wage_setting=Off"]);
    for run in &without {
        let rates = run.column("cities", "wage_rate");
        let (first, end) = (relative_wages(&rates[..10]), relative_wages(&rates[rates.len() - 10..]));
        assert!(first.iter().zip(end).all(|(first, end)| (first / end - 1.0).abs() < 1e-9), "a pinned wage moved");
    }
    higher("spread of unemployment with pinned wages", &without, &BASELINE, spread_of_unemployment);
}
