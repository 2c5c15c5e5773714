//! Running a study's runs side by side; each is kept as soon as it has ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use records::RecordError;
use records::batch::{BatchFolder, RunRecord};
use records::summary::{Pace, summarise};
use scenario::Loaded;
use simulation::model::{Model, Options};

use super::outcomes;
use super::plan::{Plan, RunKey};
use crate::runs::Workers;

/// What [`carry_out`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Runs that ended and were kept, also those that failed.
    pub kept: u64,
    /// Whether `stop` ended the study before all runs were kept.
    pub stopped: bool,
}

/// Runs these runs of a study, as many at a time as there are workers, and keeps each in the folder. A run that fails is
/// kept with its error, and the others go on. `on_kept` is called after each that was kept.
///
/// # Errors
/// The first failure to write a file, which stops the rest; runs kept before stay.
pub fn carry_out(
    plan: &Plan,
    folder: &BatchFolder,
    runs: &[u64],
    workers: &Workers,
    stop: &(dyn Fn() -> bool + Sync),
    on_kept: &(dyn Fn(&RunRecord) + Sync),
) -> Result<Carried, RecordError> {
    let (kept, broken, failure) = (AtomicU64::new(0), AtomicBool::new(false), Mutex::new(None));
    let asked = || broken.load(Ordering::Relaxed) || stop();
    let hash = plan.manifest().study_hash;
    workers.side_by_side(runs.len(), |options, at| {
        if asked() {
            return;
        }
        match one(plan, folder, plan.key(runs[at]), &hash, options, &asked) {
            Ok(None) => {}
            Ok(Some(record)) => {
                kept.fetch_add(1, Ordering::Relaxed);
                on_kept(&record);
            }
            Err(error) => {
                broken.store(true, Ordering::Relaxed);
                failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
            }
        }
    });
    match failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        Some(error) => Err(error),
        None => {
            let kept = kept.into_inner();
            Ok(Carried { kept, stopped: kept < runs.len() as u64 })
        }
    }
}

/// One run; `None` if `asked` stopped it.
fn one(
    plan: &Plan,
    folder: &BatchFolder,
    key: RunKey,
    hash: &str,
    options: &Options,
    asked: &dyn Fn() -> bool,
) -> Result<Option<RunRecord>, RecordError> {
    let _span = tracing::info_span!("study_run", run = key.run, seed = key.seed).entered();
    let record = RunRecord { run: key.run, study_hash: hash.to_owned(), ..RunRecord::default() };
    let failed = |error: String| {
        tracing::error!(run = key.run, "the run failed: {error}");
        folder.keep(&[], RunRecord { error: Some(error), ..record.clone() }).map(Some)
    };
    let loaded = match plan.load(key) {
        Ok(loaded) => loaded,
        Err(faults) => return failed(faults.to_string()),
    };
    // A defect of the program in one run must not lose the others.
    let mut model = match catch_unwind(AssertUnwindSafe(|| simulate(&loaded, options, asked))) {
        Ok(Ok(Some(model))) => model,
        Ok(Ok(None)) => return Ok(None),
        Ok(Err(error)) => return failed(error),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            return failed(format!("the program broke: {text}"));
        }
    };
    let mut record = RunRecord { state_hash: Some(model.state_hash()), ..record };
    let (workers, firms) = model.agents();
    let pace = Pace { agents: workers + firms, ..Pace::default() };
    if let Ok(summary) = summarise(model.tables_mut(), &pace) {
        outcomes::put(&mut record, &summary);
    }
    let tables = &model.tables_mut().0;
    let recorded: Vec<_> = tables.iter().filter(|table| plan.study.record.contains(&table.name)).collect();
    folder.keep(&recorded, record).map(Some)
}

/// The model at the end of its run; `None` if `asked` stopped it.
fn simulate(loaded: &Loaded, options: &Options, asked: &dyn Fn() -> bool) -> Result<Option<Model>, String> {
    let mut model = simulation::build(&loaded.scenario, options).map_err(|error| error.to_string())?;
    while model.now() < loaded.scenario.ticks {
        if asked() {
            return Ok(None);
        }
        model.tick().map_err(|error| error.to_string())?;
    }
    Ok(Some(model))
}
