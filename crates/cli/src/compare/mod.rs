//! `hinterland compare`: what a policy changes.

mod screen;
mod sections;
mod table;
mod text;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use clap::Args;
use ensembles::compare::tables::{TABLES, tables};
use ensembles::compare::{Asked, CompareError, Comparison, Effort, Plan, PlanError, compare, sets};
use records::results::{Opened, Results, ResultsFolder};
use scenario::Loaded;
use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::machine;
use crate::options::Changes;
use crate::progress::Progress;
use crate::sheets::{SheetFormat, sheets};
use crate::size::{Size, Uses};

/// Bytes of a person of two worlds in memory, to be compared.
const PERSON_BYTES: u64 = 10;

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland compare configs/henan.ron configs/policies/open-settlement.ron --seeds 32
  hinterland compare configs/henan.ron configs/policies/open-settlement.ron configs/policies/land-quota-transfer.ron --interactions
  hinterland compare configs/henan.ron configs/policies/transport.ron --from 2014 --until 2018 --json
  hinterland compare configs/henan.ron configs/policies/open-settlement.ron --out results/open --set congestion=Off

Every world is run with every seed, so that a difference is the policy's doing. Without --interactions each policy is
compared with the base on its own. docs/policy-guide.md says how to read what is printed.

Exit codes: 0 done, 1 a run failed, 2 the input or the usage is wrong, 130 interrupted.")]
pub(crate) struct Compare {
    /// The scenario file: the world without the policies.
    #[arg(value_name = "BASE")]
    scenario: PathBuf,
    /// Policy files.
    #[arg(value_name = "POLICY", required = true)]
    policies: Vec<PathBuf>,
    /// Pairs of runs.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    seeds: u32,
    /// The first seed; the others follow it.
    #[arg(long, value_name = "S", default_value_t = 1)]
    first_seed: u64,
    /// Run the common past up to this date once, then each world from there: faster, with the same bytes.
    #[arg(long, value_name = "YEAR")]
    from: Option<f64>,
    /// Run every combination of the policies, and print joint effects beyond the sum.
    #[arg(long)]
    interactions: bool,
    /// Change a field of every world by its dotted path; can be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Quarters to run, instead of the scenario's.
    #[arg(long, value_name = "N", conflicts_with = "until")]
    ticks: Option<u32>,
    /// Run up to the first quarter of this year.
    #[arg(long, value_name = "YEAR")]
    until: Option<u32>,
    /// Threads to use; 0 uses all. The results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Write the tables as Parquet files to this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write the tables to the folder in this form as well.
    #[arg(long, value_enum, requires = "out")]
    format: Option<SheetFormat>,
    /// Write the main figures as SVG files to this folder.
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
    /// Print all tables after the first screen.
    #[arg(long)]
    full: bool,
    /// Replace other results in the folder.
    #[arg(long)]
    force: bool,
    /// Print no progress, and no tables.
    #[arg(long, short)]
    quiet: bool,
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::wrong(format!("error: {error}"))
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Run { error, run } => {
                let failure = Self::from(error);
                match run {
                    Some((world, seed)) => {
                        let cause = failure.message.strip_prefix("error: ").unwrap_or(&failure.message);
                        Self { message: format!("error: {world}, seed {seed}: {cause}"), ..failure }
                    }
                    None => failure,
                }
            }
            CompareError::Stopped => Self::interrupted(
                "stopped; a comparison keeps nothing until its end, so the same command starts again (fewer --seeds end \
                 sooner)",
            ),
        }
    }
}

impl Compare {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let start = Instant::now();
        let interrupt = Interrupt::listen();
        let plan = self.plan()?;
        let threads = machine::threads(usize::from(self.threads));
        self.check_size(&plan, threads)?;
        if !self.quiet {
            notes(&plan).iter().for_each(|note| console.note(note));
        }
        let folder = match self.open(console, &plan)? {
            Some(folder) => folder,
            None if self.out.is_some() => return Ok(()),
            None => None,
        };
        let comparison = self.run(console, &plan, threads, &interrupt)?;
        if let Some(folder) = folder {
            let path = folder.path().to_owned();
            write(folder, &plan, &comparison, threads, start, self.format)?;
            if !self.quiet {
                console.note(&format!("tables in {}", path.display()));
            }
        }
        if self.json {
            console.print(&serde_json::to_string_pretty(&comparison).unwrap_or_default());
        } else if !self.quiet {
            console.print(&text::text(&comparison, self.full));
        }
        self.draw(&plan, &comparison)
    }

    /// Writes the figures that were asked for.
    fn draw(&self, plan: &Plan, comparison: &Comparison) -> Outcome {
        let Some(folder) = &self.svg else { return Ok(()) };
        let worlds: Vec<_> = plan.arms.iter().map(|arm| arm.loaded.scenario.clone()).collect();
        let tables = simulation::table::Tables(tables(comparison));
        let messages = reports::messages(figures::Language::English);
        let figures = reports::comparison_figures(&tables, &plan.base.scenario, &worlds, &messages)
            .map_err(|error| Failure::failed(format!("error: {error}")))?;
        crate::svg::write(folder, &figures)
    }

    fn load(&self, policies: Vec<PathBuf>) -> Result<Loaded, Failure> {
        let Self { ticks, until, .. } = *self;
        let changes = Changes { seed: None, ticks, until, set: self.set.clone(), policies };
        changes.load(&self.scenario)
    }

    /// Loads every world before the first run starts. Faults of several policies are reported together.
    fn plan(&self) -> Result<Plan, Failure> {
        let base = self.load(Vec::new())?;
        let sets = sets(self.policies.len(), self.interactions)?;
        let (mut worlds, mut failed): (_, Vec<Failure>) = (Vec::new(), Vec::new());
        for set in sets {
            // A combination of faulty policies has no new faults.
            if set.len() > 1 && !failed.is_empty() {
                break;
            }
            match self.load(set.iter().map(|&at| self.policies[at].clone()).collect()) {
                Ok(loaded) => worlds.push((set, loaded)),
                Err(failure) => failed.push(failure),
            }
        }
        if let Some(first) = failed.first() {
            let mut messages: Vec<&str> = failed.iter().map(|failure| failure.message.as_str()).collect();
            messages.dedup();
            return Err(Failure { code: first.code, message: messages.join("\n") });
        }
        let Self { first_seed, seeds, from, interactions, .. } = *self;
        Ok(Plan::new(base, worlds, &Asked { first_seed, seeds, from, interactions })?)
    }

    /// Refuses what the machine's memory cannot hold: so many worlds at once as there are threads or seeds.
    fn check_size(&self, plan: &Plan, threads: usize) -> Outcome {
        let at_once = threads.min(plan.seeds.len()) as u64;
        let size = Size::of(&plan.base.scenario, Uses::default())?;
        // The persons of the base are kept while the other worlds run.
        size.at_once(at_once, PERSON_BYTES).check(&self.scenario)
    }

    /// The folder to write to, if one was asked for; `None` if the same results are there already.
    fn open(&self, console: &Console, plan: &Plan) -> Result<Option<Option<ResultsFolder>>, Failure> {
        let Some(out) = &self.out else { return Ok(Some(None)) };
        match ResultsFolder::begin(out, results(plan), self.force).map_err(Failure::of_the_output)? {
            Opened::Folder(folder) => Ok(Some(Some(folder))),
            Opened::Complete => {
                console.note(&format!(
                    "{} already holds this comparison, complete; nothing was done (--force runs it again)",
                    out.display()
                ));
                Ok(None)
            }
        }
    }

    fn run(
        &self,
        console: &Console,
        plan: &Plan,
        threads: usize,
        interrupt: &Interrupt,
    ) -> Result<Comparison, Failure> {
        let quarters = u32::try_from(plan.quarters()).unwrap_or(u32::MAX);
        let progress = Mutex::new(Progress::new(console, self.quiet, &plan.base.scenario.name, quarters, 0));
        let done = AtomicU32::new(0);
        let watch = || {
            let done = done.fetch_add(1, Ordering::Relaxed).saturating_add(1);
            progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner).done(done);
            !interrupt.asked()
        };
        Ok(compare(plan, &Effort { threads, watch: &watch })?)
    }
}

/// What there is to say about policies: that one is ignored, or never happens within the run.
fn notes(plan: &Plan) -> Vec<String> {
    let alone = plan.arms.iter().filter(|arm| arm.members.len() == 1);
    let new = alone.flat_map(|arm| {
        let notes = arm.loaded.notes.iter().filter(|note| !plan.base.notes.contains(note));
        notes.map(|note| format!("note: {}: {note}", arm.policy))
    });
    new.collect()
}

/// What fixes the tables of a comparison, and what its manifest says.
fn results(plan: &Plan) -> Results {
    // Where the common past ends is no input: the tables are the same bytes.
    let mut inputs = vec![plan.base.to_ron(), format!("{:?}", plan.seeds)];
    for arm in &plan.arms {
        inputs.push(format!("{} {:?}\n{}", arm.policy, arm.members, arm.loaded.to_ron()));
    }
    let worlds: Vec<Value> = std::iter::once((ensembles::compare::BASE, &plan.base))
        .chain(plan.arms.iter().map(|arm| (arm.policy.as_str(), &arm.loaded)))
        .map(|(policy, loaded)| json!({"policy": policy, "scenario_hash": ensembles::keep::scenario_hash(loaded)}))
        .collect();
    let about = json!({
        "scenario": plan.base.scenario.name,
        "policies": plan.policies,
        "seeds": plan.seeds,
        "start": plan.base.scenario.start,
        "from": plan.from(),
        "until": plan.until(),
        "interactions": plan.interactions,
        "worlds": worlds,
    });
    let about = if let Value::Object(about) = about { about } else { Map::new() };
    Results { kind: "comparison", inputs_hash: records::scenario_hash(&inputs.join("\n")), about }
}

fn write(
    folder: ResultsFolder,
    plan: &Plan,
    comparison: &Comparison,
    threads: usize,
    start: Instant,
    format: Option<SheetFormat>,
) -> Result<(), Failure> {
    let mut files = vec![("base.ron".to_owned(), plan.base.to_ron().into_bytes())];
    let worlds = plan.arms.iter().enumerate();
    files.extend(worlds.map(|(at, arm)| (format!("world-{}.ron", at + 1), arm.loaded.to_ron().into_bytes())));
    let mut run = Map::new();
    let words = std::env::args().skip(1).map(|word| records::shell_word(std::path::Path::new(&word)));
    let command: Vec<String> = std::iter::once("hinterland".to_owned()).chain(words).collect();
    run.insert("command".to_owned(), json!(command.join(" ")));
    run.insert("threads".to_owned(), json!(threads));
    run.insert("wall_seconds".to_owned(), json!(start.elapsed().as_secs_f64()));
    run.insert("peak_rss_bytes".to_owned(), json!(machine::peak_memory()));
    let tables = tables(comparison);
    let unused: Vec<&str> = TABLES.into_iter().filter(|name| tables.iter().all(|table| table.name != *name)).collect();
    files.extend(sheets(&tables, format, "tables")?);
    Ok(folder.finish(&tables, &files, &unused, run)?)
}
