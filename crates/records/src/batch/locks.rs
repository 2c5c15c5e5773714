//! Who may write to a batch folder at the same time: one process for all runs, or one for each shard.

use std::fmt;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::str::FromStr;

use crate::fault::RecordError;

/// The i-th of n equal parts of a batch, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    /// Whether a run (from 1) is in it. Runs are dealt out in turn, so that every shard goes through the seeds in order.
    #[must_use]
    pub fn holds(self, run: u64) -> bool {
        run % self.count == self.index % self.count
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-of-{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match parts {
            Some((index, count)) if index >= 1 && index <= count => Ok(Self { index, count }),
            _ => Err(format!("`{text}` is no shard; write I/N with I from 1 to N, such as 1/4")),
        }
    }
}

/// Locks of a process on a batch folder; the system lets go of them however the process ends.
#[derive(Debug)]
pub(super) struct Locks(Vec<File>);

/// Ending of their names.
pub(super) const ENDING: &str = ".lock";

impl Locks {
    pub(super) fn take(folder: &Path, staging: &Path, shard: Option<Shard>) -> Result<Self, RecordError> {
        let busy = || RecordError::Busy { path: folder.to_owned() };
        // A file system without locks is written to without one.
        let mut locks = Vec::new();
        let mut take = |name: String, lock: fn(&File) -> Result<(), TryLockError>| {
            let path = staging.join(name);
            let file = File::create(&path).map_err(RecordError::io("create", &path))?;
            if let Err(TryLockError::WouldBlock) = lock(&file) {
                return Err(busy());
            }
            locks.push(file);
            Ok(())
        };
        match shard {
            None => take(format!("batch{ENDING}"), File::try_lock)?,
            Some(shard) => {
                take(format!("batch{ENDING}"), File::try_lock_shared)?;
                take(format!("{shard}{ENDING}"), File::try_lock)?;
            }
        }
        Ok(Self(locks))
    }

    /// Lets go of them.
    pub(super) fn release(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_hold_every_run_once() {
        let shards: Vec<Shard> = (1..=4).map(|index| format!("{index}/4").parse().unwrap()).collect();
        for run in 1..=23 {
            assert_eq!(shards.iter().filter(|shard| shard.holds(run)).count(), 1, "run {run}");
        }
        assert!("1/1".parse::<Shard>().unwrap().holds(17));
        for wrong in ["0/4", "5/4", "4", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
