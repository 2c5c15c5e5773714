//! A study that is killed, interrupted or divided ends as one that was not.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::program::{entries, error_text, output, program, succeed};
use crate::{EIGHT_CELLS, assert_same_files, folder};

/// Kills it as nothing can be caught, after some milliseconds.
fn killed(folder: &Path, arguments: &[&str], after: u64) {
    let mut child = program(folder, arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program can be started");
    std::thread::sleep(Duration::from_millis(after));
    let _ = child.kill();
    child.wait().expect("a child can be waited for");
}

#[test]
fn a_study_that_is_killed_again_and_again_ends_with_the_same_bytes() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: Range(from: 1, count: 8)"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "straight", "--quiet"]);
    let out = folder.path().join("out");
    let mut moments = Vec::new();
    for after in [15, 90, 40, 130, 60, 25] {
        killed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"], after);
        moments.push(if out.join("done").is_dir() { entries(&out.join("done")).len() } else { 0 });
    }
    assert!(moments.windows(2).all(|pair| pair[0] <= pair[1]), "finished runs were lost: {moments:?}");
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    assert_same_files(&folder.path().join("straight"), &out);
}

#[test]
fn a_torn_or_missing_table_is_made_again() {
    let folder = folder("seeds: [1, 2, 3], record: [region]");
    succeed(folder.path(), &["batch", "study.ron", "--out", "straight", "--quiet"]);
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    let out = folder.path().join("out");
    std::fs::write(out.join("region/run=000001/part.parquet"), b"torn").unwrap();
    std::fs::remove_file(out.join("region/run=000002/part.parquet")).unwrap();
    std::fs::write(out.join("done/000003.json"), b"{\"run\":3").unwrap();
    std::fs::remove_file(out.join("runs.parquet")).unwrap();
    succeed(folder.path(), &["batch", "study.ron", "--out", "out", "--quiet"]);
    assert_same_files(&folder.path().join("straight"), &out);
}

#[test]
fn shards_in_one_folder_and_in_folders_of_their_own_join_to_the_same_bytes() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: [1, 2, 3]"));
    succeed(folder.path(), &["batch", "study.ron", "--out", "whole", "--quiet"]);
    let whole = folder.path().join("whole");
    let shards: Vec<String> = (1..=4).map(|index| format!("{index}/4")).collect();
    // Four at once in one folder.
    let children: Vec<_> = shards
        .iter()
        .map(|shard| {
            program(folder.path(), &["batch", "study.ron", "--out", "shared", "--shard", shard, "--quiet"]).spawn()
        })
        .collect();
    for child in children {
        assert!(child.expect("the program can be started").wait().expect("it ends").success());
    }
    succeed(folder.path(), &["batch", "study.ron", "--out", "shared", "--merge", "--quiet"]);
    assert_same_files(&whole, &folder.path().join("shared"));
    // Each in its own, joined too early and then in time.
    for (at, shard) in shards.iter().enumerate().take(3) {
        let own = format!("own-{at}");
        succeed(folder.path(), &["batch", "study.ron", "--out", &own, "--shard", shard, "--quiet"]);
    }
    let merge = ["batch", "study.ron", "--out", "joined", "--quiet", "--merge", "--from", "own-0", "--from", "own-1"];
    let early = output(folder.path(), &[&merge[..], &["--from", "own-2"]].concat());
    assert_eq!(early.status.code(), Some(2));
    let message = error_text(&early);
    assert!(message.contains("6 of 24 runs are not there") && message.contains("run 4"), "{message}");
    succeed(folder.path(), &["batch", "study.ron", "--out", "own-3", "--shard", "4/4", "--quiet"]);
    succeed(folder.path(), &[&merge[..], &["--from", "own-3"]].concat());
    assert_same_files(&whole, &folder.path().join("joined"));
}

#[test]
fn folders_of_another_study_are_not_joined() {
    let folder = folder("seeds: [1, 2], record: []");
    succeed(folder.path(), &["batch", "study.ron", "--out", "one", "--shard", "1/2", "--quiet"]);
    let arguments = ["batch", "study.ron", "--set", "ticks=9", "--out", "joined", "--merge", "--from", "one"];
    let other = output(folder.path(), &arguments);
    assert_eq!(other.status.code(), Some(2), "{}", error_text(&other));
    let nothing = output(folder.path(), &["batch", "study.ron", "--out", "joined-2", "--merge", "--from", "nowhere"]);
    assert_eq!(nothing.status.code(), Some(2), "{}", error_text(&nothing));
}

#[cfg(unix)]
#[test]
fn an_interrupted_study_keeps_what_is_finished_and_says_how_to_go_on() {
    let folder = folder(&format!("{EIGHT_CELLS} seeds: Range(from: 1, count: 200)"));
    let arguments = ["batch", "study.ron", "--out", "a study", "--set", "ticks=12", "--threads", "2"];
    let child = program(folder.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let out = folder.path().join("a study");
    let start = std::time::Instant::now();
    while !out.join("done").is_dir() || entries(&out.join("done")).len() < 20 {
        assert!(start.elapsed() < Duration::from_secs(60), "no run after a minute");
        std::thread::sleep(Duration::from_millis(2));
    }
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("signals can be sent").success());
    let stopped = child.wait_with_output().expect("a child can be waited for");
    let message = error_text(&stopped);
    assert_eq!(stopped.status.code(), Some(130), "{message}");
    let kept = entries(&out.join("done")).len();
    assert!((20..1600).contains(&kept) && message.contains(&format!("after {kept} of 1600 runs")), "{kept}: {message}");
    assert!(!out.join("runs.parquet").exists());
    // What it says can be pasted into a shell as it is; a dry run of it is enough.
    let command = message.split("continue with: ").nth(1).unwrap_or_else(|| panic!("{message}")).trim();
    let program = format!("'{}'", env!("CARGO_BIN_EXE_hinterland"));
    let pasted = command.replacen("hinterland", &program, 1) + " --dry-run";
    let resumed = std::process::Command::new("sh").args(["-c", &pasted]).current_dir(folder.path()).output();
    let resumed = resumed.expect("a shell can be started");
    assert!(resumed.status.success(), "{pasted}: {}", error_text(&resumed));
    assert!(command.contains("--out 'a study'") && command.contains("--set 'ticks=12'"), "{command}");
}
