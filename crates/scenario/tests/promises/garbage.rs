//! Whatever is in a file, reading it ends in a scenario or in faults.

use proptest::prelude::*;
use scenario::{Problem, load_str};

use crate::{fixtures, table_scenario, two_places};

fn seed_text() -> String {
    two_places(
        "start: 2010, tick: Quarter, ticks: 4_0, seed: 7, workers_per_agent: (value: 2.5e2, source: Assumed(\"a \\\"b\\\"\")), /* c */ outside: (), congestion: Off, // comment\n settlement_rules: (rules: [(places: Tier(from: 0.5, below: Some(10)), rule: Points(skill: 60, threshold: 71))], changes: [(at: 2014.5, homestead: Keep)]), subsidies: [(at: 2011, until: 2012, industries: [\"labour_intensive\"], towns: true, rate: .1)], distances: Some([[0, 5.], [5, 0]]), places: (west: (endowment: (agriculture: 1.5), name: r#\"raw\"#)),",
    )
}

/// Whether a text was refused for its syntax.
fn refused(text: &str) -> bool {
    let syntax = |problem: &Problem| {
        matches!(
            problem,
            Problem::Syntax { .. }
                | Problem::Unclosed { .. }
                | Problem::TooDeep { .. }
                | Problem::TooManyValues { .. }
                | Problem::Extension
        )
    };
    match load_str(text, &fixtures(), &[], &[]) {
        Ok(_) => false,
        Err(faults) => {
            assert!(faults.count() > 0);
            assert!(!faults.to_string().is_empty());
            faults.kept().iter().any(|fault| syntax(&fault.problem))
        }
    }
}

#[test]
fn the_text_that_is_mutated_is_sound() {
    let text = seed_text();
    load_str(&text, &fixtures(), &[], &[]).unwrap_or_else(|faults| panic!("{faults}"));
    ron::from_str::<ron::Value>(&text).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_never_panics(text in "\\PC{0,200}") {
        refused(&text);
    }

    #[test]
    fn brackets_and_words_never_panic(words in prop::collection::vec(prop::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "name", "region", "Table", "Places", "\"a\"", "1", "-", "e5", "..", "r#", "r#\"", "//", "/*", "*/", "\n", "Off",
        "value", "source", "places", "key", "industries", "Some", "None", "congestion", "'", "\\", "郑", "NaN", "1e999", "#",
    ]), 0..60)) {
        refused(&words.concat());
        refused(&format!("(name: \"a\", {}", words.join(" ")));
    }

    #[test]
    fn what_is_accepted_ron_accepts_too(position in 0usize..1200, length in 0usize..4, with in prop::sample::select(vec![
        "", "(", ")", "[", "]", ",", ",,", ":", "\"", "\\", "1", "-", ".", "_", "e", "r", "#", "/", "*", "//", "inf", "NaN", "+1", ".5", "1.", "1_0", "Off", "()", "Some(1)", "None", "\n", " ", "r#a", "\\u{41}", "\\x41", "0x1", "true", "'a'", "{}",
    ])) {
        let text = seed_text();
        let letters: Vec<char> = text.chars().collect();
        let start = position.min(letters.len());
        let end = (start + length).min(letters.len());
        let mutated: String = letters[..start].iter().chain(with.chars().collect::<Vec<_>>().iter()).chain(&letters[end..]).collect();
        if !refused(&mutated)
            && let Err(error) = ron::from_str::<ron::Value>(&mutated) {
                prop_assert!(false, "ron refuses what was read: {error}\n{mutated}");
            }
    }

    #[test]
    fn overrides_never_panic(path in "[a-z0-9_.]{0,30}", value in "\\PC{0,30}", text in "\\PC{0,40}") {
        for set in [format!("{path}={value}"), text.clone(), format!("industries.0.{path}={value}"), format!("places.zhengzhou={value}")] {
            let _ = load_str(&table_scenario(""), &fixtures(), &[set], &[("p.ron", text.as_str())]);
        }
    }
}
