//! Arguments that commands share, and how they are read.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use scenario::{Faults, Loaded, Problem, Request};
use simulation::model;

use crate::failure::Failure;
use crate::size::{Size, Uses};

/// What changes a scenario.
#[derive(Args, Debug, Default)]
pub(crate) struct Changes {
    /// Seed of every draw, instead of the scenario's.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Quarters to run, instead of the scenario's.
    #[arg(long, value_name = "N", conflicts_with = "until")]
    pub(crate) ticks: Option<u32>,
    /// Run up to the first quarter of this year (2020 from 2010: 40 quarters).
    #[arg(long, value_name = "YEAR")]
    pub(crate) until: Option<u32>,
    /// Change a field by its dotted path, with the same checks as in the file; can be given several times.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// Apply a policy file; can be given several times, and policies are stacked in the order given.
    #[arg(long = "policy", value_name = "FILE")]
    pub(crate) policies: Vec<PathBuf>,
}

impl Changes {
    /// Loads the scenario with the changes applied.
    pub(crate) fn load(&self, path: &Path) -> Result<Loaded, Failure> {
        let mut request =
            Request { overrides: self.set.clone(), policies: self.policies.clone(), ..Request::default() };
        request.overrides.extend(self.seed.map(|seed| format!("seed={seed}")));
        request.overrides.extend(self.ticks.map(|ticks| format!("ticks={ticks}")));
        let loaded = scenario::load(path, &request).map_err(|faults| explained(path, &request, faults))?;
        let Some(until) = self.until else { return Ok(loaded) };
        let years =
            until.checked_sub(u32::from(loaded.scenario.start)).filter(|years| *years > 0).ok_or_else(|| {
                Failure::wrong(format!(
                    "error: --until {until} is not after the scenario's start in {}",
                    loaded.scenario.start
                ))
            })?;
        request.overrides.push(format!("ticks={}", u64::from(years) * 4));
        Ok(scenario::load(path, &request)?)
    }
}

/// Faults as a failure. Where there would be more agents than any run can hold, the most may still be more than this
/// machine can: then it says what would fit here.
fn explained(path: &Path, request: &Request, faults: Faults) -> Failure {
    let weight = faults.kept().iter().find_map(|fault| match fault.problem {
        Problem::TooManyAgents { weight, .. } => Some(weight),
        _ => None,
    });
    let mut failure = Failure::from(faults);
    let hint = weight.and_then(|weight| {
        let mut most = request.clone();
        most.overrides.push(format!("workers_per_agent={weight}"));
        let loaded = scenario::load(path, &most).ok()?;
        Size::of(&loaded.scenario, Uses::default()).ok()?.hint()
    });
    if let Some(hint) = hint {
        failure.message.push_str(&hint.replacen("hint: ", "\nhint: in this machine's memory, ", 1));
    }
    failure
}

/// Form of the tables.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// Parquet, compressed.
    #[default]
    Parquet,
    /// Comma-separated values.
    Csv,
}

impl From<Format> for records::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Parquet => Self::Parquet,
            Format::Csv => Self::Csv,
        }
    }
}

/// Width of the random-number kernel.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lanes {
    /// The widest that the machine has.
    #[default]
    Auto,
    /// One at a time.
    Scalar,
    /// 8 at a time.
    Avx2,
    /// 16 at a time.
    Avx512,
}

impl From<Lanes> for model::Lanes {
    fn from(lanes: Lanes) -> Self {
        match lanes {
            Lanes::Auto => Self::Auto,
            Lanes::Scalar => Self::Scalar,
            Lanes::Avx2 => Self::Avx2,
            Lanes::Avx512 => Self::Avx512,
        }
    }
}

/// `agents`, `agents=4` or `agents=every 4`: every how many quarters agents are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Recording {
    pub(crate) every: u32,
}

impl FromStr for Recording {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (what, every) = text.split_once('=').unwrap_or((text, "1"));
        if what.trim() != "agents" {
            return Err(format!("`{what}` cannot be recorded; write agents, or agents=every N"));
        }
        let every = every.trim();
        let number = every.strip_prefix("every").unwrap_or(every).trim();
        match number.parse() {
            Ok(every) if every > 0 => Ok(Self { every }),
            _ => Err(format!("`{every}` is no number of quarters; write agents=every 4")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recording_is_read_in_all_its_forms() {
        let every = |text: &str| text.parse::<Recording>().map(|recording| recording.every);
        assert_eq!(every("agents"), Ok(1));
        assert_eq!(every("agents=4"), Ok(4));
        assert_eq!(every("agents=every 4"), Ok(4));
        assert!(every("agents=every 0").is_err());
        assert!(every("agents=often").is_err());
        assert!(every("cities").is_err());
    }
}
