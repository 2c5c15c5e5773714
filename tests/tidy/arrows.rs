//! Arrows between crates point down only.

use std::collections::BTreeMap;

use crate::report;
use crate::source::{crates, read, root, stem};

/// Which crate may use which. A new arrow is a commit of its own, with its reason.
const ARROWS: [(&str, &[&str]); 11] = [
    ("economics", &[]),
    ("scenario", &[]),
    ("simulation", &["economics", "scenario"]),
    ("records", &["simulation"]),
    // `economics` for its maths: one file decides how powers and logarithms round.
    ("ensembles", &["economics", "scenario", "simulation", "records"]),
    // Numbers in, pictures out: it knows nothing of what the numbers are about.
    ("figures", &[]),
    ("verification", &["economics", "figures", "scenario", "simulation", "records", "ensembles"]),
    ("reports", &["figures", "scenario", "simulation", "records", "ensembles", "verification"]),
    ("studio", &["figures", "scenario", "simulation", "records", "ensembles", "reports"]),
    (
        "python",
        &[
            "economics",
            "figures",
            "scenario",
            "simulation",
            "records",
            "ensembles",
            "verification",
            "reports",
            "studio",
        ],
    ),
    (
        "cli",
        &[
            "economics",
            "figures",
            "scenario",
            "simulation",
            "records",
            "ensembles",
            "verification",
            "reports",
            "studio",
        ],
    ),
];

/// Names in every section of dependencies of a manifest.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies") && !section.starts_with("workspace");
            if let Some((_, name)) = section.split_once("dependencies.") {
                found.push(name.to_owned());
            }
        } else if inside && let Some((name, _)) = line.split_once('=') {
            found.push(name.split('.').next().unwrap_or_default().trim().to_owned());
        }
    }
    found.iter().map(|name| name.trim_start_matches("hinterland-").to_owned()).collect()
}

#[test]
fn arrows_between_crates_point_down_only() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut complaints = Vec::new();
    for folder in crates() {
        let name = stem(&folder);
        let Some(may_use) = allowed.get(name.as_str()) else {
            complaints
                .push(format!("crates/{name}: a crate that the list of arrows in tests/tidy/arrows.rs does not know"));
            continue;
        };
        for used in dependencies(&read(&folder.join("Cargo.toml"))) {
            if allowed.contains_key(used.as_str()) && !may_use.contains(&used.as_str()) {
                complaints.push(format!("crates/{name}/Cargo.toml: {name} may not use {used}"));
            }
        }
    }
    report(complaints);
}

#[test]
fn the_program_uses_the_command_line_and_nothing_below_it() {
    let manifest = read(&root().join("Cargo.toml"));
    let own = manifest.split("\n[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let names: Vec<&str> =
        own.lines().filter_map(|line| line.split('.').next()).filter(|name| !name.is_empty()).collect();
    assert_eq!(names, ["cli"], "Cargo.toml: the root package is the program alone");
}

#[test]
fn only_one_crate_draws_threads_and_it_is_rayon() {
    let complaints = crates().into_iter().filter_map(|folder| {
        let manifest = read(&folder.join("Cargo.toml"));
        manifest
            .contains("multi_threaded")
            .then(|| format!("{}: two pools would fight for the same cores", stem(&folder)))
    });
    report(complaints.collect());
}
