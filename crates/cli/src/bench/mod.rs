//! `hinterland bench`: how fast and how large this machine can go.

mod report;

use std::path::Path;
use std::time::Instant;

use clap::{Args, ValueEnum};
use ensembles::standard;
use simulation::agents::city::WorldColumns;
use simulation::city_choice::{self, CityChoice, CityPopulations};
use simulation::mechanisms::population::UrbanPeople;
use simulation::model::{self, Model, Options};

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;
use crate::machine::{self, mebibytes};
use crate::options::Lanes;
use crate::progress::Progress;
use crate::size::{Size, Uses};
use crate::times::Times;
use report::Report;

/// Bytes of an agent of city choice: its place and its age.
const CITY_CHOICE_BYTES: u64 = 3;

/// Worker agents to a city that the whole model needs at the least: with fewer, chance starves the region.
const AGENTS_PER_CITY: u64 = 100;

/// What is run.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workload {
    /// The reference workload: people choose among cities on a grid, and grow older.
    CityChoice,
    /// Every mechanism of the standard model, firms and records included.
    Full,
}

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland bench
  hinterland bench --workload city-choice --agents 10000000 --ticks 20 --threads 1
  hinterland bench --workload full --agents 100000 --cities 18 --ticks 200 --json

Agents are workers; `full` has firms beside them, which count as updates too. Times are those of whole quarters,
building left out.")]
pub(crate) struct Bench {
    /// Workload [default: both].
    #[arg(long, value_enum)]
    workload: Option<Workload>,
    /// Agents (`full`: worker agents, nearly).
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    agents: u64,
    /// Cities.
    #[arg(long, value_name = "K", default_value_t = 50, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    cities: u16,
    /// Quarters.
    #[arg(long, value_name = "T", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    ticks: u32,
    /// Threads [default: as many as the machine has].
    #[arg(
        long,
        value_name = "P",
        default_value_t = 0,
        hide_default_value = true,
        value_parser = clap::value_parser!(u16).range(..=1024)
    )]
    threads: u16,
    /// Width of the random-number kernel; all give the same bits.
    #[arg(long, value_enum, default_value_t)]
    lanes: Lanes,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
    /// Print no progress.
    #[arg(long, short)]
    quiet: bool,
}

impl Bench {
    pub(crate) fn execute(&self, console: &Console, times: &Times) -> Outcome {
        let options = self.options()?;
        let workloads = match self.workload {
            Some(workload) => vec![workload],
            None => vec![Workload::CityChoice, Workload::Full],
        };
        let mut reports = Vec::new();
        for workload in workloads {
            let report = match workload {
                Workload::CityChoice => self.city_choice(console, &options, times)?,
                Workload::Full => self.full(console, &options, times)?,
            };
            if !self.json {
                console.print(&report.text());
            }
            reports.push(report);
        }
        if self.json {
            let values: Vec<_> = reports.iter().map(Report::json).collect();
            let value = if self.workload.is_some() { values[0].clone() } else { values.into() };
            console.print(&format!("{value:#}"));
        }
        Ok(())
    }

    fn options(&self) -> Result<Options, Failure> {
        let pool = Some(model::pool(usize::from(self.threads))?);
        Ok(Options { pool, lanes: self.lanes.into(), ..Options::default() })
    }

    fn city_choice(&self, console: &Console, options: &Options, times: &Times) -> Result<Report, Failure> {
        let need = self.agents.saturating_mul(CITY_CHOICE_BYTES);
        let available = machine::available_memory();
        if let Some(available) = available.filter(|&available| need > available) {
            return Err(Failure::wrong(format!(
                "error: {} agents need about {}, but the machine has {} to spare\nhint: --agents {} would fit",
                self.agents,
                mebibytes(need),
                mebibytes(available),
                available / CITY_CHOICE_BYTES / 10 * 9
            )));
        }
        let size = CityChoice { agents: self.agents, cities: usize::from(self.cities), seed: 1 };
        let start = Instant::now();
        let mut model = city_choice::build(size, options)?;
        let building = start.elapsed().as_secs_f64();
        let seconds = self.run(console, "city-choice", &mut model, times)?;
        let people: Vec<f64> =
            model.world.resource::<CityPopulations>().0.iter().map(|&people| people as f64).collect();
        let bytes = self.agents * CITY_CHOICE_BYTES;
        Ok(self.report("city-choice", times, (self.agents, 0), bytes, (building, seconds), &people))
    }

    fn full(&self, console: &Console, options: &Options, times: &Times) -> Result<Report, Failure> {
        let fewest = AGENTS_PER_CITY * u64::from(self.cities);
        if self.agents < fewest {
            return Err(Failure::wrong(format!(
                "error: {} agents are too few to feed and staff {} cities\nhint: --agents {fewest} is enough",
                self.agents, self.cities
            )));
        }
        let scenario = standard::scenario(self.agents, self.cities, self.ticks)
            .map_err(|error| Failure::wrong(format!("error: {error}")))?;
        Size::of(&scenario, Uses::default())?.check(Path::new("bench"))?;
        let start = Instant::now();
        let mut model = simulation::build(&scenario, options)?;
        let building = start.elapsed().as_secs_f64();
        let (workers, firms) = model.agents();
        let bytes = workers * machine::WORKER_BYTES + firms * machine::FIRM_BYTES;
        let seconds = self.run(console, "full", &mut model, times)?;
        let people = model.world.by_city::<UrbanPeople>().to_vec();
        Ok(self.report("full", times, (workers, firms), bytes, (building, seconds), &people))
    }

    /// Runs the quarters, and gives the seconds of each. Rows of tables are dropped, as in a run that writes them.
    fn run(&self, console: &Console, name: &str, model: &mut Model, times: &Times) -> Result<Vec<f64>, Failure> {
        times.reset();
        let mut progress = Progress::new(console, self.quiet, name, self.ticks, 0);
        let mut seconds = Vec::with_capacity(self.ticks as usize);
        for tick in 1..=self.ticks {
            let start = Instant::now();
            model.tick()?;
            seconds.push(start.elapsed().as_secs_f64());
            model.tables_mut().0.iter_mut().for_each(|table| drop(table.drain()));
            progress.done(tick);
        }
        Ok(seconds)
    }

    fn report(
        &self,
        workload: &'static str,
        times: &Times,
        (workers, firms): (u64, u64),
        bytes: u64,
        (building, seconds): (f64, Vec<f64>),
        people: &[f64],
    ) -> Report {
        let everyone: f64 = people.iter().sum();
        Report {
            workload,
            workers,
            firms,
            cities: people.len(),
            threads: machine::threads(usize::from(self.threads)),
            bytes,
            building,
            seconds,
            phases: times.of("phase"),
            systems: times.of("system"),
            peak_memory: machine::peak_memory(),
            spare_memory: machine::available_memory(),
            shares: people.iter().map(|people| people / everyone).collect(),
        }
    }
}
