//! Running broken input: exit code 2, a sentence with the place, no panic, little time and memory, nothing written.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{entries, error_text};

/// A sound scenario, to be broken; the numbers of its lines stand in expected messages.
pub(crate) const SOUND: &str = r#"(
    name: "sound",
    start: 2010,
    ticks: 2,
    seed: 1,
    workers_per_agent: 2000,
    region: Table("region.csv"),
    money: (farm_income: 1381), preferences: (subsistence: 0.3),
    initial: (burn_in: 5),
    congestion: (way_cost: 0.05),
    migrant_location: (precision: 1.5),
    settlement_rules: (rules: [
        (places: All, rule: Residence(residence: 3, insured: 3, quota: 0.008)),
        (places: Places(["kaifeng"]), rule: Points(skill: 60, insured: 5, threshold: 71)),
    ]),
    subsidies: [(at: 2011, until: 2012, industries: ["labour_intensive"], rate: 0.1)],
)
"#;

/// A sound region table, to be broken.
pub(crate) const TABLE: &str = "\
name_pinyin,adcode,province_en,centroid_lon,centroid_lat,area_km2_computed,pop_2010,urban_pop_2010,hukou_pop_2010,nonag_hukou_share_2010,migrants_other_county_same_prov_2010,migrants_other_prov_2010,emp_share_primary_2010,emp_share_secondary_2010,emp_share_tertiary_2010,age15_64_pct_2010
Zhengzhou,410100,Henan,113.47,34.63,7515.3,8627089,5477495,7309348,0.2941,1749758,245478,0.3095,0.2409,0.4496,76.84
Kaifeng,410200,Henan,114.54,34.60,6246.6,4676483,1658481,5034485,0.1561,154198,16368,0.7844,0.094,0.1216,70.34
Luoyang,410300,Henan,112.03,34.29,15196.8,6549941,2888355,6803931,0.2357,390495,59808,0.5714,0.2015,0.2271,71.84
";

/// A policy, to be broken.
pub(crate) const POLICY: &str = r#"(
    name: "test",
    changes: [
        (at: 2010.5, change: Barrier(places: All, wedge: 0.5)),
    ],
)
"#;

/// A folder with a sound scenario, table and policy.
pub(crate) fn sound_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    put(folder.path(), "sound.ron", SOUND.as_bytes());
    put(folder.path(), "region.csv", TABLE.as_bytes());
    put(folder.path(), "policy.ron", POLICY.as_bytes());
    folder
}

pub(crate) fn put(folder: &Path, name: &str, content: &[u8]) {
    std::fs::write(folder.join(name), content).expect("a file can be written");
}

/// The program with at most 3 GB of addresses, where the system can set such a limit.
fn limited(folder: &Path, arguments: &[&str]) -> Command {
    let program = env!("CARGO_BIN_EXE_hinterland");
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 3000000 2>/dev/null; exec \"$0\" \"$@\"", program]);
        shell
    } else {
        Command::new(program)
    };
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// What is wrong with the answer to broken input: nothing, if it keeps what is promised of all such responses.
fn complaints(name: &str, folder: &Path, arguments: &[&str], expected: &[&str]) -> Vec<String> {
    let before = entries(folder);
    let start = Instant::now();
    let output = limited(folder, arguments).output().expect("the program can be started");
    let took = start.elapsed();
    let message = error_text(&output);
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(format!("{name}: {what}: {}", shortened(&message)));
    if output.status.code() != Some(2) {
        complain(format!("ended with {:?}", output.status));
    }
    if message.contains("panicked") || message.trim().is_empty() || message.len() > 40_000 {
        complain(format!("a message of {} bytes", message.len()));
    }
    for part in expected.iter().filter(|part| !message.contains(**part)) {
        complain(format!("`{part}` is not said"));
    }
    if !output.stdout.is_empty() {
        complain("a fault is printed as a result".to_owned());
    }
    if took > Duration::from_secs(10) {
        complain(format!("took {took:?}"));
    }
    if before != entries(folder) {
        complain("something was left".to_owned());
    }
    complaints
}

fn shortened(message: &str) -> String {
    message.chars().take(600).collect()
}

/// Responses to broken input, judged together.
#[derive(Default)]
pub(crate) struct Responses {
    complaints: Vec<String>,
}

impl Responses {
    /// Runs one command.
    pub(crate) fn to(&mut self, name: &str, folder: &Path, arguments: &[&str], expected: &[&str]) {
        self.complaints.extend(complaints(name, folder, arguments, expected));
    }

    /// Runs `check` and `run`, with the same arguments.
    pub(crate) fn of_both(&mut self, name: &str, folder: &Path, arguments: &[&str], expected: &[&str]) {
        self.to(name, folder, &[&["check"], arguments].concat(), expected);
        self.to(name, folder, &[&["run"], arguments, &["--out", "out"]].concat(), expected);
    }
}

impl Drop for Responses {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.complaints.is_empty(), "{}", self.complaints.join("\n"));
        }
    }
}

#[test]
fn what_is_broken_here_is_sound() {
    let folder = sound_folder();
    for command in [&["check", "sound.ron", "--policy", "policy.ron"][..], &["run", "sound.ron", "--out", "out"]] {
        let output = limited(folder.path(), command).output().expect("the program can be started");
        assert!(output.status.success(), "{}", error_text(&output));
    }
}
