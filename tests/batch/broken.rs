//! Broken studies: every fault at once, with its place, before anything is written.

use crate::program::{entries, error_text, output};
use crate::{folder, study};

/// What is said of a study with these fields, which must be refused.
fn refused(fields: &str) -> String {
    let folder = folder(fields);
    let output = output(folder.path(), &["batch", "study.ron", "--out", "out"]);
    let message = error_text(&output);
    assert_eq!(output.status.code(), Some(2), "{fields}: {message}");
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(entries(folder.path()), ["study.ron"], "something was written for {fields}");
    message
}

fn refused_with(fields: &str, parts: &[&str]) {
    let message = refused(fields);
    for part in parts {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

#[test]
fn parameters_are_tried_at_both_ends_and_at_every_value() {
    let range = "seeds: [1], parameters: [(path: \"migrant_location.precision\", from: 1, to: 5000, levels: 3)]";
    refused_with(range, &["study.ron:1:", "migrant_location.precision is 5000", "from 0 to", "1 fault"]);
    let list = "seeds: [1], parameters: [(path: \"land_quota.scope\", values: [None, Provnce])]";
    refused_with(list, &["study.ron:1:", "`Provnce`", "did you mean `Province`?"]);
    let path = "seeds: [1], parameters: [(path: \"migrant_location.precison\", values: [1])]";
    refused_with(path, &["study.ron:1:", "no field `precison` in migrant_location; did you mean `precision`?"]);
    let place = "seeds: [1], parameters: [(path: \"places.wst.service_quality\", values: [1])]";
    refused_with(place, &["no place `wst`; did you mean `west`?"]);
}

#[test]
fn all_faults_are_reported_at_once() {
    let fields = "
        policies: [\"nowhere.ron\", (name: \"far\", changes: [(at: 2011, change: Transport(between: Places([\"wst\"]), goods_cost: 0.5))])],
        parameters: [
            (path: \"firm_location.imitation\", values: []),
            (path: \"firm_location.precision\", from: 2, to: 1),
            (path: \"seed\", values: [1, 2]),
        ],
        design: Grdi,
        seeds: [1, 1],
        recrod: [],";
    let parts = [
        "there is no such file",
        "no place `wst`",
        "there is no value",
        "from is 2, more than to",
        "list seeds under `seeds`",
        "did you mean `Grid`?",
        "seed `1` is there twice",
        "did you mean `record`?",
        "8 faults",
    ];
    refused_with(fields, &parts);
}

#[test]
fn policies_that_conflict_are_reported_with_both_places() {
    let quota = "changes: [(at: 2011, change: LandQuota(scope: Province))]";
    let fields = format!("policies: Combinations([(name: \"a\", {quota}), (name: \"b\", {quota})]), seeds: [1]");
    let message = refused(&format!("land_quota: 1, {fields}"));
    assert!(message.contains("no field `land_quota`"), "{message}");
    // The smallest world has no land quotas; where there are some, the two contradict each other.
    let folder = folder("");
    let text = study(&fields).replace("two-regions.ron", "central-plains.ron");
    std::fs::write(folder.path().join("study.ron"), text).unwrap();
    let output = output(folder.path(), &["batch", "study.ron", "--out", "out"]);
    let message = error_text(&output);
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("both set the scope of land quotas at 2011"), "{message}");
}

#[test]
fn values_that_do_not_fit_together_are_reported_with_their_cell() {
    // Each fits beside the first of the other; the second of both sum to more than all services.
    let fields = "seeds: [1], parameters: [
        (path: \"public_services.schooling_weight\", values: [0.3, 0.6]),
        (path: \"public_services.health_weight\", values: [0.3, 0.6]),
    ]";
    let parts = ["is 1.2, more than all services", "in cell 4", "schooling_weight=0.6", "health_weight=0.6"];
    refused_with(fields, &parts);
}

#[test]
fn designs_that_cannot_be_laid_are_refused() {
    let range = "(path: \"firm_location.imitation\", from: 0.1, to: 0.9)";
    for (design, parts) in [
        (format!("parameters: [{range}]"), "needs levels"),
        (format!("parameters: [{range}], design: List"), "not a range"),
        ("design: Sobol(points: 4)".to_owned(), "no parameter to vary"),
        (format!("parameters: [{range}], design: Sobol(points: 0)"), "design.points is 0"),
        (format!("parameters: [{range}], design: LatinHypercube()"), "`points` is missing"),
        (format!("parameters: [{range}, {range}], design: Sobol(points: 4)"), "is set here and in"),
        (format!("parameters: [(path: \"firm_location\", values: [Off]), {range}]"), "is set here and in"),
        (
            "parameters: [(path: \"places.0.service_quality\", values: [1]), (path: \"places.west.service_quality\", values: [2])]"
                .to_owned(),
            "`places.west.service_quality` is set here and in",
        ),
        (
            "design: List, parameters: [(path: \"firm_location.imitation\", values: [0.1, 0.2]), (path: \"firm_location.precision\", values: [1])]"
                .to_owned(),
            "one for each point of the list",
        ),
        (
            "parameters: [(path: \"firm_location.imitation\", from: 0, to: 0.5, levels: 3, scale: Log)]".to_owned(),
            "needs a `from` above 0",
        ),
    ] {
        refused_with(&format!("seeds: [1], {design}"), &[parts]);
    }
}

#[test]
fn a_study_of_more_runs_than_can_end_states_its_size() {
    let fields = "
        parameters: [
            (path: \"firm_location.imitation\", from: 0.1, to: 0.9, levels: 100000),
            (path: \"firm_location.precision\", from: 0.1, to: 0.9, levels: 100000),
        ],
        seeds: Range(from: 1, count: 1000)";
    refused_with(fields, &["10000000000 points", "1000 seeds", "10000000000000 runs", "1000000 at most"]);
}

#[test]
fn other_files_are_not_taken_for_a_study() {
    let folder = folder("seeds: [1]");
    let scenario = crate::config("two-regions.ron");
    let output = output(folder.path(), &["batch", &scenario, "--out", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(error_text(&output).contains("this is a scenario, not a study"), "{}", error_text(&output));
    for command in ["run", "check"] {
        let output = self::output(folder.path(), &[command, "study.ron"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(error_text(&output).contains("this is a study, not a scenario"), "{}", error_text(&output));
    }
    for garbage in ["", "(", "[]", "(name: 3)", "\u{0}", "(name: \"x\", scenario: \"nowhere.ron\", seeds: [1])"] {
        std::fs::write(folder.path().join("study.ron"), garbage).unwrap();
        let output = self::output(folder.path(), &["batch", "study.ron", "--out", "out"]);
        let message = error_text(&output);
        assert_eq!(output.status.code(), Some(2), "{garbage:?}: {message}");
        assert!(message.contains("study.ron") && !message.contains("panicked"), "{garbage:?}: {message}");
    }
}

#[test]
fn a_folder_that_is_not_a_batch_s_is_not_touched() {
    let folder = folder("seeds: [1], record: []");
    std::fs::create_dir(folder.path().join("out")).unwrap();
    std::fs::write(folder.path().join("out/thesis.txt"), "mine").unwrap();
    for arguments in [&["--force"][..], &[]] {
        let output = output(folder.path(), &[&["batch", "study.ron", "--out", "out"], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(error_text(&output).contains("not the folder of a batch"), "{}", error_text(&output));
        assert_eq!(entries(&folder.path().join("out")), ["thesis.txt"]);
    }
}
