//! `hinterland batch`: a study over seeds, parameters and policies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::Args;
use ensembles::runs::Workers;
use ensembles::study::{Plan, PlanError, carry_out, columns};
use records::batch::{BatchFolder, RunRecord, Shard};
use records::{RecordError, shell_word};
use scenario::Loaded;
use serde_json::json;

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::machine::{self, mebibytes};
use crate::progress::RunsProgress;
use crate::sheets::{SheetFormat, sheets};
use crate::size::{Size, Uses};

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland batch configs/studies/settlement-by-land.ron --out results/settlement
  hinterland batch configs/studies/settlement-by-land.ron --dry-run
  hinterland batch my-study.ron --out results/mine --shard 1/4
  hinterland batch my-study.ron --out results/mine --merge --from results/mine-1 --from results/mine-2
  hinterland batch my-study.ron --print-run 17 > run-17.ron

A stopped study goes on when the same command is given again. Exit codes: 0 done, 1 runs failed, 2 the input or the usage
is wrong, 130 interrupted.")]
pub(crate) struct Batch {
    /// The study file.
    study: PathBuf,
    /// Folder for the results.
    #[arg(long, value_name = "DIR", required_unless_present_any = ["dry_run", "print_run"])]
    out: Option<PathBuf>,
    /// Runs at a time, each on a thread of its own; 0 uses all cores. The results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Run only the I-th of N equal parts, counted from 1; shards may share a folder or have one each.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Write runs.parquet in this form as well.
    #[arg(long, value_enum)]
    format: Option<SheetFormat>,
    /// Run nothing: copy finished runs from other folders and write runs.parquet.
    #[arg(long, conflicts_with_all = ["shard", "force", "dry_run"])]
    merge: bool,
    /// With --merge: a folder that a shard was written to; can be given several times.
    #[arg(long, value_name = "DIR", requires = "merge")]
    from: Vec<PathBuf>,
    /// Run everything again, and replace what is in the folder when all is done.
    #[arg(long, conflicts_with = "shard")]
    force: bool,
    /// Change a field of the scenario of every run, with the same checks as in the file; can be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Check the study and print what it would run.
    #[arg(long)]
    dry_run: bool,
    /// Print the scenario of this run, which `hinterland run` reproduces with the same hash.
    #[arg(long, value_name = "RUN", conflicts_with_all = ["dry_run", "merge", "shard", "force", "json"])]
    print_run: Option<u64>,
    /// Print the outcome as JSON.
    #[arg(long)]
    json: bool,
    /// Print no progress and no summary.
    #[arg(long, short)]
    quiet: bool,
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::wrong(error.to_string())
    }
}

/// Size and notes of all cells together.
#[derive(Default)]
struct Load {
    largest: Option<Size>,
    agent_quarters: f64,
    notes: Vec<String>,
    refused: Option<Failure>,
}

/// Agent-quarters that a core does in a second, in round numbers: for saying how long a study will take.
const PACE: f64 = 1e7;
/// Seconds that a run takes beside its quarters: building and burn-in.
const PREPARING: f64 = 0.2;

impl Batch {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let interrupt = Interrupt::listen();
        let study = scenario::study::read(&self.study, &self.set)?;
        let load = Mutex::new(Load::default());
        let workers = Workers::new(machine::threads(usize::from(self.threads)), 1)?;
        let plan = Plan::lay(study, &workers, &|loaded| self.look(&load, loaded))?;
        let load = load.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(failure) = load.refused {
            return Err(failure);
        }
        if let Some(run) = self.print_run {
            return self.print(console, &plan, run);
        }
        self.check_memory(&load, workers.count())?;
        let Some(out) = self.out.as_deref().filter(|_| !self.dry_run) else {
            self.tell_plan(console, &plan, &load, workers.count());
            return Ok(());
        };
        if let Some(missing) = self.from.iter().find(|from| !from.is_dir()) {
            return Err(Failure::wrong(format!("error: --from {}: there is no such folder", missing.display())));
        }
        let folder =
            BatchFolder::open(out, &plan.manifest(), self.shard, self.force).map_err(Failure::of_the_output)?;
        if self.merge {
            for from in &self.from {
                folder.adopt(from)?;
            }
        }
        let before = folder.finished()?;
        if folder.is_complete() && before.len() as u64 == plan.runs() {
            self.write_sheets(folder.path())?;
            return self.report_complete(console, &plan, &before);
        }
        if self.merge {
            return self.conclude(console, &plan, folder);
        }
        let mut left: Vec<u64> =
            (1..=plan.runs()).filter(|run| self.shard.is_none_or(|shard| shard.holds(*run))).collect();
        let mine = left.len() as u64;
        left.retain(|run| !before.contains_key(run));
        let progress = RunsProgress::new(console, self.quiet, &plan.study.name, mine, mine - left.len() as u64);
        let kept_one = |_: &RunRecord| progress.one_more();
        let carried = carry_out(&plan, &folder, &left, &workers, &|| interrupt.asked(), &kept_one)?;
        drop(progress);
        if carried.stopped {
            let done = mine - left.len() as u64 + carried.kept;
            return Err(Failure::interrupted(format!(
                "interrupted after {done} of {mine} runs, which are kept; continue with: {}",
                self.command()
            )));
        }
        self.conclude(console, &plan, folder)
    }

    /// Joins the runs if all are there, and reports.
    fn conclude(&self, console: &Console, plan: &Plan, folder: BatchFolder) -> Outcome {
        let records = folder.finished()?;
        let (path, there) = (folder.path().to_owned(), records.len() as u64);
        if there < plan.runs() {
            if self.merge {
                let first = (1..=plan.runs()).find(|run| !records.contains_key(run)).unwrap_or(0);
                let (runs, missing) = (plan.runs(), plan.runs() - there);
                return Err(RecordError::Missing { path, missing, runs, first }.into());
            }
            return self.report(console, plan, &path, &records, false);
        }
        folder.finish(&columns(plan, &records), &plan.study.text)?;
        self.write_sheets(&path)?;
        self.report(console, plan, &path, &records, true)
    }

    /// Writes runs.parquet in the form that was asked for, beside it.
    fn write_sheets(&self, path: &Path) -> Outcome {
        if self.format.is_none() {
            return Ok(());
        }
        let runs = records::read::read(&path.join(records::batch::RUNS), "runs")?;
        for (name, bytes) in sheets(&[runs], self.format, "runs")? {
            let file = path.join(name);
            std::fs::write(&file, bytes)
                .map_err(|error| Failure::failed(format!("error: could not write {}: {error}", file.display())))?;
        }
        Ok(())
    }

    fn look(&self, load: &Mutex<Load>, loaded: &Loaded) {
        let scenario = &loaded.scenario;
        let size = Size::of(scenario, Uses::default());
        let mut load = load.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let size = match size.and_then(|size| size.check(&self.study).map(|()| size)) {
            Ok(size) => size,
            Err(failure) => return load.refused = Some(failure),
        };
        load.agent_quarters += (size.workers + size.firms) as f64 * f64::from(scenario.ticks);
        for note in loaded.notes.iter().chain(&size.notes) {
            if !load.notes.contains(note) && load.notes.len() < 20 {
                load.notes.push(note.clone());
            }
        }
        if load.largest.as_ref().is_none_or(|largest| largest.bytes < size.bytes) {
            load.largest = Some(size);
        }
    }

    fn check_memory(&self, load: &Load, threads: usize) -> Outcome {
        match (&load.largest, machine::available_memory()) {
            (Some(size), Some(available)) if size.bytes.saturating_mul(threads as u64) > available => {
                let fitting = (available / size.bytes).max(1);
                Err(Failure::wrong(format!(
                    "error: {}: {threads} runs at a time need about {} of memory, but {} are free; --threads {fitting} fits",
                    self.study.display(),
                    mebibytes(size.bytes.saturating_mul(threads as u64)),
                    mebibytes(available)
                )))
            }
            _ => Ok(()),
        }
    }

    fn print(&self, console: &Console, plan: &Plan, run: u64) -> Outcome {
        if run == 0 || run > plan.runs() {
            let runs = plan.runs();
            return Err(Failure::wrong(format!(
                "error: --print-run {run}: the runs of this study go from 1 to {runs}"
            )));
        }
        let key = plan.key(run);
        let text = plan.load(key)?.to_ron();
        // Names may hold anything; a comment ends with its line.
        let comment = format!("Run {run} of {}: {}, seed {}.", plan.study.name, plan.describe(key), key.seed);
        console.print(&format!("// {}\n{text}", comment.replace(char::is_control, " ")));
        Ok(())
    }

    fn tell_plan(&self, console: &Console, plan: &Plan, load: &Load, threads: usize) {
        let study = &plan.study;
        let (runs, cells, seeds) = (plan.runs(), plan.cells(), study.seeds.len());
        let seconds = seconds(plan, load) / threads as f64;
        let size = load.largest.clone().unwrap_or_default();
        if self.json {
            let figures = json!({
                "study": study.name, "sound": true, "runs": runs, "cells": cells, "seeds": seeds,
                "points": cells / study.arms.len() as u64,
                "policies": study.arms.iter().map(|arm| &arm.name).collect::<Vec<_>>(),
                "parameters": study.parameters.iter().map(|swept| &swept.path).collect::<Vec<_>>(),
                "tables": study.record, "workers": size.workers, "firms": size.firms,
                "seconds": seconds.round(), "threads": threads, "notes": load.notes,
            });
            console.print(&format!("{figures:#}"));
            return;
        }
        let mut lines = vec![format!("{}: sound", study.name)];
        lines.extend(study.question.as_ref().map(|question| format!("  {question}")));
        let points = cells / study.arms.len() as u64;
        lines.push(format!("  {runs} runs: {points} points × {} policies × {seeds} seeds", study.arms.len()));
        for swept in &study.parameters {
            lines.push(format!("  varies {}", swept.path));
        }
        let arms: Vec<&str> = study.arms.iter().map(|arm| arm.name.as_str()).collect();
        lines.push(format!("  policies: {}", arms.join("; ")));
        lines.push(format!(
            "  {} worker agents and about {} firms in a run: about {} of memory each",
            size.workers,
            size.firms,
            mebibytes(size.bytes)
        ));
        lines.push(format!("  about {} on {threads} threads of this machine, very roughly", duration(seconds)));
        lines.extend(load.notes.iter().map(|note| format!("  note: {note}")));
        console.print(&lines.join("\n"));
    }

    /// The command that continues where this one stopped.
    fn command(&self) -> String {
        let mut words = vec!["hinterland batch".to_owned(), shell_word(&self.study)];
        let mut add = |name: &str, value: Option<String>| {
            words.extend(value.map(|value| format!("{name} {}", shell_word(Path::new(&value)))));
        };
        add("--out", self.out.as_ref().map(|out| out.to_string_lossy().into_owned()));
        add("--threads", (self.threads > 0).then(|| self.threads.to_string()));
        add("--shard", self.shard.map(|shard| shard.to_string().replace("-of-", "/")));
        for change in &self.set {
            add("--set", Some(change.clone()));
        }
        words.extend(
            [("--force", self.force), ("--quiet", self.quiet), ("--json", self.json)]
                .into_iter()
                .filter(|(_, on)| *on)
                .map(|(name, _)| name.to_owned()),
        );
        words.join(" ")
    }

    fn report_complete(&self, console: &Console, plan: &Plan, records: &BTreeMap<u64, RunRecord>) -> Outcome {
        let out = self.out.clone().unwrap_or_default();
        if !self.quiet && !self.json {
            let out = out.display();
            console
                .note(&format!("{out} already holds this study, complete; nothing was done (--force runs it again)"));
        }
        let failed = failed(records);
        if self.json {
            console.print(&summary(plan, &out, records, true));
        }
        verdict(&failed, records.len())
    }

    fn report(
        &self,
        console: &Console,
        plan: &Plan,
        path: &Path,
        records: &BTreeMap<u64, RunRecord>,
        complete: bool,
    ) -> Outcome {
        let failed = failed(records);
        if self.json {
            console.print(&summary(plan, path, records, complete));
        } else if !self.quiet {
            let mut lines = vec![format!("{}: {} of {} runs", plan.study.name, records.len(), plan.runs())];
            for record in failed.iter().take(10) {
                let error = record.error.as_deref().unwrap_or_default();
                let what = plan.describe(plan.key(record.run));
                lines.push(format!("  run {} failed ({what}): {error}", record.run));
            }
            if failed.len() > 10 {
                lines.push(format!("  and {} more failed; see column error", failed.len() - 10));
            }
            let shown = path.display();
            lines.push(match complete {
                true => format!("  one line for each run in {shown}/runs.parquet"),
                false => {
                    format!("  kept in {shown}; when all shards are there, --merge writes runs.parquet")
                }
            });
            lines.extend(plan.study.record.iter().map(|table| format!("  {table} of all runs in {shown}/{table}")));
            console.print(&lines.join("\n"));
        }
        verdict(&failed, records.len())
    }
}

fn failed(records: &BTreeMap<u64, RunRecord>) -> Vec<&RunRecord> {
    records.values().filter(|record| record.error.is_some()).collect()
}

fn verdict(failed: &[&RunRecord], runs: usize) -> Outcome {
    match failed.len() {
        0 => Ok(()),
        count => Err(Failure::of_runs(count, runs)),
    }
}

fn summary(plan: &Plan, path: &Path, records: &BTreeMap<u64, RunRecord>, complete: bool) -> String {
    let failed: Vec<_> =
        failed(records).iter().map(|record| json!({"run": record.run, "error": record.error})).collect();
    let manifest = plan.manifest();
    let figures = json!({
        "study": manifest.study, "study_hash": manifest.study_hash, "runs": plan.runs(), "finished": records.len(),
        "failed": failed, "complete": complete, "out": path.to_string_lossy(),
    });
    format!("{figures:#}")
}

/// Seconds that all runs take on one core, very roughly.
fn seconds(plan: &Plan, load: &Load) -> f64 {
    let seeds = plan.study.seeds.len() as f64;
    load.agent_quarters * seeds / PACE + plan.runs() as f64 * PREPARING
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} seconds"),
        s if s < 5400.0 => format!("{:.0} minutes", s / 60.0),
        s if s < 172_800.0 => format!("{:.0} hours", s / 3600.0),
        s => format!("{:.0} days", s / 86_400.0),
    }
}
