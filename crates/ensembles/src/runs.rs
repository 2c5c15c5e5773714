//! Runs in memory: from a checked scenario to its tables, over seeds.

use std::sync::atomic::{AtomicUsize, Ordering};

use scenario::Scenario;
use simulation::model::{Options, RunError};
use simulation::table::Tables;

/// What a run leaves in memory.
#[derive(Clone, Debug)]
pub struct Run {
    /// All tables, whole.
    pub tables: Tables,
    /// Hash of the final state.
    pub state_hash: String,
}

/// Runs a scenario to its end on one thread.
///
/// # Errors
/// As [`simulation::build`] and [`simulation::model::Model::tick`].
pub fn run(scenario: &Scenario) -> Result<Run, RunError> {
    let mut model = simulation::build(scenario, &Options { threads: 1, ..Options::default() })?;
    while model.now() < scenario.ticks {
        model.tick()?;
    }
    let state_hash = model.state_hash();
    Ok(Run { tables: std::mem::take(model.tables_mut()), state_hash })
}

/// Does `count` pieces of work side by side and gives their results in order. A piece that holds a run is not
/// interrupted by another: a pool of threads would start the next run inside one that waits for its own pool.
pub fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let threads = rayon::current_num_threads().clamp(1, count.max(1));
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let worker = || {
            let mut mine = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return mine;
                }
                mine.push((index, work(index)));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Runs a scenario with each of these seeds and keeps what `read` takes from each, in the order of the seeds. Runs
/// share the machine's cores; each holds its tables only until it was read.
///
/// # Errors
/// The first error in the order of the seeds.
pub fn over_seeds<T: Send>(
    scenario: &Scenario,
    seeds: &[u64],
    read: impl Fn(&Run) -> T + Sync,
) -> Result<Vec<T>, RunError> {
    side_by_side(seeds.len(), |index| {
        let scenario = Scenario { seed: seeds[index], ..scenario.clone() };
        run(&scenario).map(|run| read(&run))
    })
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        assert_eq!(side_by_side(100, |index| 2 * index), (0..100).map(|index| 2 * index).collect::<Vec<_>>());
        assert!(side_by_side(0, |index| index).is_empty());
    }
}
