//! `hinterland check`: is this scenario sound?

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use scenario::Loaded;
use scenario::parameters::Source;
use serde_json::json;

use crate::Outcome;
use crate::console::Console;
use crate::machine::mebibytes;
use crate::options::Changes;
use crate::size::{Size, Uses};

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland check configs/henan.ron
  hinterland check configs/henan.ron --policy configs/policies/open-settlement.ron
  hinterland check configs/henan.ron --set places.zhengzhou.service_quality=0.9 --json

Exit codes: 0 sound, 2 faulty.")]
pub(crate) struct Check {
    /// The scenario file.
    scenario: PathBuf,
    #[command(flatten)]
    changes: Changes,
    /// Print what was found as JSON.
    #[arg(long)]
    json: bool,
    /// Print nothing if the scenario is sound.
    #[arg(long, short)]
    quiet: bool,
}

impl Check {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let loaded = self.changes.load(&self.scenario)?;
        let size = Size::of(&loaded.scenario, Uses::default())?;
        size.check(&self.scenario)?;
        if self.json {
            console.print(&json_text(&loaded, &size));
        } else if !self.quiet {
            console.print(&text(&loaded, &size));
        }
        Ok(())
    }
}

/// Numbers that are assumptions, by who made them.
fn assumed(loaded: &Loaded) -> usize {
    loaded.sources.values().filter(|source| !matches!(source, Source::Published(_))).count()
}

fn text(loaded: &Loaded, size: &Size) -> String {
    let scenario = &loaded.scenario;
    let mut text = format!("{}: sound\n", scenario.name);
    let mut line = |line: String| writeln!(text, "  {line}").expect("text can be written to memory");
    let end = f64::from(scenario.start) + f64::from(scenario.ticks) / 4.0;
    line(format!("{} places, {} industries", scenario.places.len(), scenario.industries.len()));
    line(format!("{} to {end} ({} quarters), seed {}", scenario.start, scenario.ticks, scenario.seed));
    line(format!(
        "{} worker agents and about {} firms: about {} of memory",
        size.workers,
        size.firms,
        mebibytes(size.bytes)
    ));
    line(format!("{} values, {} of them assumed", loaded.sources.len(), assumed(loaded)));
    if !loaded.policies.is_empty() {
        line(format!("policies: {}", loaded.policies.join(", ")));
    }
    for note in loaded.notes.iter().chain(&size.notes) {
        line(format!("note: {note}"));
    }
    text
}

fn json_text(loaded: &Loaded, size: &Size) -> String {
    let scenario = &loaded.scenario;
    let notes: Vec<_> = loaded.notes.iter().chain(&size.notes).collect();
    let found = json!({
        "sound": true,
        "scenario": scenario.name,
        "places": scenario.places.len(),
        "industries": scenario.industries.len(),
        "start": scenario.start,
        "ticks": scenario.ticks,
        "seed": scenario.seed,
        "workers": size.workers,
        "firms": size.firms,
        "memory_bytes": size.bytes,
        "values": loaded.sources.len(),
        "assumed": assumed(loaded),
        "policies": loaded.policies,
        "notes": notes,
    });
    format!("{found:#}")
}
