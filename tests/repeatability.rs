//! Same bytes: scenario, seed and version fix the state and every table, however the run is carried out.

mod program;
mod worlds;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use program::{assert_same_tables, below, config, error_text, output, program, state_hash, succeed, text};
use simulation::model::{Lanes, Model, Options};

/// Everything on, and levers that change land, money and rules within the run.
const CHANGES: [&str; 4] = ["ticks=8", "seed=3", "workers_per_agent=2000", "initial.burn_in=60"];
const POLICY: &str = r#"(
    name: "all at once",
    changes: [
        (at: 2010.5, change: Settlement(rules: [(places: All, rule: Quota(share: 0.05))], homestead: Sell)),
        (at: 2010.5, change: LandQuota(scope: Province)),
        (at: 2010.75, change: VillageConsolidation(places: All, non_farm_share_min: 0.1, share_per_year: 0.05, cost_per_household: 1000, financed_by: CityDebt)),
        (at: 2011, until: 2011.5, change: Subsidy(places: All, rate: 0.1, financed_by: Wages)),
        (at: 2011, change: Transport(goods_cost: 0.8, travel_cost: 0.8, outlay_per_km: 100)),
    ],
)"#;

struct Folder {
    folder: tempfile::TempDir,
    scenario: String,
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        std::fs::write(folder.path().join("policy.ron"), POLICY).expect("a file can be written");
        Self { folder, scenario: config("henan.ron") }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn arguments<'a>(&'a self, out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut arguments = vec!["run", &self.scenario, "--out", out, "--policy", "policy.ron", "--quiet"];
        arguments.extend(CHANGES.iter().flat_map(|change| ["--set", change]));
        arguments.extend(more);
        arguments
    }

    /// A whole run, and where it is.
    fn run(&self, out: &str, more: &[&str]) -> PathBuf {
        succeed(self.path(), &self.arguments(out, more));
        self.path().join(out)
    }
}

/// Lanes that this machine has, scalar ones first.
fn lanes() -> Vec<(&'static str, Lanes)> {
    [("scalar", Lanes::Scalar), ("avx2", Lanes::Avx2), ("avx512", Lanes::Avx512)]
        .into_iter()
        .filter(|(name, lanes)| {
            let there = simulation::random::RandomSource::new(1, *lanes).is_ok();
            if !there {
                eprintln!("skipped: this machine has no {name} lanes");
            }
            there
        })
        .collect()
}

#[test]
fn threads_lanes_and_records_change_no_byte() {
    let folder = Folder::new();
    let base = folder.run("base", &["--threads", "1", "--lanes", "scalar", "--record", "agents=3"]);
    let mut ways: Vec<Vec<&str>> = ["2", "3", "8"].map(|threads| vec!["--threads", threads]).to_vec();
    ways.extend(lanes().iter().map(|(name, _)| vec!["--threads", "2", "--lanes", name]));
    for (at, way) in ways.iter().enumerate() {
        let other = folder.run(&format!("way{at}"), &[&way[..], &["--record", "agents=3"]].concat());
        assert_eq!(state_hash(&base), state_hash(&other), "{way:?}");
        assert_same_tables(&base, &other);
    }
    let without = folder.run("without", &["--checkpoint-every", "3"]);
    assert_eq!(state_hash(&base), state_hash(&without), "recording agents or keeping checkpoints changed the state");
    let recorded: Vec<_> = program::tables(&base)
        .into_iter()
        .filter(|(name, _)| !["agents.parquet", "firms.parquet"].contains(&name.as_str()))
        .collect();
    assert!(recorded == program::tables(&without), "recording agents changed another table");
}

#[test]
fn another_seed_gives_another_run() {
    let folder = Folder::new();
    let base = folder.run("base", &[]);
    let other = folder.run("other", &["--seed", "4"]);
    assert_ne!(state_hash(&base), state_hash(&other));
    assert!(program::tables(&base) != program::tables(&other));
}

#[test]
fn the_resolved_scenario_gives_the_same_run_wherever_it_is_run() {
    let folder = Folder::new();
    let base = folder.run("base", &["--set", "places.kaifeng.amenity=0.03", "--set", "congestion=Off"]);
    let elsewhere = tempfile::tempdir().expect("there is room for temporary files");
    let copy = elsewhere.path().join("copied.ron");
    std::fs::copy(base.join("scenario.ron"), &copy).expect("a file can be copied");
    std::fs::remove_file(folder.path().join("policy.ron")).expect("a file can be removed");
    succeed(elsewhere.path(), &["run", "copied.ron", "--out", "again", "--quiet"]);
    let again = elsewhere.path().join("again");
    assert_eq!(state_hash(&base), state_hash(&again));
    assert_same_tables(&base, &again);
    let texts = [&base, &again].map(|run| std::fs::read_to_string(run.join("scenario.ron")).expect("it is there"));
    assert_eq!(texts[0], texts[1], "a resolved scenario resolves to itself");
}

/// Starts a run that keeps checkpoints and kills it, as a power cut would, once that of a quarter or a later one is there.
fn kill_after(folder: &Folder, arguments: &[&str], out: &str, quarter: u32) {
    let mut child = program(folder.path(), arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program can be started");
    let checkpoints = folder.path().join(format!("{out}/checkpoints"));
    let awaited = format!("{quarter:06}.checkpoint");
    let is_there = || {
        let names = if checkpoints.is_dir() { program::entries(&checkpoints) } else { Vec::new() };
        names.into_iter().any(|name| name.ends_with(".checkpoint") && name >= awaited)
    };
    let start = Instant::now();
    while !is_there() {
        assert!(child.try_wait().expect("a child can be asked").is_none(), "the run ended before it could be killed");
        assert!(start.elapsed() < Duration::from_secs(60), "no checkpoint after a minute");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("a child can be killed");
    child.wait().expect("a child can be waited for");
}

#[test]
fn a_killed_run_goes_on_from_its_checkpoint_to_the_same_bytes() {
    let folder = Folder::new();
    // Long enough that no machine ends it before it is killed.
    let longer = ["--ticks", "240", "--record", "agents=40"];
    let straight = folder.run("straight", &longer);
    let keeping = [&longer[..], &["--checkpoint-every", "5", "--threads", "2"]].concat();
    kill_after(&folder, &folder.arguments("killed", &keeping), "killed", 20);
    let run = folder.path().join("killed");
    assert!(!run.join("cities.parquet").exists(), "an unfinished run shows a table");
    // Killed again, later, on another number of threads.
    kill_after(&folder, &["run", "--resume", "killed", "--threads", "3", "--quiet"], "killed", 60);
    let mut kept = program::entries(&run.join("checkpoints"));
    kept.retain(|name| name.ends_with(".checkpoint"));
    // Two, or three if it was killed before the oldest went.
    assert!([2, 3].contains(&kept.len()), "{kept:?}");
    // The last is lost, so the one before must do.
    let last = kept.last().expect("checkpoints were kept");
    std::fs::remove_file(run.join("checkpoints").join(last)).expect("a file can be removed");
    succeed(folder.path(), &["run", "--resume", "killed", "--threads", "1", "--quiet"]);
    assert_eq!(state_hash(&straight), state_hash(&run));
    assert_same_tables(&straight, &run);
}

#[test]
fn a_run_killed_without_checkpoints_is_simply_run_again() {
    let folder = Folder::new();
    let arguments = folder.arguments("run", &["--ticks", "400"]);
    let mut child = program(folder.path(), &arguments).spawn().expect("the program can be started");
    let partial = folder.path().join("run/.partial");
    let start = Instant::now();
    while !partial.exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().expect("a child can be killed");
    child.wait().expect("a child can be waited for");
    let resumed = output(folder.path(), &["run", "--resume", "run"]);
    assert_eq!(resumed.status.code(), Some(2), "{}", error_text(&resumed));
    assert!(error_text(&resumed).contains("run"), "{}", error_text(&resumed));
    let base = folder.run("base", &[]);
    let again = folder.run("run", &[]);
    assert_same_tables(&base, &again);
    assert!(!partial.exists());
}

#[test]
fn a_run_can_be_stopped_and_taken_up_after_any_quarter() {
    // Settlement opens in the middle of the run, so that settlers are charged for after a stop.
    let open = worlds::policy("open-settlement").replace("at: 2014", "at: 2010.5");
    for (world, policy) in [(worlds::HENAN, POLICY), (worlds::HENAN, &open), (worlds::PLAINS, POLICY)] {
        let mut scenario = worlds::scenario(world, &["ticks=8", "seed=5"], &[policy]);
        scenario.initial.burn_in = 20;
        let options = worlds::one_thread(false);
        let mut straight = worlds::build(&scenario, &options);
        let mut states = vec![straight.save()];
        for _ in 0..scenario.ticks {
            straight.tick().expect("accounts close");
            states.push(straight.save());
        }
        for (from, state) in states.iter().enumerate() {
            let mut resumed: Model =
                worlds::build(&scenario, &Options { threads: 2, lanes: Lanes::Scalar, ..Options::default() });
            resumed.restore(state).expect("the state is of this scenario");
            assert_eq!(resumed.save(), *state, "{}: quarter {from} is not kept whole", scenario.name);
            if let Some(next) = states.get(from + 1) {
                resumed.tick().expect("accounts close");
                assert!(resumed.save() == *next, "{}: resumed at {from}, quarter {} differs", scenario.name, from + 1);
            }
        }
    }
}

#[test]
fn origins_of_more_than_one_block_are_the_same_on_any_number_of_threads() {
    // 65,536 agents make a block; the largest places have about 100,000.
    let scenario =
        worlds::scenario(("central-plains", &["workers_per_agent=15", "initial.burn_in=10", "ticks=3"]), &[], &[]);
    let hashes: Vec<String> = [(1, Lanes::Scalar), (3, Lanes::Auto)]
        .map(|(threads, lanes)| worlds::run(&scenario, &Options { threads, lanes, ..Options::default() }).state_hash)
        .to_vec();
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_run_in_a_folder_of_another_name_has_the_same_bytes() {
    let folder = Folder::new();
    let deep = below(folder.path(), "a/b c/郑州");
    let (one, other) = (folder.run("one", &[]), folder.run(&deep, &[]));
    assert_eq!(text(&other), deep);
    assert_same_tables(&one, &other);
}
