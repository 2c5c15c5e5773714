//! Many runs at once: pieces of work side by side, in order.

use std::sync::atomic::{AtomicUsize, Ordering};

use simulation::model::{Options, RunError, pool};

/// Workers that carry out runs side by side. Each has one pool of threads, which all its runs borrow one after another:
/// a pool that two runs shared would start work of one inside a wait of the other.
#[derive(Clone, Debug)]
pub struct Workers(Vec<Options>);

impl Workers {
    /// So many workers (at least one), whose runs have so many threads each.
    ///
    /// # Errors
    /// [`RunError::Unsupported`] if the threads could not be started.
    pub fn new(workers: usize, threads: usize) -> Result<Self, RunError> {
        let worker = |_| Ok(Options { pool: Some(pool(threads.max(1))?), ..Options::default() });
        (0..workers.max(1)).map(worker).collect::<Result<_, _>>().map(Self)
    }

    /// One worker with one thread for each core of the machine.
    ///
    /// # Errors
    /// As [`Workers::new`].
    pub fn of_machine() -> Result<Self, RunError> {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from), 1)
    }

    /// How many work at a time.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// What a run has that is carried out alone.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.0[0]
    }

    /// Does `count` pieces of work side by side and gives their results in order. Each piece gets the options of the
    /// worker that does it.
    pub fn side_by_side<T: Send>(&self, count: usize, work: impl Fn(&Options, usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let (next, work) = (&next, &work);
        let worker = |options| {
            let indices = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            indices.take_while(|&index| index < count).map(|index| (index, work(options, index))).collect::<Vec<_>>()
        };
        let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
            let workers: Vec<_> =
                self.0.iter().take(count).map(|options| scope.spawn(move || worker(options))).collect();
            let results = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
            results.flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        });
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let workers = Workers::new(3, 1).unwrap();
        let double = |_: &Options, index| 2 * index;
        assert_eq!(workers.side_by_side(100, double), (0..100).map(|index| 2 * index).collect::<Vec<_>>());
        assert!(workers.side_by_side(0, double).is_empty());
    }
}
