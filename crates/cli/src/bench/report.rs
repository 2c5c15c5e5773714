//! What a workload's run came to, for people and for machines.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::machine::mebibytes;

/// The figures of one run.
pub(super) struct Report {
    pub(super) workload: &'static str,
    pub(super) workers: u64,
    pub(super) firms: u64,
    pub(super) cities: usize,
    pub(super) threads: usize,
    /// Bytes of all agents' columns.
    pub(super) bytes: u64,
    /// Seconds to build the world.
    pub(super) building: f64,
    /// Seconds of each quarter.
    pub(super) seconds: Vec<f64>,
    /// Seconds in each phase of all quarters, in order.
    pub(super) phases: Vec<(String, f64)>,
    /// Seconds in each system of all quarters.
    pub(super) systems: Vec<(String, f64)>,
    pub(super) peak_memory: Option<u64>,
    pub(super) spare_memory: Option<u64>,
    /// Population shares of cities at the end.
    pub(super) shares: Vec<f64>,
}

impl Report {
    fn agents(&self) -> f64 {
        (self.workers + self.firms) as f64
    }

    fn all_seconds(&self) -> f64 {
        self.seconds.iter().sum()
    }

    fn per_tick(&self) -> f64 {
        self.all_seconds() / self.seconds.len() as f64
    }

    fn updates_per_second(&self) -> f64 {
        self.agents() / self.per_tick()
    }

    fn bytes_per_agent(&self) -> f64 {
        self.bytes as f64 / self.agents()
    }

    /// Agents that would fit into what memory is left besides this run's own.
    fn capacity(&self) -> Option<f64> {
        self.spare_memory.map(|spare| (spare + self.bytes) as f64 / self.bytes_per_agent())
    }

    fn median(&self) -> f64 {
        let mut sorted = self.seconds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |line: String| writeln!(text, "{line}").expect("text can be written to memory");
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        line(format!(
            "{}: {} workers, {} firms, {}, {}, {}",
            self.workload,
            self.workers,
            self.firms,
            plural(self.cities, "place"),
            plural(self.threads, "thread"),
            plural(self.seconds.len(), "quarter"),
        ));
        let rows = [
            ("agent updates a second", format!("{:.1} million", self.updates_per_second() / 1e6)),
            ("nanoseconds an agent", format!("{:.2}", 1e9 / self.updates_per_second())),
            ("seconds a quarter", format!("{:.4} (median {:.4})", self.per_tick(), self.median())),
            ("quarters a second", format!("{:.1}", 1.0 / self.per_tick())),
            ("seconds to build", format!("{:.2}", self.building)),
            ("bytes an agent", format!("{:.1}", self.bytes_per_agent())),
        ];
        rows.into_iter().for_each(|(name, figure)| line(format!("  {name:<24} {figure}")));
        if let Some(peak) = self.peak_memory {
            line(format!("  {:<24} {}", "most memory held", mebibytes(peak)));
        }
        if let Some(capacity) = self.capacity() {
            line(format!("  {:<24} {:.0} million agents", "this machine could hold", capacity / 1e6));
        }
        for (title, taken) in [("phase", &self.phases), ("system", &self.systems)] {
            line(format!("  by {title}"));
            for (name, seconds) in taken.iter().filter(|(_, seconds)| *seconds > self.all_seconds() / 2000.0) {
                let share = 100.0 * seconds / self.all_seconds();
                let each = 1e3 * seconds / self.seconds.len() as f64;
                line(format!("    {name:<22} {each:>10.3} ms a quarter {share:>6.1} %"));
            }
        }
        text
    }

    pub(super) fn json(&self) -> Value {
        let ticks = self.seconds.len() as f64;
        let of = |taken: &[(String, f64)]| -> serde_json::Map<String, Value> {
            taken.iter().map(|(name, seconds)| (name.clone(), json!(seconds / ticks))).collect()
        };
        json!({
            "workload": self.workload,
            "agents": self.workers,
            "firms": self.firms,
            "cities": self.cities,
            "ticks": self.seconds.len(),
            "threads": self.threads,
            "agent_updates_per_second": self.updates_per_second(),
            "nanoseconds_per_agent": 1e9 / self.updates_per_second(),
            "bytes_per_agent": self.bytes_per_agent(),
            "seconds_per_tick": self.per_tick(),
            "median_seconds_per_tick": self.median(),
            "seconds_to_build": self.building,
            "seconds_per_phase": of(&self.phases),
            "seconds_per_system": of(&self.systems),
            "peak_rss_bytes": self.peak_memory,
            "agents_that_fit": self.capacity().map(f64::floor),
            "shares": self.shares,
        })
    }
}
