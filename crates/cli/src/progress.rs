//! Progress on standard error: a bar for people, a line every ten per cent for files, nothing for short runs.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console::Console;

/// What is done in less says nothing.
const SHORT: Duration = Duration::from_secs(1);
const STEPS: u32 = 10;

/// The progress of a run.
pub(crate) struct Progress<'a> {
    console: &'a Console,
    form: Form,
    name: String,
    start: Instant,
    ticks: u32,
    said: u32,
}

enum Form {
    Bar(ProgressBar),
    Lines,
    Silent,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(console: &'a Console, quiet: bool, name: &str, ticks: u32, done: u32) -> Self {
        let form = match (quiet, console.is_watched()) {
            (true, _) => Form::Silent,
            (false, false) => Form::Lines,
            (false, true) => Form::Bar(bar(ticks, done)),
        };
        let said = tenths(done, ticks);
        let progress = Self { console, form, name: name.to_owned(), start: Instant::now(), ticks, said };
        progress.say("preparing");
        progress
    }

    /// Says what is being done beside quarters.
    pub(crate) fn say(&self, what: &str) {
        if let Form::Bar(bar) = &self.form {
            bar.set_message(format!("{}: {what}", self.name));
        }
    }

    /// So many quarters are done.
    pub(crate) fn done(&mut self, ticks: u32) {
        match &self.form {
            Form::Bar(bar) => bar.set_position(u64::from(ticks)),
            Form::Lines => {
                let tenths = tenths(ticks, self.ticks);
                if tenths > self.said && self.start.elapsed() >= SHORT {
                    self.said = tenths;
                    let (name, percent, all) = (&self.name, tenths * 100 / STEPS, self.ticks);
                    self.console.note(&format!("{name}: {percent} % (quarter {ticks} of {all})"));
                }
            }
            Form::Silent => {}
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Form::Bar(bar) = &self.form {
            bar.finish_and_clear();
        }
    }
}

fn tenths(done: u32, ticks: u32) -> u32 {
    if ticks == 0 { STEPS } else { (u64::from(done) * u64::from(STEPS) / u64::from(ticks)) as u32 }
}

fn bar(ticks: u32, done: u32) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(u64::from(ticks)), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} quarters, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_position(u64::from(done));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Progress of work whose steps say what they are: a line that changes for people, a line for each new subject for files.
pub(crate) struct Steps<'a> {
    console: &'a Console,
    bar: Option<ProgressBar>,
    quiet: bool,
    /// What was said last to a file, up to its colon.
    subject: Mutex<String>,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(console: &'a Console, quiet: bool) -> Self {
        let bar = (!quiet && console.is_watched()).then(|| {
            let bar = ProgressBar::new_spinner();
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { console, bar, quiet, subject: Mutex::default() }
    }

    /// Says what was done or is being done.
    pub(crate) fn say(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
        } else if !self.quiet {
            let subject = what.split(':').next().unwrap_or(what);
            let mut before = self.subject.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if *before != subject {
                subject.clone_into(&mut before);
                self.console.note(what);
            }
        }
    }

    /// Shows a result without the line in the way.
    pub(crate) fn show(&self, result: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.console.print(result)),
            None => self.console.print(result),
        }
    }
}

impl Drop for Steps<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The progress of many runs side by side: a bar with rate and time left, or a line every ten per cent.
pub(crate) struct RunsProgress<'a> {
    console: &'a Console,
    form: Form,
    name: String,
    start: Instant,
    runs: u64,
    begun: u64,
    done: Mutex<(u64, u32)>,
}

impl<'a> RunsProgress<'a> {
    /// Of so many runs, of which some were done before.
    pub(crate) fn new(console: &'a Console, quiet: bool, name: &str, runs: u64, done: u64) -> Self {
        let form = match (quiet, console.is_watched()) {
            (true, _) => Form::Silent,
            (false, false) => Form::Lines,
            (false, true) => Form::Bar(runs_bar(name, runs, done)),
        };
        let said = tenths_of(done, runs);
        let (name, start) = (name.to_owned(), Instant::now());
        Self { console, form, name, start, runs, begun: done, done: Mutex::new((done, said)) }
    }

    /// One more run is done.
    pub(crate) fn one_more(&self) {
        let mut done = self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.0 += 1;
        match &self.form {
            Form::Bar(bar) => bar.inc(1),
            Form::Lines => {
                let tenths = tenths_of(done.0, self.runs);
                if tenths > done.1 && self.start.elapsed() >= SHORT {
                    done.1 = tenths;
                    let (name, percent, runs) = (&self.name, tenths * 100 / STEPS, self.runs);
                    let rate = (done.0 - self.begun) as f64 / self.start.elapsed().as_secs_f64();
                    let left = (runs - done.0) as f64 / rate;
                    let of = done.0;
                    let line =
                        format!("{name}: {percent} % (run {of} of {runs}, {rate:.1} a second, {left:.0} s left)");
                    self.console.note(&line);
                }
            }
            Form::Silent => {}
        }
    }
}

impl Drop for RunsProgress<'_> {
    fn drop(&mut self) {
        if let Form::Bar(bar) = &self.form {
            bar.finish_and_clear();
        }
    }
}

fn tenths_of(done: u64, all: u64) -> u32 {
    (done * u64::from(STEPS)).checked_div(all).map_or(STEPS, |tenths| tenths as u32)
}

fn runs_bar(name: &str, runs: u64, done: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} runs, {per_sec}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(name.to_owned());
    bar.set_position(done);
    // Runs that were done before say nothing about how fast the others go.
    bar.reset_eta();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
