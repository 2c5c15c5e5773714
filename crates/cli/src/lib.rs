//! Arguments in, text and exit codes out.
//!
//! Each command is one file or folder: [`run`], [`check`], [`describe`], [`compare`], [`batch`], [`report`], [`score`],
//! [`hindcast`], [`verify`], [`bench`],
//! [`completions`]. What they share: [`options`] (arguments), [`console`]
//! (the only place that prints), [`progress`], [`interrupt`] (Ctrl-C), [`machine`] (memory), [`failure`] (exit codes),
//! [`logging`] and [`times`] (what is said and timed on request).

mod batch;
mod bench;
mod check;
mod compare;
mod completions;
mod console;
mod describe;
mod failure;
mod hindcast;
mod interrupt;
mod logging;
mod machine;
mod options;
mod progress;
mod report;
mod run;
mod score;
mod sheets;
mod size;
mod summary;
mod svg;
pub mod times;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;
use failure::Failure;
use logging::{LogOptions, Logging};

/// Where firms and migrants go, and what a rule change does to it.
#[derive(Parser, Debug)]
#[command(name = "hinterland", version, arg_required_else_help = true, propagate_version = true)]
#[command(after_help = "Examples:
  hinterland check configs/henan.ron
  hinterland run configs/henan.ron
  hinterland compare configs/henan.ron configs/policies/open-settlement.ron
  hinterland report runs/henan-1
  hinterland verify --quick
  hinterland run configs/henan.ron --policy configs/policies/open-settlement.ron --out runs/open")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: LogOptions,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run a scenario: progress, a summary, and a folder of tables.
    Run(Box<run::Run>),
    /// Check a scenario: all faults with their places, or the rules that fill its gaps.
    Check(check::Check),
    /// What happens in a quarter: every step, and what it reads and writes.
    Describe(describe::Describe),
    /// What a policy changes: paired runs, effects, winners and losers, cost.
    Compare(Box<compare::Compare>),
    /// Compare known theory and stylised facts with simulation.
    Verify(verify::Verify),
    /// How fast and how large this machine can go.
    Bench(bench::Bench),
    /// Run a study: seeds × parameters × policies, in parallel, resumable, in shards.
    Batch(batch::Batch),
    /// Compare a run or a batch with observed figures, next to naive forecasts.
    Score(score::ScoreCommand),
    /// The same scenario in every province of a table, scored against a census.
    Hindcast(Box<hindcast::HindcastCommand>),
    /// One page of a run, a comparison, a batch or a verification.
    Report(report::Report),
    /// Print a completion script for a shell.
    Completions(completions::Completions),
}

impl Command {
    fn execute(&self, console: &Console, logging: &Logging) -> Outcome {
        match self {
            Self::Run(command) => command.execute(console),
            Self::Check(command) => command.execute(console),
            Self::Describe(command) => command.execute(console),
            Self::Compare(command) => command.execute(console),
            Self::Verify(command) => command.execute(console),
            Self::Bench(command) => command.execute(console, &logging.times),
            Self::Batch(command) => command.execute(console),
            Self::Score(command) => command.execute(console),
            Self::Hindcast(command) => command.execute(console),
            Self::Report(command) => command.execute(console),
            Self::Completions(command) => command.execute(console),
        }
    }
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    // clap prints faults of usage and ends with 2, help and version with 0.
    let arguments = Arguments::parse();
    let console = Console;
    let result = arguments.log.start(matches!(arguments.command, Command::Bench(_))).and_then(|logging| {
        let outcome = arguments.command.execute(&console, &logging);
        outcome.and(logging.finish(&console))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.note(failure.message.trim_end());
            ExitCode::from(failure.code)
        }
    }
}

/// How a command ends.
type Outcome = Result<(), Failure>;

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_declared_without_contradiction() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("hinterland"), "{} has no example in its help", command.get_name());
        }
    }

    #[test]
    fn wrong_usage_and_help_have_different_exit_codes() {
        let code = |arguments: &[&str]| Arguments::try_parse_from(arguments).map_err(|error| error.exit_code());
        assert!(matches!(code(&["hinterland", "--help"]), Err(0)));
        assert!(matches!(code(&["hinterland", "run", "--help"]), Err(0)));
        assert!(matches!(code(&["hinterland", "run"]), Err(2)));
        assert!(matches!(code(&["hinterland", "fly"]), Err(2)));
        assert!(matches!(code(&["hinterland", "run", "a.ron", "--ticks", "4", "--until", "2020"]), Err(2)));
        assert!(matches!(code(&["hinterland", "run", "a.ron", "--resume", "runs/a"]), Err(2)));
        assert!(matches!(code(&["hinterland", "run", "a.ron", "--checkpoint-every", "0"]), Err(2)));
        assert!(matches!(code(&["hinterland", "run", "a.ron", "--ticks", "-1"]), Err(2)));
        assert!(code(&["hinterland", "run", "a.ron", "--set", "migrant_location.precision=2.0"]).is_ok());
        assert!(code(&["hinterland", "run", "--resume", "runs/a", "--threads", "2"]).is_ok());
        assert!(code(&["hinterland", "run", "a.ron", "--record", "agents=4", "--format", "csv", "--json"]).is_ok());
    }
}
