//! `hinterland hindcast`: the same scenario in every province, against a census.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ensembles::hindcast::{Asked, Hindcast, HindcastError, Interval, Plan, Pooled, Set, carry_out, lay};
use ensembles::runs::Workers;
use ensembles::score::{Assumptions, REFERENCE};
use scenario::Request;

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::machine;
use crate::progress::RunsProgress;
use crate::score::{factor, gain};
use crate::size::{Size, Uses};

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland hindcast configs/henan.ron --tables configs/data/china.csv --by province --seeds 8
  hinterland hindcast configs/henan.ron --tables configs/data/china.csv --by province --seeds 2 --set workers_per_agent=2000 --json

Every province of the table with at least 8 places that have figures in both censuses is simulated alone, with the
scenario's region changed to its rows and nothing else. Exit codes: 0 done, 1 no province could be simulated, 2 the input
or the usage is wrong, 130 interrupted.")]
pub(crate) struct HindcastCommand {
    /// The scenario file; its own region table is not read.
    scenario: PathBuf,
    /// A region table of several provinces with figures of the year the scenario starts in and of a later census.
    #[arg(long, value_name = "TABLE.csv")]
    tables: PathBuf,
    /// What the table is divided by.
    #[arg(long, value_enum)]
    by: By,
    /// Number of seeds, from --first-seed up.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    seeds: u64,
    /// The first seed.
    #[arg(long, value_name = "N", default_value_t = 1)]
    first_seed: u64,
    /// Change a field of the scenario in every run, with the same checks as in the file; can be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Apply a policy file in every run; can be given several times.
    #[arg(long = "policy", value_name = "FILE")]
    policies: Vec<PathBuf>,
    /// What the naive forecast of a growing capital multiplies its people with in ten years.
    #[arg(long, value_name = "FACTOR", default_value_t = Assumptions::default().capital_factor, value_parser = factor)]
    capital_factor: f64,
    /// What the urban share of every place gains in ten years in the naive forecast of a national gain.
    #[arg(long, value_name = "SHARE", default_value_t = Assumptions::default().national_gain, value_parser = gain)]
    national_gain: f64,
    /// Runs at a time, each on a thread of its own; 0 uses all cores. The results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Print no progress.
    #[arg(long, short)]
    quiet: bool,
}

/// What a table is divided by.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Column `province_en`.
    Province,
}

impl From<HindcastError> for Failure {
    fn from(error: HindcastError) -> Self {
        match error {
            HindcastError::Faults(faults) => faults.into(),
            other => Self::wrong(format!("error: {other}")),
        }
    }
}

impl HindcastCommand {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let interrupt = Interrupt::listen();
        let last = self.first_seed.checked_add(self.seeds).ok_or_else(|| {
            Failure::wrong("error: --first-seed and --seeds go beyond the largest seed; start lower".to_owned())
        })?;
        let asked = Asked {
            scenario: self.scenario.clone(),
            table: self.tables.clone(),
            request: Request { overrides: self.set.clone(), policies: self.policies.clone(), ..Request::default() },
            seeds: (self.first_seed..last).collect(),
            assumptions: Assumptions { capital_factor: self.capital_factor, national_gain: self.national_gain },
        };
        let mut refused = None;
        let plan = lay(&asked, &mut |loaded| {
            let size = Size::of(&loaded.scenario, Uses::default());
            if let Err(failure) = size.and_then(|size| size.check(&self.scenario)) {
                refused.get_or_insert(failure);
            }
        })?;
        if let Some(failure) = refused {
            return Err(failure);
        }
        let By::Province = self.by;
        let workers = Workers::new(machine::threads(usize::from(self.threads)), 1)?;
        let hindcast = self.run(console, &plan, &workers, &interrupt)?;
        if self.json {
            let mut json = serde_json::to_value(&hindcast).unwrap_or_default();
            json["table"] = self.tables.to_string_lossy().into();
            json["by"] = "province".into();
            json["capital_factor"] = self.capital_factor.into();
            json["national_gain"] = self.national_gain.into();
            console.print(&format!("{json:#}"));
        } else {
            console.print(&text(&hindcast, &self.tables.to_string_lossy()));
        }
        match hindcast.provinces.is_empty() {
            true => Err(Failure::failed("error: no province could be simulated; see why beside its name")),
            false => Ok(()),
        }
    }

    fn run(
        &self,
        console: &Console,
        plan: &Plan,
        workers: &Workers,
        interrupt: &Interrupt,
    ) -> Result<Hindcast, Failure> {
        let progress = RunsProgress::new(console, self.quiet, "hindcast", plan.runs() as u64, 0);
        let found = carry_out(plan, workers, &|| interrupt.asked(), &|| progress.one_more());
        found.ok_or_else(|| Failure::interrupted("interrupted; a hindcast keeps nothing, start it again"))
    }
}

fn text(hindcast: &Hindcast, table: &str) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").expect("text can be written to memory");
    let Hindcast { scenario, base_year, year, seeds, .. } = hindcast;
    let count = hindcast.provinces.len();
    let seeds = match seeds.len() {
        1 => "one seed".to_owned(),
        seeds => format!("{seeds} seeds, 95 % intervals over them"),
    };
    line(format!("{scenario} from {base_year} in each of {count} provinces of {table}, against {year}: {seeds}"));
    line(format!("  urban people are counted by {}", hindcast.urban_column));
    line(String::new());
    let heads = ["provinces", "pooled skill", "median", "error", "its error"];
    let row = |name: &str, cells: [&str; 5]| {
        let row = format!("{name:<52}{:>10}{:>24}{:>24}{:>10}{:>10}", cells[0], cells[1], cells[2], cells[3], cells[4]);
        row.trim_end().to_owned()
    };
    for (at, pooled) in hindcast.pooled.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &hindcast.pooled[before]);
        if before.is_none_or(|before| (before.quantity, before.set) != (pooled.quantity, pooled.set)) {
            line(row(&title(pooled), if at == 0 { heads } else { [""; 5] }));
        }
        let kind = if pooled.forecast == REFERENCE { "reference " } else { "" };
        let percent = |share: f64| format!("{:.2} %", 100.0 * share);
        let cells = [
            &pooled.provinces.to_string(),
            &shown(pooled.skill),
            &shown(pooled.median),
            &percent(pooled.error.mean.unwrap_or(f64::NAN)),
            &percent(pooled.naive_error),
        ];
        line(row(&format!("  against {kind}{}", pooled.forecast.replace('_', " ")), cells.map(String::as_str)));
    }
    line(String::new());
    line(format!(
        "{:<18}{:>7}{:>28}{:>24}{:>24}{:>24}{:>24}",
        "province",
        "places",
        "urban share: then/now/run",
        "no change",
        "in-migrants",
        "without largest",
        "national gain"
    ));
    for province in &hindcast.provinces {
        use ensembles::score::Quantity::{PopulationShare, UrbanShare};
        let skill = |quantity, set, forecast: &str| {
            let of = |found: &&ensembles::hindcast::Found| {
                (found.quantity, found.set, found.forecast) == (quantity, set, forecast)
            };
            province.scores.iter().find(of).map_or("–".to_owned(), |found| shown(found.skill))
        };
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        let simulated = province.urban_share_simulated.mean.unwrap_or(f64::NAN);
        line(format!(
            "{:<18}{:>7}{:>28}{:>24}{:>24}{:>24}{:>24}",
            province.province,
            province.places,
            [province.urban_share_base, province.urban_share_observed, simulated].map(percent).join(" / "),
            skill(PopulationShare, Set::All, "no_change"),
            skill(PopulationShare, Set::All, "in_migrants"),
            skill(PopulationShare, Set::WithoutLargest, "no_change"),
            skill(UrbanShare, Set::All, "national_gain"),
        ));
    }
    for left_out in &hindcast.left_out {
        line(format!("  left out: {} ({} places): {}", left_out.province, left_out.places, left_out.why));
    }
    text
}

fn title(pooled: &Pooled) -> String {
    let set = if pooled.set == Set::All { "" } else { ", largest left out" };
    format!("{}{set}", pooled.quantity.title())
}

fn shown(interval: Interval) -> String {
    match interval {
        Interval { mean: Some(mean), low: Some(low), high: Some(high) } => format!("{mean:.2} ({low:.2} to {high:.2})"),
        Interval { mean: Some(mean), .. } => format!("{mean:.2}"),
        _ => "none".to_owned(),
    }
}
