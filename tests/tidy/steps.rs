//! The steps of a quarter as the schedule knows them, against what pages and cards say of them.

use std::collections::{BTreeMap, BTreeSet};

use scenario::mechanisms::Mechanisms;
use scenario::parameters::Value;
use scenario::scenario::all_parameters;
use scenario::{Request, load};
use simulation::model::StepAccess;
use simulation::step::Phase;

use crate::prose::{Part, keep_in_step};
use crate::report;
use crate::source::{files, read, root, shown};

/// What hardly changes in a run and everybody may read: cards need not name it.
const EVERYWHERE: [&str; 7] =
    ["Clock", "Geography", "IndustryTable", "Lanes", "MoneyUnit", "PlaceTable", "RandomSource"];

/// Changes that switch on what is off by default: the first number of each such mechanism at its default.
fn off_by_default() -> Vec<String> {
    let all = all_parameters();
    let mechanisms = Mechanisms::default();
    let off = mechanisms.blocks().into_iter().filter(|(_, block)| block.is_none());
    let first = |name: &str| {
        all.iter().find_map(|(block, parameter)| match parameter.default {
            Value::Number(number) if block == name => Some(format!("{name}.{}={number:?}", parameter.name)),
            _ => None,
        })
    };
    off.filter_map(|(name, _)| first(name)).collect()
}

/// Scenarios, with policies and changes, that together run every system.
fn described() -> Vec<StepAccess> {
    let policies = files(&root().join("configs/policies"), "ron");
    let off = off_by_default();
    let mut all = Vec::new();
    for (file, changes) in [
        ("henan.ron", &["productivity.size_gradient=0.02"][..]),
        ("two-regions.ron", &off.iter().map(String::as_str).collect::<Vec<_>>()),
        ("henan.ron", &["agriculture=Off", "job_matching=Off"]),
        ("two-regions.ron", &["wage_setting.mode=Clearing"]),
    ] {
        let policies = if file == "henan.ron" { policies.clone() } else { Vec::new() };
        let each: Vec<Vec<_>> = if policies.is_empty() {
            vec![Vec::new()]
        } else {
            policies.into_iter().map(|policy| vec![policy]).collect()
        };
        for policies in each {
            let overrides = changes.iter().map(|change| (*change).to_owned()).collect();
            let loaded =
                load(&root().join("configs").join(file), &Request { overrides, policies, ..Request::default() });
            let loaded = loaded.unwrap_or_else(|faults| panic!("{file}:\n{faults}"));
            all.extend(simulation::describe(&loaded.scenario).expect("a shipped scenario can be described"));
        }
    }
    all
}

/// Names in brackets between a bold word and the next one.
fn named(card: &str, word: &str) -> BTreeSet<String> {
    let Some((_, rest)) = card.split_once(word) else { return BTreeSet::new() };
    let part = rest.split("**").next().unwrap_or_default();
    let brackets = part.split("[`").skip(1).filter_map(|rest| rest.split('`').next());
    brackets.map(|name| name.rsplit("::").next().unwrap_or(name).to_owned()).collect()
}

/// Types that a file declares and does not show to others.
fn private(text: &str) -> BTreeSet<String> {
    let declared = text.lines().filter_map(|line| {
        let line = line.trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ");
        line.strip_prefix("struct ")
    });
    declared.map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn cards_say_what_the_schedule_says_that_systems_touch() {
    let mut touched: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
    for step in described() {
        let mut path = step.system.split("::");
        let (Some("mechanisms"), Some(file)) = (path.next(), path.next()) else { continue };
        let [reads, writes] = touched.entry(file.to_owned()).or_default();
        reads.extend(step.reads);
        writes.extend(step.writes);
    }
    let mut complaints = Vec::new();
    for (file, [reads, writes]) in touched {
        let room = root().join("crates/simulation/src/mechanisms");
        let paths = match files(&room.join(&file), "rs") {
            inside if inside.is_empty() => vec![room.join(format!("{file}.rs"))],
            inside => inside,
        };
        let texts: Vec<String> = paths.iter().map(|path| read(path)).collect();
        let card = |text: &String| -> String {
            text.lines().take_while(|line| line.starts_with("//!")).map(|line| line.trim_start_matches("//!")).collect()
        };
        let cards: Vec<String> = texts.iter().map(card).collect();
        let union = |word: &str| cards.iter().flat_map(|card| named(card, word)).collect::<BTreeSet<_>>();
        let own: BTreeSet<String> = texts.iter().flat_map(|text| private(text)).collect();
        let counts = |name: &&String| !own.contains(*name) && !EVERYWHERE.contains(&name.as_str());
        let (says_read, says_written) = (union("**Reads**"), union("**Writes**"));
        let only_read = reads.difference(&writes).filter(counts);
        for name in only_read.filter(|name| !says_read.contains(*name)) {
            complaints.push(format!("{file}: reads {name}, and its card does not say so"));
        }
        for name in writes.iter().filter(counts).filter(|name| !says_written.contains(*name)) {
            complaints.push(format!("{file}: writes {name}, and its card does not say so"));
        }
        for name in says_read.iter().filter(|name| !reads.contains(*name) && !writes.contains(*name)) {
            complaints.push(format!("{file}: its card says that it reads {name}, and it does not"));
        }
        for name in says_written.iter().filter(|name| !writes.contains(*name)) {
            complaints.push(format!("{file}: its card says that it writes {name}, and it does not"));
        }
    }
    report(complaints);
}

/// What the source says of a phase, on the line above it.
fn about<'a>(source: &'a str, phase: &str) -> &'a str {
    let opens = format!(" \"{phase}\" {{");
    let (before, _) = source.split_once(&opens).expect("every phase is declared in step.rs");
    before.lines().rev().nth(1).and_then(|line| line.trim().strip_prefix("/// ")).expect("every phase is described")
}

#[test]
fn the_page_of_a_quarter_lists_every_step_in_order() {
    let loaded = load(&root().join("configs/henan.ron"), &Request::default());
    let scenario = loaded.unwrap_or_else(|faults| panic!("{faults}")).scenario;
    let steps = simulation::describe(&scenario).expect("Henan can be described");
    let source = read(&root().join("crates/simulation/src/step.rs"));
    let mut text = String::new();
    for &phase in Phase::ALL {
        let about = about(&source, phase.name());
        text += &format!("\n### {}\n\n{about}\n\n| system | reads | writes |\n|---|---|---|\n", phase.name());
        for step in steps.iter().filter(|step| step.phase == phase) {
            let list = |names: &[String]| names.join(", ");
            let system = step.system.trim_start_matches("mechanisms::");
            text += &format!("| `{system}` | {} | {} |\n", list(&step.reads), list(&step.writes));
        }
    }
    let page = root().join("docs/quarter.md");
    assert!(page.is_file(), "{} is missing", shown(&page));
    keep_in_step(&[Part { page, name: "steps of a quarter".to_owned(), text }]);
}
