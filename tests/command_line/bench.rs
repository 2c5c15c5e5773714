//! `hinterland bench`: the figures that it prints are whole, and follow from what was asked for.

use serde_json::Value;

use crate::broken::sound_folder;
use crate::program::{error_text, output, succeed};

fn bench(arguments: &[&str]) -> Value {
    let folder = sound_folder();
    let all: Vec<&str> = ["bench", "--json"].into_iter().chain(arguments.iter().copied()).collect();
    serde_json::from_str(&succeed(folder.path(), &all)).expect("bench prints JSON")
}

fn shares(report: &Value) -> Vec<f64> {
    let shares = report["shares"].as_array().expect("a report has shares");
    shares.iter().map(|share| share.as_f64().expect("shares are numbers")).collect()
}

#[test]
fn both_workloads_report_every_figure() {
    for (workload, firms) in [("city-choice", false), ("full", true)] {
        let report = bench(&["--workload", workload, "--agents", "20000", "--cities", "6", "--ticks", "3"]);
        let figure = |name: &str| report[name].as_f64().unwrap_or_else(|| panic!("{workload} lacks {name}: {report}"));
        assert_eq!((figure("cities"), figure("ticks")), (6.0, 3.0));
        assert!((figure("agents") - 20_000.0).abs() < 200.0, "{workload}: {} agents", figure("agents"));
        assert_eq!(figure("firms") > 0.0, firms);
        assert!(figure("bytes_per_agent") <= 16.0);
        let updates = (figure("agents") + figure("firms")) / figure("seconds_per_tick");
        assert!((figure("agent_updates_per_second") / updates - 1.0).abs() < 1e-9);
        assert!((figure("nanoseconds_per_agent") * updates / 1e9 - 1.0).abs() < 1e-9);
        let phases = report["seconds_per_phase"].as_object().expect("phases by name");
        let in_phases: f64 = phases.values().filter_map(Value::as_f64).sum();
        assert!(in_phases > 0.0 && in_phases <= figure("seconds_per_tick"), "{in_phases}: {report}");
        let shares = shares(&report);
        assert_eq!(shares.len(), 6);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn where_people_end_up_depends_on_neither_threads_nor_lanes() {
    let size = ["--workload", "city-choice", "--agents", "150000", "--ticks", "4"];
    let with = |more: &[&str]| shares(&bench(&[&size[..], more].concat()));
    let one = with(&["--threads", "1", "--lanes", "scalar"]);
    assert_eq!(one, with(&["--threads", "2"]));
    assert_ne!(one[0], one[9], "cities differ");
}

#[test]
fn fewer_agents_than_cities_need_are_refused_with_what_is_enough() {
    let folder = sound_folder();
    let refused = output(folder.path(), &["bench", "--workload", "full", "--agents", "100", "--cities", "20"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(error_text(&refused).contains("--agents 2000 is enough"), "{}", error_text(&refused));
}

#[test]
fn more_agents_than_memory_are_refused_with_what_would_fit() {
    let folder = sound_folder();
    for workload in ["city-choice", "full"] {
        let refused = output(folder.path(), &["bench", "--workload", workload, "--agents", "90000000000000"]);
        assert_eq!(refused.status.code(), Some(2), "{workload}");
        let text = error_text(&refused);
        assert!(text.contains("would fit") || text.contains("workers_per_agent"), "{workload}: {text}");
    }
}
