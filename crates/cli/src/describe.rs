//! `hinterland describe`: what happens in a quarter, as the schedule itself knows it.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use ensembles::standard;
use serde_json::json;
use simulation::model::StepAccess;

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::options::Changes;

/// Places and worker agents of the standard model, which is described where no scenario is named.
const STANDARD: (u64, u16) = (100_000, 18);

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland describe --steps
  hinterland describe --steps configs/henan.ron --policy configs/policies/transport.ron
  hinterland describe --steps --json

Without a scenario it describes the standard model, which has every mechanism on and no lever.")]
pub(crate) struct Describe {
    /// The scenario file; without one, the standard model.
    scenario: Option<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    /// The steps of a quarter in the order of running, with what each reads and writes.
    #[arg(long, required = true)]
    steps: bool,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

impl Describe {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let scenario = match &self.scenario {
            Some(path) => self.changes.load(path)?.scenario,
            None => standard::scenario(STANDARD.0, STANDARD.1, 1)
                .map_err(|error| Failure::wrong(format!("error: {error}")))?,
        };
        let steps = simulation::describe(&scenario)?;
        console.print(&if self.json { json_text(&steps) } else { text(&steps) });
        Ok(())
    }
}

/// One line for each step, with its reads and writes below it.
fn text(steps: &[StepAccess]) -> String {
    let mut text = String::new();
    let mut phase = None;
    for step in steps {
        if phase != Some(step.phase) {
            phase = Some(step.phase);
            let waits = if step.phase.only_in_run() { " (not during burn-in)" } else { "" };
            writeln!(text, "{}{waits}", step.phase.name()).expect("text can be written to memory");
        }
        writeln!(text, "  {}", step.system).expect("text can be written to memory");
        for (what, names) in [("reads", &step.reads), ("writes", &step.writes)] {
            if !names.is_empty() {
                writeln!(text, "    {what:<6} {}", names.join(", ")).expect("text can be written to memory");
            }
        }
    }
    text
}

fn json_text(steps: &[StepAccess]) -> String {
    let rows: Vec<_> = steps
        .iter()
        .map(|step| {
            json!({
                "phase": step.phase.name(),
                "system": step.system,
                "reads": step.reads,
                "writes": step.writes,
            })
        })
        .collect();
    format!("{:#}\n", json!(rows))
}
