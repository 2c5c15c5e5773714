//! What the machine has: memory, and how much of it was used.

use std::path::Path;

use scenario::Scenario;
use simulation::opening;

use crate::failure::Failure;

/// Bytes of a worker and of a firm in the columns of their blocks.
pub(crate) const WORKER_BYTES: u64 = 13;
pub(crate) const FIRM_BYTES: u64 = 16;
/// Bytes of a recorded worker, until its rows are written.
const RECORD_BYTES: u64 = 90;
/// Bytes of tables, counts and matrices for every pair of places.
const PAIR_BYTES: u64 = 700;
/// The program itself and what it writes.
const FIXED_BYTES: u64 = 48 << 20;

/// How many agents a scenario has, and what they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) workers: u64,
    /// An estimate: firms follow from the prices of the opening state.
    pub(crate) firms: u64,
    pub(crate) bytes: u64,
    /// What had to be capped or left out in the opening state.
    pub(crate) notes: Vec<String>,
}

impl Size {
    /// The size of a scenario; nothing that grows with the agents is allocated.
    pub(crate) fn of(scenario: &Scenario, records_agents: bool) -> Result<Self, Failure> {
        let (table, geography, _) = opening::tables(scenario);
        let people =
            opening::people(scenario, &table, &geography).map_err(|error| Failure::wrong(format!("error: {error}")))?;
        let workers = people.cohorts.iter().map(|cohort| u64::from(cohort.agents)).sum::<u64>();
        let location = scenario.mechanisms.firm_location.clone().unwrap_or_default();
        let jobs_per_firm = location.jobs_of_an_agent(scenario.workers_per_agent);
        let urban: f64 = scenario.places.iter().map(|place| place.urban_population).sum();
        let firms = (urban / jobs_per_firm) as u64;
        let places = scenario.places.len() as u64;
        let worker = WORKER_BYTES + if records_agents { RECORD_BYTES } else { 0 };
        let bytes = workers * worker + firms * FIRM_BYTES + places * places * PAIR_BYTES + FIXED_BYTES;
        Ok(Self { workers, firms, bytes, notes: people.notes })
    }

    /// Refuses what the machine's memory cannot hold, and what has nobody in it.
    pub(crate) fn check(&self, scenario: &Path, workers_per_agent: f64) -> Result<(), Failure> {
        if self.workers == 0 {
            return Err(Failure::wrong(format!(
                "{}: workers_per_agent is {workers_per_agent}, which leaves no worker agent at all; lower it, or give \
                 the places people",
                scenario.display()
            )));
        }
        match available_memory() {
            Some(available) if self.bytes > available => {
                Err(Failure::wrong(self.refusal(available, workers_per_agent)))
            }
            _ => Ok(()),
        }
    }

    fn refusal(&self, available: u64, workers_per_agent: f64) -> String {
        let need = format!(
            "error: {} worker agents and {} firms need about {}, but the machine has {} to spare",
            self.workers,
            self.firms,
            mebibytes(self.bytes),
            mebibytes(available)
        );
        let grows = self.workers * WORKER_BYTES;
        let room = available.saturating_sub(self.bytes - grows);
        if room == 0 {
            return need;
        }
        let factor = grows as f64 / room as f64;
        let fitting = (workers_per_agent * factor * 1.1).ceil();
        format!("{need}\nhint: workers_per_agent {fitting} or more would fit (--set workers_per_agent={fitting})")
    }
}

/// A number of bytes for people.
pub(crate) fn mebibytes(bytes: u64) -> String {
    if bytes >= 10 << 30 { format!("{} GiB", bytes >> 30) } else { format!("{} MiB", bytes >> 20) }
}

/// Memory that can be had without swapping, where the system tells.
pub(crate) fn available_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    kibibytes(&text, "MemAvailable:").or_else(|| kibibytes(&text, "MemTotal:"))
}

/// The most memory that this process has held, where the system tells.
pub(crate) fn peak_memory() -> Option<u64> {
    kibibytes(&std::fs::read_to_string("/proc/self/status").ok()?, "VmHWM:")
}

fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: u64 = line.split_whitespace().next()?.parse().ok()?;
    number.checked_mul(1024)
}

/// Threads that a run uses: those asked for, or as many as the machine has.
pub(crate) fn threads(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_figures_are_read_in_kibibytes() {
        let text = "MemTotal:       16000 kB\nMemAvailable:   8000 kB\n";
        assert_eq!(kibibytes(text, "MemAvailable:"), Some(8000 * 1024));
        assert_eq!(kibibytes(text, "VmHWM:"), None);
        assert_eq!(kibibytes("VmHWM: lots\n", "VmHWM:"), None);
    }

    #[test]
    fn a_refusal_says_what_would_fit() {
        let size = Size { workers: 1_000_000_000, firms: 0, bytes: 13_000_000_000, notes: Vec::new() };
        let message = size.refusal(1_300_000_000, 1.0);
        assert!(message.contains("--set workers_per_agent=11"), "{message}");
    }
}
