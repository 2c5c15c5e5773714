//! What a run says about itself when it is asked: lines on standard error (`--log`, `RUST_LOG`) and a trace (`--trace`).
//! Without them no subscriber is there, and a span costs one load of a number.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{Targets, filter_fn};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::fmt::time::Uptime;
use tracing_subscriber::layer::SubscriberExt;

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::times::{Times, is_timed};

/// Part of the whole time below which a phase or system is left out of the list at the end.
const SMALL: f64 = 0.001;

/// Arguments that every command has.
#[derive(Args, Debug)]
pub(crate) struct LogOptions {
    /// Report on standard error what happens: error, warn, info (runs; times by phase and system at the end), debug (also
    /// each quarter, phase and system), trace, or off [default: environment variable `RUST_LOG`, or nothing].
    #[arg(long, global = true, value_name = "LEVEL")]
    log: Option<LevelFilter>,
    /// Write when each phase and system ran to this file, as a Chrome trace (ui.perfetto.dev shows it).
    #[arg(long, global = true, value_name = "FILE")]
    trace: Option<PathBuf>,
}

/// What was started; [`Logging::finish`] ends it.
pub(crate) struct Logging {
    pub(crate) times: Times,
    lists_times: bool,
}

impl LogOptions {
    /// Starts what was asked for; times are taken anyway if `timed`.
    pub(crate) fn start(&self, timed: bool) -> Result<Logging, Failure> {
        let targets = self.targets()?;
        let cannot = |path: &PathBuf, error| Failure::wrong(format!("error: --trace {}: {error}", path.display()));
        let times = Times::new(self.trace.as_deref());
        let times = times.map_err(|error| cannot(self.trace.as_ref().unwrap_or(&PathBuf::new()), error))?;
        let lists_times = targets.would_enable("simulation", &Level::INFO);
        if targets != Targets::new() || self.trace.is_some() || timed {
            let lines = tracing_subscriber::fmt::layer()
                .with_writer(std::io::stderr)
                .with_ansi(false)
                .with_target(false)
                .with_timer(Uptime::default())
                .with_span_events(FmtSpan::CLOSE)
                .with_filter(filter_fn(move |metadata| targets.would_enable(metadata.target(), &level(metadata))));
            let timing = lists_times || self.trace.is_some() || timed;
            let layer = timing.then(|| times.clone().with_filter(filter_fn(is_timed)));
            tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines).with(layer))
                .map_err(|error| Failure::wrong(format!("error: {error}")))?;
        }
        Ok(Logging { times, lists_times })
    }

    /// What is said of which parts of the program.
    fn targets(&self) -> Result<Targets, Failure> {
        let asked = std::env::var("RUST_LOG").unwrap_or_default();
        match self.log {
            Some(level) => Ok(Targets::new().with_default(level)),
            None if asked.trim().is_empty() => Ok(Targets::new()),
            None => Targets::from_str(&asked)
                .map_err(|error| Failure::wrong(format!("error: RUST_LOG={asked}: {error}\nhint: RUST_LOG=info"))),
        }
    }
}

/// The level at which a line is written. The ECS opens all its spans at `info`; those of systems and whatever comes once in a quarter
/// are for `debug`, the rest is for `trace`.
fn level(metadata: &Metadata<'_>) -> Level {
    let least = match metadata.name() {
        "quarter" | "phase" | "system" => Level::DEBUG,
        _ if metadata.target().starts_with("bevy_ecs") => Level::TRACE,
        _ => Level::ERROR,
    };
    least.max(*metadata.level())
}

impl Logging {
    /// Lists times if they were asked for, and ends the trace.
    pub(crate) fn finish(&self, console: &Console) -> Outcome {
        if self.lists_times {
            for span in ["phase", "system"] {
                self.list(console, span);
            }
        }
        self.times.finish().map_err(|error| Failure::failed(format!("error: --trace: {error}")))
    }

    fn list(&self, console: &Console, span: &str) {
        let mut taken: Vec<_> = self.times.all().into_iter().filter(|taken| taken.span == span).collect();
        let all: f64 = taken.iter().map(|taken| taken.seconds).sum();
        taken.retain(|taken| taken.seconds >= SMALL * all);
        if !taken.is_empty() {
            console.note(&format!("time by {span}"));
        }
        for taken in taken {
            let (milliseconds, share) = (1e3 * taken.seconds, 100.0 * taken.seconds / all);
            console.note(&format!("  {milliseconds:>10.1} ms {share:>5.1} % {:>8} × {}", taken.times, taken.name));
        }
    }
}
