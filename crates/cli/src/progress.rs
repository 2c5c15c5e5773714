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
