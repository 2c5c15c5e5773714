//! Designs: where the points are.

use crate::program::succeed;
use crate::worlds::Rows;
use crate::{folder, runs};

/// Runs a study of no quarters for the sake of its points.
fn laid(fields: &str) -> Rows {
    let folder = folder(&format!("seeds: [1], record: [], {fields}"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    runs(&folder.path().join("out"))
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }
}

#[test]
fn a_grid_has_equal_steps_or_equal_ratios_and_meets_both_ends() {
    let runs = laid(
        "parameters: [
            (path: \"firm_location.imitation\", from: 0.1, to: 0.9, levels: 3),
            (path: \"firm_location.precision\", from: 0.1, to: 10, levels: 3, scale: Log),
        ]",
    );
    near(&runs.numbers("firm_location.imitation"), &[0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.9, 0.9, 0.9]);
    near(&runs.numbers("firm_location.precision")[..3], &[0.1, 1.0, 10.0]);
    assert_eq!(runs.numbers("firm_location.precision")[2], 10.0);
}

#[test]
fn a_list_goes_through_all_parameters_together_and_shows_names_as_they_are_written() {
    let runs = laid(
        "design: List, parameters: [
            (path: \"firm_location.imitation\", values: [0.1, 0.5, (value: 0.9, source: Assumed(\"much\"))]),
            (path: \"networks\", values: [Off, (strength: 0.1), (strength: 0.2)]),
        ]",
    );
    near(&runs.numbers("firm_location.imitation"), &[0.1, 0.5, 0.9]);
    assert_eq!(runs.texts("networks"), ["Off", "(strength: 0.1)", "(strength: 0.2)"]);
}

#[test]
fn values_of_a_list_that_only_fit_together_are_tried_together() {
    // Shares of spending sum to one at each point, and at no mixture of two.
    let runs = laid(
        "design: List, parameters: [
            (path: \"preferences.food_share\", values: [0.6, 0.5]),
            (path: \"industries.manufacturing.expenditure_share\", values: [0.4, 0.5]),
        ]",
    );
    near(&runs.numbers("preferences.food_share"), &[0.6, 0.5]);
}

#[test]
fn a_sobol_sequence_lies_where_it_must() {
    let runs = laid(
        "design: Sobol(points: 4), parameters: [
            (path: \"firm_location.imitation\", from: 0, to: 0.8),
            (path: \"firm_location.precision\", from: 1, to: 16, scale: Log),
            (path: \"demography.working_life\", from: 40, to: 43, whole: true),
        ]",
    );
    near(&runs.numbers("firm_location.imitation"), &[0.0, 0.4, 0.6, 0.2]);
    near(&runs.numbers("firm_location.precision"), &[1.0, 4.0, 2.0, 8.0]);
    near(&runs.numbers("demography.working_life"), &[40.0, 42.0, 41.0, 43.0]);
}

#[test]
fn a_latin_hypercube_meets_every_part_once_and_differs_by_its_seed() {
    let design = |seed| {
        laid(&format!(
            "design: LatinHypercube(points: 10, seed: {seed}), parameters: [
                (path: \"firm_location.imitation\", from: 0, to: 0.5),
                (path: \"job_matching\", values: [Off, ()]),
            ]"
        ))
    };
    let one = design(1);
    let mut parts: Vec<i64> = one.numbers("firm_location.imitation").iter().map(|x| (20.0 * x) as i64).collect();
    parts.sort_unstable();
    assert_eq!(parts, (0..10).collect::<Vec<_>>());
    assert_eq!(one.texts("job_matching").iter().filter(|state| **state == "Off").count(), 5);
    assert_ne!(one.numbers("firm_location.imitation"), design(2).numbers("firm_location.imitation"));
}
