//! How commands end: 0 done, 1 the run failed, 2 the input is wrong, 130 interrupted.

use std::path::Path;

use crate::broken::{SOUND, put, sound_folder};
use crate::program::{assert_same_tables, config, entries, error_text, output, state_hash, succeed};

#[test]
fn a_run_that_fails_ends_with_one_and_leaves_nothing() {
    let folder = sound_folder();
    // Nobody can live on so little food: the account of food cannot close.
    let famine = output(
        folder.path(),
        &["run", &config("henan.ron"), "--out", "out", "--set", "preferences.subsistence=0.95", "--ticks", "2"],
    );
    let message = error_text(&famine);
    assert_eq!(famine.status.code(), Some(1), "{message}");
    assert!(message.contains("food") && !message.contains("panicked"), "{message}");
    assert!(!folder.path().join("out").exists(), "a failed run left a folder");
}

/// Whatever a scenario says that is within its ranges, the run is done or fails in a sentence.
#[test]
fn the_ends_of_ranges_end_in_a_sentence() {
    let folder = sound_folder();
    let (henan, plains) = (config("henan.ron"), config("central-plains.ron"));
    for (at, (scenario, changes)) in [
        // Just below the density that is refused.
        (&henan, &["places.zhengzhou.area=90"][..]),
        (&plains, &["places.oak.area=21", "congestion.crowding_cost=2"]),
        (&plains, &["places.oak.urban_population=0"]),
        (&plains, &["places.oak.population=0", "places.oak.urban_population=0"]),
        (&plains, &["places.oak.urban_population=2024000"]),
        (&henan, &["demography.replacement=0", "demography.working_life=5"]),
        (&plains, &["industries.labour_intensive.substitution=1.01"]),
        (&plains, &["industries.labour_intensive.substitution=50", "firm_location.productivity_spread=1"]),
        (&plains, &["industries.labour_intensive.distance_cost=5", "industries.labour_intensive.border_wedge=5"]),
        (&plains, &["fiscal.tax_rate=0.9"]),
        (&plains, &["money.farm_income=0.000001"]),
        (&plains, &["money.farm_income=1000000000"]),
        (&plains, &["initial.burn_in=0"]),
        (&plains, &["migrant_location.precision=100", "migrant_location.revision_rural=1"]),
        (&plains, &["firm_location.jobs_per_firm=1000000"]),
    ]
    .into_iter()
    .enumerate()
    {
        let out = format!("out{at}");
        let sets = changes.iter().chain(&["workers_per_agent=4000"]).flat_map(|change| ["--set", change]);
        let arguments: Vec<&str> =
            ["run", scenario, "--quiet", "--ticks", "24", "--out", &out].into_iter().chain(sets).collect();
        let output = output(folder.path(), &arguments);
        let message = error_text(&output);
        assert!([Some(0), Some(1)].contains(&output.status.code()), "{changes:?}: {:?}: {message}", output.status);
        assert!(!message.contains("panicked") && !message.contains("NaN"), "{changes:?}: {message}");
    }
}

#[test]
fn success_is_zero_and_wrong_usage_is_two() {
    let folder = sound_folder();
    assert_eq!(output(folder.path(), &["check", "sound.ron"]).status.code(), Some(0));
    assert_eq!(output(folder.path(), &["check", "nowhere.ron"]).status.code(), Some(2));
    assert_eq!(output(folder.path(), &["chek", "sound.ron"]).status.code(), Some(2));
    let nothing_to_do = output(folder.path(), &["run", "sound.ron", "--ticks", "0", "--out", "none"]);
    assert_eq!(nothing_to_do.status.code(), Some(0), "{}", error_text(&nothing_to_do));
    assert!(folder.path().join("none/region.parquet").is_file());
}

#[test]
fn what_reads_the_answer_may_hang_up() {
    let folder = sound_folder();
    let mut child = crate::program::program(folder.path(), &["run", "--help"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program can be started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("a child can be waited for");
    assert!(!error_text(&output).contains("panicked"), "{}", error_text(&output));
}

/// Interrupts a run, as Ctrl-C does, once a file is there.
#[cfg(unix)]
fn interrupted(folder: &Path, arguments: &[&str], once: &str) -> std::process::Output {
    let child = crate::program::program(folder, arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let start = std::time::Instant::now();
    while !folder.join(once).exists() {
        assert!(start.elapsed() < std::time::Duration::from_secs(60), "no {once} after a minute");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("signals can be sent").success());
    child.wait_with_output().expect("a child can be waited for")
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_its_checkpoint_and_says_how_to_go_on() {
    let folder = sound_folder();
    put(folder.path(), "long.ron", SOUND.replace("ticks: 2,", "ticks: 300,").as_bytes());
    let arguments = ["run", "long.ron", "--out", "a run", "--checkpoint-every", "20"];
    let stopped = interrupted(folder.path(), &arguments, "a run/checkpoints/000020.checkpoint");
    let message = error_text(&stopped);
    assert_eq!(stopped.status.code(), Some(130), "{message}");
    assert!(stopped.stdout.is_empty());
    // What it says can be pasted into a shell as it is.
    let command = message.split("continue with: ").nth(1).unwrap_or_else(|| panic!("{message}")).trim();
    assert!(command.starts_with("hinterland run --resume "), "{command}");
    let program = format!("'{}'", env!("CARGO_BIN_EXE_hinterland"));
    let pasted = command.replacen("hinterland", &program, 1) + " --quiet";
    let resumed = std::process::Command::new("sh").args(["-c", &pasted]).current_dir(folder.path()).output();
    let resumed = resumed.expect("a shell can be started");
    assert!(resumed.status.success(), "{pasted}: {}", error_text(&resumed));
    succeed(folder.path(), &["run", "long.ron", "--out", "straight", "--quiet"]);
    let (one, other) = (folder.path().join("a run"), folder.path().join("straight"));
    assert_eq!(state_hash(&one), state_hash(&other));
    assert_same_tables(&one, &other);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_without_checkpoints_keeps_nothing_and_says_so() {
    let folder = sound_folder();
    put(folder.path(), "long.ron", SOUND.replace("ticks: 2,", "ticks: 4000,").as_bytes());
    let stopped = interrupted(folder.path(), &["run", "long.ron", "--out", "out"], "out/manifest.json");
    let message = error_text(&stopped);
    assert_eq!(stopped.status.code(), Some(130), "{message}");
    if message.is_empty() {
        // Before the run listens, an interrupt stops the process at once.
        eprintln!("interrupted before the first quarter");
    } else {
        assert!(message.contains("nothing was kept") && message.contains("--checkpoint-every"), "{message}");
        assert!(!entries(folder.path()).contains(&"out".to_owned()), "something was kept");
    }
}
