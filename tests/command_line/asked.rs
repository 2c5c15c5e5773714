//! What the program says when asked: help, JSON, summaries, and silence.

use serde_json::Value;

use crate::broken::{put, sound_folder};
use crate::program::{entries, error_text, manifest, output, program, succeed};

/// Commands of the program, from its own help.
fn commands() -> Vec<String> {
    let folder = sound_folder();
    let help = succeed(folder.path(), &["--help"]);
    let list = help.split("Commands:").nth(1).expect("the help lists commands");
    let lines = list.lines().skip(1).take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_command_has_help_with_an_example() {
    let folder = sound_folder();
    let commands = commands();
    assert!(commands.contains(&"run".to_owned()) && commands.contains(&"check".to_owned()), "{commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        for ask in [&[command.as_str(), "--help"][..], &["help", command]] {
            let help = succeed(folder.path(), ask);
            assert!(help.contains("Usage:"), "{command}: {help}");
            assert!(help.contains(&format!("hinterland {command}")), "{command} has no example: {help}");
        }
    }
    assert!(succeed(folder.path(), &["--version"]).starts_with("hinterland "));
    let nothing = output(folder.path(), &[]);
    assert_eq!(nothing.status.code(), Some(2), "without a command the program shows its help");
    assert!(error_text(&nothing).contains("Usage:"));
}

#[test]
fn json_is_all_that_is_printed_and_is_whole() {
    let folder = sound_folder();
    let run = ["run", "sound.ron", "--out", "out", "--json"];
    let first: Value = serde_json::from_str(&succeed(folder.path(), &run)).expect("run prints JSON");
    assert_eq!(first["scenario"], "sound");
    assert_eq!(first["complete"], true);
    let manifest = manifest(&folder.path().join("out"));
    assert_eq!(first["state_hash"], manifest["state_hash"]);
    for (name, value) in manifest["summary"].as_object().expect("a summary has names") {
        assert_eq!(first[name], *value, "{name}");
    }
    let again: Value = serde_json::from_str(&succeed(folder.path(), &run)).expect("a run that is there prints JSON");
    assert_eq!(again["state_hash"], first["state_hash"]);
    let check: Value =
        serde_json::from_str(&succeed(folder.path(), &["check", "sound.ron", "--json"])).expect("check prints JSON");
    assert_eq!((&check["sound"], &check["places"]), (&Value::Bool(true), &Value::from(3)));
}

#[test]
fn nothing_is_coloured_and_no_bar_is_drawn_without_a_terminal() {
    let folder = sound_folder();
    for (at, no_colour) in [None, Some("1"), Some("")].into_iter().enumerate() {
        let out = format!("out{at}");
        for arguments in [
            &["run", "sound.ron", "--out", &out][..],
            &["check", "sound.ron"],
            &["check", "sound.ron", "--set", "tics=1"],
            &["run", "--help"],
            &["fly"],
        ] {
            let mut command = program(folder.path(), arguments);
            command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
            if let Some(value) = no_colour {
                command.env("NO_COLOR", value);
            }
            let output = command.output().expect("the program can be started");
            for text in [&output.stdout, &output.stderr] {
                let text = String::from_utf8_lossy(text);
                assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{arguments:?}: {text:?}");
            }
        }
    }
}

#[test]
fn quiet_is_silent_and_only_faults_are_said() {
    let folder = sound_folder();
    for arguments in [
        &["run", "sound.ron", "--out", "out", "--quiet"][..],
        &["run", "sound.ron", "--out", "out", "--quiet"],
        &["run", "sound.ron", "--out", "out", "--quiet", "--force"],
        &["check", "sound.ron", "--quiet"],
    ] {
        let output = output(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", error_text(&output));
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}: {}", error_text(&output));
    }
    let faulty = output(folder.path(), &["check", "sound.ron", "--quiet", "--set", "tickss=1"]);
    assert!(error_text(&faulty).contains("did you mean `ticks`?"));
}

#[test]
fn a_complete_run_is_reported_and_not_repeated_and_force_swaps_it() {
    let folder = sound_folder();
    let out = folder.path().join("runs/sound-1");
    let summary = succeed(folder.path(), &["run", "sound.ron"]);
    assert!(summary.contains("urban share") && summary.contains("tables in"), "{summary}");
    let stamp = |name: &str| std::fs::metadata(out.join(name)).and_then(|about| about.modified()).expect("it is there");
    let before = stamp("cities.parquet");
    let again = output(folder.path(), &["run", "sound.ron"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(error_text(&again).contains("already holds this run, complete"), "{}", error_text(&again));
    assert_eq!(stamp("cities.parquet"), before, "a complete run was repeated");
    // Inputs that change no result are no other run.
    succeed(folder.path(), &["run", "sound.ron", "--threads", "1", "--lanes", "scalar", "--quiet"]);
    assert_eq!(stamp("cities.parquet"), before, "a complete run was repeated for another number of threads");
    succeed(folder.path(), &["run", "sound.ron", "--force", "--quiet"]);
    assert!(stamp("cities.parquet") > before, "--force did not run again");
    assert_eq!(entries(&folder.path().join("runs")), ["sound-1"], "something was left beside the run");
}

#[test]
fn csv_holds_what_parquet_holds() {
    let folder = sound_folder();
    succeed(folder.path(), &["run", "sound.ron", "--out", "csv", "--format", "csv", "--record", "agents", "--quiet"]);
    succeed(folder.path(), &["run", "sound.ron", "--out", "parquet", "--record", "agents", "--quiet"]);
    let (csv, parquet) = (folder.path().join("csv"), folder.path().join("parquet"));
    let tables = ["accounts", "agents", "cities", "firms", "flows", "groups", "region", "sectors"];
    let described = std::fs::read_to_string(csv.join("columns.csv")).expect("columns are described");
    for table in tables {
        let text = std::fs::read_to_string(csv.join(format!("{table}.csv"))).expect("the table is there");
        let recorded =
            records::read::read(&parquet.join(format!("{table}.parquet")), table).expect("the table is there");
        let header: Vec<&str> = text.lines().next().expect("a table has a header").split(',').collect();
        let names: Vec<&str> = recorded.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(header, names, "{table}");
        assert_eq!(text.lines().count() - 1, recorded.rows(), "{table}");
        for field in &recorded.fields {
            assert!(described.contains(&format!("{table},{},", field.name)), "{table}.{} is not described", field.name);
            assert!(!field.about.is_empty(), "{table}.{} has no sentence", field.name);
        }
    }
    assert_eq!(crate::program::state_hash(&csv), crate::program::state_hash(&parquet));
}

#[test]
fn names_of_other_scripts_and_blanks_are_taken_as_they_are() {
    let folder = sound_folder();
    let scenario = crate::broken::SOUND.replace("\"sound\"", "\"河南 ten years\"");
    put(folder.path(), "河南 1.ron", scenario.as_bytes());
    let said = succeed(folder.path(), &["run", "河南 1.ron", "--json"]);
    let said: Value = serde_json::from_str(&said).expect("run prints JSON");
    let out = said["out"].as_str().expect("where it is");
    assert!(folder.path().join(out).join("cities.parquet").is_file(), "{out}");
}

#[test]
fn completions_are_scripts_for_every_shell() {
    let folder = sound_folder();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = succeed(folder.path(), &["completions", shell]);
        assert!(script.contains("checkpoint-every"), "{shell}");
    }
}
