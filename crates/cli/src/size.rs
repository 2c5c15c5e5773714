//! How large a run is, and whether the machine's memory can hold it: judged before anything is allocated.

use std::path::Path;

use scenario::Scenario;
use simulation::opening;
use simulation::region::{Geography, PlaceTable};

use crate::failure::Failure;
use crate::machine::{FIRM_BYTES, WORKER_BYTES, available_memory, mebibytes};

/// Bytes of a recorded worker and of a recorded firm, until their rows are written.
const WORKER_RECORD_BYTES: u64 = 80;
const FIRM_RECORD_BYTES: u64 = 44;
/// Copies of the agents, and of their records, that a checkpoint holds on its way to the disk.
const CHECKPOINT_COPIES: u64 = 2;
/// Bytes of tables, counts and matrices for every pair of places.
const PAIR_BYTES: u64 = 244;
/// The program itself and what it writes.
const FIXED_BYTES: u64 = 48 << 20;
/// Most agents that are counted out to judge a scenario; beyond them, numbers are scaled.
const COUNTED_MAX: f64 = 1e9;
/// Part of the memory to spare that a hint fills: estimates are not exact.
const FILLED: f64 = 0.95;

/// What a run does beside running.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uses {
    /// Whether single agents are recorded.
    pub(crate) records_agents: bool,
    /// Whether it keeps checkpoints.
    pub(crate) checkpoints: bool,
}

/// How many agents a scenario has, and what they need.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Size {
    pub(crate) workers: u64,
    /// An estimate: firms follow from the prices of the opening state.
    pub(crate) firms: u64,
    pub(crate) bytes: u64,
    /// What had to be capped or left out in the opening state.
    pub(crate) notes: Vec<String>,
    /// Bytes that are there without any agent.
    fixed: u64,
    /// Bytes of one worker and of one firm.
    each: [u64; 2],
    workers_per_agent: f64,
    /// Jobs of a firm, as the scenario has them.
    jobs_per_firm: f64,
    /// Whether firms grow as coarse as workers.
    follow: bool,
}

impl Size {
    /// The size of a scenario; nothing that grows with the agents is allocated.
    pub(crate) fn of(scenario: &Scenario, uses: Uses) -> Result<Self, Failure> {
        let places = scenario.places.len() as u64;
        let fixed = FIXED_BYTES + places * places * PAIR_BYTES;
        if let Some(available) = available_memory().filter(|&available| fixed > available) {
            return Err(Failure::wrong(format!(
                "error: {places} places need about {} for all pairs of them, but the machine has {} to spare\n\
                 hint: about {} places would fit",
                mebibytes(fixed),
                mebibytes(available),
                (places as f64 * (FILLED * available as f64 / fixed as f64).sqrt()).floor()
            )));
        }
        let (mut table, geography) = (PlaceTable::of(scenario), Geography::of(scenario));
        let people: f64 = scenario.places.iter().map(|place| place.population.max(place.hukou_population)).sum();
        // Agents are numbers here, but a number must not outgrow what counts it before it is judged.
        table.workers_per_agent = scenario.workers_per_agent.max(people / COUNTED_MAX);
        let scale = table.workers_per_agent / scenario.workers_per_agent;
        let people =
            opening::people(scenario, &table, &geography).map_err(|error| Failure::wrong(format!("error: {error}")))?;
        let counted: u64 = people.cohorts.iter().map(|cohort| u64::from(cohort.agents)).sum();
        let location = scenario.mechanisms.firm_location.clone().unwrap_or_default();
        let urban: f64 = scenario.places.iter().map(|place| place.urban_population).sum();
        let mut each = [WORKER_BYTES, FIRM_BYTES];
        if uses.records_agents {
            each = [each[0] + WORKER_RECORD_BYTES, each[1] + FIRM_RECORD_BYTES];
        }
        if uses.checkpoints {
            each = each.map(|bytes| bytes * (1 + CHECKPOINT_COPIES));
        }
        let workers = (counted as f64 * scale).round() as u64;
        let firms = (urban / opening::spawn_firms::jobs_of_an_agent(&location, scenario.workers_per_agent)) as u64;
        let bytes = fixed.saturating_add(workers.saturating_mul(each[0])).saturating_add(firms.saturating_mul(each[1]));
        Ok(Self {
            workers,
            firms,
            bytes,
            notes: people.notes,
            fixed,
            each,
            workers_per_agent: scenario.workers_per_agent,
            jobs_per_firm: location.jobs_per_firm,
            follow: location.jobs_in_agents,
        })
    }

    /// The size of so many such runs at once, each of which keeps further bytes of each worker.
    pub(crate) fn at_once(self, runs: u64, of_worker: u64) -> Self {
        let bytes = self.bytes.saturating_add(self.workers.saturating_mul(of_worker)).saturating_mul(runs);
        Self {
            workers: self.workers.saturating_mul(runs),
            firms: self.firms.saturating_mul(runs),
            bytes,
            fixed: self.fixed.saturating_mul(runs),
            each: [self.each[0] + of_worker, self.each[1]],
            ..self
        }
    }

    /// Refuses what the machine's memory cannot hold, and a scenario without agents.
    pub(crate) fn check(&self, scenario: &Path) -> Result<(), Failure> {
        if self.workers == 0 {
            return Err(Failure::wrong(format!(
                "{}: workers_per_agent is {}, which leaves no worker agent at all; lower it, or give the places people",
                scenario.display(),
                self.workers_per_agent
            )));
        }
        match available_memory() {
            Some(available) if self.bytes > available => Err(Failure::wrong(self.refusal(available))),
            _ => Ok(()),
        }
    }

    /// What would fit in the memory to spare, if this does not.
    pub(crate) fn hint(&self) -> Option<String> {
        available_memory().filter(|&available| self.bytes > available).map(|available| self.remedy(available))
    }

    fn refusal(&self, available: u64) -> String {
        format!(
            "error: {} worker agents and about {} firms need about {}, but the machine has {} to spare\n{}",
            self.workers,
            self.firms,
            mebibytes(self.bytes),
            mebibytes(available),
            self.remedy(available)
        )
    }

    /// Which weights of workers and firms would fit, and how many of each those make.
    fn remedy(&self, available: u64) -> String {
        let room = FILLED * available.saturating_sub(self.fixed) as f64;
        let of_workers = self.workers as f64 * self.each[0] as f64;
        let of_firms = self.firms as f64 * self.each[1] as f64;
        let (workers, firms) = if self.follow || (of_workers > room / 2.0 && of_firms > room / 2.0) {
            let factor = (of_workers + of_firms) / room;
            (factor, factor)
        } else if of_firms > room / 2.0 {
            (1.0, of_firms / (room - of_workers))
        } else {
            (of_workers / (room - of_firms), 1.0)
        };
        let mut sets = Vec::new();
        let (mut made_workers, mut made_firms) = (self.workers as f64, self.firms as f64);
        if workers > 1.0 {
            let weight = rounded_up(self.workers_per_agent * workers);
            made_workers *= self.workers_per_agent / weight;
            if self.follow {
                made_firms *= self.workers_per_agent / weight;
            }
            sets.push(format!("workers_per_agent={weight}"));
        }
        if firms > 1.0 && !self.follow {
            let jobs = rounded_up(self.jobs_per_firm * firms);
            made_firms *= self.jobs_per_firm / jobs;
            sets.push(format!("firm_location.jobs_per_firm={jobs}"));
        }
        format!(
            "hint: {} or more would fit, which makes {made_workers:.0} worker agents and about {made_firms:.0} firms \
             (--set {})",
            sets.join(" and ").replace('=', " "),
            sets.join(" --set ")
        )
    }
}

/// A number rounded up to two significant digits, or to a whole number.
fn rounded_up(number: f64) -> f64 {
    let mut unit = 1.0;
    while number > 0.0 && number * unit < 10.0 {
        unit *= 10.0;
    }
    (number * unit).ceil() / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(workers: u64, firms: u64, follow: bool) -> Size {
        let bytes = workers * WORKER_BYTES + firms * FIRM_BYTES;
        Size {
            workers,
            firms,
            bytes,
            notes: Vec::new(),
            fixed: 0,
            each: [WORKER_BYTES, FIRM_BYTES],
            workers_per_agent: 1.0,
            jobs_per_firm: 10.0,
            follow,
        }
    }

    #[test]
    fn a_refusal_says_what_would_fit() {
        let message = size(1_000_000_000, 0, false).refusal(1_300_000_000);
        assert!(message.contains("--set workers_per_agent=11)"), "{message}");
        assert!(message.contains("makes 90909091 worker agents"), "{message}");
        assert!(!message.contains("jobs_per_firm"), "{message}");
    }

    #[test]
    fn where_firms_are_too_many_they_are_what_must_grow() {
        let message = size(1_000_000, 1_000_000_000, false).refusal(1_600_000_000);
        assert!(message.contains("--set firm_location.jobs_per_firm=107)"), "{message}");
        assert!(!message.contains("workers_per_agent"), "{message}");
        let both = size(1_000_000_000, 1_000_000_000, false).refusal(2_900_000_000);
        assert!(both.contains("--set workers_per_agent=11 --set firm_location.jobs_per_firm=106)"), "{both}");
    }

    #[test]
    fn firms_that_follow_workers_shrink_with_them() {
        let message = size(1_000_000_000, 500_000_000, true).refusal(2_100_000_000);
        assert!(message.contains("--set workers_per_agent=11)"), "{message}");
        assert!(message.contains("90909091 worker agents and about 45454545 firms"), "{message}");
    }

    #[test]
    fn what_a_hint_says_fits() {
        for available in [500_000_000, 2_000_000_000, 12_345_678_901] {
            for (workers, firms, follow) in [(7_000_000_000, 1_000, false), (900_000_000, 300_000_000, true)] {
                let asked = size(workers, firms, follow);
                let hint = asked.remedy(available);
                let weight = hint.split("workers_per_agent=").nth(1).and_then(|rest| rest.split([')', ' ']).next());
                let weight: f64 = weight.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{hint}"));
                let scaled = |agents: u64| (agents as f64 / weight) as u64;
                let fits = size(scaled(workers), if follow { scaled(firms) } else { firms }, follow);
                assert!(fits.bytes <= available, "{hint}");
                assert!(fits.bytes * 5 > available * 4 || weight < 20.0, "{hint} leaves much unused");
            }
        }
    }

    #[test]
    fn numbers_are_rounded_up_to_two_digits_or_to_whole_ones() {
        assert_eq!([0.0312, 0.5, 2.41, 10.2, 1234.5].map(rounded_up), [0.032, 0.5, 2.5, 11.0, 1235.0]);
    }
}
