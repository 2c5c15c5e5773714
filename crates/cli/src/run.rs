//! `hinterland run`: one run, from a scenario to a folder of tables.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use figures::Language;
use records::summary::{Pace, Summary, summarise};
use records::{Inputs, Manifest, Resumed, RunFolder, Start};
use scenario::Scenario;
use serde_json::{Value, json};
use simulation::model::{self, Model, Options};

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::machine;
use crate::options::{Changes, Format, Lanes, Recording};
use crate::progress::Progress;
use crate::size::{Size, Uses};
use crate::svg;

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland run configs/henan.ron
  hinterland run configs/henan.ron --seed 7 --until 2015 --out runs/henan-short
  hinterland run configs/henan.ron --set migrant_location.precision=2.0 --policy configs/policies/open-settlement.ron
  hinterland run configs/henan.ron --checkpoint-every 4 --out runs/long
  hinterland run --resume runs/long

Exit codes: 0 done, 1 the run failed, 2 the input or the usage is wrong, 130 interrupted.")]
pub(crate) struct Run {
    /// The scenario file.
    #[arg(required_unless_present = "resume")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    /// Folder for the tables [default: runs/<scenario>-<seed>].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; 0 uses all. The results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Width of the random-number kernel. The results are the same for all.
    #[arg(long, value_enum, default_value_t)]
    lanes: Lanes,
    /// Keep a checkpoint every N quarters, so that a stopped run can go on.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    checkpoint_every: Option<u32>,
    /// Continue the stopped run in this folder.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["scenario", "seed", "ticks", "until", "set", "policies", "out", "record", "format", "force"])]
    resume: Option<PathBuf>,
    /// Also record single agents and firms: `agents`, or `agents=every N` quarters.
    #[arg(long, value_name = "agents[=every N]")]
    record: Option<Recording>,
    /// Form of the tables.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the main figures as SVG files to this folder.
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
    /// Replace a complete run in the folder, or start an unfinished one again.
    #[arg(long)]
    force: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
    /// Print no progress and no summary.
    #[arg(long, short)]
    quiet: bool,
}

/// A run that is ready to go.
struct Ready {
    folder: Box<RunFolder>,
    manifest: Manifest,
    scenario: Scenario,
    checkpoint: Option<(PathBuf, Box<records::checkpoint::Checkpoint>)>,
}

impl Run {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let start = Instant::now();
        let interrupt = Interrupt::listen();
        if self.svg.is_some() && self.format == Format::Csv {
            return Err(Failure::wrong("error: --svg draws from Parquet tables; leave --format csv out"));
        }
        let ready = match &self.resume {
            Some(folder) => self.resume(console, folder)?,
            None => self.begin(console)?,
        };
        match ready {
            Some(ready) => self.simulate(console, ready, &interrupt, start),
            None => Ok(()),
        }
    }

    /// A new run; `None` if it is there already.
    fn begin(&self, console: &Console) -> Result<Option<Ready>, Failure> {
        let path = self.scenario.as_deref().unwrap_or_else(|| std::path::Path::new(""));
        let loaded = self.changes.load(path)?;
        let scenario = &loaded.scenario;
        let record_agents = self.record.map(|recording| recording.every);
        let threads = machine::threads(usize::from(self.threads));
        let uses = Uses { records_agents: record_agents.is_some(), checkpoints: self.checkpoint_every.is_some() };
        Size::of(scenario, uses)?.check(path)?;
        let inputs = Inputs {
            scenario_hash: ensembles::keep::scenario_hash(&loaded),
            seed: scenario.seed,
            ticks: scenario.ticks,
            format: self.format.into(),
            record_agents,
        };
        let mut manifest = Manifest::begun(&scenario.name, loaded.policies.clone(), inputs, threads);
        manifest.checkpoint_every = self.checkpoint_every;
        let out = self.out.clone().unwrap_or_else(|| default_folder(scenario));
        let checkpoints = self.checkpoint_every.is_some();
        let start = RunFolder::begin(&out, &manifest, &loaded.to_ron(), checkpoints, self.force);
        match start.map_err(Failure::of_the_output)? {
            Start::Run(folder) => Ok(Some(Ready { folder, manifest, scenario: loaded.scenario, checkpoint: None })),
            Start::Complete(manifest) => {
                self.report_complete(console, &out, &manifest);
                self.draw(&out)?;
                Ok(None)
            }
        }
    }

    /// A stopped run; `None` if it is complete.
    fn resume(&self, console: &Console, path: &std::path::Path) -> Result<Option<Ready>, Failure> {
        match RunFolder::resume(path)? {
            Resumed::Complete(manifest) => {
                self.report_complete(console, path, &manifest);
                self.draw(path)?;
                Ok(None)
            }
            Resumed::Run { folder, mut manifest, checkpoint, source } => {
                let loaded = scenario::load(&folder.scenario_path(), &scenario::Request::default())?;
                let same = loaded.scenario.seed == manifest.inputs.seed
                    && loaded.scenario.ticks == manifest.inputs.ticks
                    && ensembles::keep::scenario_hash(&loaded) == manifest.inputs.scenario_hash;
                if !same {
                    return Err(Failure::wrong(format!(
                        "error: {} is not the scenario that the run was begun with",
                        folder.scenario_path().display()
                    )));
                }
                manifest.threads = machine::threads(usize::from(self.threads));
                let records_agents = manifest.inputs.record_agents.is_some();
                // Resuming holds the checkpoint beside the agents.
                let uses = Uses { records_agents, checkpoints: true };
                Size::of(&loaded.scenario, uses)?.check(&folder.scenario_path())?;
                manifest.checkpoint_every = self.checkpoint_every.or(manifest.checkpoint_every);
                let checkpoint = Some((source, checkpoint));
                Ok(Some(Ready { folder, manifest: *manifest, scenario: loaded.scenario, checkpoint }))
            }
        }
    }

    fn simulate(&self, console: &Console, ready: Ready, interrupt: &Interrupt, start: Instant) -> Outcome {
        let Ready { mut folder, mut manifest, scenario, checkpoint } = ready;
        let done = checkpoint.as_ref().map_or(0, |(_, checkpoint)| checkpoint.tick);
        let mut progress = Progress::new(console, self.quiet, &scenario.name, scenario.ticks, done);
        let options = Options {
            pool: Some(model::pool(usize::from(self.threads))?),
            lanes: self.lanes.into(),
            record_agents: manifest.inputs.record_agents,
            ..Options::default()
        };
        let mut model = simulation::build(&scenario, &options)?;
        if let Some((source, checkpoint)) = checkpoint {
            let unusable =
                |what: String| Failure::from(records::RecordError::Checkpoint { path: source.clone(), what });
            model.restore(&checkpoint.state).map_err(|error| unusable(error.to_string()))?;
            // The opening rows that building recorded are among those of the checkpoint.
            model.tables_mut().0.iter_mut().for_each(|table| drop(table.drain()));
            checkpoint.put_rows(model.tables_mut()).map_err(unusable)?;
            let done = model.now();
            folder.replay(model.tables_mut(), done)?;
        }
        progress.say("running");
        let ticking = Instant::now();
        let first = model.now();
        while model.now() < scenario.ticks {
            folder.record(model.tables_mut())?;
            if interrupt.asked() {
                return Err(stopped(&mut folder, &mut model)?);
            }
            model.tick()?;
            progress.done(model.now());
            let due = manifest.checkpoint_every.is_some_and(|every| model.now().is_multiple_of(every));
            if due && model.now() < scenario.ticks {
                checkpoint_now(&mut folder, &mut model)?;
            }
        }
        let tick_seconds = ticking.elapsed().as_secs_f64();
        progress.say("writing");
        let (workers, firms) = model.agents();
        manifest.agents = workers + firms;
        manifest.state_hash = Some(model.state_hash());
        manifest.complete = true;
        manifest.wall_seconds = start.elapsed().as_secs_f64();
        manifest.peak_rss_bytes = machine::peak_memory();
        let pace = Pace {
            agents: manifest.agents,
            wall_seconds: manifest.wall_seconds,
            tick_seconds,
            ticks: scenario.ticks - first,
        };
        let summary = summarise(model.tables_mut(), &pace).ok();
        manifest.summary = serde_json::to_value(&summary).unwrap_or(Value::Null);
        let path = folder.path().to_owned();
        folder.finish(model.tables_mut(), &manifest)?;
        drop(progress);
        self.report(console, &path, &manifest, summary.as_ref());
        self.draw(&path)
    }

    /// Writes the figures that were asked for, from the tables of the folder.
    fn draw(&self, path: &std::path::Path) -> Outcome {
        let Some(folder) = &self.svg else { return Ok(()) };
        svg::write(folder, &reports::run_figures(path, &reports::messages(Language::English))?)
    }

    fn report(&self, console: &Console, path: &std::path::Path, manifest: &Manifest, summary: Option<&Summary>) {
        if self.json {
            console.print(&json_summary(path, manifest));
        } else if !self.quiet {
            let mut text = format!("{}, seed {}", manifest.scenario, manifest.inputs.seed);
            if !manifest.policies.is_empty() {
                text.push_str(&format!(", with {}", manifest.policies.join(", ")));
            }
            text.push('\n');
            text.push_str(&summary.map(crate::summary::text).unwrap_or_default());
            text.push_str(&format!("  {:<30} {}\n", "state", manifest.state_hash.as_deref().unwrap_or("none")));
            text.push_str(&format!("  {:<30} {}", "tables in", path.display()));
            console.print(&text);
        }
    }

    fn report_complete(&self, console: &Console, path: &std::path::Path, manifest: &Manifest) {
        if self.json {
            console.print(&json_summary(path, manifest));
        }
        if !self.quiet {
            console.note(&format!(
                "{} already holds this run, complete; nothing was done (--force runs it again)",
                path.display()
            ));
        }
    }
}

/// The manifest's summary, with what finds the run again.
fn json_summary(path: &std::path::Path, manifest: &Manifest) -> String {
    let mut summary = match &manifest.summary {
        Value::Object(summary) => summary.clone(),
        _ => serde_json::Map::new(),
    };
    for (key, value) in [
        ("scenario", json!(manifest.scenario)),
        ("seed", json!(manifest.inputs.seed)),
        ("policies", json!(manifest.policies)),
        ("state_hash", json!(manifest.state_hash)),
        ("complete", json!(manifest.complete)),
        ("out", json!(path.to_string_lossy())),
    ] {
        summary.insert(key.to_owned(), value);
    }
    format!("{:#}", Value::Object(summary))
}

fn checkpoint_now(folder: &mut RunFolder, model: &mut Model) -> Result<(), Failure> {
    folder.record(model.tables_mut())?;
    let (tick, state) = (model.now(), model.save());
    Ok(folder.checkpoint(tick, state, model.tables_mut())?)
}

/// Keeps what can be kept of an interrupted run, and says how to go on.
fn stopped(folder: &mut RunFolder, model: &mut Model) -> Result<Failure, Failure> {
    let tick = model.now();
    if !folder.keeps_checkpoints() {
        return Ok(Failure::interrupted(format!(
            "interrupted after quarter {tick}; nothing was kept (--checkpoint-every N keeps what is done)"
        )));
    }
    checkpoint_now(folder, model)?;
    let path = records::shell_word(folder.path());
    Ok(Failure::interrupted(format!("interrupted after quarter {tick}; continue with: hinterland run --resume {path}")))
}

/// `runs/<scenario>-<seed>`, with what has no place in a file name replaced.
fn default_folder(scenario: &Scenario) -> PathBuf {
    let plain = |letter: char| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '-' };
    let name: String = scenario.name.chars().map(plain).collect();
    PathBuf::from("runs").join(format!("{name}-{}", scenario.seed))
}
